#include "span_choice.h"

#include <algorithm>

namespace newsnlp {

// Weighted interval scheduling over all open candidates of the article at once: certain ones overlap none of them.
void SpanChoice::choose(const std::vector<SpanCandidate>& candidates, std::span<const int32_t> sums, uint32_t types,
                        std::vector<Chosen>& out) {
  by_end_.clear();
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].open) continue;
    const int32_t* s = sums.data() + size_t{i} * types;
    const auto type = static_cast<uint32_t>(std::max_element(s, s + types) - s);
    if (s[type] <= 0) continue;
    by_end_.push_back({i, type, candidates[i].tokens.end, s[type]});
    // They come by begin: few have to move, and not far.
    for (size_t k = by_end_.size() - 1; k > 0 && by_end_[k - 1].end > by_end_[k].end; --k)
      std::swap(by_end_[k - 1], by_end_[k]);
  }
  best_.assign(by_end_.size() + 1, 0);
  before_.assign(by_end_.size() + 1, 0);
  for (uint32_t k = 1; k <= by_end_.size(); ++k) {
    const Likely& c = by_end_[k - 1];
    uint32_t j = k - 1;  // candidates that end before this begins; an overlap spans few
    while (j > 0 && by_end_[j - 1].end > candidates[c.candidate].tokens.begin) --j;
    const int64_t with = best_[j] + c.sum;
    const bool taken = with > best_[k - 1];
    best_[k] = taken ? with : best_[k - 1];
    before_[k] = taken ? j : kNotTaken;
  }
  chosen_.assign(candidates.size(), kNotTaken);
  for (auto k = static_cast<uint32_t>(by_end_.size()); k > 0;) {
    if (before_[k] == kNotTaken) {
      --k;
    } else {
      chosen_[by_end_[k - 1].candidate] = by_end_[k - 1].type;
      k = before_[k];
    }
  }
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].top() >= SpanCandidate::kCertain)
      out.push_back({i, candidates[i].best});
    else if (chosen_[i] != kNotTaken)
      out.push_back({i, chosen_[i]});
  }
}

}  // namespace newsnlp
