#include "table_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "dense_numbers.h"

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

TEST(GrowingTable, KeepsWhatWasWrittenAndIsZeroBeyond) {
  struct Five {
    uint8_t bytes[5];
  };
  for (const bool at_once : {false, true}) {
    GrowingTable<Five> table;
    size_t written = 0;
    for (const size_t size : {size_t{1}, size_t{100}, size_t{13107}, size_t{13108}, size_t{500'000}, size_t{7}}) {
      if (at_once)
        table.make_room(size, true);
      else
        table.make_room(size);
      ASSERT_GE(table.size(), std::max(size, written));
      for (size_t i = 0; i < written; ++i) ASSERT_EQ(table[i].bytes[4], i % 251 + 1) << size;
      for (size_t i = written; i < table.size(); ++i) ASSERT_EQ(table[i].bytes[4], 0) << size;
      for (size_t i = written; i < size; ++i) table[i].bytes[4] = static_cast<uint8_t>(i % 251 + 1);
      written = std::max(written, size);
    }
    table.clear();
    EXPECT_EQ(table.size(), 0U);
    table.make_room(3);
    EXPECT_EQ(table[2].bytes[4], 0);
  }
}

TEST(DenseNumbers, AreGivenInTheOrderOfTheKeys) {
  DenseNumbers numbers;
  for (int round = 0; round < 2; ++round) {
    for (uint64_t k = 0; k < 20'000; ++k) ASSERT_EQ(numbers.number(k * 0x9E3779B97F4A7C15ULL), k);
    for (uint64_t k = 20'000; k-- > 0;) ASSERT_EQ(numbers.number(k * 0x9E3779B97F4A7C15ULL), k);
    EXPECT_EQ(numbers.size(), 20'000U);
    numbers.clear();
    EXPECT_EQ(numbers.size(), 0U);
  }
}

}  // namespace
}  // namespace newsnlp
