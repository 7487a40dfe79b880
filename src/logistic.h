// Room: features. Exponential and sigmoid without libm: the same bits on every machine.
#pragma once

#include <bit>
#include <cstdint>

namespace newsnlp {

/// e^x with a relative error below 1e-11; x is clamped to [-700, 700].
inline double exp_poly(double x) noexcept {
  x = x < -700 ? -700 : x > 700 ? 700 : x;
  const auto k = static_cast<int32_t>(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
  const double r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10;  // |r| <= ln(2) / 2
  double p = 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return p * std::bit_cast<double>(static_cast<uint64_t>(k + 1023) << 52);
}

/// 1 / (1 + e^-x)
inline double sigmoid(double x) noexcept {
  return 1.0 / (1.0 + exp_poly(-x));
}

}  // namespace newsnlp
