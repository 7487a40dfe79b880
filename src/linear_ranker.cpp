#include "linear_ranker.h"

#include <algorithm>
#include <bit>

namespace newsnlp {
namespace {

constexpr size_t kMinWeights = 2;
constexpr size_t kMaxWeights = size_t{1} << 24;

bool valid_size(size_t n) {
  return std::has_single_bit(n) && n >= kMinWeights && n <= kMaxWeights;
}

}  // namespace

LinearRanker::LinearRanker(SectionReader& in) {
  scale_ = in.number<float>();
  in.require(scale_ > 0 && scale_ < 100, "a ranker's scale is out of range");
  weights_ = in.array<int8_t>();
  in.require(valid_size(weights_.size()), "a ranker's table is no power of two");
  shift_ = 32 - static_cast<uint32_t>(std::countr_zero(weights_.size()));
}

LinearRanker::LinearRanker(std::span<const int8_t> weights, float scale)
    : weights_(weights), shift_(32 - static_cast<uint32_t>(std::countr_zero(weights.size()))), scale_(scale) {}

void LinearRanker::write(SectionWriter& out) const {
  out.number(scale_);
  out.array(weights_);
}

void LinearRanker::probabilities(std::span<const int32_t> sums, std::vector<float>& out) const {
  out.assign(sums.size(), 0.0F);
  if (sums.empty()) return;
  const int32_t top = *std::max_element(sums.begin(), sums.end());
  double total = 0;
  for (size_t i = 0; i < sums.size(); ++i) {
    const double e = exp_poly(static_cast<double>(log_odds(sums[i] - top)));
    out[i] = static_cast<float>(e);
    total += e;
  }
  for (float& p : out) p = static_cast<float>(p / total);
}

}  // namespace newsnlp
