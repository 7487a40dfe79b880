// Room: attributor. A linear model over hashed features: one table of 8-bit weights, integer sums.
//
//   weights   int8[2^bits]    index of a feature = the lower bits of its place
//   scale     1 unit of a sum in log-odds
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "logistic.h"
#include "section.h"

namespace newsnlp {

/// How a feature's values choose its place. Names (unsigned, 16 bits and more) choose a line of weights, by multilinear
/// hashing; steps (other numbers) and flags (bool) choose the place in and near it. So what is often asked for together
/// stands together: a word with each of a few tags, each flag beside its opposite.
template <class V>
inline constexpr bool kIsFlag = std::is_same_v<V, bool>;
template <class V>
inline constexpr bool kIsName = std::is_unsigned_v<V> && sizeof(V) >= 2;

/// Where a weight stands: a group and the values that it joins, as 32 bits of which the lower ones select it.
template <class... V>
uint32_t feature_place(uint32_t group, V... values) noexcept {
  constexpr uint64_t kFactors[] = {0x910A2DEC89025CC1ULL, 0xBEEB8DA1658EEC67ULL, 0xF893A2EEFB32555FULL,
                                   0x71C18690EE42C90BULL, 0x71BB54D8D101B5B9ULL};
  constexpr uint32_t kSteps = 131;  // more values than nearly every number has
  static_assert(sizeof...(V) <= std::size(kFactors));
  uint64_t names = (group + 1) * 0xC34D0BFF90150281ULL;
  names = (names ^ names >> 32) * 0xC4CEB9FE1A85EC53ULL;
  uint32_t steps = 0;
  uint32_t flags = 0;
  uint32_t flag_bits = 0;
  [[maybe_unused]] size_t place = 0;
  const auto add = [&]<class T>(T value) {
    if constexpr (kIsName<T>) {
      names += value * kFactors[place++];
    } else if constexpr (kIsFlag<T>) {
      flags = flags * 2 + (value ? 1 : 0);
      ++flag_bits;
    } else {
      steps = steps * kSteps + static_cast<uint32_t>(value);
    }
  };
  (add(values), ...);
  return static_cast<uint32_t>(names >> 32) + (steps << flag_bits | flags);
}

/// Candidates that have all features in common stand side by side.
constexpr uint32_t candidate_place(uint32_t feature, uint32_t candidate, uint32_t candidates) noexcept {
  return feature * candidates + candidate;
}

/// The places of one candidate's features, for training. What exceeds the capacity is dropped.
class FeatureList {
 public:
  static constexpr uint32_t kCapacity = 448;

  void clear() noexcept { size_ = 0; }
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    add(feature_place(group, values...));
  }
  void add(uint32_t place) noexcept {
    if (size_ < kCapacity) places_[size_++] = place;
  }
  std::span<const uint32_t> places() const noexcept { return {places_.data(), size_}; }

 private:
  std::array<uint32_t, kCapacity> places_;
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

/// The same for one of kCount candidates that have all features in common.
template <uint32_t kCount>
class CandidateWriter {
 public:
  CandidateWriter(FeatureList& to, uint32_t candidate) noexcept : to_(&to), candidate_(candidate) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    to_->add(candidate_place(feature_place(group, values...), candidate_, kCount));
  }

 private:
  FeatureList* to_;
  uint32_t candidate_;  // from 0 on
};

class FeatureSum;
class FeatureGather;
class FeatureBatch;

class LinearRanker {
 public:
  LinearRanker() = default;
  /// Weights stand where the section holds them. Throws ModelError.
  explicit LinearRanker(SectionReader& in);
  LinearRanker(std::span<const int8_t> weights, float scale);
  void write(SectionWriter& out) const;
  std::span<const int8_t> weights() const noexcept { return weights_; }
  float scale() const noexcept { return scale_; }

  float log_odds(int32_t sum) const noexcept { return scale_ * static_cast<float>(sum); }
  /// Units of a sum that are worth `odds` in log-odds.
  int32_t units(float odds) const noexcept { return static_cast<int32_t>(odds / scale_); }
  float probability(int32_t sum) const noexcept {
    return static_cast<float>(sigmoid(static_cast<double>(log_odds(sum))));
  }
  /// exp(log_odds(sum - best)): what candidates weigh, of which none is better than `best`. `n` of them, rounded up to
  /// an even number, are read and written.
  void weigh(const int32_t* sums, size_t n, int32_t best, double* weights) const noexcept;

 private:
  friend class FeatureSum;
  friend class FeatureGather;
  friend class FeatureBatch;

  std::span<const int8_t> weights_;
  uint64_t mask_ = 0;  // of a feature's place; as wide as an address, so that none is widened
  float scale_ = 1;
};

/// A ranker's weights of the features are summed as they come.
class FeatureSum {
 public:
  explicit FeatureSum(const LinearRanker& ranker, int32_t sum = 0) noexcept
      : weights_(ranker.weights_.data()), mask_(ranker.mask_), sum_(sum) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    sum_ += weights_[feature_place(group, values...) & mask_];
  }
  int32_t sum() const noexcept { return sum_; }

 private:
  const int8_t* weights_;
  uint64_t mask_;
  int32_t sum_;
};

/// The places of the features' weights are written down and their memory is asked for; see FeatureBatch.
class FeatureGather {
 public:
  static constexpr uint32_t kMost = 192;  // more than any candidate has: 80, or 40 and one for each of 64 readings

  FeatureGather(const LinearRanker& ranker, uint32_t* to) noexcept : ranker_(&ranker), to_(to) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    add(feature_place(group, values...));
  }
  void add(uint32_t feature) noexcept {
    const uint64_t place = feature & ranker_->mask_;
    __builtin_prefetch(ranker_->weights_.data() + place);
    *to_++ = static_cast<uint32_t>(place);
  }
  /// Behind the last one.
  uint32_t* end() const noexcept { return to_; }

 private:
  const LinearRanker* ranker_;
  uint32_t* to_;
};

/// The same for kCount candidates that have all features in common.
template <uint32_t kCount>
class CandidateGather {
 public:
  CandidateGather(const LinearRanker& ranker, uint32_t* to) noexcept : to_(ranker, to) {}
  template <class... V>
  void operator()(uint32_t group, V... values) noexcept {
    to_.add(candidate_place(feature_place(group, values...), 0, kCount));
  }
  uint32_t* end() const noexcept { return to_.end(); }

 private:
  FeatureGather to_;
};

/// Candidates of one ranker that are summed when all of their features have been hashed: one does not wait for the
/// weights of another. Keeps its memory.
class FeatureBatch {
 public:
  void clear() noexcept {
    used_ = 1;
    ends_.resize(1);
  }
  /// Adds a candidate; features(Gather) adds its features and returns it.
  template <class Gather = FeatureGather, class Features>
  void add(const LinearRanker& ranker, Features features) {
    if (used_ > enough_) grow();
    const uint32_t begin = used_;
    used_ = static_cast<uint32_t>(features(Gather(ranker, places_.data() + used_)).end() - places_.data());
    if (used_ - begin > FeatureGather::kMost) [[unlikely]]
      throw std::logic_error("a candidate has more features than FeatureGather::kMost");
    ends_.push_back(used_);
  }
  /// Sums all features, once all candidates were added: one long loop, whose end is foreseen.
  void sum_up(const LinearRanker& ranker) noexcept {
    if (ends_.size() == 1) return;
    const int8_t* weights = ranker.weights_.data();
    const uint32_t* const end = places_.data() + used_;
    std::fill_n(places_.begin() + used_, kStep, 0U);
    uint32_t sum = 0;
    for (uint32_t* p = places_.data() + 1; p < end; p += kStep) {
      for (size_t k = 0; k < kStep; ++k) {
        sum += static_cast<uint32_t>(weights[p[k]]);
        p[k] = sum;
      }
    }
  }
  /// Of a candidate, once they were summed up.
  int32_t sum(size_t candidate) const noexcept {
    return static_cast<int32_t>(places_[ends_[candidate + 1] - 1] - places_[ends_[candidate] - 1]);
  }
  /// Of kCount candidates that were added as one by a CandidateGather, and not summed up.
  template <uint32_t kCount>
  std::array<int32_t, kCount> sums(const LinearRanker& ranker, size_t candidate) const noexcept {
    std::array<int32_t, kCount> sums{};
    for (size_t i = ends_[candidate]; i < ends_[candidate + 1]; ++i)
      for (uint32_t c = 0; c < kCount; ++c) sums[c] += ranker.weights_[(places_[i] + c) & ranker.mask_];
    return sums;
  }

 private:
  static constexpr size_t kStep = 8;
  void grow() {
    enough_ = 2 * (used_ + FeatureGather::kMost);
    places_.resize(enough_ + FeatureGather::kMost + kStep);
  }

  std::vector<uint32_t> places_;  // the first is none; in their stead the sums up to there
  uint32_t used_ = 1;
  uint32_t enough_ = 0;            // a candidate may begin there and before
  std::vector<uint32_t> ends_{1};  // where the first candidate begins, where each one ends
};

}  // namespace newsnlp
