// Room: recognizer. Rows of summed weights by a 64-bit key, the latest in each place: what is asked for again soon.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace newsnlp {

class RowMemo {
 public:
  /// `row` numbers a key; 2^bits places.
  RowMemo(uint32_t row, uint32_t bits) : row_(row), shift_(64 - bits), keys_(size_t{1} << bits) {
    rows_.resize(keys_.size() * row);
  }

  /// The row of a key, which is not ~0. On first use, and after another key has taken its place, fill(row) adds to a
  /// row of zeros.
  template <class Fill>
  const int16_t* find(uint64_t key, Fill&& fill) {
    const size_t place = key * 0x9E3779B97F4A7C15ULL >> shift_;
    int16_t* row = rows_.data() + place * row_;
    if (keys_[place] != ~key) {
      keys_[place] = ~key;
      std::fill(row, row + row_, int16_t{0});
      fill(row);
    }
    return row;
  }

  void clear() noexcept { std::fill(keys_.begin(), keys_.end(), 0); }

 private:
  uint32_t row_;
  uint32_t shift_;
  std::vector<uint64_t> keys_;  // inverted; 0: free
  std::vector<int16_t> rows_;
};

}  // namespace newsnlp
