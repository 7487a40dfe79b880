// Room: tagger. Score vectors of the word types seen lately; one a worker, filled on demand.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "table_memory.h"
#include "tag_features.h"
#include "tag_table.h"
#include "workspace.h"

namespace newsnlp {

/// Score vectors side by side: those of the lanes that nearly every word is decided by, a cache line each, and apart
/// from them those of WRB, WP and the marks.
class TagRows {
 public:
  static constexpr uint32_t kCommon = 32;
  static constexpr uint64_t kCommonLanes = (uint64_t{1} << kCommon) - 1;
  struct Common {
    alignas(64) std::array<int16_t, kCommon> lane;
  };
  struct Rare {
    alignas(32) std::array<int16_t, kTagLanes - kCommon> lane;
  };

  /// A row is set before it is read; until then its memory is not touched.
  void allocate(size_t rows) {
    common_.make_room(rows);
    rare_.make_room(rows);
  }
  void set(size_t row, const TagScores& scores) noexcept {
    std::copy(scores.lane.begin(), scores.lane.begin() + kCommon, common_[row].lane.begin());
    std::copy(scores.lane.begin() + kCommon, scores.lane.end(), rare_[row].lane.begin());
  }
  const Common& common(size_t row) const noexcept { return common_[row]; }
  const Rare& rare(size_t row) const noexcept { return rare_[row]; }
  void prefetch(size_t row) const noexcept { __builtin_prefetch(&common_[row]); }

 private:
  GrowingTable<Common> common_;
  GrowingTable<Rare> rare_;
};

/// Sums of the features of a word type in each place that it can have, by entry. What a word brings to the two on its
/// right lies in one cache line, what it brings to the two on its left in another; those sums are small and stop at the
/// borders of a byte.
///
///   own i16[32] | left i8[32] far left i8[32] | right i8[32] far right i8[32]     common lanes: three lines an entry
///   left, far left, right, far right i8[16] each                                  rare lanes: a line an entry,
///   own i16[16]                                                                   and half a line
class WordRows {
 public:
  static constexpr uint32_t kCommon = TagRows::kCommon;
  static constexpr uint32_t kRare = kTagLanes - kCommon;
  static constexpr uint32_t kAround = kWordPlaces - 1;

  /// A row is set before it is read; until then its memory is not touched.
  void allocate(size_t entries) {
    common_.make_room(entries);
    rare_.make_room(entries);
    rare_own_.make_room(entries);
  }
  /// Rows of entries below `entries` will be set soon.
  void expect(size_t entries) {
    common_.make_room(entries, true);
    rare_.make_room(entries, true);
    rare_own_.make_room(entries, true);
  }
  void set(uint32_t entry, WordPlace place, const TagScores& scores) noexcept {
    const auto common = scores.lane.begin();
    const auto rare = common + kCommon;
    if (place == WordPlace::Own) {
      std::copy(common, rare, common_[entry].own.begin());
      std::copy(rare, scores.lane.end(), rare_own_[entry].own.begin());
      return;
    }
    const auto byte = [](int16_t s) { return static_cast<int8_t>(std::clamp<int16_t>(s, -128, 127)); };
    std::transform(common, rare, common_[entry].around[around(place)].begin(), byte);
    std::transform(rare, scores.lane.end(), rare_[entry].around[around(place)].begin(), byte);
  }
  const int16_t* own(uint32_t entry) const noexcept { return common_[entry].own.data(); }
  const int8_t* beside(uint32_t entry, WordPlace place) const noexcept {
    return common_[entry].around[around(place)].data();
  }
  const int16_t* rare_own(uint32_t entry) const noexcept { return rare_own_[entry].own.data(); }
  const int8_t* rare_beside(uint32_t entry, WordPlace place) const noexcept {
    return rare_[entry].around[around(place)].data();
  }
  void prefetch(uint32_t entry, WordPlace place) const noexcept {
    const auto* line =
        reinterpret_cast<const char*>(common_.data() + entry) + (static_cast<size_t>(place) + 1) / 2 * 64;
    __builtin_prefetch(line);
  }
  void prefetch_rare(uint32_t entry) const noexcept { __builtin_prefetch(&rare_[entry]); }

 private:
  static constexpr size_t around(WordPlace place) noexcept { return static_cast<size_t>(place) - 1; }
  struct Common {
    alignas(64) std::array<int16_t, kCommon> own;
    std::array<std::array<int8_t, kCommon>, kAround> around;
  };
  static_assert(sizeof(Common) == 192);
  struct Rare {
    alignas(64) std::array<std::array<int8_t, kRare>, kAround> around;
  };
  static_assert(sizeof(Rare) == 64);
  struct RareOwn {
    alignas(32) std::array<int16_t, kRare> own;
  };
  GrowingTable<Common> common_;
  GrowingTable<Rare> rare_;
  GrowingTable<RareOwn> rare_own_;
};

/// What the features that join words read of a word type: a cache line.
struct TagEntry {
  alignas(64) uint64_t lower = 0;  // as in TagWord
  uint64_t kind = 0;
  PairSeeds pairs;
  uint32_t type = 0;
};
static_assert(sizeof(TagEntry) == 64);

/// Sums of the features that join a word with the tag before it, the latest in each place.
class TagMemo {
 public:
  TagMemo() : keys_(kPlaces) { rows_.allocate(kPlaces); }
  /// Where the sum of a key, not 0, stands; fill(scores) is called when it does not.
  template <class Fill>
  size_t find(uint32_t key, Fill&& fill) {
    const size_t place = key * 0x9E3779B1U >> 19;
    if (keys_[place] != key) {
      keys_[place] = key;
      TagScores scores;
      fill(scores);
      rows_.set(place, scores);
    }
    return place;
  }
  /// Whether find() will not call its fill; fetches what it reads.
  bool has(uint32_t key) const noexcept {
    const size_t place = key * 0x9E3779B1U >> 19;
    rows_.prefetch(place);
    return keys_[place] == key;
  }
  const TagRows& rows() const noexcept { return rows_; }
  void clear() noexcept { std::fill(keys_.begin(), keys_.end(), 0U); }

 private:
  static constexpr size_t kPlaces = 1 << 13;
  std::vector<uint32_t> keys_;
  TagRows rows_;
};

/// Entries by word type id, bounded: whoever finds no room for what may come clears it.
struct TagCache : Scratch {
  static constexpr size_t kEntries = 1 << 15;
  static constexpr uint32_t kEdge = 0;  // the entry of what is outside the sentence

  TagCache() {
    entries.reserve(kEntries);
    allowed.reserve(kEntries);
    filled.reserve(kEntries);
    rows.allocate(kEntries);
  }
  bool has_room(size_t more) const noexcept { return !entries.empty() && entries.size() + more <= kEntries; }
  /// Forgets all entries, that of the edge, too.
  void clear() noexcept {
    entries.clear();
    allowed.clear();
    filled.clear();
    slots.clear();
    own.clear();
    right.clear();
  }
  TagEntry& add() {
    allowed.push_back(kAllLanes);
    filled.push_back(0);
    return entries.emplace_back();
  }

  std::vector<TagEntry> entries;
  std::vector<uint64_t> allowed;  // parallel to entries: lanes to choose from
  std::vector<uint8_t> filled;    // parallel to entries: a bit a WordPlace whose row is set
  WordRows rows;
  struct Slot {
    uint16_t entry = 0;  // 0: none
    uint8_t only = 0;    // the tag, if there is one to choose from: value of Tag
  };
  std::vector<Slot> slots;  // of each type id
  uint32_t generation = 0;  // of WordTypes
  TagMemo own, right;       // own_features, right_features

  // What is read together: pieces of sentences, each with two words around it.
  struct Piece {
    uint32_t token = 0;  // its first
    uint32_t at = 0;     // of that token in `words`
    uint32_t count = 0;
    bool first = false;  // of its sentence
  };
  struct Open {  // a token that the model decides
    uint32_t at = 0;
    bool rare = false;       // a rare lane is allowed
    uint32_t pairs_end = 0;  // behind its keys in `pairs`
  };
  struct Wanted {  // a row of a word that has to be filled
    uint32_t entry = 0;
    WordPlace place = WordPlace::Own;
  };
  std::vector<Piece> pieces;
  std::vector<uint32_t> words;  // entries
  std::vector<uint8_t> fixed;   // parallel to words: the tag, as soon as it is known
  std::vector<Open> room_for_open;
  std::span<Open> open;  // the first of these
  std::vector<Wanted> wanted;
  std::vector<TagScores> sums;  // parallel to open: of the words around it
  std::vector<uint64_t> pairs;  // keys of neighbours that may weigh something
  std::vector<uint64_t> keys;   // to reuse
};
static_assert(TagCache::kEntries <= 1 << 16);

}  // namespace newsnlp
