#include "person_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "folding.h"
#include "hash.h"
#include "list_rows.h"
#include "unicode.h"

namespace newsnlp {
namespace {

bool read_gender(std::string_view field, Gender& gender) {
  gender = field == "m" ? Gender::Male : field == "f" ? Gender::Female : Gender::Unknown;
  return field == "m" || field == "f" || field == "-";
}

// A bit (the highest) for each byte of `x` that is `c`; those above the lowest one are not for sure.
constexpr uint64_t bytes_that_are(uint64_t x, char c) noexcept {
  constexpr uint64_t kOnes = 0x0101010101010101ULL;
  x ^= kOnes * static_cast<unsigned char>(c);
  return (x - kOnes) & ~x & (kOnes << 7);
}

// Calls each(word) for the words of a list with one-sign separators.
template <class Each>
void split(std::string_view list, char separator, Each each) {
  for (size_t begin = 0; begin < list.size();) {
    size_t end = begin;
    if constexpr (std::endian::native == std::endian::little) {
      uint64_t separators = 0;
      for (; separators == 0 && end + 8 <= list.size(); end += separators == 0 ? 8 : 0) {
        uint64_t x;
        std::memcpy(&x, list.data() + end, 8);
        separators = bytes_that_are(x, separator);
      }
      end += separators == 0 ? 0 : static_cast<size_t>(std::countr_zero(separators)) / 8;
    }
    while (end < list.size() && list[end] != separator) ++end;
    if (end > begin) each(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

// Folding changes nothing in it. May be false for one of which that is true.
bool is_plain(std::string_view lower) {
  const auto other = [](uint64_t x) {
    return (x & 0x8080808080808080ULL) | bytes_that_are(x, '.') | bytes_that_are(x, '\'');
  };
  const char* at = lower.data();
  const size_t size = lower.size();
  uint64_t x = 0;
  if (size < 8) {  // its bytes, some of them twice
    const auto byte = [&](size_t k) { return uint64_t{static_cast<unsigned char>(at[k])} << (8 * k); };
    uint32_t low = 0, high = 0;
    if (size >= 4) std::memcpy(&low, at, 4), std::memcpy(&high, at + size - 4, 4);
    return other(size >= 4   ? low | uint64_t{high} << 32
                 : size == 0 ? 0
                             : byte(0) | byte(size / 2) | byte(size - 1)) == 0;
  }
  std::memcpy(&x, at + size - 8, 8);
  uint64_t found = other(x);
  for (size_t i = 0; i + 8 < size; i += 8) {
    std::memcpy(&x, at + i, 8);
    found |= other(x);
  }
  return found == 0;
}

uint64_t folded_hash(std::string_view lower, std::string& scratch) {
  if (is_plain(lower)) return hash_bytes(lower);
  scratch.clear();
  append_folded(lower, scratch);
  return hash_bytes(scratch);
}

}  // namespace

PersonWords::PersonWords(const Model& model) {
  std::string scratch;
  size_t count = 0;
  rows_.resize(1 << 13);
  const auto add = [&](std::string_view word) -> Row& {
    if (count * 4 >= rows_.size() * 3) grow();
    const uint64_t key = folded_hash(word, scratch);
    Row& row = rows_[slot(key)];
    count += row.key == 0;
    row.key = key;
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
  const auto names = model.section("first_names.tsv");
  const auto ends = std::count_if(names.begin(), names.end(), [](std::byte b) { return b <= std::byte{' '}; });
  first_names_ = FirstNames(static_cast<size_t>(ends) + 1);
  each_list_row(model, "first_names.tsv", 3, [&](const std::vector<std::string_view>& f) {
    int sure = 0;
    for (char c : f[1]) sure = c < '0' || c > '9' || sure > 100 ? 1000 : sure * 10 + (c - '0');
    if (sure < 1 || sure > 100 || (f[0] != "m" && f[0] != "f")) return false;
    const auto value = static_cast<int8_t>(f[0] == "m" ? sure : -sure);
    split(f[2], ' ', [&](std::string_view name) { first_names_.insert(folded_hash(name, scratch), value); });
    return true;
  });
  first_names_.finish();
  each_list_row(model, "nicknames.tsv", 2, [&](const std::vector<std::string_view>& f) {
    const uint64_t nick = folded_hash(f[0], scratch);
    split(f[1], ',', [&](std::string_view formal) { formals_.emplace_back(nick, folded_hash(formal, scratch)); });
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
  if (!is_plain(lower)) append_folded(lower, scratch), folded = scratch;
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
  if (r != nullptr) {
    facts.title = r->title;
    facts.noun = r->noun;
    facts.gender = r->noun != NounKind::None && r->noun_gender != Gender::Unknown ? r->noun_gender : r->title_gender;
  }
  if (facts.noun == NounKind::None && folded.size() > 3) {
    const Row* s = find_singular(folded);
    if (s != nullptr) facts.noun = s->noun, facts.gender = s->noun_gender, facts.plural = true;
  }
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
