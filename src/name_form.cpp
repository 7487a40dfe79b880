#include "name_form.h"

#include <algorithm>
#include <array>
#include <string>

#include "folding.h"
#include "hash.h"
#include "token_search.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// "DI Nugent", "PC Moore": ranks only in capitals, "Di Maria" is a name.
bool is_police_rank(std::string_view word) {
  static constexpr auto kRanks = std::to_array<std::string_view>({"PC", "DC", "DS", "DI", "DCI", "PCSO", "WPC"});
  return std::find(kRanks.begin(), kRanks.end(), word) != kRanks.end();
}

// "The younger Pratt" is Pratt Jr.
uint64_t generation(SmallWord before) {
  if (before == SmallWord::Younger) return hash_bytes("jr");
  return before == SmallWord::Elder ? hash_bytes("sr") : 0;
}

}  // namespace

uint64_t word_key(std::string_view word) {
  std::string folded;
  append_folded(lower(word), folded);
  return hash_bytes(folded);
}

uint64_t name_key(std::string_view name) {
  uint64_t key = 0;
  while (!name.empty()) {
    const size_t end = name.find_first_of(" -");
    if (end != 0) key = mix(key, word_key(name.substr(0, end)));
    name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
  }
  return key;
}

void locate_mentions(const Layers& layers, const Workspace& workspace, LinkNotes& notes) {
  notes.mention_tokens.resize(layers.mentions.size());
  const auto is_at = [&](size_t m) {
    const IndexRange r = workspace.mention_tokens[m];
    const Span span = layers.mentions[m].span;
    return !r.empty() && r.end <= layers.tokens.size() && layers.tokens[r.begin].span.begin == span.begin &&
           layers.tokens[r.end - 1].span.end == span.end;
  };
  const bool known = workspace.mention_tokens.size() == layers.mentions.size();
  uint32_t t = 0;
  const Token* const tokens = layers.tokens.data();
  const auto count = static_cast<uint32_t>(layers.tokens.size());
  for (size_t m = 0; m < layers.mentions.size(); ++m) {
    const Span span = layers.mentions[m].span;
    uint32_t begin = 0;
    if (known && is_at(m)) {
      begin = workspace.mention_tokens[m].begin;
      t = workspace.mention_tokens[m].end;
    } else {
      begin = t = token_behind(layers.tokens, t, span.begin);
      while (t < count && tokens[t].span.begin < span.end) ++t;
    }
    notes.mention_tokens[m] = {begin, t};
    if (layers.mentions[m].type <= EntityType::Misc)
      for (uint32_t p = begin - (begin > 0 ? 1 : 0); p < std::min(t + 1, count); ++p) notes.prefetch(workspace, p);
    if (t > begin && tokens[t - 1].span.end > span.end) --t;  // the next mention may begin inside this token
  }
}

uint32_t behind_office(const Workspace& workspace, LinkNotes& notes, IndexRange name) {
  static constexpr auto kOffices = std::to_array<std::string_view>(
      {"minister", "secretary", "commissioner", "chancellor", "general", "officer", "governor", "spokesman"});
  if (name.size() < 3 || notes.at(workspace, name.begin).first_name != 0) return name.begin;
  for (uint32_t t = name.begin + 1; t + 1 < name.end && t < name.begin + 4; ++t)
    if (notes.at(workspace, t).title == TitleKind::Office &&
        std::find(kOffices.begin(), kOffices.end(), workspace.types.lower(workspace.word[t])) != kOffices.end())
      return t + 1;
  return name.begin;
}

// "Kelly and Mark Probert": the first name before takes part in the surname behind.
void NameForms::lend_family_name(const Layers& layers, const Workspace& workspace, LinkNotes& notes, size_t m) {
  NameForm& first = forms[m - 1];
  const IndexRange before = notes.mention_tokens[m - 1];
  if (first.count != 1 || layers.mentions[m - 1].type != EntityType::Person || first.titled) return;
  if (before.end + 1 != notes.mention_tokens[m].begin ||
      (notes.at(workspace, before.end).small != SmallWord::And || notes.at(workspace, before.end).has_upper))
    return;
  first.family = words.back().key;
}

void NameForms::read(const Layers& layers, const Workspace& workspace, LinkNotes& notes) {
  words.clear();
  forms.assign(layers.mentions.size(), {});
  const auto facts = [&](uint32_t t) -> const WordFacts& { return notes.at(workspace, t); };
  for (size_t m = 0; m < layers.mentions.size(); ++m) {
    NameForm& form = forms[m];
    const EntityType kind = layers.mentions[m].type;
    form.begin = static_cast<uint32_t>(words.size());
    form.name = layers.mentions[m].span;
    if (kind > EntityType::Misc) continue;
    IndexRange r = notes.mention_tokens[m];
    if (r.empty()) continue;
    const bool person = kind == EntityType::Person;
    while (r.size() > 1 && facts(r.end - 1).small == SmallWord::Possessive) --r.end;
    form.name.end = std::min(form.name.end, layers.tokens[r.end - 1].span.end);
    if (person) {
      const auto title = [&](uint32_t t) {
        const WordFacts& f = facts(t);
        if (f.all_upper && is_police_rank(layers.of(layers.tokens[t]))) return form.titled = true;
        if ((f.title != TitleKind::Civil && f.title != TitleKind::Office) || !f.first_upper) return false;
        form.titled = true;
        if (f.title == TitleKind::Office && form.office == 0) form.office = f.key;
        if (form.title_gender == Gender::Unknown) form.title_gender = f.gender;
        return true;
      };
      // "The prince", all of it marked as a name.
      if (r.size() == 2 && facts(r.end - 1).title == TitleKind::Office && facts(r.begin).small == SmallWord::The)
        ++r.begin;
      for (const uint32_t stop = behind_office(workspace, notes, r); r.begin < stop; ++r.begin) title(r.begin);
      while (r.size() > 1 && title(r.begin)) ++r.begin;
      for (uint32_t t = notes.mention_tokens[m].begin, steps = 0; t > 0 && steps < 2 && title(t - 1); ++steps) --t;
      if (r.size() == 1 && r.begin > 0) form.suffix = generation(facts(r.begin - 1).small);
      while (r.size() > 1 && facts(r.end - 1).title == TitleKind::Suffix) {
        form.suffix = facts(r.end - 1).key;
        --r.end;
        if (r.size() > 1 && facts(r.end - 1).small == SmallWord::Comma) --r.end;
      }
      uint32_t after = notes.mention_tokens[m].end;
      if (after + 1 < layers.tokens.size() && facts(after).small == SmallWord::Comma) ++after;
      if (after < layers.tokens.size() && facts(after).title == TitleKind::Suffix && !facts(after).single &&
          facts(after).first_upper && workspace.sentence[after] == workspace.sentence[r.begin])
        form.suffix = facts(after).key;
    } else {
      while (r.size() > 1 && facts(r.begin).small == SmallWord::The) ++r.begin;
    }
    form.name.begin = std::max(layers.tokens[r.begin].span.begin, form.name.begin);
    const uint32_t skip_from = r.begin + NameForm::kMaxWords / 2;
    const uint32_t skip_to = r.size() > 2 * NameForm::kMaxWords ? r.end - NameForm::kMaxWords / 2 : skip_from;
    for (uint32_t t = r.begin; t < r.end; ++t) {
      const TokenKind token = layers.tokens[t].kind;
      if (token == TokenKind::Punctuation || token == TokenKind::Symbol) continue;
      const WordFacts& f = facts(t);
      form.key = mix(form.key, f.key);
      if (t >= skip_from && t < skip_to) continue;
      words.push_back({f.key, t, f.initial, f.single || (person && f.initials), f.first_upper});
    }
    form.count = static_cast<uint32_t>(words.size()) - form.begin;
    if (person && form.count > 1 && m > 0) lend_family_name(layers, workspace, notes, m);
    form.upper = form.count == 1 && facts(words.back().token).all_upper && !words.back().single;
  }
}

}  // namespace newsnlp
