#include "name_model.h"

#include <algorithm>
#include <bit>

#include "cpu.h"
#include "model_file.h"

namespace newsnlp {

void NameModel::add(std::span<const uint64_t> features, int16_t* sums) const noexcept {
  for (uint64_t f : features)
    if (seen(f)) __builtin_prefetch(home(f));
  for (uint64_t f : features) {
    if (!seen(f)) continue;
    if (const int8_t* row = find(home(f), f, row_); row != nullptr) add_row(row, sums, row_);
  }
}

struct NameModel::Kernels {
  static constexpr uint32_t kUsual = 16;  // numbers a row
  typedef int8_t Weights __attribute__((vector_size(kUsual)));
  typedef int16_t Sums __attribute__((vector_size(sizeof(int16_t) * kUsual)));

  // Step by step, each a loop whose loads do not depend on each other.
  static NEWSNLP_INLINE void add(const NameModel& model, Batch& batch, size_t count, int16_t* sums) {
    batch.places.resize(std::max(batch.places.size(), count));
    const uint64_t* const features = batch.features.data();
    const uint32_t* const owners = batch.owners.data();
    const uint8_t** const places = batch.places.data();
    for (size_t k = 0; k < count; ++k) {
      places[k] = model.home(features[k]);
      __builtin_prefetch(places[k]);
    }
    const uint32_t row = model.row_;
    if (row == kUsual) {
      for (size_t k = 0; k < count; ++k) add_usual(places[k], features[k], sums + size_t{owners[k]} * kUsual);
      return;
    }
    for (size_t k = 0; k < count; ++k)
      if (const int8_t* from = find(places[k], features[k], row); from != nullptr)
        add_row(from, sums + size_t{owners[k]} * row, row);
  }
  // What the sieve lets through is in its group, or in none: no branch tells these apart.
  static NEWSNLP_INLINE void add_usual(const uint8_t* group, uint64_t feature, int16_t* to) {
    static constexpr int8_t kNothing[kUsual] = {};
    const uint32_t equal = equal_keys(group, key_of(feature));
    const auto k = static_cast<size_t>(std::countr_zero(equal | 1U << kTogether));
    const auto* from = reinterpret_cast<const int8_t*>(group + kKeys + k * kUsual);
    from = equal != 0 ? from : kNothing;
    Weights weights;
    Sums sums;
    std::memcpy(&weights, from, sizeof weights);
    std::memcpy(&sums, to, sizeof sums);
    sums += __builtin_convertvector(weights, Sums);
    std::memcpy(to, &sums, sizeof sums);
  }
  static void any(const NameModel& m, Batch& batch, size_t count, int16_t* sums) { add(m, batch, count, sums); }
  NEWSNLP_TARGET_AVX2 static void avx2(const NameModel& m, Batch& batch, size_t count, int16_t* sums) {
    add(m, batch, count, sums);
  }
};

NameModel::NameModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  const auto casing = in.number<uint8_t>();
  in.require(casing <= 1, "the casing is unknown");
  casing_ = static_cast<Casing>(casing);
  crf_ = Crf(in);
  row_ = crf_.row();
  add_ = has_avx2() ? Kernels::avx2 : Kernels::any;
  buckets_ = in.number<uint64_t>();
  pilots_ = in.array<uint8_t>();
  table_ = in.array<uint8_t>();
  seen_ = in.array<uint64_t>();
  group_ = group_size(row_);
  in.require(in.at_end(), "bytes behind its end");
  in.require(std::has_single_bit(seen_.size()), "the bits of its features are no power of two");
  if (table_.empty()) return;
  groups_ = table_.size() / group_;
  in.require(buckets_ > 0 && buckets_ < 1U << 30 && pilots_.size() == Pilots::count(buckets_) && groups_ < 1U << 30 &&
                 table_.size() == groups_ * group_,
             "the weights do not fit the features");
  if (is_linked_in(section)) return;
  bool free = true;
  for (size_t g = 0; g < groups_; ++g) free &= key_at(&table_[g * group_], kTogether) == kFree;
  in.require(free, "a group of weights has a row too many");
}

void NameModel::write(const Content& content, SectionWriter& out) {
  const uint32_t row = content.crf.row();
  const size_t group = group_size(row);
  const Pilots::Placement placed = Pilots::place(content.features, kTogether);
  std::vector<uint8_t> table(content.features.empty() ? 0 : placed.groups * group);
  std::vector<uint64_t> seen(std::min<size_t>(std::bit_ceil(content.features.size() / 12 + 1), size_t{1} << kSeenBits));
  for (size_t i = 0; i < content.features.size(); ++i) {
    if (placed.group[i] == Pilots::Placement::kNowhere) continue;
    const uint64_t feature = content.features[i];
    const uint32_t key = key_of(feature);
    seen[word_of(static_cast<uint32_t>(feature), seen.size())] |= bits_of(feature);
    uint8_t* const at = &table[placed.group[i] * group];
    uint32_t k = 0;
    while (key_at(at, k) != kFree) ++k;
    std::memcpy(at + k * sizeof key, &key, sizeof key);
    std::memcpy(at + kKeys + size_t{k} * row, &content.weights[i * row], row);
  }
  out.number(static_cast<uint8_t>(content.casing));
  content.crf.write(out);
  out.number(placed.buckets);
  out.array(placed.pilots);
  out.array(table);
  out.array(seen);
}

}  // namespace newsnlp
