#include "span_candidate.h"

namespace newsnlp {

void append_candidates(std::span<const Crf::Marginal> marginals, uint32_t first_token, IndexRange sentence,
                       std::vector<SpanCandidate>& out) {
  const size_t first = out.size();
  for (const Crf::Marginal& m : marginals) {
    const IndexRange tokens{first_token + m.chunk.begin, first_token + m.chunk.end};
    size_t i = out.size();  // chunks come by begin: the span is among the last, if it is there
    while (i > first && out[i - 1].tokens.begin == tokens.begin && out[i - 1].tokens.end > tokens.end) --i;
    if (i == first || out[i - 1].tokens != tokens) {
      SpanCandidate c;
      c.tokens = tokens;
      c.sentence = sentence;
      out.insert(out.begin() + static_cast<ptrdiff_t>(i++), c);
    }
    SpanCandidate& c = out[i - 1];
    c.marginal[m.chunk.type] = static_cast<float>(m.probability);
    c.sum += static_cast<float>(m.probability);
    if (c.marginal[m.chunk.type] > c.top()) c.best = static_cast<uint8_t>(m.chunk.type);
  }
  for (size_t i = first; i < out.size(); ++i)
    if (out[i].top() >= SpanCandidate::kCertain) {
      out[i].open = false;
      for_each_rival(out, i, [&](size_t j) { out[j].open = false; });
    }
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
