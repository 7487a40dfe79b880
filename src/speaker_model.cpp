#include "speaker_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "logistic.h"

namespace newsnlp {

SpeakerModel::SpeakerModel(const Model& model) {
  const auto bytes = model.section("speakers.bin");
  if (bytes.empty()) {
    // Gender, then how near: enough to work without the section.
    weights_.assign(feature_space(), 0);
    for (size_t i = 0; i < 5; ++i) weights_[i] = static_cast<int16_t>(3072 - 1536 * static_cast<int>(i));
    for (size_t i = 0; i < 10; ++i) weights_[5 + i] = static_cast<int16_t>(1024 - 256 * static_cast<int>(i / 2));
    for (size_t i = 0; i < kBins; ++i) calibration_.push_back(static_cast<uint16_t>(10000 * (2 * i + 1) / (2 * kBins)));
    grounds_.fill(0.8F);
    return;
  }
  SectionReader in(bytes, "speakers.bin");
  in.require(in.number<uint32_t>() == kVersion, "another version of the section");
  in.require(in.number<uint32_t>() == kScale, "another scale of the weights");
  threshold_ = in.number<uint32_t>();
  in.require(threshold_ <= 10000, "a threshold above 1");
  const auto weights = in.array<int16_t>();
  in.require(weights.size() == feature_space(), "another number of weights");
  weights_.assign(weights.begin(), weights.end());
  const auto calibration = in.array<uint16_t>();
  in.require(calibration.size() == kBins, "another number of calibration bins");
  calibration_.assign(calibration.begin(), calibration.end());
  for (uint16_t c : calibration_) in.require(c <= 10000, "a probability above 1");
  const auto grounds = in.array<uint16_t>();
  in.require(grounds.size() == grounds_.size(), "another number of grounds");
  for (size_t i = 0; i < grounds.size(); ++i) {
    in.require(grounds[i] <= 10000, "a probability above 1");
    grounds_[i] = static_cast<float>(grounds[i]) / 10000;
  }
}

constexpr size_t kRemembered = 16;

void SpeakerModel::probabilities(std::span<const RankCandidate> candidates, std::vector<float>& out) const {
  out.assign(candidates.size(), 0);
  if (candidates.empty()) return;
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i)
    if (candidates[i].score > candidates[best].score) best = i;
  double sum = 0;
  std::array<double, kRemembered> powers;  // of the first candidates, of which there are hardly ever more
  const auto power = [&](size_t i) {
    return exp_poly((candidates[i].score - candidates[best].score) / static_cast<double>(kScale));
  };
  for (size_t i = 0; i < candidates.size(); ++i) {
    const double p = power(i);
    if (i < kRemembered) powers[i] = p;
    sum += p;
  }
  const double top = 1 / sum;
  const auto bin = std::min(static_cast<size_t>(std::lround(top * (kBins - 1))), kBins - 1);
  const double calibrated = calibration_[bin] / 10000.0;
  const double rest = top < 1 ? (1 - calibrated) / (1 - top) : 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const double p = (i < kRemembered ? powers[i] : power(i)) * top;
    out[i] = static_cast<float>(i == best ? calibrated : std::clamp(p * rest, 0.0, calibrated));
  }
}

void SpeakerModel::write(std::span<const double> weights, std::span<const double> calibration, double threshold,
                         std::span<const double> grounds, SectionWriter& out) {
  std::vector<int16_t> w;
  for (double x : weights) {
    const double scaled = std::clamp(x * kScale, -32767.0, 32767.0);
    w.push_back(static_cast<int16_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5));
  }
  const auto ten_thousandths = [](std::span<const double> probabilities) {
    std::vector<uint16_t> parts;
    parts.reserve(probabilities.size());
    for (double p : probabilities) parts.push_back(static_cast<uint16_t>(std::lround(std::clamp(p, 0.0, 1.0) * 10000)));
    return parts;
  };
  out.number(kVersion);
  out.number(kScale);
  out.number(static_cast<uint32_t>(threshold * 10000));
  out.array(w);
  out.array(ten_thousandths(calibration));
  out.array(ten_thousandths(grounds));
}

}  // namespace newsnlp
