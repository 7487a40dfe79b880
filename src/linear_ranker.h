// Room: attributor. A linear model over hashed features: one table of 8-bit weights, integer sums.
//
//   weights   int8[2^bits]    index of a feature = hash >> (32 - bits)
//   scale     1 unit of a sum in log-odds
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "logistic.h"
#include "section.h"

namespace newsnlp {

/// The hashed features of one candidate. What exceeds the capacity is dropped, in training and at run time alike.
class FeatureList {
 public:
  static constexpr uint32_t kCapacity = 448;

  void clear() noexcept { size_ = 0; }
  /// A feature: its group and the values that it joins.
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    uint64_t h = (group + 1) * 0x9E3779B97F4A7C15ULL;
    ((h = (h ^ static_cast<uint64_t>(static_cast<int64_t>(values))) * 0xFF51AFD7ED558CCDULL, h ^= h >> 29), ...);
    if (size_ < kCapacity) hashes_[size_++] = static_cast<uint32_t>((h * 0xC4CEB9FE1A85EC53ULL) >> 32);
  }
  void append(const FeatureList& other) noexcept {
    for (const uint32_t h : other.hashes())
      if (size_ < kCapacity) hashes_[size_++] = h;
  }
  std::span<const uint32_t> hashes() const noexcept { return {hashes_.data(), size_}; }

 private:
  std::array<uint32_t, kCapacity> hashes_;
  uint32_t size_ = 0;
};

class LinearRanker {
 public:
  LinearRanker() = default;
  /// Weights stand where the section holds them. Throws ModelError.
  explicit LinearRanker(SectionReader& in);
  LinearRanker(std::span<const int8_t> weights, float scale);
  void write(SectionWriter& out) const;

  int32_t sum(std::span<const uint32_t> hashes) const noexcept {
    int32_t s = 0;
    for (const uint32_t h : hashes) s += weights_[h >> shift_];
    return s;
  }
  int32_t sum(const FeatureList& features) const noexcept { return sum(features.hashes()); }
  float log_odds(int32_t sum) const noexcept { return scale_ * static_cast<float>(sum); }
  float probability(int32_t sum) const noexcept {
    return static_cast<float>(sigmoid(static_cast<double>(log_odds(sum))));
  }
  /// Softmax of sums.
  void probabilities(std::span<const int32_t> sums, std::vector<float>& out) const;

 private:
  std::span<const int8_t> weights_;
  uint32_t shift_ = 32;
  float scale_ = 1;
};

}  // namespace newsnlp
