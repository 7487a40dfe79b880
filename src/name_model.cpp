#include "name_model.h"

#include <algorithm>
#include <bit>

#include "cpu.h"

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
      for (size_t k = 0; k < count; ++k) add_usual(model, places[k], features[k], sums + size_t{owners[k]} * kUsual);
      return;
    }
    for (size_t k = 0; k < count; ++k)
      if (const int8_t* from = model.find(places[k], features[k], row); from != nullptr)
        add_row(from, sums + size_t{owners[k]} * row, row);
  }
  // Nearly all that the sieve lets through is in the first group, or in none: no branch tells these apart.
  static NEWSNLP_INLINE void add_usual(const NameModel& model, const uint8_t* group, uint64_t feature, int16_t* to) {
    static constexpr int8_t kNothing[kUsual] = {};
    const uint32_t equal = equal_keys(group, key_of(feature));
    const auto k = static_cast<size_t>(std::countr_zero(equal | 1U << kTogether));
    const auto* from = reinterpret_cast<const int8_t*>(group + kKeys + k * kUsual);
    from = equal != 0 ? from : kNothing;
    if (equal == 0 && key_at(group, kTogether - 1) != kFree) [[unlikely]] {
      from = model.find(group, feature, kUsual);
      if (from == nullptr) return;
    }
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
  const HashIndex<uint32_t> index(in);
  const auto weights = in.array<int8_t>();
  in.require(weights.size() == index.size() * row_, "the weights do not fit the features");
  seen_.resize(std::min<size_t>(std::bit_ceil(index.size() / 12 + 1), size_t{1} << kSeenBits));
  for (uint32_t key : index.keys()) seen_[word_of(key, seen_.size())] |= bits_of(key);
  if (index.size() > 0) fill(index, weights);
}

void NameModel::fill(const HashIndex<uint32_t>& index, std::span<const int8_t> weights) {
  buckets_ = index.buckets();
  group_ = static_cast<uint32_t>((kKeys + kTogether * row_ + 63) / 64 * 64);
  constexpr size_t kBehind = 64;  // groups that the last buckets may need more, and a free one
  const size_t groups = group(buckets_, 0) + kBehind;
  table_ = Table<uint8_t>(groups * group_);
  const uint8_t* const last = table_.data() + (groups - 1) * group_;
  const int8_t* from = weights.data();
  for (uint64_t b = 0; b < buckets_; ++b)
    for (uint32_t i = index.first(b); i < index.first(b + 1); ++i, from += row_) {
      const uint32_t key = key_of(index.keys()[i]);
      uint8_t* at = table_.data() + group(b, index.keys()[i]) * group_;
      while (key_at(at, kTogether - 1) != kFree && at < last) at += group_;
      if (at == last) throw ModelError("the features of a name model crowd in one place");
      uint32_t k = 0;
      while (key_at(at, k) != kFree) ++k;
      std::memcpy(at + k * sizeof key, &key, sizeof key);
      std::memcpy(at + kKeys + size_t{k} * row_, from, row_);
    }
}

void NameModel::write(const Content& content, SectionWriter& out) {
  out.number(static_cast<uint8_t>(content.casing));
  content.crf.write(out);
  const uint32_t row = content.crf.row();
  std::vector<int8_t> weights;
  weights.reserve(content.weights.size());
  for (uint32_t i : HashIndex<uint32_t>::write(content.features, out))
    weights.insert(weights.end(), content.weights.begin() + static_cast<ptrdiff_t>(size_t{i} * row),
                   content.weights.begin() + static_cast<ptrdiff_t>((size_t{i} + 1) * row));
  out.array(weights);
}

}  // namespace newsnlp
