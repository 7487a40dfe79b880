// Where the cue and the source of a reading begin and end: the few candidates that look well at first glance are
// compared. All four edges are asked side by side, so that none waits for the weights of another.
#include "attribution_candidates.h"
#include "attribution_glances.h"
#include "cue_reader.h"

namespace newsnlp {

void CueReader::find_edges(const ArticleView& v, CueReading& reading, size_t analysis) {
  constexpr float kCueBegin = 1, kCueEnd = 2, kSourceBegin = 3, kSourceEnd = 1.2F;
  const int cue = reading.cue;
  Analysis& y = reading.analyses[analysis];
  const int source = y.source;
  const bool of_cue = reading.cue_begin < 0 && cue >= 0;
  const bool of_source = source >= 0 && y.source_begin < 0;
  Edge& cue_begin = edges_[0];
  Edge& cue_end = edges_[1];
  Edge& source_begin = edges_[2];
  Edge& source_end = edges_[3];
  if (of_cue) {
    cue_begins(v, cue, cue_begin.candidates.tokens);
    cue_ends(v, cue, cue_end.candidates.tokens);
  }
  if (of_source) {
    source_begins(v, source, source_begin.candidates.tokens);
    source_ends(v, cue, y.content, source, source_end.candidates.tokens);
    if (source_end.candidates.tokens.empty()) source_end.candidates.tokens.push_back(source);
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
  each([&](Edge& e, RankerKind kind, float margin, auto glance, auto features) {
    const LinearRanker& ranker = model_.ranker(kind);
    Candidates& c = e.candidates;
    c.sum([&](size_t i) { return glance(c.tokens[i], FeatureSum(ranker)).sum(); });
    c.narrow(ranker, margin);
    e.batch.clear();
    ask(c, kind, e.batch, features);
  });
  each([&](Edge& e, RankerKind kind, float, auto, auto) {
    e.batch.sum_up(model_.ranker(kind));
    size_t place = 0;
    add(e.candidates, e.batch, place);
  });
  if (of_cue) {
    reading.cue_begin = cue_begin.candidates.best();
    reading.cue_end = cue_end.candidates.best();
  }
  if (of_source) {
    y.source_begin = source_begin.candidates.best();
    y.source_end = source_end.candidates.best();
  }
}

}  // namespace newsnlp
