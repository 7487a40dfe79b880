#include "tag_table.h"

#include <algorithm>
#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace newsnlp {
namespace {

// One bit a row whose check equals `wanted`.
uint32_t equal_rows(const std::array<uint16_t, 8>& check, uint16_t wanted) noexcept {
#ifdef __SSE2__
  const __m128i all = _mm_load_si128(reinterpret_cast<const __m128i*>(check.data()));
  const __m128i equal = _mm_cmpeq_epi16(all, _mm_set1_epi16(static_cast<short>(wanted)));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(equal, _mm_setzero_si128())));
#else
  uint32_t rows = 0;
  for (uint32_t i = 0; i < 8; ++i) rows |= static_cast<uint32_t>(check[i] == wanted) << i;
  return rows;
#endif
}

}  // namespace

TagTable::TagTable(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "pos.bin");
  in.require(in.number<uint32_t>() == kFormat, "another format of the tag table");
  buckets_ = in.array<Bucket>();
  in.require(in.at_end(), "bytes behind its end");
  bool any_free = false;
  for (const Bucket& b : buckets_) {
    any_free |= b.check[kRows - 1] == 0;
    for (const auto& row : b.rows)
      for (const Pair& p : row) in.require(p.tag <= kTagLanes, "a tag is out of range");
  }
  in.require(any_free, "the tag table has no free row");
}

template <class Visit>
void TagTable::visit(uint64_t key, Visit visit) const noexcept {
  if (buckets_.empty()) return;
  const uint16_t wanted = check(key);
  for (size_t i = home(key, buckets_.size());; i = i + 1 == buckets_.size() ? 0 : i + 1) {
    const Bucket& b = buckets_[i];
    for (uint32_t rows = equal_rows(b.check, wanted); rows != 0; rows &= rows - 1)
      for (const Pair& p : b.rows[static_cast<size_t>(std::countr_zero(rows))])
        if (p.tag != 0) visit(p);
    if (b.check[kRows - 1] == 0) return;
  }
}

void TagTable::add(uint64_t key, TagScores& scores) const noexcept {
  visit(key, [&](Pair p) {
    int16_t& lane = scores.lane[p.tag - 1U];
    lane = static_cast<int16_t>(lane + p.score);
  });
}

uint64_t TagTable::lanes(uint64_t key) const noexcept {
  uint64_t lanes = 0;
  visit(key, [&](Pair p) { lanes |= uint64_t{1} << (p.tag - 1U); });
  return lanes;
}

void TagTable::write(std::vector<Feature> features, SectionWriter& out) {
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.key < b.key; });
  size_t rows = 0;
  for (const Feature& f : features) rows += (f.pairs.size() + kPairs - 1) / kPairs;
  std::vector<Bucket> buckets(rows * 9 / (size_t{8} * kRows) + 1);
  // Rows of a bucket fill from the first on, so a free last row says that the bucket is not full.
  std::vector<uint32_t> used(buckets.size());
  for (const Feature& f : features) {
    size_t i = home(f.key, buckets.size());
    for (size_t k = 0; k < f.pairs.size(); k += kPairs) {
      while (used[i] == kRows) i = i + 1 == buckets.size() ? 0 : i + 1;
      const uint32_t row = used[i]++;
      buckets[i].check[row] = check(f.key);
      for (size_t j = 0; j < kPairs && k + j < f.pairs.size(); ++j) buckets[i].rows[row][j] = f.pairs[k + j];
    }
  }
  out.number(kFormat);
  out.array(buckets);
}

}  // namespace newsnlp
