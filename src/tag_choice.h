// Room: tagger. The best lane of a sum, and whether it leads so far that no feature of tags will turn it: by vectors
// where there are any, with the same results.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <type_traits>

#include "cpu.h"
#include "tag_cache.h"
#include "tag_table.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace newsnlp {

struct TagChoice {
  // What the tags before and the pairs of words add hardly ever turns a lead of this size: 0.12 % of tokens on news.
  static constexpr int kSureLead = 56;

  uint32_t lane = 0;  // the lowest of equals
  bool sure = false;

  /// Of the allowed lanes; the rare ones are read only where one of them is allowed.
  static NEWSNLP_INLINE TagChoice any(const TagScores& scores, uint64_t allowed) noexcept {
    const uint32_t best = best_lane(scores, allowed);
    return {best, is_sure(scores, allowed, best)};
  }
  static NEWSNLP_INLINE uint32_t best_lane(const TagScores& scores, uint64_t allowed) noexcept;
#if defined(__x86_64__)
  NEWSNLP_TARGET_AVX2 static NEWSNLP_INLINE TagChoice avx2(const TagScores& scores, uint64_t allowed) noexcept;
#endif

 private:
  static NEWSNLP_INLINE bool is_sure(const TagScores& scores, uint64_t allowed, uint32_t best) noexcept;
#if defined(__x86_64__)
  // Sixteen lanes; those that are not allowed become the least number.
  NEWSNLP_TARGET_AVX2 static NEWSNLP_INLINE __m256i allowed_lanes(const int16_t* lanes, uint64_t allowed) noexcept {
    const __m256i bits =
        _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
    const __m256i mask = _mm256_and_si256(_mm256_set1_epi16(static_cast<int16_t>(allowed)), bits);
    return _mm256_blendv_epi8(_mm256_set1_epi16(INT16_MIN), _mm256_load_si256(reinterpret_cast<const __m256i*>(lanes)),
                              _mm256_cmpeq_epi16(mask, bits));
  }
  // A bit a lane from lanes that are 0 or -1.
  NEWSNLP_TARGET_AVX2 static NEWSNLP_INLINE uint32_t bits(__m256i low, __m256i high) noexcept {
    const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xD8);
    return static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
  }
#endif
};

NEWSNLP_INLINE uint32_t TagChoice::best_lane(const TagScores& scores, uint64_t allowed) noexcept {
  const auto best_of = [&](auto lanes) {
    int16_t most = scores.lane[0];
    for (uint32_t k = 1; k < lanes; ++k) most = std::max(most, scores.lane[k]);
    return static_cast<uint32_t>(std::find(scores.lane.begin(), scores.lane.end(), most) - scores.lane.begin());
  };
  if (allowed == TagRows::kCommonLanes) return best_of(std::integral_constant<uint32_t, TagRows::kCommon>());
  if (allowed == kAllLanes) return best_of(std::integral_constant<uint32_t, kTagLanes>());
  auto lane = static_cast<uint32_t>(std::countr_zero(allowed));
  int best = scores.lane[lane];
  for (allowed &= allowed - 1; allowed != 0; allowed &= allowed - 1) {
    const auto i = static_cast<uint32_t>(std::countr_zero(allowed));
    const bool better = scores.lane[i] > best;
    best = better ? scores.lane[i] : best;
    lane = better ? i : lane;
  }
  return lane;
}

NEWSNLP_INLINE bool TagChoice::is_sure(const TagScores& scores, uint64_t allowed, uint32_t best) noexcept {
  const int most = scores.lane[best] - kSureLead;
  const auto alone = [&](auto lanes) {
    int near = 0;
    for (uint32_t k = 0; k < lanes; ++k) near += scores.lane[k] > most ? 1 : 0;
    return near == 1;
  };
  if (allowed == TagRows::kCommonLanes) return alone(std::integral_constant<uint32_t, TagRows::kCommon>());
  if (allowed == kAllLanes) return alone(std::integral_constant<uint32_t, kTagLanes>());
  for (allowed &= ~(uint64_t{1} << best); allowed != 0; allowed &= allowed - 1)
    if (scores.lane[static_cast<uint32_t>(std::countr_zero(allowed))] > most) return false;
  return true;
}

#if defined(__x86_64__)
NEWSNLP_TARGET_AVX2 NEWSNLP_INLINE TagChoice TagChoice::avx2(const TagScores& scores, uint64_t allowed) noexcept {
  static_assert(TagRows::kCommon == 32 && kTagLanes == 48);
  const int16_t* const lane = scores.lane.data();
  const __m256i first = allowed_lanes(lane, allowed);
  const __m256i second = allowed_lanes(lane + 16, allowed >> 16);
  const bool has_rare = allowed >> 32 != 0;
  __m256i most = _mm256_max_epi16(first, second);
  __m256i rare = most;
  if (has_rare) {
    rare = allowed_lanes(lane + 32, allowed >> 32);
    most = _mm256_max_epi16(most, rare);
  }
  const __m128i half = _mm_max_epi16(_mm256_castsi256_si128(most), _mm256_extracti128_si256(most, 1));
  // the least of unsigned numbers is the largest of these
  const __m128i least = _mm_minpos_epu16(_mm_xor_si128(half, _mm_set1_epi16(INT16_MAX)));
  const __m256i best = _mm256_broadcastw_epi16(_mm_xor_si128(least, _mm_set1_epi16(INT16_MAX)));
  const __m256i bound = _mm256_subs_epi16(best, _mm256_set1_epi16(kSureLead));
  uint64_t equal = bits(_mm256_cmpeq_epi16(first, best), _mm256_cmpeq_epi16(second, best));
  uint64_t near = bits(_mm256_cmpgt_epi16(first, bound), _mm256_cmpgt_epi16(second, bound));
  if (has_rare) {
    const __m256i none = _mm256_setzero_si256();
    equal |= uint64_t{bits(_mm256_cmpeq_epi16(rare, best), none)} << 32;
    near |= uint64_t{bits(_mm256_cmpgt_epi16(rare, bound), none)} << 32;
  }
  return {static_cast<uint32_t>(std::countr_zero(equal & allowed)), (near & (near - 1)) == 0};
}
#endif

}  // namespace newsnlp
