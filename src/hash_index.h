// Room: features. A fixed set of 64-bit hashes, each with a number of its own: the index of a list.
//
//   start   u32 [buckets + 1]   first entry of each bucket; a hash belongs to bucket hash * buckets >> 64
//   key     u32 [entries]       the hash's lowest bits; a bucket has about four entries, side by side
//
// A hash that is not of the set is taken for one of it with a chance of 1e-9.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "prefetch.h"
#include "section.h"

namespace newsnlp {

class HashIndex {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  HashIndex() = default;
  /// Reads what write() wrote, in place. Throws ModelError.
  explicit HashIndex(SectionReader& in);

  size_t size() const noexcept { return keys_.size(); }
  /// Where a hash stands if it is of the set.
  struct Place {
    uint32_t begin = 0;  // first key of its bucket
    uint32_t count = 0;
  };
  Place place(uint64_t hash) const noexcept {
    if (keys_.empty()) return {};
    const uint64_t b = bucket(hash, starts_.size() - 1);
    return {starts_[b], starts_[b + 1] - starts_[b]};
  }
  /// Number of the hash in [0, size()), or kNone; `place` is that of the hash.
  uint32_t find(uint64_t hash, Place place) const noexcept {
    const auto wanted = static_cast<uint32_t>(hash);
#ifdef __SSE2__
    if (place.count <= kTogether && keys_.size() >= kTogether) {  // nearly always: eight keys at once, no branch
      const uint32_t from = std::min(place.begin, static_cast<uint32_t>(keys_.size() - kTogether));
      const uint32_t equal =
          equal_keys(keys_.data() + from, wanted) >> (place.begin - from) & ((1U << place.count) - 1);
      return equal == 0 ? kNone : place.begin + static_cast<uint32_t>(std::countr_zero(equal));
    }
#endif
    for (uint32_t i = place.begin; i < place.begin + place.count; ++i)
      if (keys_[i] == wanted) return i;
    return kNone;
  }
  uint32_t find(uint64_t hash) const noexcept {
    return find(hash, place(hash));
  }

  /// Before find(), when there are many: asks for the memory of its first step, and, once that is there, of its second.
  void prefetch_place(uint64_t hash) const noexcept {
    if (!keys_.empty()) __builtin_prefetch(&starts_[bucket(hash, starts_.size() - 1)]);
  }
  void prefetch_keys(uint64_t hash) const noexcept {
    const size_t first = place(hash).begin;
    prefetch_behind(keys_.data(), first * sizeof(uint32_t));
    prefetch_behind(keys_.data(), (first + kTogether - 1) * sizeof(uint32_t));
  }

  static uint64_t bucket(uint64_t hash, uint64_t buckets) noexcept {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(hash) * buckets) >> 64);
  }
  /// Writes the index of `hashes`, which must differ, and returns their order: number -> position in `hashes`.
  static std::vector<uint32_t> write(std::span<const uint64_t> hashes, SectionWriter& out);

 private:
  static constexpr uint32_t kTogether = 8;
#ifdef __SSE2__
  // One bit a key that equals `wanted`.
  static uint32_t equal_keys(const uint32_t* keys, uint32_t wanted) noexcept {
    const auto* at = reinterpret_cast<const __m128i*>(keys);
    const __m128i all = _mm_set1_epi32(static_cast<int>(wanted));
    const __m128i equal =
        _mm_packs_epi32(_mm_cmpeq_epi32(_mm_loadu_si128(at), all), _mm_cmpeq_epi32(_mm_loadu_si128(at + 1), all));
    return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(equal, _mm_setzero_si128())));
  }
#endif
  std::span<const uint32_t> starts_;
  std::span<const uint32_t> keys_;
};

}  // namespace newsnlp
