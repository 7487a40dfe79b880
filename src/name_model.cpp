#include "name_model.h"

#include <algorithm>
#include <bit>

namespace newsnlp {

NameModel::NameModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  const auto casing = in.number<uint8_t>();
  in.require(casing <= 1, "the casing is unknown");
  casing_ = static_cast<Casing>(casing);
  crf_ = Crf(in);
  row_ = crf_.row();
  index_ = HashIndex<uint32_t>(in);
  weights_ = in.array<int8_t>();
  in.require(weights_.size() == index_.size() * row_, "the weights do not fit the features");
  seen_.resize(std::bit_ceil(index_.size() / 8 + 1));
  for (uint32_t key : index_.keys()) seen_[key / 64 % seen_.size()] |= uint64_t{1} << key % 64;
}

void NameModel::add(std::span<const uint64_t> features, int16_t* sums) const noexcept {
  for (uint64_t f : features)
    if (seen(f)) index_.prefetch(f);
  for (uint64_t f : features) {
    if (!seen(f)) continue;
    if (const uint32_t i = index_.find(f); i != HashIndex<uint32_t>::kNone)
      add_row(weights_.data() + size_t{i} * row_, sums, row_);
  }
}

// Step by step, each a loop without branches whose loads do not depend on each other.
void NameModel::add(Batch& batch, int16_t* sums) const {
  size_t count = 0;
  for (size_t k = 0; k < batch.features.size(); ++k) {
    const uint64_t f = batch.features[k];
    batch.features[count] = f;
    batch.owners[count] = batch.owners[k];
    count += seen(f) ? 1 : 0;
  }
  batch.places.resize(std::max(batch.places.size(), count));
  for (size_t k = 0; k < count; ++k) {
    batch.places[k] = index_.place(batch.features[k]);
    index_.prefetch(batch.places[k]);
  }
  size_t found = 0;
  for (size_t k = 0; k < count; ++k) {
    const uint32_t i = index_.find(batch.features[k], batch.places[k]);
    batch.places[found].begin = i;
    batch.owners[found] = batch.owners[k];
    __builtin_prefetch(weights_.data() + size_t{i == HashIndex<uint32_t>::kNone ? 0 : i} * row_);
    found += i == HashIndex<uint32_t>::kNone ? 0 : 1;
  }
  for (size_t k = 0; k < found; ++k)
    add_row(weights_.data() + size_t{batch.places[k].begin} * row_, sums + size_t{batch.owners[k]} * row_, row_);
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
