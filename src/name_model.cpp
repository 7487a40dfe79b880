#include "name_model.h"

#include <algorithm>

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
  calibration_ = in.array<uint16_t>();
  in.require(weights_.size() == index_.size() * row_, "the weights do not fit the features");
  in.require(calibration_.size() == 2 * kKnots, "the calibration has not the right size");
}

float NameModel::calibrated(double marginal, NameDomain domain) const noexcept {
  const double at = std::clamp(marginal, 0.0, 1.0) * (kKnots - 1);
  const auto knot = std::min(static_cast<uint32_t>(at), kKnots - 2);
  const uint16_t* table = calibration_.data() + (domain == NameDomain::Raw ? kKnots : 0);
  const double low = table[knot];
  const double high = table[knot + 1];
  return static_cast<float>((low + (high - low) * (at - knot)) / 65535);
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
  std::vector<uint16_t> calibration = content.calibration[0];
  calibration.insert(calibration.end(), content.calibration[1].begin(), content.calibration[1].end());
  out.array(calibration);
}

}  // namespace newsnlp
