// Room: recognizer. Sums of the rows of one token.
#pragma once

#include <cstdint>
#include <cstring>

#include "cpu.h"
#include "name_model.h"

namespace newsnlp {

/// In registers, where the size of a row is known.
template <uint32_t kSize>
struct RowSums {
  static constexpr uint32_t kRow = kSize;
  typedef int16_t Row __attribute__((vector_size(sizeof(int16_t) * kSize)));
  Row total{};
  NEWSNLP_INLINE void add(const int16_t* row) noexcept {
    Row more;
    std::memcpy(&more, row, sizeof more);
    total += more;
  }
  NEWSNLP_INLINE void store(int16_t* to) const noexcept { std::memcpy(to, &total, sizeof total); }
};
/// In memory, where it is not.
struct AnyRowSums {
  int16_t* sums;
  uint32_t size;
  void add(const int16_t* row) const noexcept { NameModel::add_row(row, sums, size); }
};

}  // namespace newsnlp
