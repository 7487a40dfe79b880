// Room: attributor. Tokens that one ranker compares: their sums, those that are worth another look, the best few.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "linear_ranker.h"

namespace newsnlp {

/// A token and how likely it is among the candidates.
struct Choice {
  float probability;
  int token;
};

/// Keeps its memory.
class Candidates {
 public:
  static constexpr size_t kMostChosen = 5;

  std::vector<int> tokens;

  /// Sums are of(0), of(1), …
  template <class Sum>
  void sum(Sum of) {
    const size_t n = tokens.size();
    if (sums_.size() <= n) sums_.resize(n + 2);
    int32_t* const sums = sums_.data();
    int32_t top = std::numeric_limits<int32_t>::min();
    for (size_t i = 0; i < n; ++i) {
      const int32_t s = of(i);
      sums[i] = s;
      top = std::max(top, s);
    }
    sums[n] = top_ = top;
  }
  /// Adds to them.
  template <class Sum>
  void add(Sum of) {
    sum([&](size_t i) { return sums_[i] + of(i); });
  }
  /// Leaves out those that are `margin` (log-odds) below the best one.
  void narrow(const LinearRanker& ranker, float margin) {
    const int64_t least = int64_t{top_} - ranker.units(margin);
    int* const all = tokens.data();
    int32_t* const sums = sums_.data();
    size_t n = 0;
    for (size_t i = 0, end = tokens.size(); i < end; ++i) {
      const int token = all[i];
      const int32_t s = sums[i];
      sums[n] = s;
      all[n] = token;
      n += s >= least ? 1 : 0;
    }
    tokens.resize(n);
  }
  /// The best one; of equals the later token. There is one.
  int best() const noexcept;
  /// The best one, and behind it the next ones, at most `keep` and kMostChosen in all, each with `least` or more of the
  /// probability.
  void choose(const LinearRanker& ranker, size_t keep, float least, std::vector<Choice>& out);

 private:
  int64_t rank(size_t i) const noexcept { return (int64_t{sums_[i]} << 32) + tokens[i]; }

  // Of the tokens; one more is as good as the best, what lies behind is of before.
  std::vector<int32_t> sums_;
  std::vector<double> weights_;
  std::vector<uint32_t> likely_;
  int32_t top_ = 0;
};

}  // namespace newsnlp
