#include "tag_table.h"

#include <algorithm>
#include <bit>

namespace newsnlp {
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
  in.require(buckets_.size() < (size_t{1} << kRowBits) / kRows, "the tag table is too large");
  make_index();
}

void TagTable::make_index() {
  const size_t n = buckets_.size();
  ends_.resize(n);
  auto end = static_cast<uint32_t>(n);
  for (size_t pass = 0; pass < 2; ++pass)  // the first one finds the end of those that go on at the begin
    for (size_t i = n; i-- > 0;) {
      if (buckets_[i].check[kRows - 1] == 0) end = static_cast<uint32_t>(i);
      ends_[i] = end;
    }
  size_t rows = 0;
  for (const Bucket& b : buckets_) rows += kRows - static_cast<size_t>(std::count(b.check.begin(), b.check.end(), 0));
  seen_.assign((uint64_t{1} << (64 - kSeenShift)) / 64, 0);
  index_.assign(std::bit_ceil(rows * 3 / 2 + 2), 0);
  index_shift_ = static_cast<uint32_t>(64 - std::countr_zero(index_.size()));
  for (size_t i = 0; i < n; ++i)
    for (uint32_t r = 0; r < kRows && buckets_[i].check[r] != 0; ++r) {
      const uint64_t x = place(i, buckets_[i].check[r]);
      seen_[(x >> kSeenShift) / 64] |= uint64_t{1} << (x >> kSeenShift) % 64;
      size_t at = x >> index_shift_;
      while (index_[at] != 0) at = (at + 1) & (index_.size() - 1);
      index_[at] = tag(x) << kRowBits | static_cast<uint32_t>(i * kRows + r + 1);
    }
}

template <class Visit>
void TagTable::visit(uint64_t key, Visit visit) const noexcept {
  if (buckets_.empty()) return;
  const uint16_t wanted = check(key);
  const size_t first = home(key);
  const size_t end = ends_[first];
  const uint64_t x = place(first, wanted);
  for (size_t at = x >> index_shift_; index_[at] != 0; at = (at + 1) & (index_.size() - 1)) {
    if (index_[at] >> kRowBits != tag(x)) continue;
    const uint32_t row = (index_[at] & ((1U << kRowBits) - 1)) - 1;
    const Bucket& b = buckets_[row / kRows];
    if (b.check[row % kRows] != wanted || ends_[row / kRows] != end) continue;
    if (first <= end ? row / kRows < first : row / kRows > end && row / kRows < first) continue;  // before its bucket
    for (const Pair& p : b.rows[row % kRows])
      if (p.tag != 0) visit(p);
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
