#include "boilerplate.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "lazy.h"
#include "line_form.h"
#include "needed_text.h"
#include "newsnlp/error.h"
#include "prefix_sieve.h"
#include "section.h"
#include "unicode.h"

namespace newsnlp {
namespace {

[[noreturn]] void fail(size_t line, const std::string& what) {
  throw ModelError("boilerplate.txt:" + std::to_string(line) + ": " + what);
}

RE2::Options options() {
  RE2::Options o;
  o.set_log_errors(false);
  o.set_never_capture(true);
  o.set_max_mem(int64_t{64} << 20);
  return o;
}

// Bytes are counted where the pattern counts characters (".{2,80}"): RE2's programs are then several times shorter.
std::string with_bytes(std::string_view pattern) {
  std::string out;
  bool set = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out.append(pattern.substr(i++, 2));
      continue;
    }
    if (!set && c == '.' && pattern.substr(i + 1).starts_with('{'))
      out += "\\C";
    else
      out += c;
    set = c == '[' || (set && c != ']');
  }
  return out;
}

size_t count_words(std::string_view s) {
  size_t words = 0;
  bool inside = false;
  for (char c : s) {
    const bool blank = c == ' ' || c == '\t';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

constexpr size_t kLongestMenu = 200;  // bytes

// Short items between separators: "News | Sport | Food".
bool is_menu(std::string_view line) {
  constexpr size_t kMostItemWords = 5;
  constexpr size_t kMostFirstWords = 6;
  size_t items = 0;
  size_t numbers = 0;
  while (!line.empty()) {
    size_t cut = line.size();
    size_t width = 0;
    for (std::string_view separator : {"|", "\u00B7", "\u2022", "   ", "\t"}) {
      const size_t at = line.find(separator);
      if (at >= cut) continue;
      cut = at;
      width = separator.size();
    }
    std::string_view item = line.substr(0, cut);
    line.remove_prefix(std::min(line.size(), cut + width));
    const size_t first = item.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    item = item.substr(first, item.find_last_not_of(" \t") + 1 - first);
    const size_t words = count_words(item);
    if (words > (items == 0 ? kMostFirstWords : kMostItemWords) || item.back() == '.' || item.back() == ',')
      return false;
    numbers += item.front() >= '0' && item.front() <= '9';
    ++items;
  }
  return items >= 3 && numbers * 3 <= items;
}

}  // namespace

// A pattern of the list; it is compiled when a line comes that may match.
struct Pattern {
  std::string source;
  LineKind kind;
  size_t line;  // of the list
  RE2::Anchor anchor;
  NeededText needed;
  Lazy<RE2> regex;

  const RE2& compiled() const {
    return regex.get([&] { return std::make_unique<const RE2>(with_bytes(source), options()); });
  }
  bool matches(LineForm& form) const {
    const std::string_view text = form.view();
    return needed.may_match(text) &&
           compiled().Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), anchor, nullptr, 0);
  }
};

struct Boilerplate::Patterns {
  std::vector<Pattern> beginning, within, closing, prose;
  std::vector<Pattern> marked;         // as `beginning`, with a mark that every match has; they may begin with anything
  PrefixSieve begins, closes;          // of `beginning`, `closing`, for normalized lines
  PrefixSieve starts;                  // of `within`, for lines as they are
  std::optional<LineScanner> scanner;  // the same, for a whole text

  LineKind beginning_kind(std::string_view line, bool rare_marks, LineForm& form) const;
  bool match_within(std::string_view rest, LineForm& form, std::vector<uint32_t>& tried) const;
  bool match_closing(LineForm& form) const;
  bool is_prose(LineForm& form) const {
    return std::any_of(prose.begin(), prose.end(), [&](const Pattern& p) { return p.matches(form); });
  }
};

Boilerplate::Boilerplate(std::string_view text, bool known, std::span<const std::byte> table) {
  enum class Place { Beginning, Anywhere };
  struct Part {
    std::string_view name, before, behind;  // the pattern stands between these
    Place place;
    LineKind kind;
    bool closing = false;
  };
  static constexpr Part kParts[] = {
      {"[line]", "(?:", ")$", Place::Beginning, LineKind::Notice},
      {"[alone]", "(?:", ")$", Place::Beginning, LineKind::Alone},
      {"[begins]", "(?:", ")", Place::Beginning, LineKind::Notice},
      {"[within]", "(?:", ")", Place::Anywhere, LineKind::Notice},
      {"[ends]", "^(?:[^ /]+[ /]){0,5}[^ /]+ ?(?:", ")$", Place::Anywhere, LineKind::Notice},
      {"[last sentence]", "(?:^|[.!?] )(?:", ")$", Place::Anywhere, LineKind::Notice},
      {"[closing]", "(?:", ")", Place::Beginning, LineKind::Notice, true},
      {"[closing within]", "(?:", ")", Place::Anywhere, LineKind::Notice, true},
      {"[list]", "(?:", ")$", Place::Beginning, LineKind::List},
      {"[form]", "(?:", ")$", Place::Beginning, LineKind::Form},
      {"[prose]", "(?:", ")", Place::Anywhere, LineKind::Plain},
  };
  constexpr size_t kMostPrefixes = 64;
  auto patterns = std::make_unique<Patterns>();
  const Part* part = nullptr;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (!known && find_invalid_utf8(line) != std::string_view::npos) fail(number, "the line is not valid UTF-8");
    if (const auto it =
            std::find_if(std::begin(kParts), std::end(kParts), [&](const Part& p) { return p.name == line; });
        it != std::end(kParts)) {
      part = it;
      continue;
    }
    if (part == nullptr)
      fail(number,
           "a pattern stands before the first part: [line], [alone], [begins], [within], [ends], [last sentence], "
           "[closing], "
           "[closing within], [list], [form] or [prose]");
    if (!known && line != lower(line)) fail(number, "patterns see lower-case lines: write \"" + lower(line) + "\"");
    Pattern pattern{std::string(part->before).append(line) += part->behind,
                    part->kind,
                    number,
                    part->place == Place::Beginning ? RE2::ANCHOR_START : RE2::UNANCHORED,
                    NeededText(line),
                    {}};
    if (part->closing) {
      if (table.empty()) patterns->closes.add(pattern.source, RegexText::Exact, kMostPrefixes);
      patterns->closing.push_back(std::move(pattern));
    } else if (part->kind == LineKind::Plain) {
      patterns->prose.push_back(std::move(pattern));
    } else if (part->place == Place::Anywhere) {
      if (!line.starts_with("\\b") && !line.starts_with("[?]") && !line.starts_with('/'))
        fail(number, "a pattern of [within] or [ends] begins with \\b, [?] or /");
      if (table.empty()) patterns->starts.add(std::string("(?:").append(line) + ")", RegexText::Raw, kMostPrefixes);
      patterns->within.push_back(std::move(pattern));
    } else if (pattern.needed.mark() != 0) {
      patterns->marked.push_back(std::move(pattern));
    } else {
      if (table.empty()) patterns->begins.add(pattern.source, RegexText::Exact, kMostPrefixes);
      patterns->beginning.push_back(std::move(pattern));
    }
  }
  if (table.empty()) {
    patterns->scanner.emplace(patterns->starts.prefixes());
    patterns->begins.build(PrefixSieve::Order::Any);
    patterns->starts.build(PrefixSieve::Order::Any);
    patterns->closes.build(PrefixSieve::Order::Any);
  } else {
    SectionReader from(table, "boilerplate.table");
    patterns->begins = PrefixSieve(from);
    patterns->starts = PrefixSieve(from);
    patterns->closes = PrefixSieve(from);
    patterns->scanner.emplace(from);
  }
  patterns_ = std::move(patterns);
  if (!known) check();
}
Boilerplate::~Boilerplate() = default;
Boilerplate::Boilerplate(Boilerplate&&) noexcept = default;

std::string Boilerplate::table() const {
  SectionWriter to;
  patterns_->begins.write(to);
  patterns_->starts.write(to);
  patterns_->closes.write(to);
  patterns_->scanner->write(to);
  return to.bytes();
}

void Boilerplate::check() const {
  for (const auto* group :
       {&patterns_->beginning, &patterns_->marked, &patterns_->within, &patterns_->closing, &patterns_->prose})
    for (const Pattern& p : *group)
      if (!p.compiled().ok()) fail(p.line, "not an RE2 pattern: " + p.compiled().error());
}

std::string Boilerplate::normalized(std::string_view line) {
  LineForm form(line.substr(0, kLongest));
  return std::string(form.view());
}

namespace {

constexpr size_t kHead = RegexPrefix::kDepth;

bool is_ascii_alnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// The first kHead bytes of the line's form, if they are those of the line in lower case.
bool plain_head(std::string_view line, std::array<char, kHead>& head) {
  static_assert(kHead == 8);
  if (line.size() <= kHead) return false;
  // neither end is decoration
  if (!is_ascii_alnum(line.front()) && line.front() != '"') return false;
  if (!is_ascii_alnum(line[kHead - 1]) && !is_ascii_alnum(line[kHead])) return false;
  return lower_plain_eight(line.data(), head.data());
}

// Begins a word or an ASCII mark at byte `at`?
bool begins_at(std::string_view line, size_t at) {
  const auto is_word = [](char c) { return is_ascii_alnum(c) || c == '_'; };
  const char c = line[at];
  return is_word(c) ? at == 0 || !is_word(line[at - 1]) : c > ' ' && c != 0x7F;
}

}  // namespace

// The strongest kind of the patterns that match at the beginning. `rare_marks`: the line has some.
LineKind Boilerplate::Patterns::beginning_kind(std::string_view line, bool rare_marks, LineForm& form) const {
  LineKind kind = LineKind::Plain;
  const auto try_one = [&](const Pattern& p) {
    if (p.kind > kind && p.matches(form)) kind = p.kind;
  };
  const auto look_at = [&](std::string_view text) {
    begins.each(text, [&](uint32_t number) { try_one(beginning[number]); });
  };
  if (rare_marks)
    for (const Pattern& p : marked)
      if (line.find(p.needed.mark()) != std::string_view::npos) try_one(p);
  constexpr std::string_view kQuotation = "\u201C";
  if (line.starts_with(kQuotation) && !begins.may_begin_with(kQuotation.front())) return kind;
  std::array<char, kHead> plain;
  if (plain_head(line, plain)) {
    look_at({plain.data(), plain.size()});
    return kind;
  }
  // The first bytes of a line have the same form whatever follows.
  size_t head = std::min(line.size(), 3 * kHead);
  while (head < line.size() && head > 0 && (line[head] & 0xC0) == 0x80) --head;
  LineForm of_head(line.substr(0, head));
  const bool enough = head == line.size() || of_head.view().size() >= kHead;
  look_at(enough ? of_head.view() : form.view());
  return kind;
}

// Does a pattern match the line that has one of the prefixes in front of `rest`? Each is tried once.
bool Boilerplate::Patterns::match_within(std::string_view rest, LineForm& form, std::vector<uint32_t>& tried) const {
  bool found = false;
  starts.each(rest, [&](uint32_t number) {
    if (found || std::find(tried.begin(), tried.end(), number) != tried.end()) return;
    tried.push_back(number);
    found = within[number].matches(form);
  });
  return found;
}

bool Boilerplate::Patterns::match_closing(LineForm& form) const {
  const std::string_view view = form.view();
  bool found = false;
  for (size_t at = 0; at < view.size() && !found; at = std::min(view.find(' ', at), view.size()) + 1)
    closes.each(view.substr(at), [&](uint32_t number) {
      const Pattern& p = closing[number];
      found |= (at == 0 || p.anchor != RE2::ANCHOR_START) && p.matches(form);
    });
  return found && !is_prose(form);
}

LineReader::LineReader(const Boilerplate& boilerplate, std::string_view text, LinePlaces& places)
    : patterns_(*boilerplate.patterns_), text_(text), places_(places) {
  patterns_.scanner->scan(text, places);
}

// Does a pattern match somewhere in the line?
bool LineReader::has_notice(Span line, bool blank_pairs, LineForm& form) {
  tried_.clear();
  const std::string_view as_it_is = text_.substr(line.begin, line.size());
  const auto match_at = [&](std::string_view text, size_t at) {
    return begins_at(text, at) && patterns_.match_within(text.substr(at), form, tried_);
  };
  if (places_.starts.find(line.begin, line.end, [&](uint32_t at) { return match_at(as_it_is, at - line.begin); }))
    return true;
  if (!blank_pairs) return false;
  // The line as it is says too little.
  const std::string_view view = form.view();
  for (size_t at = 0; at < view.size(); ++at)
    if (match_at(view, at)) return true;
  return false;
}

void LineReader::expect(Span line) const {
  if (line.size() > kHead) patterns_.begins.expect(text_.substr(line.begin, kHead));
}
void LineReader::approach(Span line) const {
  if (line.size() > kHead) patterns_.begins.approach(text_.substr(line.begin, kHead));
}

LineReader::RareMarks LineReader::rare_marks(Span line) const {
  RareMarks marks;
  const auto is_blank = [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; };
  places_.rare.find(line.begin, line.end, [&](uint32_t at) {
    const std::string_view up_to = text_.substr(line.begin, at + 1 - line.begin);
    const char c = up_to.back();
    marks.of_patterns |= c == '=' || c == '@' || c == '/';
    marks.separators |= c == '|' || c == '\t' || up_to.ends_with("\u00B7") || up_to.ends_with("\u2022");
    marks.blank_pairs |= up_to.size() > 1 && is_blank(c) && is_blank(up_to[up_to.size() - 2]);
    return false;
  });
  return marks;
}

LineKind LineReader::look(Span span) {
  if (span.size() > Boilerplate::kLongest) return LineKind::Plain;
  const std::string_view line = text_.substr(span.begin, span.size());
  LineForm form(line);
  const RareMarks marks = rare_marks(span);
  LineKind kind = patterns_.beginning_kind(line, marks.of_patterns, form);
  if (kind == LineKind::Plain && has_notice(span, marks.blank_pairs, form)) kind = LineKind::Notice;
  if (kind == LineKind::Plain) {
    const bool may_be_menu = line.size() <= kLongestMenu && (marks.blank_pairs || marks.separators);
    return may_be_menu && is_menu(line) ? LineKind::Menu : LineKind::Plain;
  }
  if (kind == LineKind::Alone || !line.ends_with('.')) return kind;
  return patterns_.is_prose(form) ? LineKind::Plain : kind;
}

bool LineReader::closes(Span span) const {
  if (span.size() > Boilerplate::kLongest) return false;
  LineForm form(text_.substr(span.begin, span.size()));
  return patterns_.match_closing(form);
}

LineKind Boilerplate::look(std::string_view line) const {
  LinePlaces places;
  return LineReader(*this, line, places).look({0, static_cast<uint32_t>(line.size())});
}

bool Boilerplate::closes(std::string_view line) const {
  LinePlaces places;
  return LineReader(*this, line, places).closes({0, static_cast<uint32_t>(line.size())});
}

}  // namespace newsnlp
