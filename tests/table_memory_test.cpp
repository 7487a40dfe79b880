#include "table_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace newsnlp {
namespace {

TEST(TableMemory, IsZeroedAlignedAndCanBeWrittenToItsEnd) {
  constexpr size_t kMegabyte = size_t{1} << 20;
  for (const size_t size : {size_t{0}, size_t{1}, size_t{1000}, kMegabyte, 3 * kMegabyte + 5}) {
    Table<uint8_t> table(size);
    ASSERT_EQ(table.size(), size);
    EXPECT_EQ(table.empty(), size == 0);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(table.data()) % 64, 0U);
    EXPECT_EQ(std::count(table.data(), table.data() + size, 0), static_cast<ptrdiff_t>(size));
    std::fill(table.data(), table.data() + size, uint8_t{7});
    Table<uint8_t> other(3);
    other[2] = 5;
    std::swap(table, other);
    EXPECT_EQ(table.size(), 3U);
    EXPECT_EQ(table[2], 5);
    if (size > 0) {
      EXPECT_EQ(other[size - 1], 7);
    }
  }
}

}  // namespace
}  // namespace newsnlp
