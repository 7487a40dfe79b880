#include "candidates.h"

#include <array>

namespace newsnlp {

void Candidates::narrow(const LinearRanker& ranker, float margin) {
  const int64_t least = int64_t{top_} - ranker.units(margin);
  size_t n = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const int32_t s = sums_[i];
    sums_[n] = s;
    tokens[n] = tokens[i];
    n += s >= least ? 1 : 0;
  }
  tokens.resize(n);
  sums_.resize(n);
}

int Candidates::best() const noexcept {
  int64_t best = std::numeric_limits<int64_t>::min();
  for (size_t i = 0; i < tokens.size(); ++i) best = std::max(best, rank(i));
  return static_cast<int32_t>(best);
}

void Candidates::choose(const LinearRanker& ranker, size_t keep, std::vector<Choice>& out) {
  constexpr float kUnlikely = 4;  // log-odds below the best candidate
  out.clear();
  const int64_t least = int64_t{top_} - ranker.units(kUnlikely);
  likely_.resize(tokens.size());
  size_t likely = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    ranker.fetch_weight(top_ - sums_[i]);
    likely_[likely] = rank(i);
    likely += sums_[i] >= least ? 1 : 0;
  }
  // Each runs down the list of the best.
  std::array<int64_t, kMostChosen> best;
  best.fill(std::numeric_limits<int64_t>::min());
  for (size_t i = 0; i < likely; ++i) {
    int64_t mine = likely_[i];
    for (int64_t& b : best) {
      const int64_t exchanged = (b ^ mine) & -static_cast<int64_t>(mine > b);
      b ^= exchanged;
      mine ^= exchanged;
    }
  }
  double total = 0;
  for (const int32_t s : sums_) total += ranker.weight(top_ - s);
  for (size_t k = 0; k < std::min({likely, keep, kMostChosen}); ++k) {
    const auto token = static_cast<int32_t>(best[k]);
    const auto below = static_cast<int32_t>(top_ - ((best[k] - token) >> 32));
    out.push_back({static_cast<float>(ranker.weight(below) / total), token});
  }
}

}  // namespace newsnlp
