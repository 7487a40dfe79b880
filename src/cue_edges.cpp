// Where the cue and the source of a reading begin and end: the few candidates that look well at first glance are
// compared. All four edges are asked side by side, so that none waits for the weights of another.
#include <algorithm>
#include <limits>

#include "attribution_candidates.h"
#include "cue_reader.h"

namespace newsnlp {

template <class Features>
void CueReader::ask(Edge& edge, RankerKind kind, Features features) {
  edge.batch.clear();
  for (const int x : edge.candidates)
    edge.batch.add(model_.ranker(kind), [&](FeatureGather f) { return features(x, f); });
}

void CueReader::narrow(Edge& edge, RankerKind kind, float margin) const {
  const LinearRanker& ranker = model_.ranker(kind);
  edge.batch.sum_up(ranker);
  edge.sums.clear();
  int32_t top = std::numeric_limits<int32_t>::min();
  for (size_t i = 0; i < edge.candidates.size(); ++i) {
    edge.sums.push_back(edge.batch.sum(i));
    top = std::max(top, edge.sums.back());
  }
  const int64_t least = int64_t{top} - ranker.units(margin);
  size_t n = 0;
  for (size_t i = 0; i < edge.candidates.size(); ++i) {
    const int32_t sum = edge.sums[i];
    edge.sums[n] = sum;
    edge.candidates[n] = edge.candidates[i];
    n += sum >= least ? 1 : 0;
  }
  edge.candidates.resize(n);
}

// Once its features were asked for, if it has several candidates.
int CueReader::best_of(Edge& edge, RankerKind kind) const {
  const size_t n = edge.candidates.size();
  if (n > 1) edge.batch.sum_up(model_.ranker(kind));
  size_t best = 0;
  for (size_t i = 0; n > 1 && i < n; ++i) {
    edge.sums[i] += edge.batch.sum(i);
    const auto rank = [&](size_t k) { return std::pair(edge.sums[k], edge.candidates[k]); };
    if (rank(i) > rank(best)) best = i;
  }
  return edge.candidates[best];
}

void CueReader::find_edges(const ArticleView& v, CueReading& reading, size_t analysis) {
  constexpr float kCueBegin = 0.7F, kCueEnd = 1.4F, kSourceBegin = 3.2F, kSourceEnd = 1.3F;
  const int cue = reading.cue;
  Analysis& y = reading.analyses[analysis];
  const int source = y.source;
  const bool of_cue = reading.cue_begin < 0 && cue >= 0;
  const bool of_source = source >= 0 && y.source_begin < 0;
  auto& [cue_begin, cue_end, source_begin, source_end] = edges_;
  if (of_cue) {
    cue_begins(v, cue, cue_begin.candidates);
    cue_ends(v, cue, cue_end.candidates);
  }
  if (of_source) {
    source_begins(v, source, source_begin.candidates);
    source_ends(v, cue, y.content, source, source_end.candidates);
    if (source_end.candidates.empty()) source_end.candidates.push_back(source);
  }
  const auto each = [&](auto visit) {
    if (of_cue) {
      visit(
          cue_begin, RankerKind::CueBegin, kCueBegin, [&](int x, auto f) { return cue_begin_glance(v, cue, x, f); },
          [&](int x, auto f) { return cue_begin_features(v, cue, x, f); });
      visit(
          cue_end, RankerKind::CueEnd, kCueEnd, [&](int x, auto f) { return cue_end_glance(v, cue, x, f); },
          [&](int x, auto f) { return cue_end_features(v, cue, x, f); });
    }
    if (of_source) {
      visit(
          source_begin, RankerKind::SourceBegin, kSourceBegin,
          [&](int x, auto f) { return source_begin_glance(v, cue, source, x, f); },
          [&](int x, auto f) { return source_begin_features(v, cue, y.content, source, x, f); });
      visit(
          source_end, RankerKind::SourceEnd, kSourceEnd,
          [&](int x, auto f) { return source_end_glance(v, source, x, f); },
          [&](int x, auto f) { return source_end_features(v, cue, source, x, f); });
    }
  };
  each([&](Edge& e, RankerKind kind, float, auto glance, auto) { ask(e, kind, glance); });
  each([&](Edge& e, RankerKind kind, float margin, auto, auto features) {
    narrow(e, kind, margin);
    if (e.candidates.size() > 1) ask(e, kind, features);
  });
  if (of_cue) {
    reading.cue_begin = best_of(cue_begin, RankerKind::CueBegin);
    reading.cue_end = best_of(cue_end, RankerKind::CueEnd);
  }
  if (of_source) {
    y.source_begin = best_of(source_begin, RankerKind::SourceBegin);
    y.source_end = best_of(source_end, RankerKind::SourceEnd);
  }
}

}  // namespace newsnlp
