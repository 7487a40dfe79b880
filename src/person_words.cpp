#include "person_words.h"

#include <algorithm>
#include <array>

#include "folding.h"
#include "hash.h"
#include "list_rows.h"
#include "model_file.h"
#include "unicode.h"

namespace newsnlp {
namespace {

bool read_gender(std::string_view field, Gender& gender) {
  gender = field == "m" ? Gender::Male : field == "f" ? Gender::Female : Gender::Unknown;
  return field == "m" || field == "f" || field == "-";
}

// "Glaciologist", "cosmochemist", but not "checklist", "wrist".
bool names_work(std::string_view lower) {
  if (lower.size() < 8 || !lower.ends_with("ist")) return false;
  const char before = lower[lower.size() - 4], second = lower[lower.size() - 5];
  const bool vowel = second == 'a' || second == 'e' || second == 'i' || second == 'o' || second == 'u';
  return before == 'g' || before == 'm' || before == 'n' || before == 'r' || before == 't' || (before == 'l' && vowel);
}

}  // namespace

PersonWords::PersonWords(const Model& model) {
  std::string scratch;
  size_t count = 0;
  rows_.resize(1 << 13);
  const auto add = [&](std::string_view word) -> Row& {
    if (count * 4 >= rows_.size() * 3) grow();
    const bool capitals = word.front() >= 'A' && word.front() <= 'Z';
    std::string lower(word);
    if (capitals) std::for_each(lower.begin(), lower.end(), [](char& c) { c = static_cast<char>(c | 0x20); });
    const uint64_t key = folded_hash(lower, scratch);
    Row& row = rows_[slot(key)];
    count += row.key == 0;
    row.key = key;
    row.capitals |= capitals;
    return row;
  };
  each_list_row(model, "titles.tsv", 3, [&](const std::vector<std::string_view>& f) {
    Row& r = add(f[0]);
    r.title = f[1] == "civil"    ? TitleKind::Civil
              : f[1] == "office" ? TitleKind::Office
              : f[1] == "suffix" ? TitleKind::Suffix
                                 : TitleKind::None;
    return r.title != TitleKind::None && read_gender(f[2], r.title_gender);
  });
  each_list_row(model, "role_nouns.tsv", 3, [&](const std::vector<std::string_view>& f) {
    static constexpr std::array<std::string_view, 8> kKinds = {"person",  "kin",     "group",       "organization",
                                                               "writing", "generic", "institution", "medium"};
    const auto kind = std::find(kKinds.begin(), kKinds.end(), f[1]);
    if (kind == kKinds.end()) return false;
    Row& r = add(f[0]);
    r.noun = static_cast<NounKind>(1 + (kind - kKinds.begin()));
    return read_gender(f[2], r.noun_gender);
  });
  first_names_ = FirstNames(model.section("first_names.table"));
  each_list_row(model, "nicknames.tsv", 2, [&](const std::vector<std::string_view>& f) {
    const uint64_t nick = folded_hash(f[0], scratch);
    each_word(f[1], ',', [&](std::string_view formal) { formals_.emplace_back(nick, folded_hash(formal, scratch)); });
    return true;
  });
  std::sort(formals_.begin(), formals_.end());
}

size_t PersonWords::slot(uint64_t key) const {
  size_t at = key & (rows_.size() - 1);
  while (rows_[at].key != key && rows_[at].key != 0) at = (at + 1) & (rows_.size() - 1);
  return at;
}

void PersonWords::grow() {
  std::vector<Row> before(rows_.size() * 2);
  before.swap(rows_);
  for (const Row& r : before)
    if (r.key != 0) rows_[slot(r.key)] = r;
}

const PersonWords::Row* PersonWords::find_row(uint64_t key) const {
  const Row& row = rows_[slot(key)];
  return row.key == 0 ? nullptr : &row;
}

const PersonWords::Row* PersonWords::find_singular(std::string_view plural) const {
  static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {"men", "man"}, {"ies", "y"}, {"wives", "wife"}, {"es", ""}, {"s", ""}, {"people", "person"}};
  std::string singular;
  for (const auto& [ending, with] : kEndings) {
    if (plural.size() < ending.size() + 2 || !plural.ends_with(ending)) continue;
    singular = plural.substr(0, plural.size() - ending.size());
    singular += with;
    const Row* r = find_row(hash_bytes(singular));
    if (r != nullptr && r->noun != NounKind::None && r->noun != NounKind::Generic) return r;
  }
  return nullptr;
}

WordFacts PersonWords::find(std::string_view lower, uint32_t flags) const {
  WordFacts facts;
  const ClosedWord closed = closed_.find(lower);
  if (lower.size() > 256) lower = lower.substr(0, 256);  // no list has such a word; the key needs no more
  std::string scratch;
  std::string_view folded = lower;
  if (folding_may_change(lower)) append_folded(lower, scratch), folded = scratch;
  facts.known = true;
  facts.small = closed.small;
  facts.pronoun = closed.pronoun;
  facts.person = closed.person;
  facts.lists = closed.lists;
  facts.first_upper = (flags & WordType::kFirstUpper) != 0;
  facts.all_upper = (flags & WordType::kAllUpper) != 0;
  facts.has_upper = (flags & WordType::kHasUpper) != 0;
  facts.key = hash_bytes(folded);
  facts.single = folded.size() == 1;
  facts.initials = folded.size() <= 3 && lower.size() == 2 * folded.size() && lower[1] == '.' && lower.back() == '.';
  if (!folded.empty() && folded[0] >= 'a' && folded[0] <= 'z') facts.initial = folded[0];
  facts.first_name = first_names_.find(facts.key);
  const Row* r = find_row(facts.key);
  if (r != nullptr && (!r->capitals || (facts.all_upper && lower.size() == folded.size()))) {  // not "D.C."
    facts.title = r->title;
    facts.noun = r->noun;
    facts.gender = r->noun != NounKind::None && r->noun_gender != Gender::Unknown ? r->noun_gender : r->title_gender;
  }
  if (facts.noun == NounKind::None && folded.size() > 3) {
    const Row* s = find_singular(folded);
    if (s != nullptr) facts.noun = s->noun, facts.gender = s->noun_gender, facts.plural = true;
  }
  if (facts.noun == NounKind::None && facts.title == TitleKind::None && names_work(folded))
    facts.noun = NounKind::Person;
  return facts;
}

bool PersonWords::same_first_name(uint64_t a, uint64_t b) const {
  if (a == b) return true;
  const auto formals = [&](uint64_t nick) {
    return std::equal_range(formals_.begin(), formals_.end(), std::pair(nick, uint64_t{0}),
                            [](const auto& x, const auto& y) { return x.first < y.first; });
  };
  const auto [a0, a1] = formals(a);
  const auto [b0, b1] = formals(b);
  for (auto i = a0; i != a1; ++i) {
    if (i->second == b) return true;
    for (auto j = b0; j != b1; ++j)
      if (i->second == j->second) return true;
  }
  return std::any_of(b0, b1, [&](const auto& p) { return p.second == a; });
}

}  // namespace newsnlp
