#include "nested_judge.h"

#include <algorithm>

#include "analysis_judge.h"
#include "attribution_features.h"
#include "clause.h"
#include "nested_reports.h"
#include "quote_spans.h"

namespace newsnlp {
namespace {

using W = CueWord;

template <class Sink>
Sink subject_part(const ArticleView& v, const NestedCase& c, const CueReading& r, Sink f) {
  const Analysis& y = r.analysis();
  const int p = static_cast<int>(v.at(r.cue).tag);
  const bool quoted = c.place.quoted;
  if (y.source < 0) {
    f(33, p, quoted, r.cue == c.place.tokens.begin);
    return f;
  }
  const int s = y.source;
  const int a = y.source_begin >= 0 ? y.source_begin : s;
  const int before = a > c.place.tokens.begin ? a - 1 : -1;
  f(34, tag(v, s), p, quoted);
  f(35, word(v, s), p, quoted);
  f(36, bucket(s - r.cue), p);
  f(37, v.at(s).class_256, quoted);
  f(38, before < 0 ? 0U : word(v, before), quoted);
  f(39, before < 0 ? 0 : tag(v, before), v.at(s).tag == Tag::PRP, p);
  f(40, v.at(s).is(W::kRole), v.at(s).is(W::kCapital), p, quoted);
  return f;
}

template <class Sink>
Sink content_part(const ArticleView& v, const NestedCase& c, const CueReading& r, Sink f) {
  const Content& k = r.analysis().content;
  const ViewToken& t = v.at(r.cue);
  const int p = static_cast<int>(t.tag);
  const int side = static_cast<int>(k.side);
  const int type = static_cast<int>(c.type);
  f(50, side, type, c.place.quoted);
  if (k.right()) {
    const int b = k.right_begin;
    const ClauseAhead ahead = v.ahead(b);
    const bool clause = ahead.verb >= 0 && ahead.verb <= k.right_end;
    f(53, word(v, b), p);
    f(54, tag(v, b), tag(v, b + 1), p);
    f(55, static_cast<int>(v.at(b).junction), t.lemma);
    f(56, bucket(b - r.cue), clause, ahead.subject, p);
    f(57, bucket(k.right_end - b), clause, c.place.quoted);
    f(58, t.lemma, clause, v.at(b).is(W::kThat), v.at(b).is(W::kTo));
    f(59, k.right_end == c.place.tokens.end, type, p);
  }
  if (k.left()) f(60, tag(v, k.left_begin), bucket(k.left_end - k.left_begin), type, c.place.quoted);
  return f;
}

}  // namespace

NestedCase nested_case(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                       const RecordWords& words, const NestedPlace& place, CueReading& r) {
  const float grammar = nested_trust(layers, workspace, view, words, r);
  const auto cue = static_cast<size_t>(r.cue);
  return {place, words.kinds(workspace.types[workspace.word[cue]].lower), grammar,
          quote_type(view, r.analysis().content)};
}

template <class Sink>
Sink nested_cue_features(const ArticleView& v, const NestedPlace& place, WordKinds kinds, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const int p = static_cast<int>(t.tag);
  const bool quoted = place.quoted;
  const int begin = std::max(place.tokens.begin, verb_group_begin(v, cue));
  const uint32_t outer = place.outer >= 0 ? v.at(place.outer).lemma : 0U;
  f(10, t.lemma);
  f(11, t.lemma, quoted);
  f(12, p, word(v, cue - 1), quoted);
  f(13, p, t.is(W::kListed), t.is(W::kSpeech), quoted);
  uint64_t path = 7;
  for (int i = begin; i <= cue; ++i) path = path * 61 + static_cast<uint64_t>(tag(v, i));
  f(14, path, quoted);
  if (begin < cue) f(15, word(v, begin), p);
  kinds.each([&](WordKind kind) { f(16, static_cast<int>(kind), p, quoted); });
  f(17, outer, p);
  f(18, outer, t.lemma);
  if (place.outer >= 0) f(19, tag(v, place.outer), p, word(v, begin), quoted);
  f(30, tag(v, begin - 1), p, quoted);
  f(31, word(v, begin - 1), p, quoted);
  f(32, tag(v, begin - 2), tag(v, begin - 1), p);
  f(51, tag(v, cue + 1), tag(v, cue + 2), p);
  f(52, word(v, cue + 1), p);
  return f;
}

template <class Sink>
Sink nested_features(const ArticleView& v, const NestedCase& c, const CueReading& r, Sink f) {
  const int grammar = c.grammar == 0 ? 0 : c.grammar < 1 ? 1 : 2;
  const int odds = log_odds_step(r.score);
  const int p = static_cast<int>(v.at(r.cue).tag);
  f(1, grammar, c.place.quoted);
  f(2, odds);
  f(3, grammar, odds / 2);
  f(4, grammar, p);
  f(5, grammar, v.at(r.cue).lemma);
  f(6, odds / 2, p, c.place.quoted);
  f(7, bucket(r.cue - c.place.tokens.begin), p, c.place.quoted);
  f(8, bucket(c.place.tokens.end - r.cue), p);
  f = nested_cue_features(v, c.place, c.kinds, r.cue, f);
  f = subject_part(v, c, r, f);
  return content_part(v, c, r, f);
}

template FeatureGather nested_cue_features(const ArticleView&, const NestedPlace&, WordKinds, int, FeatureGather);
template FeatureWriter nested_cue_features(const ArticleView&, const NestedPlace&, WordKinds, int, FeatureWriter);
template FeatureGather nested_features(const ArticleView&, const NestedCase&, const CueReading&, FeatureGather);
template FeatureWriter nested_features(const ArticleView&, const NestedCase&, const CueReading&, FeatureWriter);

}  // namespace newsnlp
