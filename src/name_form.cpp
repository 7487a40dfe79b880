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

constexpr uint64_t kSri = hash_bytes("sri");
constexpr uint64_t kMrs = hash_bytes("mrs"), kMs = hash_bytes("ms"), kMiss = hash_bytes("miss");

// "DI Nugent", "PC Moore": ranks only in capitals, "Di Maria" is a name.
bool is_police_rank(std::string_view word) {
  static constexpr auto kRanks = std::to_array<std::string_view>({"PC", "DC", "DS", "DI", "DCI", "PCSO", "WPC"});
  if (word.size() > 4) return false;
  for (const std::string_view rank : kRanks)
    if (word == rank) return true;
  return false;
}

// "Jr.", "III": the name of another in the family. The others are honours, "KC", which the same person may go without.
bool is_generation(uint64_t key) {
  static constexpr auto kGenerations = std::to_array<uint64_t>(
      {hash_bytes("jr"), hash_bytes("sr"), hash_bytes("ii"), hash_bytes("iii"), hash_bytes("iv"), hash_bytes("v")});
  return std::find(kGenerations.begin(), kGenerations.end(), key) != kGenerations.end();
}

// "The younger Pratt" is Pratt Jr.
uint32_t generation(SmallWord before) {
  if (before != SmallWord::Younger && before != SmallWord::Elder) return 0;
  return NameForm::half(before == SmallWord::Younger ? hash_bytes("jr") : hash_bytes("sr"));
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
  const size_t mentions = layers.mentions.size();
  const bool known = workspace.mention_tokens.size() == mentions;
  uint32_t t = 0;
  const Token* const tokens = layers.tokens.data();
  const auto count = static_cast<uint32_t>(layers.tokens.size());
  const auto is_at = [&](size_t m) {
    const IndexRange r = workspace.mention_tokens[m];
    const Span span = layers.mentions[m].span;
    return !r.empty() && r.end <= count && tokens[r.begin].span.begin == span.begin &&
           tokens[r.end - 1].span.end == span.end;
  };
  for (size_t m = 0; m < mentions; ++m) {
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
    if (layers.mentions[m].type <= EntityType::Misc) {
      const uint32_t end = std::min(t + 1, count);
      for (uint32_t p = begin - (begin > 0 ? 1 : 0); p < end; ++p) notes.prefetch(workspace, p);
    }
    if (t > begin && tokens[t - 1].span.end > span.end) --t;  // the next mention may begin inside this token
  }
}

uint32_t behind_long_office(const Workspace& workspace, LinkNotes& notes, IndexRange name) {
  static constexpr auto kOffices = std::to_array<std::string_view>(
      {"minister", "secretary", "commissioner", "chancellor", "general", "officer", "governor", "spokesman"});
  if (notes.at(workspace, name.begin).first_name != 0) return name.begin;
  for (uint32_t t = name.begin + 1; t + 1 < name.end && t < name.begin + 4; ++t) {
    if (notes.at(workspace, t).title != TitleKind::Office) continue;
    const std::string_view word = workspace.types.lower(workspace.word[t]);
    for (const std::string_view office : kOffices)
      if (word == office) return t + 1;
  }
  return name.begin;
}

namespace {

constexpr size_t kNamedBefore = 32;  // mentions before a pair of names

// Reads the forms of one article, mention by mention.
class FormReader {
 public:
  FormReader(const Layers& layers, const Workspace& workspace, LinkNotes& notes, NameForms& out)
      : layers_(layers), workspace_(workspace), notes_(notes), out_(out) {}

  void read(size_t m, NameForm& form) {
    IndexRange r = notes_.mention_tokens[m];
    if (r.empty()) return;
    const bool person = layers_.mentions[m].type == EntityType::Person;
    while (r.size() > 1 && facts(r.end - 1).small == SmallWord::Possessive) --r.end;
    form.name.end = std::min(form.name.end, layers_.tokens[r.end - 1].span.end);
    if (person)
      cut_titles(m, r, form);
    else
      while (r.size() > 1 && facts(r.begin).small == SmallWord::The) ++r.begin;
    form.name.begin = std::max(layers_.tokens[r.begin].span.begin, form.name.begin);
    add_words(r, person, form);
    if (person && form.count > 1 && m > 0 && out_.forms[m - 1].count == 1) lend_family_name(m);
    if (form.count == 1) {
      const FormWord& word = out_.words.back();
      form.upper = !word.single && facts(word.token).all_upper;
    }
  }

 private:
  const WordFacts& facts(uint32_t t) const { return notes_.at(workspace_, t); }

  // The token is a title: the form takes what it tells.
  bool title(uint32_t t, NameForm& form) const {
    const WordFacts& f = facts(t);
    if (!f.first_upper) return false;
    if (f.title != TitleKind::Civil && f.title != TitleKind::Office) {
      if (!f.all_upper || !is_police_rank(layers_.of(layers_.tokens[t]))) return false;
      return form.titled = true;
    }
    form.titled = true;
    if (f.all_upper && is_police_rank(layers_.of(layers_.tokens[t]))) return true;
    if (f.title == TitleKind::Office && form.office == 0) form.office = NameForm::half(f.key);
    if (form.title_gender == Gender::Unknown) form.title_gender = f.gender;
    if (f.gender == Gender::Female && (f.key == kMrs || f.key == kMs || f.key == kMiss))
      form.civil = NameForm::half(f.key);
    return true;
  }

  void cut_titles(size_t m, IndexRange& r, NameForm& form) const {
    // "The prince", all of it marked as a name.
    if (r.size() == 2 && facts(r.end - 1).title == TitleKind::Office && facts(r.begin).small == SmallWord::The)
      ++r.begin;
    for (const uint32_t stop = behind_office(workspace_, notes_, r); r.begin < stop; ++r.begin) title(r.begin, form);
    if (r.size() > 2 && facts(r.begin + 1).key == kSri) r.begin += 2;  // "Tan Sri Aziz Hamid"
    while (r.size() > 1 && title(r.begin, form)) ++r.begin;
    uint32_t t = notes_.mention_tokens[m].begin;
    for (uint32_t steps = 0; t > 0 && steps < 2 && title(t - 1, form); ++steps) --t;
    if (r.size() == 1 && r.begin > 0) form.suffix = generation(facts(r.begin - 1).small);
    while (r.size() > 1 && facts(r.end - 1).title == TitleKind::Suffix) {
      const bool honour = !is_generation(facts(r.end - 1).key);
      if (!honour) form.suffix = NameForm::half(facts(r.end - 1).key);
      --r.end;
      if (r.size() > 1 && facts(r.end - 1).small == SmallWord::Comma) --r.end;
      if (honour) form.name.end = std::min(form.name.end, layers_.tokens[r.end - 1].span.end);
    }
    uint32_t after = notes_.mention_tokens[m].end;
    if (after >= layers_.tokens.size()) return;
    if (after + 1 < layers_.tokens.size() && facts(after).small == SmallWord::Comma) ++after;
    const WordFacts& f = facts(after);
    if (f.title == TitleKind::Suffix && !f.single && f.first_upper && is_generation(f.key) &&
        workspace_.sentence[after] == workspace_.sentence[r.begin])
      form.suffix = NameForm::half(f.key);
  }

  void add_words(IndexRange r, bool person, NameForm& form) {
    const uint32_t skip_from = r.begin + NameForm::kMaxWords / 2;
    const uint32_t skip_to = r.size() > 2 * NameForm::kMaxWords ? r.end - NameForm::kMaxWords / 2 : skip_from;
    uint64_t key = 0;
    uint8_t count = 0;
    for (uint32_t t = r.begin; t < r.end; ++t) {
      const TokenKind token = layers_.tokens[t].kind;
      if (token == TokenKind::Punctuation || token == TokenKind::Symbol) continue;
      const WordFacts& f = facts(t);
      key = mix(key, f.key);
      if (t >= skip_from && t < skip_to) continue;
      out_.words.push_back({f.key, t, f.initial, (f.single | (f.initials & person)) != 0, f.first_upper});
      ++count;
    }
    form.key = key;
    form.count = count;
  }

  // "Kelly and Mark Probert": the first name before takes part in the surname behind.
  void lend_family_name(size_t m) {
    NameForm& first = out_.forms[m - 1];
    const IndexRange before = notes_.mention_tokens[m - 1];
    if (layers_.mentions[m - 1].type != EntityType::Person || first.titled) return;
    if (before.end + 1 != notes_.mention_tokens[m].begin) return;
    const WordFacts& f = facts(before.end);
    if (f.small != SmallWord::And || f.has_upper) return;
    // "Jordan Hale … Hale and Mark Probert": a surname of its own.
    const uint64_t word = out_.words[first.begin].key;
    for (size_t i = m - 1; i > 0 && m - i < kNamedBefore; --i) {
      const NameForm& known = out_.forms[i - 1];
      if (known.count > 1 && layers_.mentions[i - 1].type == EntityType::Person && out_.last_key(known) == word) return;
    }
    first.family = static_cast<uint32_t>(out_.words.size() - 1);
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  NameForms& out_;
};

}  // namespace

void NameForms::read(const Layers& layers, const Workspace& workspace, LinkNotes& notes) {
  words.clear();
  forms.resize(layers.mentions.size());
  FormReader reader(layers, workspace, notes, *this);
  const size_t count = layers.mentions.size();
  for (size_t m = 0; m < count; ++m) {
    NameForm& form = forms[m];
    form = NameForm();
    form.begin = static_cast<uint32_t>(words.size());
    form.name = layers.mentions[m].span;
    if (layers.mentions[m].type <= EntityType::Misc) reader.read(m, form);
  }
}

}  // namespace newsnlp
