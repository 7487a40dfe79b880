#include "linear_ranker.h"

#include <bit>
#include <cstring>

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
  in.require(scale_ >= 1e-6F && scale_ < 100, "a ranker's scale is out of range");
  weights_ = in.array<int8_t>();
  in.require(valid_size(weights_.size()), "a ranker's table is no power of two");
  mask_ = weights_.size() - 1;
}

LinearRanker::LinearRanker(std::span<const int8_t> weights, float scale)
    : weights_(weights), mask_(weights.size() - 1), scale_(scale) {}

void LinearRanker::weigh(const int32_t* sums, size_t n, int32_t best, double* weights) const noexcept {
  using Ints = int32_t __attribute__((vector_size(8)));
  using Floats = float __attribute__((vector_size(8)));
  for (size_t i = 0; i < n; i += 2) {
    Ints two;
    std::memcpy(&two, sums + i, sizeof two);
    const Twin weight = exp_poly(__builtin_convertvector(__builtin_convertvector(two - best, Floats) * scale_, Twin));
    std::memcpy(weights + i, &weight, sizeof weight);
  }
}

void LinearRanker::write(SectionWriter& out) const {
  out.number(scale_);
  out.array(weights_);
}

}  // namespace newsnlp
