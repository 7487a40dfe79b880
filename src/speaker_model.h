// Room: resolver. Section speakers.bin: the linear ranker's weights, its calibration, the threshold below which the
// resolver abstains, and how sure the other grounds are.
//
//   u32 version | u32 scale | u32 threshold (ten-thousandths) | i16 weights [feature_space()] | u16 calibration [64] |
//   u16 probability of each Ground (ten-thousandths)
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "newsnlp/model.h"
#include "resolver_features.h"
#include "resolver_ground.h"
#include "section.h"

namespace newsnlp {

class SpeakerModel {
 public:
  static constexpr uint32_t kVersion = 2;
  static constexpr size_t kBins = 64;
  static constexpr uint32_t kScale = 1024;  // a weight of 1.0

  /// Without the section: a few weights set by hand. Throws ModelError for a damaged section.
  explicit SpeakerModel(const Model& model);

  std::span<const int16_t> weights() const noexcept { return weights_; }
  /// The candidates' probabilities, in their order: softmax of the scores, calibrated at the best one.
  void probabilities(std::span<const RankCandidate> candidates, std::vector<float>& out) const;
  /// How often a speaker that was found on this ground is right.
  float probability(Ground ground) const noexcept { return grounds_[static_cast<size_t>(ground)]; }
  float threshold() const noexcept { return static_cast<float>(threshold_) / 10000; }

  static void write(std::span<const double> weights, std::span<const double> calibration, double threshold,
                    std::span<const double> grounds, SectionWriter& out);

 private:
  std::vector<int16_t> weights_;
  std::vector<uint16_t> calibration_;  // ten-thousandths, by the softmax probability's bin
  uint32_t threshold_ = 3000;
  std::array<float, static_cast<size_t>(Ground::Count)> grounds_{};
};

}  // namespace newsnlp
