#include "prefix_sieve.h"

namespace newsnlp {

void PrefixSieve::add(std::string_view regex, RegexText text, size_t most_prefixes) {
  for (const RegexPrefix& prefix : regex_prefixes(regex, text, most_prefixes, known_)) {
    prefixes_.push_back(prefix);
    numbers_.push_back(count_);
  }
  ++count_;
}

void PrefixSieve::build() {
  words_ = (prefixes_.size() + 63) / 64;
  rows_.assign(RegexPrefix::kDepth * kBytes * words_, 0);
  std::vector<uint64_t> open(words_);
  for (size_t place = 0; place < RegexPrefix::kDepth; ++place) {
    uint64_t* const rows = rows_.data() + place * kBytes * words_;
    std::fill(open.begin(), open.end(), 0);
    for (size_t p = 0; p < prefixes_.size(); ++p) {
      const uint64_t bit = uint64_t{1} << (p % 64);
      if (place >= prefixes_[p].size) {
        open[p / 64] |= bit;
        continue;
      }
      const RegexPrefix::Bytes& bytes = prefixes_[p].at[place];
      for (size_t b = bytes._Find_first(); b < kBytes; b = bytes._Find_next(b)) rows[b * words_ + p / 64] |= bit;
    }
    for (size_t b = 0; b < kBytes; ++b)
      for (size_t w = 0; w < words_; ++w) rows[b * words_ + w] |= open[w];
  }
  for (size_t b = 0; b < kBytes; ++b)
    for (size_t w = 0; w < words_; ++w)
      if (rows_[b * words_ + w] != 0) words_of_[b].push_back(static_cast<uint32_t>(w));
  for (const RegexPrefix& prefix : prefixes_) {
    std::array<uint32_t, kTold> few{};  // of each place: the five bits that are allowed
    for (size_t place = 0; place < kTold; ++place) {
      if (place >= prefix.size) {
        few[place] = ~0U;
        continue;
      }
      const RegexPrefix::Bytes& bytes = prefix.at[place];
      for (size_t b = bytes._Find_first(); b < 0x80; b = bytes._Find_next(b)) few[place] |= 1U << (b & 31);
    }
    for (uint32_t x = few[0]; x != 0; x &= x - 1)
      for (uint32_t y = few[1]; y != 0; y &= y - 1)
        thirds_[static_cast<size_t>(std::countr_zero(x) << 5 | std::countr_zero(y))] |= few[2];
  }
  prefixes_ = {};
  known_ = {};
}

}  // namespace newsnlp
