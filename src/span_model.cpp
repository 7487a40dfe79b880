#include "span_model.h"

#include <algorithm>
#include <cstring>

namespace newsnlp {

SpanModel::SpanModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  types_ = in.number<uint32_t>();
  in.require(types_ > 0 && types_ <= Crf::kMaxTypes, "the number of entity types is out of range");
  bias_ = in.number<int32_t>();
  in.require(bias_ > -(1 << 16) && bias_ < 1 << 16, "the bias is out of range");
  table_ = in.array<uint32_t>();
  seen_ = in.array<uint32_t>();
  bounds_ = in.array<float>();
  calibration_ = in.array<uint16_t>();
  rows_ = table_.size() / stride(types_);
  in.require(rows_ * stride(types_) == table_.size(), "the weights do not fit the entity types");
  bool any_free = rows_ == 0;
  for (size_t i = 0; i < rows_; ++i) any_free |= table_[i * stride(types_)] == 0;
  in.require(any_free, "the table of features has no free slot");
  any_free = seen_.empty();
  for (uint32_t s : seen_) {
    any_free |= (s & 0xFF) == 0;
    in.require((s & 0xFF) < 1 + types_ * 12, "a name of training is out of range");
  }
  in.require(any_free, "the table of names has no free slot");
  in.require(bounds_.size() == kLevels - 1 && calibration_.size() == size_t{2} * kLevels * kKnots,
             "the calibration has not the right size");
}

void SpanModel::add(std::span<const uint64_t> features, int32_t* sums) const noexcept {
  if (rows_ == 0) return;
  const uint32_t step = stride(types_);
  for (uint64_t f : features) __builtin_prefetch(table_.data() + home(f, rows_) * step);
  for (uint64_t f : features) {
    const uint32_t wanted = row_key(f);
    for (uint64_t i = home(f, rows_);; i = i + 1 == rows_ ? 0 : i + 1) {
      const uint32_t* row = table_.data() + i * step;
      if (row[0] == 0) break;
      if (row[0] != wanted) continue;
      int8_t weights[Crf::kMaxTypes];
      std::memcpy(weights, row + 1, sizeof(uint32_t) * (step - 1));
      for (uint32_t t = 0; t < types_; ++t) sums[t] += weights[t];
      break;
    }
  }
}

uint8_t SpanModel::seen(uint64_t key) const noexcept {
  if (seen_.empty()) return 0;
  const auto wanted = static_cast<uint32_t>(key & 0xFFFFFF);
  for (uint64_t i = home(key, seen_.size()); (seen_[i] & 0xFF) != 0; i = i + 1 == seen_.size() ? 0 : i + 1)
    if (seen_[i] >> 8 == wanted) return static_cast<uint8_t>(seen_[i]);
  return 0;
}

uint32_t SpanModel::level(float doubtful_share) const noexcept {
  return static_cast<uint32_t>(std::upper_bound(bounds_.begin(), bounds_.end(), doubtful_share) - bounds_.begin());
}

float SpanModel::calibrated(double probability, NameDomain domain, uint32_t level) const noexcept {
  const double at = std::clamp(probability, 0.0, 1.0) * (kKnots - 1);
  const auto knot = std::min(static_cast<uint32_t>(at), kKnots - 2);
  const uint16_t* table = calibration_.data() + (size_t{domain == NameDomain::Raw} * kLevels + level) * kKnots;
  const double low = table[knot];
  const double high = table[knot + 1];
  return static_cast<float>((low + (high - low) * (at - knot)) / 65535);
}

void SpanModel::write(const Content& content, SectionWriter& out) {
  out.number(content.types);
  out.number(content.bias);
  const uint32_t step = stride(content.types);
  const uint64_t rows = content.features.empty() ? 0 : content.features.size() + content.features.size() / 2 + 1;
  std::vector<uint32_t> table(rows * step);
  for (size_t f = 0; f < content.features.size(); ++f) {
    const uint32_t key = row_key(content.features[f]);
    uint64_t i = home(content.features[f], rows);
    while (table[i * step] != 0 && table[i * step] != key) i = i + 1 == rows ? 0 : i + 1;
    table[i * step] = key;
    std::memcpy(&table[i * step + 1], content.weights.data() + f * content.types, content.types);
  }
  out.array(table);
  const uint64_t names = content.seen.empty() ? 0 : content.seen.size() + content.seen.size() / 2 + 1;
  std::vector<uint32_t> seen(names);
  for (const auto& [key, code] : content.seen) {
    uint64_t i = home(key, names);
    while (seen[i] != 0) i = i + 1 == names ? 0 : i + 1;
    seen[i] = static_cast<uint32_t>(key & 0xFFFFFF) << 8 | code;
  }
  out.array(seen);
  out.array(std::span<const float>(content.bounds));
  std::vector<uint16_t> calibration;
  for (const auto& domain : content.calibration)
    for (const auto& level : domain) calibration.insert(calibration.end(), level.begin(), level.end());
  out.array(calibration);
}

}  // namespace newsnlp
