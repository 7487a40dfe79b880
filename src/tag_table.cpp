#include "tag_table.h"

#include <algorithm>
#include <array>
#include <bit>

#include "model_file.h"

namespace newsnlp {
TagTable::TagTable(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "pos.bin");
  in.require(in.number<uint32_t>() == kFormat, "another format of the tag table");
  buckets_ = in.array<Bucket>();
  in.require(in.at_end(), "bytes behind its end");
  if (!is_linked_in(section)) check_buckets(in);
  in.require(buckets_.size() < 0x10000, "the tag table is too large");
  make_groups();
}

void TagTable::check_buckets(const SectionReader& in) const {
  bool any_free = false;
  for (const Bucket& b : buckets_) {
    any_free |= b.check[kRows - 1] == 0;
    for (const auto& row : b.rows)
      for (const Pair& p : row) in.require(p.tag <= kTagLanes, "a tag is out of range");
  }
  in.require(any_free, "the tag table has no free row");
}

void TagTable::make_groups() {
  const size_t n = buckets_.size();
  ends_.resize(n);
  size_t end = n;
  for (size_t pass = 0; pass < 2; ++pass)  // the first one finds the end of those that go on at the begin
    for (size_t i = n; i-- > 0;) {
      if (buckets_[i].check[kRows - 1] == 0) end = i;
      ends_[i] = static_cast<uint16_t>(end);
    }
  seen_.assign((uint64_t{1} << (64 - kSeenShift)) / 64, 0);
  groups_ = Table<Group>(n * kRows / 4 + 2);
  std::vector<uint8_t> used(groups_.size());  // rows of each group
  // Rows wait until their places have been fetched.
  struct Waiting {
    size_t group;
    uint32_t bucket;
    uint32_t row;
  };
  std::array<Waiting, 32> waiting;
  size_t count = 0;
  const auto add_waiting = [&] {
    for (size_t k = 0; k < count; ++k) {
      auto [g, i, r] = waiting[k];
      while (used[g] == kGroupRows) g = g + 1 == groups_.size() ? 0 : g + 1;
      Group& group = groups_[g];
      const uint32_t free = used[g]++;
      group.check[free] = buckets_[i].check[r];
      group.bucket[free] = static_cast<uint16_t>(i);
      group.rows[free] = buckets_[i].rows[r];
    }
    count = 0;
  };
  for (uint32_t i = 0; i < n; ++i)
    for (uint32_t r = 0; r < kRows && buckets_[i].check[r] != 0; ++r) {
      const uint64_t x = place(i, buckets_[i].check[r]);
      const size_t g = home(x, groups_.size());
      seen_[(x >> kSeenShift) / 64] |= uint64_t{1} << (x >> kSeenShift) % 64;
      __builtin_prefetch(&groups_[g], 1);
      waiting[count++] = {g, i, r};
      if (count == waiting.size()) add_waiting();
    }
  add_waiting();
}

template <class Visit>
void TagTable::visit(uint64_t key, Visit visit) const noexcept {
  if (buckets_.empty()) return;
  const uint16_t wanted = check(key);
  const size_t first = home(key);
  const uint32_t run = (ends_[first] - static_cast<uint32_t>(first)) & 0xFFFF;
  const bool around = ends_[first] < first;  // its end stands at the begin of the table
  for (size_t g = home(place(first, wanted), groups_.size());; g = g + 1 == groups_.size() ? 0 : g + 1) {
    const Group& group = groups_[g];
    for (uint32_t r = 0; r < kGroupRows; ++r) {
      if (group.check[r] != wanted) continue;
      const size_t bucket = group.bucket[r];
      const bool read = around ? bucket >= first || bucket <= ends_[first] : bucket - first <= run;
      if (!read) continue;
      for (const Pair& p : group.rows[r])
        if (p.tag != 0) visit(p);
    }
    if (group.check[kGroupRows - 1] == 0) return;
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
