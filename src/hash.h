// Room: features. 64-bit hashes of words and feature conjunctions; part of the model format, so they never change.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace newsnlp {

constexpr uint64_t mix(uint64_t h, uint64_t x) noexcept {
  h ^= x + 0x9E3779B97F4A7C15ULL + (h << 6) + (h >> 2);
  h *= 0xFF51AFD7ED558CCDULL;
  return h ^ h >> 32;
}

/// The first and the last step of hash_bytes().
constexpr uint64_t hash_begin(size_t size) noexcept {
  return 0x51ED270B9F0A6C35ULL ^ size;
}
constexpr uint64_t hash_end(uint64_t h) noexcept {
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ULL;
  return h ^ h >> 32;
}

/// A number that stands in memory, its first byte lowest.
template <class T>
constexpr T number_at(const char* at) noexcept {
  T x = 0;
  if (std::is_constant_evaluated())
    for (size_t k = 0; k < sizeof x; ++k) x |= static_cast<T>(T{static_cast<unsigned char>(at[k])} << (8 * k));
  else
    std::memcpy(&x, at, sizeof x);
  return x;
}

/// Eight bytes a step.
constexpr uint64_t hash_bytes(std::string_view s) noexcept {
  uint64_t h = hash_begin(s.size());
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) h = mix(h, number_at<uint64_t>(s.data() + i));
  // The rest, its first byte lowest: by loads of fixed size.
  const size_t rest = s.size() - i;
  const char* at = s.data() + i;
  uint64_t x = 0;
  if (rest >= 4) {
    x = number_at<uint32_t>(at) | uint64_t{number_at<uint32_t>(at + rest - 4)} << (8 * (rest - 4));
  } else if (rest > 0) {
    const auto byte = [&](size_t k) { return uint64_t{static_cast<unsigned char>(at[k])} << (8 * k); };
    x = byte(0) | byte(rest / 2) | byte(rest - 1);
  }
  return hash_end(mix(h, x));
}

}  // namespace newsnlp
