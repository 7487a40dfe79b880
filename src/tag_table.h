// Room: tagger. Section "pos.bin": from a feature's 64-bit key to a few integer scores, one cache line a look-up.
//
//   u32 format | ends u16[n] | seen u64[2^14] | lines: array of 64 bytes each | more: array of rows | all: array of 64
//   bytes each
//   row        u16 run | 3 pairs (u8 lane + 1, i8 score; 0 0: none)
//   line       u32 id[4] | u32 more[4] | row first[4]
//   all        i8 score[48], of every lane | u16 run
//
// A key's home is key * n >> 64; homes form runs, ends[home] is the last of its run. Its id: that end and the key's low
// 16 bits (0 becomes 1). An id's rows are those of features that share it: `first`, and `more` & 63 further ones from
// more[`more` >> 6] on; many are one of `all` instead, at `more` >> 6 where `more` & 63 is 63. A key reads what has a
// `run`, from where it stands to the end, that is not longer than its own. A line without a free place (id 0) goes on
// in the next one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "newsnlp/document.h"
#include "section.h"

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
  static constexpr uint32_t kFormat = 3;

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

  bool empty() const noexcept { return lines_.empty(); }
  /// Adds the scores of a feature; one that is not in the table adds nothing.
  void add(uint64_t key, TagScores& scores) const noexcept;
  /// False for most features that add nothing.
  bool may_add(uint64_t key) const noexcept {
    if (empty()) return false;
    const uint64_t bit = seen_bit(hash(id(key)));
    return (seen_[bit / 64] >> bit % 64 & 1) != 0;
  }
  /// Fetches what may_add() reads.
  void prefetch_seen(uint64_t key) const noexcept {
    if (!empty()) __builtin_prefetch(&seen_[seen_bit(hash(id(key))) / 64]);
  }
  /// Fetches what add() reads first.
  void prefetch(uint64_t key) const noexcept {
    if (!empty()) __builtin_prefetch(&lines_[home(hash(id(key)), lines_.size())]);
  }
  /// The lanes that a feature has pairs for, a bit each.
  uint64_t lanes(uint64_t key) const noexcept;

  /// Features may come in any order; the bytes do not depend on it.
  static void write(std::vector<Feature> features, SectionWriter& out);

 private:
  static constexpr uint32_t kPlaces = 4;  // of a line
  static constexpr uint32_t kPairs = 3;   // of a row
  static constexpr uint32_t kRows = 8;    // of a home, before those that find no room there go on in the next one
  static constexpr uint32_t kMoreBits = 6;
  static constexpr uint32_t kAll = (1U << kMoreBits) - 1;  // in place of a number of further rows
  static constexpr uint32_t kMany = 3;                     // rows that become one of all lanes
  static constexpr uint32_t kSeenShift = 44;
  struct Row {
    uint16_t run = 0;
    std::array<Pair, kPairs> pairs{};
  };
  struct All {
    alignas(64) std::array<int8_t, kTagLanes> score{};
    uint16_t run = 0;
    std::array<uint8_t, 14> reserved{};
  };
  static_assert(sizeof(All) == 64);
  struct Line {
    alignas(64) std::array<uint32_t, kPlaces> id{};
    std::array<uint32_t, kPlaces> more{};
    std::array<Row, kPlaces> first{};
  };
  static_assert(sizeof(Line) == 64);

  static uint16_t check(uint64_t key) noexcept {
    const auto c = static_cast<uint16_t>(key);
    return c == 0 ? 1 : c;
  }
  static size_t home(uint64_t key, size_t homes) noexcept {
    return static_cast<size_t>((static_cast<unsigned __int128>(key) * homes) >> 64);
  }
  uint32_t id(uint64_t key) const noexcept { return uint32_t{ends_[home(key, ends_.size())]} << 16 | check(key); }
  static uint64_t hash(uint32_t id) noexcept { return id * 0x9E3779B97F4A7C15ULL; }
  static uint64_t seen_bit(uint64_t hash) noexcept { return hash >> kSeenShift; }
  static std::optional<All> all_lanes(const std::vector<Row>& rows);
  void check_rows(const SectionReader& in) const;
  // Calls all(All) or pair(Pair) for what the key reads.
  template <class ReadAll, class ReadPair>
  void visit(uint64_t key, ReadAll all, ReadPair pair) const noexcept;

  std::span<const uint16_t> ends_;
  std::span<const uint64_t> seen_;  // a bit for the highest bits of each id's hash
  std::span<const Line> lines_;
  std::span<const Row> more_;
  std::span<const All> all_;
};

}  // namespace newsnlp
