#include "ranker_training.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <span>

namespace newsnlp {
namespace {

constexpr float kStill = 1e-4F;    // smaller gradients change nothing
constexpr float kLargest = 2.54F;  // weights are clipped here
constexpr uint32_t kDropSteps = 1024;

// One of kDropSteps for a feature and a step.
uint32_t lot(uint32_t feature, uint32_t step) {
  uint32_t h = (feature ^ step * 0x9E3779B1U) * 2654435761U;
  h ^= h >> 15;
  h *= 2246822519U;
  return (h ^ h >> 13) & (kDropSteps - 1);
}

}  // namespace

void RankerExamples::begin_group(uint32_t article, uint32_t answer) {
  groups_.push_back({article, answer, ends_.size(), 0});
}

void RankerExamples::add_candidate(const FeatureList& features) {
  features_.insert(features_.end(), features.places().begin(), features.places().end());
  ends_.push_back(features_.size());
  ++groups_.back().count;
}

float RankerExamples::log_odds(size_t group, const std::vector<float>& weights) const {
  const auto mask = static_cast<uint32_t>(weights.size() - 1);
  const uint64_t c = groups_[group].first;
  float s = 0;
  for (uint64_t i = c == 0 ? 0 : ends_[c - 1]; i < ends_[c]; ++i) s += weights[features_[i] & mask];
  return s;
}

std::vector<float> RankerExamples::train(const Settings& set, const std::function<bool(size_t)>& use) const {
  const size_t size = size_t{1} << set.bits;
  const auto mask = static_cast<uint32_t>(size - 1);
  std::vector<float> weights(size);
  std::vector<float> squares(size);
  std::vector<double> sums(size);
  uint32_t averaged = 0;
  std::vector<uint32_t> order;
  for (size_t g = 0; g < groups_.size(); ++g)
    if (use(g)) order.push_back(static_cast<uint32_t>(g));
  std::mt19937 random(set.seed);
  const auto drop = static_cast<uint32_t>(set.dropout * kDropSteps);
  uint32_t step = 0;
  std::vector<double> p;
  const auto candidate = [&](uint64_t c) {
    const uint64_t begin = c == 0 ? 0 : ends_[c - 1];
    return std::span(features_).subspan(begin, ends_[c] - begin);
  };
  const auto score = [&](uint64_t c) {
    float s = 0;
    for (const uint32_t f : candidate(c))
      if (drop == 0 || lot(f, step) >= drop) s += weights[f & mask];
    return drop == 0 ? s : s / (1 - set.dropout);
  };
  const auto update = [&](uint64_t c, float gradient) {
    if (std::abs(gradient) < kStill) return;
    for (const uint32_t f : candidate(c)) {
      if (drop != 0 && lot(f, step) < drop) continue;
      const uint32_t k = f & mask;
      squares[k] += gradient * gradient;
      weights[k] += set.rate * gradient / (std::sqrt(squares[k]) + 1e-3F);
    }
  };
  for (uint32_t epoch = 0; epoch < set.epochs; ++epoch) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const uint32_t g : order) {
      const Group& group = groups_[g];
      ++step;
      if (set.yes_no) {
        const auto q = static_cast<float>(sigmoid(static_cast<double>(score(group.first))));
        update(group.first, static_cast<float>(group.answer) - q);
        continue;
      }
      p.resize(group.count);
      double top = -1e30;
      for (uint64_t k = 0; k < group.count; ++k) {
        p[k] = static_cast<double>(score(group.first + k));
        top = std::max(top, p[k]);
      }
      double total = 0;
      for (double& x : p) total += x = exp_poly(x - top);
      for (uint64_t k = 0; k < group.count; ++k)
        update(group.first + k, static_cast<float>((k == group.answer ? 1.0 : 0.0) - p[k] / total));
    }
    if (epoch < set.epochs / 3) continue;
    for (size_t k = 0; k < size; ++k) sums[k] += static_cast<double>(weights[k]);
    ++averaged;
  }
  for (size_t k = 0; k < size && averaged > 0; ++k) weights[k] = static_cast<float>(sums[k] / averaged);
  return weights;
}

std::vector<int8_t> quantise(const std::vector<float>& weights, float& scale) {
  float largest = 1e-6F;
  for (const float w : weights) largest = std::max(largest, std::abs(w));
  scale = std::min(largest, kLargest) / 127;
  std::vector<int8_t> out;
  out.reserve(weights.size());
  for (const float w : weights) out.push_back(static_cast<int8_t>(std::clamp(std::lround(w / scale), -127L, 127L)));
  return out;
}

}  // namespace newsnlp
