// Room: features. A fixed set of 64-bit hashes, each with a number of its own: the index of pruned weights and lists.
//
//   start   u32 [buckets + 1]   first entry of each bucket; a hash belongs to bucket hash * buckets >> 64
//   key     Key [entries]       the hash's lowest bits; a bucket has about four entries, side by side
//
// A hash that is not of the set is taken for one of it with a chance of 1e-9 (u32 keys) or 6e-5 (u16 keys).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "section.h"

namespace newsnlp {

template <class Key>
class HashIndex {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  HashIndex() = default;
  /// Reads what write() wrote, in place. Throws ModelError.
  explicit HashIndex(SectionReader& in);

  size_t size() const noexcept { return keys_.size(); }
  /// Number of the hash in [0, size()), or kNone.
  uint32_t find(uint64_t hash) const noexcept {
    if (keys_.empty()) return kNone;
    const uint64_t b = bucket(hash, starts_.size() - 1);
    const auto wanted = static_cast<Key>(hash);
    for (uint32_t i = starts_[b]; i < starts_[b + 1]; ++i)
      if (keys_[i] == wanted) return i;
    return kNone;
  }

  /// Fetches what find() reads first, and, when that has come, what it reads then.
  void prefetch_bucket(uint64_t hash) const noexcept {
    if (!keys_.empty()) __builtin_prefetch(&starts_[bucket(hash, starts_.size() - 1)]);
  }
  void prefetch_keys(uint64_t hash) const noexcept {
    if (!keys_.empty()) __builtin_prefetch(keys_.data() + starts_[bucket(hash, starts_.size() - 1)]);
  }

  /// Writes the index of `hashes`, which must differ, and returns their order: number -> position in `hashes`.
  static std::vector<uint32_t> write(std::span<const uint64_t> hashes, SectionWriter& out);

 private:
  static uint64_t bucket(uint64_t hash, uint64_t buckets) noexcept {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(hash) * buckets) >> 64);
  }
  std::span<const uint32_t> starts_;
  std::span<const Key> keys_;
};

extern template class HashIndex<uint16_t>;
extern template class HashIndex<uint32_t>;

}  // namespace newsnlp
