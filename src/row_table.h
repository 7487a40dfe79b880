// Room: recognizer. Rows of summed weights by a dense number, each filled when it is first asked for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "prefetch.h"

namespace newsnlp {

class RowTable {
 public:
  /// `row` numbers a row; each below 32767 and above -32768.
  explicit RowTable(uint32_t row) : row_(row) {}

  /// The row of a number. When it has not been asked for since clear(), fill(row) adds to a row of zeros. The row stays
  /// where it is until a higher number is asked for.
  template <class Fill>
  const int16_t* find(size_t number, Fill&& fill) {
    if (number >= rows_) make_room(number + 1);
    int16_t* row = numbers() + number * row_;
    if (*row == kUnknown) {
      std::fill_n(row, row_, int16_t{0});
      fill(row);
    }
    return row;
  }
  /// Makes find() leave all rows below `rows` where they are.
  void make_room(size_t rows) {
    if (rows <= rows_) return;
    rows_ = rows + rows / 2;
    Line unknown;
    std::fill_n(unknown.numbers, kLine, kUnknown);
    lines_.resize((rows_ * row_ + kLine - 1) / kLine, unknown);
  }
  /// Fetches a row; there may be none yet.
  void prefetch(size_t number) const noexcept { prefetch_behind(lines_.data(), number * row_ * sizeof(int16_t)); }
  /// All rows, one behind the other.
  int16_t* numbers() noexcept { return reinterpret_cast<int16_t*>(lines_.data()); }
  void clear() noexcept {
    lines_.clear();
    rows_ = 0;
  }

 private:
  static constexpr int16_t kUnknown = INT16_MIN;
  static constexpr size_t kLine = 32;
  struct alignas(64) Line {
    int16_t numbers[kLine];
  };
  uint32_t row_;
  size_t rows_ = 0;
  std::vector<Line> lines_;
};

}  // namespace newsnlp
