// Room: features. Exponential and sigmoid without libm: the same bits on every machine.
#pragma once

#include <bit>
#include <cstdint>

namespace newsnlp {

/// Two of them, in a vector of the machine.
using Twin = double __attribute__((vector_size(16)));

/// e^r for |r| <= ln(2) / 2, of a double or a Twin.
template <class Number>
Number exp_of_rest(Number r) noexcept {
  Number p = r * (1.0 / 3628800) + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  return p * r + 1.0;
}

/// x - k ln(2), where k is the nearest whole number.
template <class Number>
Number exp_rest(Number x, Number k) noexcept {
  return (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10;
}

constexpr double kLog2OfE = 1.4426950408889634;

/// e^x with a relative error below 1e-11; x is clamped to [-700, 700].
inline double exp_poly(double x) noexcept {
  x = x < -700 ? -700 : x > 700 ? 700 : x;
  const auto k = static_cast<int32_t>(x * kLog2OfE + (x < 0 ? -0.5 : 0.5));
  return exp_of_rest(exp_rest(x, static_cast<double>(k))) *
         std::bit_cast<double>(static_cast<uint64_t>(k + 1023) << 52);
}

/// The same bits for two x <= 0.
inline Twin exp_poly(Twin x) noexcept {
  using Ints = int32_t __attribute__((vector_size(8)));
  using Bits = uint64_t __attribute__((vector_size(16)));
  constexpr double kExponents = 0x1p52 + 1023;  // added to k, its last bits are the exponent of 2^k
  x = x < -700.0 ? Twin{-700, -700} : x;
  const Twin k = __builtin_convertvector(__builtin_convertvector(x * kLog2OfE - 0.5, Ints), Twin);
  return exp_of_rest(exp_rest(x, k)) * std::bit_cast<Twin>(std::bit_cast<Bits>(k + kExponents) << 52);
}

/// 1 / (1 + e^-x)
inline double sigmoid(double x) noexcept {
  return 1.0 / (1.0 + exp_poly(-x));
}

}  // namespace newsnlp
