// Room: recognizer. Rows of summed weights by a 64-bit key, the latest in each place: what is asked for again soon.
//
//   place    u64 key, inverted (0: free) | i16 [row] | pad to whole lines of memory
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "table_memory.h"

namespace newsnlp {

class RowMemo {
 public:
  /// `row` numbers a key; 2^bits places.
  RowMemo(uint32_t row, uint32_t bits)
      : row_(row), shift_(64 - bits), stride_((kRow + row * sizeof(int16_t) + 63) / 64 * 64) {
    places_ = Table<uint8_t>((size_t{1} << bits) * stride_);
  }

  /// The row of a key, which is not ~0. On first use, and after another key has taken its place, fill(row) adds to a
  /// row of zeros.
  template <class Fill>
  const int16_t* find(uint64_t key, Fill&& fill) {
    uint8_t* const place = places_.data() + (key * 0x9E3779B97F4A7C15ULL >> shift_) * stride_;
    auto* row = reinterpret_cast<int16_t*>(place + kRow);
    uint64_t known;
    std::memcpy(&known, place, sizeof known);
    if (known != ~key) {
      known = ~key;
      std::memcpy(place, &known, sizeof known);
      std::fill(row, row + row_, int16_t{0});
      fill(row);
    }
    return row;
  }

  void clear() noexcept { std::fill_n(places_.data(), places_.size(), uint8_t{0}); }

 private:
  static constexpr size_t kRow = sizeof(uint64_t);  // where the row begins
  uint32_t row_;
  uint32_t shift_;
  size_t stride_;
  Table<uint8_t> places_;
};

}  // namespace newsnlp
