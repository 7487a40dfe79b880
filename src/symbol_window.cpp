#include "symbol_window.h"

#include <algorithm>
#include <bit>

#include "quotation_marks.h"
#include "slot_lists.h"

namespace newsnlp {
namespace {

char entity_letter(EntityType type) noexcept {
  switch (type) {
    case EntityType::Person:
      return 'P';
    case EntityType::Organization:
      return 'O';
    case EntityType::Location:
      return 'L';
    case EntityType::Date:
    case EntityType::Time:
      return 'D';
    default:
      return 'M';
  }
}

bool is_verb(Tag tag) noexcept {
  return (tag >= Tag::VB && tag <= Tag::VBZ) || tag == Tag::None;
}

}  // namespace

bool is_dash(std::string_view s) noexcept {
  return s == "-" || s == "--" || s == "---" || s == "–" || s == "—" || s == "―";
}

void SymbolWindow::add_tokens(const Layers& layers, const Workspace& workspace, const PatternWords& words,
                              IndexRange tokens, const std::vector<IndexRange>& quotations, size_t next) {
  const auto phrase_of = [&](uint32_t t) {
    return t < workspace.noun_phrase.size() ? workspace.noun_phrase[t] : Workspace::kNone;
  };
  uint32_t open = Workspace::kNone;  // noun phrase that is being written
  const auto close = [&] {
    if (open != Workspace::kNone) symbols_[count_ - 1].closes = true;
    open = Workspace::kNone;
  };
  for (uint32_t t = tokens.begin; t < tokens.end && count_ < kMaxSymbols; ++t) {
    while (next < quotations.size() && quotations[next].begin < t) ++next;
    if (next < quotations.size() && quotations[next].begin == t) {
      close();
      add_quotation(quotations[next]);
      t = quotations[next].end - 1;
      continue;
    }
    const uint8_t flags = words.flags(workspace.word[t]);
    Symbol symbol{.tokens = {t, t + 1}, .number = (flags & PatternWord::kNumber) != 0};
    if ((flags & PatternWord::kListed) != 0) symbol.word = &words[workspace.word[t]];
    if ((flags & (PatternWord::kStop | PatternWord::kDash)) != 0 && layers.tokens[t].kind != TokenKind::Word) {
      if (t + 1 == tokens.end && (flags & PatternWord::kStop) != 0) break;
      if ((flags & PatternWord::kDash) != 0) symbol.kind = kDash;
    }
    const uint32_t phrase = phrase_of(t);
    if (phrase != open) close();
    symbol.opens = phrase != open;
    open = phrase;
    add(symbol);
  }
  close();
}

std::string_view SymbolWindow::write(const Layers& layers, const Workspace& workspace) {
  // The mention whose span covers the token, as a letter; 0: none.
  const auto mention_letter = [&](uint32_t t) -> char {
    const Span span = layers.tokens[t].span;
    const auto it = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                         [&](const Mention& m) { return m.span.end <= span.begin; });
    return it != layers.mentions.end() && it->span.overlaps(span) ? entity_letter(it->type) : '\0';
  };
  constexpr size_t kAround = 24;  // bytes of a symbol that are not its form
  text_.resize(std::max(text_.size(), kAround));
  char* out = text_.data();
  *out++ = ' ';
  for (Symbol& s : std::span(symbols_.data(), count_)) {
    const uint32_t t = s.tokens.begin;
    const bool word = s.kind == kWord || s.kind == kDash;
    const std::string_view form = s.kind == kDash ? "—" : word ? workspace.types.lower(workspace.word[t]) : "";
    const auto at = static_cast<size_t>(out - text_.data());
    if (at + kAround + form.size() > text_.size()) {
      text_.resize(2 * (at + kAround + form.size()));
      out = text_.data() + at;
    }
    s.begin = static_cast<uint32_t>(at);
    if (!word) {
      *out++ = s.kind;
    } else {
      if (s.opens) {
        const uint32_t head = workspace.noun_phrases[workspace.noun_phrase[t]].head;
        const char letter = mention_letter(head);
        *out++ = 'N';
        *out++ = letter != '\0' ? letter : layers.tokens[head].tag == Tag::PRP ? 'R' : 'C';
      } else if (layers.tokens[t].kind == TokenKind::Word && is_verb(layers.tokens[t].tag)) {
        *out++ = 'V';
      }
      for (uint32_t letters = s.word != nullptr && s.kind == kWord ? s.word->letters : 0; letters != 0;
           letters &= letters - 1)
        *out++ = SlotLists::kLetters[static_cast<size_t>(std::countr_zero(letters))];
      out = std::copy(form.begin(), form.end(), out);
    }
    if (s.closes) *out++ = 'Z';
    s.end = static_cast<uint32_t>(out - text_.data());
    *out++ = ' ';
  }
  return {text_.data(), static_cast<size_t>(out - text_.data())};
}

IndexRange SymbolWindow::tokens(size_t begin, size_t end) const noexcept {
  const auto all = symbols();
  const auto first = std::partition_point(all.begin(), all.end(), [&](const Symbol& s) { return s.end <= begin; });
  const auto last = std::partition_point(first, all.end(), [&](const Symbol& s) { return s.begin < end; });
  if (first == last) return {};
  return {first->tokens.begin, std::prev(last)->tokens.end};
}

void find_quotations(const Layers& layers, const Workspace& workspace, std::vector<IndexRange>& out) {
  out.clear();
  uint32_t begin = Workspace::kNone;
  const auto finish = [&](uint32_t end) {
    if (begin != Workspace::kNone) out.push_back({begin, end});
    begin = Workspace::kNone;
  };
  const auto n = static_cast<uint32_t>(std::min(workspace.quotation.size(), layers.tokens.size()));
  for (uint32_t t = 0; t < n; ++t) {
    const Quotation quotation = workspace.quotation[t];
    if (quotation == Quotation::Outside) {
      finish(t);
      t = static_cast<uint32_t>(next_quoted({workspace.quotation.data(), n}, t)) - 1;
      continue;
    }
    if (t > 0 && workspace.paragraph[t] != workspace.paragraph[t - 1]) finish(t);
    if (quotation == Quotation::Opens) finish(t);
    if (quotation == Quotation::Closes) {
      finish(t + 1);
    } else if (begin == Workspace::kNone) {
      begin = t;
    }
    while (t + 1 < n && begin != Workspace::kNone && workspace.quotation[t + 1] == Quotation::Inside &&
           workspace.paragraph[t + 1] == workspace.paragraph[t])
      ++t;
  }
  finish(n);
}

}  // namespace newsnlp
