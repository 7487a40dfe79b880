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
  pairs_.assign((1 << 16) / 64, 0);
  for (size_t first = 0; first < RegexPrefix::kEnd; ++first)
    for (size_t w = 0; w < words_; ++w) {
      const uint64_t bits = rows_[first * words_ + w];
      if (bits == 0) continue;
      const uint64_t* const second = rows_.data() + kBytes * words_ + w;
      for (size_t b = 0; b < RegexPrefix::kEnd; ++b) {
        if (first < 0x80 && (bits & second[b * words_]) == 0) continue;
        const unsigned char two[] = {static_cast<unsigned char>(first), static_cast<unsigned char>(b)};
        uint16_t pair = 0;
        std::memcpy(&pair, two, 2);
        pairs_[pair / 64] |= uint64_t{1} << (pair % 64);
      }
    }
  prefixes_ = {};
  known_ = {};
}

}  // namespace newsnlp
