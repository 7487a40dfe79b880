#include "prefix_sieve.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "regex_bytes.h"

namespace newsnlp {

void PrefixSieve::add(std::string_view regex, RegexText text, size_t most_prefixes) {
  for (const RegexPrefix& prefix : regex_prefixes(regex, text, most_prefixes, known_)) {
    prefixes_.push_back(prefix);
    numbers_.push_back(count_);
  }
  ++count_;
}

void PrefixSieve::build(Order order) {
  using Bytes = RegexPrefix::Bytes;
  if (order == Order::Any) {
    // Those that begin alike are of few words.
    std::vector<size_t> places(prefixes_.size());
    std::iota(places.begin(), places.end(), size_t{0});
    const auto first = [&](size_t i) { return prefixes_[i].size == 0 ? 0 : prefixes_[i].at[0]._Find_first(); };
    std::stable_sort(places.begin(), places.end(), [&](size_t a, size_t b) { return first(a) < first(b); });
    std::vector<RegexPrefix> prefixes;
    std::vector<uint32_t> numbers;
    for (const size_t i : places) {
      prefixes.push_back(prefixes_[i]);
      numbers.push_back(numbers_[i]);
    }
    prefixes_ = std::move(prefixes);
    numbers_ = std::move(numbers);
  }
  words_ = (prefixes_.size() + 63) / 64;
  rows_.assign(RegexPrefix::kDepth * kBytes * words_, 0);
  // Sets of many bytes are noted as such, since most are one letter and whatever is beyond ASCII.
  enum { kAnything, kByte, kBeyond, kSets };
  std::vector<uint64_t> sets(kSets * words_);
  const Bytes beyond = beyond_ascii();
  for (size_t place = 0; place < RegexPrefix::kDepth; ++place) {
    uint64_t* const rows = rows_.data() + place * kBytes * words_;
    std::fill(sets.begin(), sets.end(), 0);
    for (size_t p = 0; p < prefixes_.size(); ++p) {
      const uint64_t bit = uint64_t{1} << (p % 64);
      const auto note = [&](size_t set) { sets[set * words_ + p / 64] |= bit; };
      if (place >= prefixes_[p].size) {
        note(kAnything);
        continue;
      }
      const Bytes& bytes = prefixes_[p].at[place];
      if (bytes == any_byte()) {
        note(kByte);
        continue;
      }
      const bool all_beyond = (bytes & beyond) == beyond;
      if (all_beyond) note(kBeyond);
      const Bytes few = all_beyond ? bytes & ~beyond : bytes;
      for (size_t b = few._Find_first(); b < kBytes; b = few._Find_next(b)) rows[b * words_ + p / 64] |= bit;
    }
    for (size_t b = 0; b < kBytes; ++b)
      for (size_t w = 0; w < words_; ++w) {
        uint64_t& row = rows[b * words_ + w];
        row |= sets[kAnything * words_ + w];
        if (b != RegexPrefix::kEnd) row |= sets[kByte * words_ + w];
        if (beyond[b]) row |= sets[kBeyond * words_ + w];
      }
  }
  for (size_t b = 0; b < kBytes; ++b) {
    for (size_t w = 0; w < words_; ++w)
      if (rows_[b * words_ + w] != 0) used_words_.push_back(static_cast<uint32_t>(w));
    first_word_[b + 1] = static_cast<uint32_t>(used_words_.size());
  }
  for (const RegexPrefix& prefix : prefixes_) {
    std::array<uint32_t, kTold> few{};  // of each place: the five bits that are allowed
    for (size_t place = 0; place < kTold; ++place) {
      if (place >= prefix.size) {
        few[place] = ~0U;
        continue;
      }
      const RegexPrefix::Bytes& bytes = prefix.at[place];
      for (size_t b = bytes._Find_first(); b < 0x80; b = bytes._Find_next(b))
        few[place] |= 1U << fold(static_cast<uint32_t>(b));
    }
    for (uint32_t x = few[0]; x != 0; x &= x - 1)
      for (uint32_t y = few[1]; y != 0; y &= y - 1)
        thirds_[static_cast<size_t>(std::countr_zero(x) << 5 | std::countr_zero(y))] |= few[2];
  }
  prefixes_ = {};
  known_ = {};
}

//   u32 words, u32 count | numbers | rows of different content | which of these is row(place, byte) | the rest
void PrefixSieve::write(SectionWriter& to) const {
  std::map<std::vector<uint64_t>, uint16_t> known;
  std::vector<uint64_t> rows;
  std::vector<uint16_t> places;
  for (size_t at = 0; at < rows_.size(); at += words_) {
    const std::vector<uint64_t> row(&rows_[at], &rows_[at] + words_);
    const auto [it, is_new] = known.emplace(row, static_cast<uint16_t>(known.size()));
    if (is_new) rows.insert(rows.end(), row.begin(), row.end());
    places.push_back(it->second);
  }
  to.number(static_cast<uint32_t>(words_));
  to.number(count_);
  to.array(numbers_);
  to.array(rows);
  to.array(places);
  to.array(std::span<const uint32_t>(first_word_));
  to.array(used_words_);
  to.array(std::span<const uint32_t>(thirds_));
}

PrefixSieve::PrefixSieve(SectionReader& from) : words_(from.number<uint32_t>()), count_(from.number<uint32_t>()) {
  const auto numbers = from.array<uint32_t>();
  numbers_.assign(numbers.begin(), numbers.end());
  const auto rows = from.array<uint64_t>();
  const auto places = from.array<uint16_t>();
  rows_.reserve(places.size() * words_);
  for (const uint16_t place : places) {
    const uint64_t* const row = rows.data() + place * words_;
    rows_.insert(rows_.end(), row, row + words_);
  }
  const auto first = from.array<uint32_t>();
  const auto used = from.array<uint32_t>();
  const auto thirds = from.array<uint32_t>();
  from.require(first.size() == first_word_.size() && thirds.size() == thirds_.size(), "a table has another size");
  std::copy(first.begin(), first.end(), first_word_.begin());
  used_words_.assign(used.begin(), used.end());
  std::copy(thirds.begin(), thirds.end(), thirds_.begin());
}

uint64_t PrefixSieve::groups_of(uint32_t number) const {
  uint64_t groups = 0;
  for (size_t i = 0; i < numbers_.size(); ++i)
    if (numbers_[i] == number) groups |= uint64_t{1} << std::min<size_t>(i / 64, kLastGroup);
  return groups;
}

}  // namespace newsnlp
