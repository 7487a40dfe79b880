// Room: attributor. A linear model over hashed features: one table of 8-bit weights, integer sums.
//
//   weights   int8[2^bits]    index of a feature = its upper bits
//   scale     1 unit of a sum in log-odds
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

#include "logistic.h"
#include "section.h"

namespace newsnlp {

inline constexpr uint64_t kFeatureFactors[] = {0x910A2DEC89025CC1ULL, 0xBEEB8DA1658EEC67ULL, 0xF893A2EEFB32555FULL,
                                               0x71C18690EE42C90BULL, 0x71BB54D8D101B5B9ULL};

/// A feature, its group and the values that it joins, as 64 bits of which the upper ones select a weight: multilinear
/// hashing, where features with the same value in the same place share its product.
template <class... V>
uint64_t feature_hash(uint32_t group, V... values) noexcept {
  static_assert(sizeof...(V) <= std::size(kFeatureFactors));
  uint64_t h = (group + 1) * 0xC34D0BFF90150281ULL;
  h = (h ^ h >> 32) * 0xC4CEB9FE1A85EC53ULL;
  size_t place = 0;
  ((h += static_cast<uint64_t>(static_cast<int64_t>(values)) * kFeatureFactors[place++]), ...);
  return h;
}

/// The hashed features of one candidate, for training. What exceeds the capacity is dropped.
class FeatureList {
 public:
  static constexpr uint32_t kCapacity = 448;

  void clear() noexcept { size_ = 0; }
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    if (size_ < kCapacity) hashes_[size_++] = static_cast<uint32_t>(feature_hash(group, values...) >> 32);
  }
  std::span<const uint32_t> hashes() const noexcept { return {hashes_.data(), size_}; }

 private:
  std::array<uint32_t, kCapacity> hashes_;
  uint32_t size_ = 0;
};

// Feature functions take what the features go to by value and return it, so that a sum stays in registers.

/// Features go to a list.
class FeatureWriter {
 public:
  explicit FeatureWriter(FeatureList& to) noexcept : to_(&to) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    (*to_)(group, values...);
  }

 private:
  FeatureList* to_;
};

/// The same with a first value that is the candidate.
class CandidateWriter {
 public:
  CandidateWriter(FeatureList& to, uint32_t candidate) noexcept : to_(&to), candidate_(candidate) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    (*to_)(group, candidate_, values...);
  }

 private:
  FeatureList* to_;
  uint32_t candidate_;
};

class FeatureSum;
class FeatureGather;
class FeatureBatch;
template <uint32_t kCount>
class CandidateSums;

class LinearRanker {
 public:
  LinearRanker() = default;
  /// Weights stand where the section holds them. Throws ModelError.
  explicit LinearRanker(SectionReader& in);
  LinearRanker(std::span<const int8_t> weights, float scale);
  void write(SectionWriter& out) const;

  float log_odds(int32_t sum) const noexcept { return scale_ * static_cast<float>(sum); }
  /// Units of a sum that are worth `odds` in log-odds.
  int32_t units(float odds) const noexcept { return static_cast<int32_t>(odds / scale_); }
  float probability(int32_t sum) const noexcept {
    return static_cast<float>(sigmoid(static_cast<double>(log_odds(sum))));
  }
  /// exp(log_odds(-below)): what a candidate weighs whose sum is `below` the best one's.
  double weight(int32_t below) const noexcept {
    const auto k = static_cast<size_t>(below);
    return k < exp_.size() ? exp_[k] : exp_poly(static_cast<double>(log_odds(-below)));
  }

 private:
  friend class FeatureSum;
  friend class FeatureGather;
  friend class FeatureBatch;
  template <uint32_t kCount>
  friend class CandidateSums;
  void fill_exp();

  std::span<const int8_t> weights_;
  uint32_t shift_ = 64;  // of a feature's 64 bits
  float scale_ = 1;
  std::vector<double> exp_;
};

/// A ranker's weights of the features are summed as they come.
class FeatureSum {
 public:
  explicit FeatureSum(const LinearRanker& ranker, int32_t sum = 0) noexcept
      : weights_(ranker.weights_.data()), shift_(ranker.shift_), sum_(sum) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    sum_ += weights_[feature_hash(group, values...) >> shift_];
  }
  int32_t sum() const noexcept { return sum_; }

 private:
  const int8_t* weights_;
  uint32_t shift_;
  int32_t sum_;
};

/// The places of the features' weights are written down and their memory is asked for; see FeatureBatch.
class FeatureGather {
 public:
  static constexpr uint32_t kMost = 128;  // a candidate

  FeatureGather(const LinearRanker& ranker, uint32_t* to) noexcept
      : weights_(ranker.weights_.data()), to_(to), shift_(ranker.shift_) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    const auto place = static_cast<uint32_t>(feature_hash(group, values...) >> shift_);
    __builtin_prefetch(weights_ + place);
    to_[count_++ % kMost] = place;
  }
  uint32_t count() const noexcept { return std::min(count_, kMost); }

 private:
  const int8_t* weights_;
  uint32_t* to_;
  uint32_t shift_;
  uint32_t count_ = 0;
};

/// Candidates of one ranker that are summed when all of their features have been hashed: one does not wait for the
/// weights of another. Keeps its memory.
class FeatureBatch {
 public:
  void clear() noexcept {
    used_ = 0;
    ends_.clear();
  }
  /// Adds a candidate; features(FeatureGather) adds its features and returns it.
  template <class Features>
  void add(const LinearRanker& ranker, Features features) {
    if (places_.size() < used_ + FeatureGather::kMost) places_.resize(2 * (used_ + FeatureGather::kMost));
    used_ += features(FeatureGather(ranker, places_.data() + used_)).count();
    ends_.push_back(used_);
  }
  int32_t sum(const LinearRanker& ranker, size_t candidate) const noexcept {
    int32_t sum = 0;
    for (size_t i = candidate == 0 ? 0 : ends_[candidate - 1]; i < ends_[candidate]; ++i)
      sum += ranker.weights_[places_[i]];
    return sum;
  }

 private:
  std::vector<uint32_t> places_;
  size_t used_ = 0;
  std::vector<size_t> ends_;  // of the candidates
};

/// The sums of candidates 1 … kCount, which have all features in common but for their first value.
template <uint32_t kCount>
class CandidateSums {
 public:
  explicit CandidateSums(const LinearRanker& ranker) noexcept
      : weights_(ranker.weights_.data()), shift_(ranker.shift_) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    uint64_t hash = feature_hash(group, 0, values...);
    for (int32_t& sum : sums_) sum += weights_[(hash += kFeatureFactors[0]) >> shift_];
  }
  int32_t sum(size_t candidate) const noexcept { return sums_[candidate - 1]; }

 private:
  const int8_t* weights_;
  uint32_t shift_;
  std::array<int32_t, kCount> sums_{};
};

}  // namespace newsnlp
