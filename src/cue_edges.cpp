// Where the cue and the source of a reading begin and end: the few candidates that look well at first glance are
// compared.
#include <algorithm>
#include <limits>

#include "attribution_candidates.h"
#include "cue_reader.h"

namespace newsnlp {

template <class Glance, class Features>
int CueReader::best_edge(RankerKind kind, float margin, Glance glance, Features features) {
  const LinearRanker& ranker = model_.ranker(kind);
  sums_.clear();
  int32_t top = std::numeric_limits<int32_t>::min();
  for (const int x : candidates_) {
    sums_.push_back(glance(x, FeatureSum(ranker)).sum());
    top = std::max(top, sums_.back());
  }
  const int64_t least = int64_t{top} - ranker.units(margin);
  size_t n = 0;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const int32_t sum = sums_[i];
    sums_[n] = sum;
    candidates_[n] = candidates_[i];
    n += sum >= least ? 1 : 0;
  }
  if (n == 1) return candidates_[0];
  for (size_t i = 0; i < n; ++i) sums_[i] = features(candidates_[i], FeatureSum(ranker, sums_[i])).sum();
  size_t best = 0;
  for (size_t i = 1; i < n; ++i)
    if (sums_[i] > sums_[best] || (sums_[i] == sums_[best] && candidates_[i] > candidates_[best])) best = i;
  return candidates_[best];
}

void CueReader::find_edges(const ArticleView& view, CueReading& reading, size_t analysis) {
  constexpr float kCueBegin = 0.7F, kCueEnd = 1.4F, kSourceBegin = 3.2F, kSourceEnd = 1.3F;
  const int cue = reading.cue;
  if (reading.cue_begin < 0 && cue >= 0) {
    cue_begins(view, cue, candidates_);
    reading.cue_begin = best_edge(
        RankerKind::CueBegin, kCueBegin, [&](int x, FeatureSum f) { return cue_begin_glance(view, cue, x, f); },
        [&](int x, FeatureSum f) { return cue_begin_features(view, cue, x, f); });
    cue_ends(view, cue, candidates_);
    reading.cue_end = best_edge(
        RankerKind::CueEnd, kCueEnd, [&](int x, FeatureSum f) { return cue_end_glance(view, cue, x, f); },
        [&](int x, FeatureSum f) { return cue_end_features(view, cue, x, f); });
  }
  Analysis& y = reading.analyses[analysis];
  if (y.source < 0 || y.source_begin >= 0) return;
  source_begins(view, y.source, candidates_);
  y.source_begin = best_edge(
      RankerKind::SourceBegin, kSourceBegin,
      [&](int x, FeatureSum f) { return source_begin_glance(view, cue, y.source, x, f); },
      [&](int x, FeatureSum f) { return source_begin_features(view, cue, y.content, y.source, x, f); });
  source_ends(view, cue, y.content, y.source, candidates_);
  y.source_end = candidates_.empty()
                     ? y.source
                     : best_edge(
                           RankerKind::SourceEnd, kSourceEnd,
                           [&](int x, FeatureSum f) { return source_end_glance(view, y.source, x, f); },
                           [&](int x, FeatureSum f) { return source_end_features(view, cue, y.source, x, f); });
}

}  // namespace newsnlp
