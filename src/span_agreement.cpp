#include "span_agreement.h"

#include <algorithm>
#include <array>

#include "asked_keys.h"

namespace newsnlp {

void SpanAgreement::settle(const std::vector<SpanCandidate>& candidates, std::span<const uint64_t> keys, uint32_t types,
                           std::span<int32_t> sums) {
  preferences_.resize(std::max(preferences_.size(), candidates.size() * types));
  order_.clear();
  const AskedKeys asked(candidates, keys);
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (!asked.may_have(keys[i])) continue;
    const SpanCandidate& c = candidates[i];
    const int32_t* s = sums.data() + size_t{i} * types;
    int32_t* p = preferences_.data() + size_t{i} * types;
    if (c.top() >= SpanCandidate::kCertain) {
      for (uint32_t t = 0; t < types; ++t) p[t] = t == c.best ? 0 : -kCertain;
    } else {
      const int32_t top = *std::max_element(s, s + types);
      if (!c.open || top < kLikely) continue;
      for (uint32_t t = 0; t < types; ++t) p[t] = std::max(s[t] - top, -kCertain);
    }
    order_.push_back(i);
  }
  std::sort(order_.begin(), order_.end(),
            [&](uint32_t a, uint32_t b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; });
  for (size_t begin = 0; begin < order_.size();) {
    size_t end = begin + 1;
    while (end < order_.size() && keys[order_[end]] == keys[order_[begin]]) ++end;
    const auto others = static_cast<int64_t>(end - begin) - 1;
    std::array<int64_t, Crf::kMaxTypes> all{};
    for (size_t k = begin; k < end; ++k)
      for (uint32_t t = 0; t < types; ++t) all[t] += preferences_[size_t{order_[k]} * types + t];
    for (size_t k = begin; k < end && others > 0; ++k) {
      if (!candidates[order_[k]].open) continue;
      int32_t* s = sums.data() + size_t{order_[k]} * types;
      const int32_t* p = preferences_.data() + size_t{order_[k]} * types;
      const int32_t top = *std::max_element(s, s + types);
      for (uint32_t t = 0; t < types; ++t) s[t] += static_cast<int32_t>((all[t] - p[t]) * kShare / (16 * others));
      const int32_t lost = top - *std::max_element(s, s + types);
      for (uint32_t t = 0; t < types; ++t) s[t] += lost;
    }
    begin = end;
  }
}

}  // namespace newsnlp
