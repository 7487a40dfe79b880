// Room: tagger. Section "pos.bin": from a feature's 64-bit key to a few integer scores, one cache line a look-up.
//
//   u32 format | buckets: array of 64 bytes each
//   bucket     u16 check[8] | 8 rows of 3 pairs (u8 lane + 1, i8 score)
//
// A key's bucket is key * n >> 64, its check the low 16 bits (0 becomes 1; a check of 0 marks a free row). More than
// three pairs take several rows with one check. A bucket without a free row goes on in the next one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "newsnlp/document.h"
#include "section.h"
#include "table_memory.h"

namespace newsnlp {

/// A lane is a tag that the tagger may choose: Tag value - 1. The two rarest tags, AFX and GW, have none.
inline constexpr uint32_t kTagLanes = static_cast<uint32_t>(Tag::ADD);
static_assert(kTagLanes == 48);
inline constexpr uint64_t kAllLanes = (uint64_t{1} << kTagLanes) - 1;

struct alignas(32) TagScores {
  std::array<int16_t, kTagLanes> lane{};

  void operator+=(const TagScores& other) noexcept {
    for (uint32_t i = 0; i < kTagLanes; ++i) lane[i] = static_cast<int16_t>(lane[i] + other.lane[i]);
  }
};

class TagTable {
 public:
  static constexpr uint32_t kFormat = 1;

  struct Pair {
    uint8_t tag = 0;  // lane + 1; 0: no pair
    int8_t score = 0;
  };
  struct Feature {
    uint64_t key;
    std::vector<Pair> pairs;
  };

  TagTable() = default;
  /// Reads the section in place; an empty section gives a table without features. Throws ModelError.
  explicit TagTable(std::span<const std::byte> section);

  bool empty() const noexcept { return buckets_.empty(); }
  /// Adds the scores of a feature; one that is not in the table adds nothing.
  void add(uint64_t key, TagScores& scores) const noexcept;
  /// False for most features that add nothing.
  bool may_add(uint64_t key) const noexcept {
    if (buckets_.empty()) return false;
    const uint64_t x = place(home(key), check(key)) >> kSeenShift;
    return (seen_[x / 64] >> x % 64 & 1) != 0;
  }
  /// Fetches what may_add() reads.
  void prefetch_seen(uint64_t key) const noexcept {
    if (!buckets_.empty()) __builtin_prefetch(&seen_[(place(home(key), check(key)) >> kSeenShift) / 64]);
  }
  /// Fetches what add() reads first.
  void prefetch(uint64_t key) const noexcept {
    if (!buckets_.empty()) __builtin_prefetch(&groups_[home(place(home(key), check(key)), groups_.size())]);
  }
  /// The lanes that a feature has pairs for, a bit each.
  uint64_t lanes(uint64_t key) const noexcept;

  /// Features may come in any order; the bytes do not depend on it.
  static void write(std::vector<Feature> features, SectionWriter& out);

 private:
  static constexpr uint32_t kRows = 8;
  static constexpr uint32_t kPairs = 3;
  struct Bucket {
    std::array<uint16_t, kRows> check{};
    std::array<std::array<Pair, kPairs>, kRows> rows{};
  };
  static_assert(sizeof(Bucket) == 64);

  static uint16_t check(uint64_t key) noexcept {
    const auto c = static_cast<uint16_t>(key);
    return c == 0 ? 1 : c;
  }
  static size_t home(uint64_t key, size_t buckets) noexcept {
    return static_cast<size_t>((static_cast<unsigned __int128>(key) * buckets) >> 64);
  }
  size_t home(uint64_t key) const noexcept { return home(key, buckets_.size()); }
  // A look-up reads from its bucket to the next one that is not full, its end. So it is found by end and check alone.
  uint64_t place(size_t home, uint16_t check) const noexcept {
    return (uint64_t{ends_[home]} << 16 | check) * 0x9E3779B97F4A7C15ULL;
  }
  void check_buckets(const SectionReader& in) const;
  void make_groups();
  template <class Visit>
  void visit(uint64_t key, Visit visit) const noexcept;

  std::span<const Bucket> buckets_;

  // Made on reading, as buckets are many in a row that are full: rows by the end and check of the look-ups that read
  // them. A group without a free row (check 0) goes on in the next one.
  static constexpr uint32_t kGroupRows = 6;
  struct Group {
    alignas(64) std::array<uint16_t, kGroupRows> check{};
    std::array<uint16_t, kGroupRows> bucket{};  // where the row stands
    std::array<std::array<Pair, kPairs>, kGroupRows> rows{};
  };
  static_assert(sizeof(Group) == 64);
  static constexpr uint32_t kSeenShift = 44;
  std::vector<uint16_t> ends_;  // of each bucket
  std::vector<uint64_t> seen_;  // 2^20 bits: is there any row?
  Table<Group> groups_;
};

}  // namespace newsnlp
