// Room: recognizer. Rows of summed weights by a dense number, each filled when it is first asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "prefetch.h"
#include "table_memory.h"

namespace newsnlp {

class RowTable {
 public:
  /// `row` numbers a row, four or more; each below 32767 and above -32768. `dense`: most rows below the highest one
  /// will be asked for.
  explicit RowTable(uint32_t row, bool dense = true) : row_(row), dense_(dense) {}

  /// The row of a number. When it has not been asked for since clear(), fill(row) adds to a row of zeros. The row stays
  /// where it is until a higher number is asked for.
  template <class Fill>
  const int16_t* find(size_t number, Fill&& fill) {
    if (number >= rows_) make_room(number + 1);
    return find_here(number, fill);
  }
  /// The same of a number below what make_room() was given.
  template <class Fill>
  const int16_t* find_here(size_t number, Fill&& fill) {
    int16_t* row = numbers() + number * row_;
    if (begins_with_zeros(row) && !is_known(number)) [[unlikely]] {
      known_[number / 64] |= uint64_t{1} << number % 64;
      fill(row);
    }
    return row;
  }
  /// Whether a row, below what make_room() was given, is asked for the first time since clear(). Who is told so fills
  /// it.
  bool is_new(size_t number) noexcept {
    if (!begins_with_zeros(numbers() + number * row_) || is_known(number)) [[likely]]
      return false;
    known_[number / 64] |= uint64_t{1} << number % 64;
    return true;
  }
  /// Makes find() leave all rows below `rows` where they are.
  void make_room(size_t rows) {
    lines_.make_room((rows * row_ + kLine - 1) / kLine, dense_);
    rows_ = lines_.size() * kLine / row_;
    known_.make_room(rows_ / 64 + 1);
  }
  /// Fetches a row; there may be none yet.
  void prefetch(size_t number) const noexcept { prefetch_behind(lines_.data(), number * row_ * sizeof(int16_t)); }
  /// All rows, one behind the other. Those that nobody has asked for or written are zero.
  int16_t* numbers() noexcept { return reinterpret_cast<int16_t*>(lines_.data()); }
  void clear() noexcept {
    lines_.clear();
    known_.clear();
    rows_ = 0;
  }

 private:
  static constexpr size_t kLine = 32;
  struct alignas(64) Line {
    int16_t numbers[kLine];
  };
  // Whether as many numbers as an entity type has are zero; a row has no fewer.
  static bool begins_with_zeros(const int16_t* row) noexcept {
    uint64_t four;
    std::memcpy(&four, row, sizeof four);
    return four == 0;
  }
  bool is_known(size_t number) const noexcept { return (known_[number / 64] >> number % 64 & 1) != 0; }

  uint32_t row_;
  bool dense_;
  size_t rows_ = 0;
  GrowingTable<Line> lines_;
  GrowingTable<uint64_t> known_;  // a bit a row: asked of those that begin with zeros
};

}  // namespace newsnlp
