#include "candidates.h"

#include <array>

namespace newsnlp {

int Candidates::best() const noexcept {
  int64_t best = std::numeric_limits<int64_t>::min();
  for (size_t i = 0; i < tokens.size(); ++i) best = std::max(best, rank(i));
  return static_cast<int32_t>(best);
}

void Candidates::choose(const LinearRanker& ranker, size_t keep, float least, std::vector<Choice>& out) {
  struct Ranked {
    int64_t rank;
    double weight;
  };
  out.clear();
  keep = std::min(keep, kMostChosen);
  const size_t n = tokens.size();
  if (weights_.size() < sums_.size()) weights_.resize(sums_.size());
  ranker.weigh(sums_.data(), n, top_, weights_.data());
  double total = 0;
  for (size_t i = 0; i < n; ++i) total += weights_[i];
  const double enough = total * static_cast<double>(least);
  // Those that are likely enough are listed without a branch: there are few of them, and nobody can foretell which.
  if (likely_.size() < n) likely_.resize(weights_.size());
  size_t likely = 0;
  for (size_t i = 0; i < n; ++i) {
    likely_[likely] = static_cast<uint32_t>(i);
    likely += static_cast<size_t>(weights_[i] >= enough) | static_cast<size_t>(sums_[i] >= top_);
  }
  std::array<Ranked, kMostChosen + 1> best;
  size_t count = 0;
  for (size_t j = 0; j < likely; ++j) {
    const size_t i = likely_[j];
    const Ranked mine{rank(i), weights_[i]};
    size_t k = count;
    for (; k > 0 && best[k - 1].rank < mine.rank; --k) best[k] = best[k - 1];
    best[k] = mine;
    count = std::min(count + 1, keep);
  }
  for (size_t k = 0; k < count; ++k)
    out.push_back({static_cast<float>(best[k].weight / total), static_cast<int32_t>(best[k].rank)});
}

}  // namespace newsnlp
