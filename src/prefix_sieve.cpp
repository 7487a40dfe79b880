#include "prefix_sieve.h"

#include <algorithm>
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

uint64_t PrefixSieve::groups_of(uint32_t number) const {
  uint64_t groups = 0;
  for (size_t i = 0; i < numbers_.size(); ++i)
    if (numbers_[i] == number) groups |= uint64_t{1} << std::min<size_t>(i / 64, kLastGroup);
  return groups;
}

}  // namespace newsnlp
