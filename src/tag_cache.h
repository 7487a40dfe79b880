// Room: tagger. Score vectors of the word types seen lately; one a worker, filled on demand.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tag_features.h"
#include "tag_table.h"
#include "workspace.h"

namespace newsnlp {

struct TagCacheEntry {
  uint64_t allowed = kAllLanes;  // lanes to choose from
  TagWord word;
  uint32_t type = 0;
  uint32_t filled = 0;                        // a bit a WordPlace whose scores are summed
  std::array<TagScores, kWordPlaces> scores;  // by WordPlace
};

/// Sums of the features that join a word with the tag before it, the latest in each place.
struct TagMemo {
  static constexpr size_t kPlaces = 1 << 13;

  struct Entry {
    uint64_t key = 0;  // (type id + 1) << 8 | previous tag
    TagScores scores;
  };
  Entry& place(uint64_t key) noexcept { return entries[(key * 0x9E3779B97F4A7C15ULL) >> 51]; }
  void clear() noexcept {
    for (Entry& e : entries) e.key = 0;
  }

  std::vector<Entry> entries = std::vector<Entry>(kPlaces);
};

/// Entries by word type id, bounded: whoever finds it full() clears it and goes on. Pointers to entries are valid until
/// clear().
struct TagCache : Scratch {
  static constexpr size_t kEntries = 1 << 15;

  TagCache() { entries.reserve(kEntries); }
  bool full() const noexcept { return entries.size() + 8 > kEntries; }
  void clear() noexcept {
    entries.clear();
    slots.clear();
    own.clear();
    right.clear();
  }

  /// Fetches the entry of a type, if it has one.
  void prefetch(uint32_t type) const noexcept {
    if (type >= slots.size() || slots[type] == 0) return;
    const auto* bytes = reinterpret_cast<const char*>(&entries[slots[type] - 1]);
    for (size_t at = 0; at < sizeof(TagCacheEntry); at += 64) __builtin_prefetch(bytes + at);
  }

  std::vector<TagCacheEntry> entries;
  std::vector<uint32_t> slots;  // of each type id: entry + 1
  uint32_t generation = 0;      // of WordTypes
  TagMemo own, right;           // own_features, right_features
  std::vector<uint64_t> keys;   // to reuse
};

}  // namespace newsnlp
