#include "span_candidate.h"

namespace newsnlp {

void append_candidates(std::span<const Crf::Marginal> marginals, uint32_t types, uint32_t first_token,
                       IndexRange sentence, std::vector<SpanCandidate>& out) {
  const size_t first = out.size();
  for (const Crf::Marginal& m : marginals) {
    SpanCandidate& c = out.emplace_back();
    c.tokens = {first_token + m.begin, first_token + m.end};
    c.sentence = sentence;
    c.marginal = m.types;
    float sum = 0;
    float top = m.types[0];
    uint32_t best = 0;
    for (uint32_t t = 0; t < types; ++t) {
      const float p = m.types[t];
      sum += p;
      best = p > top ? t : best;
      top = p > top ? p : top;
    }
    c.sum = sum;
    c.best = static_cast<uint8_t>(best);
    c.open = top < SpanCandidate::kCertain;
  }
  for (size_t i = first; i < out.size(); ++i)
    if (out[i].top() >= SpanCandidate::kCertain) for_each_rival(out, i, [&](size_t j) { out[j].open = false; });
}

float doubtful_share(const std::vector<SpanCandidate>& all) {
  constexpr float kLikely = 0.5F;
  float doubt = 0;
  uint32_t names = 0;
  for (const SpanCandidate& c : all) {
    if (c.top() < kLikely) continue;
    doubt += 1 - c.top();
    ++names;
  }
  return names == 0 ? 0 : doubt / static_cast<float>(names);
}

}  // namespace newsnlp
