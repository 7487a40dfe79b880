// Room: tagger. Score vectors of the word types seen lately; one a worker, filled on demand.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

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
    common_ = std::make_unique_for_overwrite<Common[]>(rows);
    rare_ = std::make_unique_for_overwrite<Rare[]>(rows);
  }
  void set(size_t row, const TagScores& scores) noexcept {
    std::copy(scores.lane.begin(), scores.lane.begin() + kCommon, common_[row].lane.begin());
    std::copy(scores.lane.begin() + kCommon, scores.lane.end(), rare_[row].lane.begin());
  }
  const Common& common(size_t row) const noexcept { return common_[row]; }
  const Rare& rare(size_t row) const noexcept { return rare_[row]; }
  void prefetch(size_t row) const noexcept { __builtin_prefetch(&common_[row]); }
  void prefetch_rare(size_t row) const noexcept { __builtin_prefetch(&rare_[row]); }

 private:
  std::unique_ptr<Common[]> common_;
  std::unique_ptr<Rare[]> rare_;
};

/// What the tagger reads of a word type: a cache line.
struct TagEntry {
  alignas(64) uint64_t allowed = kAllLanes;  // lanes to choose from
  uint64_t lower = 0;                        // as in TagWord
  uint64_t kind = 0;
  PairSeeds pairs;
  uint32_t type = 0;
  uint8_t filled = 0;  // a bit a WordPlace whose scores are summed
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
    rows.allocate(kEntries * kWordPlaces);
  }
  bool has_room(size_t more) const noexcept { return !entries.empty() && entries.size() + more <= kEntries; }
  /// Forgets all entries, that of the edge, too.
  void clear() noexcept {
    entries.clear();
    slots.clear();
    own.clear();
    right.clear();
  }
  static size_t row(uint32_t entry, WordPlace place) noexcept {
    return size_t{entry} * kWordPlaces + static_cast<uint32_t>(place);
  }

  std::vector<TagEntry> entries;
  TagRows rows;  // kWordPlaces an entry
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
  std::vector<Piece> pieces;
  std::vector<uint32_t> words;  // entries
  std::vector<uint8_t> fixed;   // parallel to words: the tag, as soon as it is known
  std::vector<Open> open;
  std::vector<TagScores> sums;  // parallel to open: of the words around it
  std::vector<uint64_t> pairs;  // keys of neighbours that may weigh something
  std::vector<uint64_t> keys;   // to reuse
};
static_assert(TagCache::kEntries <= 1 << 16);

}  // namespace newsnlp
