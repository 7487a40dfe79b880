#include "span_choice.h"

#include <algorithm>

namespace newsnlp {

// Weighted interval scheduling over all open candidates of the article at once: certain ones overlap none of them.
void SpanChoice::choose(const std::vector<SpanCandidate>& candidates, std::span<const int32_t> sums, uint32_t types,
                        std::vector<Chosen>& out) {
  const auto best_type = [&](uint32_t i) {
    const int32_t* s = sums.data() + size_t{i} * types;
    return static_cast<uint32_t>(std::max_element(s, s + types) - s);
  };
  by_end_.clear();
  for (uint32_t i = 0; i < candidates.size(); ++i)
    if (candidates[i].open && sums[size_t{i} * types + best_type(i)] > 0) by_end_.push_back(i);
  std::stable_sort(by_end_.begin(), by_end_.end(),
                   [&](uint32_t a, uint32_t b) { return candidates[a].tokens.end < candidates[b].tokens.end; });
  best_.assign(by_end_.size() + 1, 0);
  before_.assign(by_end_.size() + 1, 0);
  taken_.assign(by_end_.size() + 1, 0);
  for (uint32_t k = 1; k <= by_end_.size(); ++k) {
    const SpanCandidate& c = candidates[by_end_[k - 1]];
    uint32_t j = k - 1;  // candidates that end before this begins; an overlap spans few
    while (j > 0 && candidates[by_end_[j - 1]].tokens.end > c.tokens.begin) --j;
    const int64_t with = best_[j] + sums[size_t{by_end_[k - 1]} * types + best_type(by_end_[k - 1])];
    taken_[k] = with > best_[k - 1];
    best_[k] = taken_[k] != 0 ? with : best_[k - 1];
    before_[k] = taken_[k] != 0 ? j : k - 1;
  }
  const size_t first = out.size();
  for (auto k = static_cast<uint32_t>(by_end_.size()); k > 0; k = before_[k])
    if (taken_[k] != 0) out.push_back({by_end_[k - 1], best_type(by_end_[k - 1])});
  for (uint32_t i = 0; i < candidates.size(); ++i)
    if (candidates[i].top() >= SpanCandidate::kCertain) out.push_back({i, candidates[i].best});
  std::sort(out.begin() + static_cast<ptrdiff_t>(first), out.end(),
            [](const Chosen& a, const Chosen& b) { return a.candidate < b.candidate; });
}

}  // namespace newsnlp
