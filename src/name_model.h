// Room: recognizer. Sections "ner.bin" and "ner_folded.bin": the weights of the name CRF.
//
//   u8 casing | crf | HashIndex of features | i8 [features * row] weights, Crf::kScale to one nat
//   u16 [2 * kKnots] calibration: of each domain, probability times 65535 at marginals 0, 1 / (kKnots - 1), … 1
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crf.h"
#include "hash_index.h"
#include "name_features.h"

namespace newsnlp {

class NameModel {
 public:
  static constexpr uint32_t kKnots = 1025;

  /// Reads section `name` in place; an empty one gives an empty model. Throws ModelError.
  NameModel(std::span<const std::byte> section, const std::string& name);

  bool empty() const noexcept { return index_.size() == 0; }
  Casing casing() const noexcept { return casing_; }
  const Crf& crf() const noexcept { return crf_; }
  /// Adds the weights of a feature to a row of sums.
  template <class Number>
  void add(uint64_t feature, Number* sums) const noexcept {
    const uint32_t i = index_.find(feature);
    if (i == HashIndex<uint32_t>::kNone) return;
    const int8_t* w = weights_.data() + size_t{i} * row_;
    for (uint32_t k = 0; k < row_; ++k) sums[k] = static_cast<Number>(sums[k] + w[k]);
  }
  /// How often chunks of this marginal probability are right.
  float calibrated(double marginal, NameDomain domain) const noexcept;

  struct Content {
    Casing casing = Casing::Kept;
    Crf crf;
    std::vector<uint64_t> features;
    std::vector<int8_t> weights;                       // parallel to features, a row each
    std::array<std::vector<uint16_t>, 2> calibration;  // kKnots each
  };
  static void write(const Content& content, SectionWriter& out);

 private:
  Casing casing_ = Casing::Kept;
  Crf crf_;
  uint32_t row_ = 0;
  HashIndex<uint32_t> index_;
  std::span<const int8_t> weights_;
  std::span<const uint16_t> calibration_;
};

}  // namespace newsnlp
