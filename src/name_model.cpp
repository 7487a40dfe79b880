#include "name_model.h"

#include <algorithm>
#include <bit>

#include "cpu.h"

namespace newsnlp {

void NameModel::add(std::span<const uint64_t> features, int16_t* sums) const noexcept {
  for (uint64_t f : features)
    if (seen(f)) index_.prefetch(f);
  for (uint64_t f : features) {
    if (!seen(f)) continue;
    if (const uint32_t i = index_.find(f); i != HashIndex<uint32_t>::kNone)
      add_row(weights_.data() + size_t{i} * row_, sums, row_);
  }
}

struct NameModel::Kernels {
  // Step by step, each a loop without branches whose loads do not depend on each other.
  static NEWSNLP_INLINE void add(const NameModel& model, Batch& batch, int16_t* sums) {
    const uint64_t* seen = model.seen_.data();
    const uint64_t seen_mask = model.seen_.size() * 64 - 1;
    const HashIndex<uint32_t> index = model.index_;
    uint64_t* features = batch.features.data();
    uint32_t* owners = batch.owners.data();
    size_t count = 0;
    for (size_t k = 0; k < batch.features.size(); ++k) {
      const uint64_t f = features[k];
      features[count] = f;
      owners[count] = owners[k];
      const uint64_t bit = f & seen_mask;
      count += seen[bit / 64] >> bit % 64 & 1;
    }
    batch.places.resize(std::max(batch.places.size(), count));
    HashIndex<uint32_t>::Place* places = batch.places.data();
    for (size_t k = 0; k < count; ++k) {
      places[k] = index.place(features[k]);
      index.prefetch(places[k]);
    }
    const uint32_t row = model.row_;
    const int8_t* weights = model.weights_.data();
    size_t found = 0;
    for (size_t k = 0; k < count; ++k) {
      const uint32_t i = index.find(features[k], places[k]);
      const bool has = i != HashIndex<uint32_t>::kNone;
      places[found].begin = i;
      owners[found] = owners[k];
      __builtin_prefetch(weights + size_t{has ? i : 0} * row);
      found += has ? 1 : 0;
    }
    for (size_t k = 0; k < found; ++k) {
      const int8_t* from = weights + size_t{places[k].begin} * row;
      int16_t* to = sums + size_t{owners[k]} * row;
      if (row == 16)
        add_16(from, to);
      else
        add_row(from, to, row);
    }
  }
  static NEWSNLP_INLINE void add_16(const int8_t* __restrict from, int16_t* __restrict to) noexcept {
    for (uint32_t k = 0; k < 16; ++k) to[k] = static_cast<int16_t>(to[k] + from[k]);
  }
  static void any(const NameModel& m, Batch& b, int16_t* sums) { add(m, b, sums); }
  NEWSNLP_TARGET_AVX2 static void avx2(const NameModel& m, Batch& b, int16_t* sums) { add(m, b, sums); }
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
  index_ = HashIndex<uint32_t>(in);
  weights_ = in.array<int8_t>();
  in.require(weights_.size() == index_.size() * row_, "the weights do not fit the features");
  seen_.resize(std::bit_ceil(index_.size() / 8 + 1));
  for (uint32_t key : index_.keys()) seen_[key / 64 % seen_.size()] |= uint64_t{1} << key % 64;
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
