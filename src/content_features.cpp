// Where does a content begin and end?
#include <algorithm>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

// The tags of [begin, end), as one value.
uint64_t tag_path(const ArticleView& v, int begin, int end) {
  uint64_t h = 3;
  for (int j = begin; j < end; ++j) h = h * 61 + static_cast<uint64_t>(tag(v, j));
  return h;
}

bool odd_marks(const ArticleView& v, int a, int b) {
  return (v.count(V::kMarks, a, b) & 1) != 0;
}

template <class Sink>
Sink five_words(const ArticleView& v, int x, Sink f) {
  for (int k = -2; k <= 2; ++k) f(301, k, word(v, x + k));
  return f;
}

template <class Sink>
Sink five_tags(const ArticleView& v, int x, Sink f) {
  for (int k = -2; k <= 2; ++k) f(302, k, tag(v, x + k));
  return f;
}

template <class Sink>
Sink clause_edge(const ArticleView& v, const NextClause& next, Sink f) {
  if (!next.same_sentence) return f;
  const ViewToken* verb = next.verb >= 0 ? &v.at(next.verb) : nullptr;
  f(121, next.joint, verb == nullptr ? 0U : verb->lemma);
  f(122, next.joint, v.at(next.at).is(W::kCue) || (verb != nullptr && verb->is(W::kCue)), next.subject);
  return f;
}

// What the clause behind a content says of it: is its tense the cue's or the content's?
template <class Sink>
Sink clause_end(const ArticleView& v, int cue, int begin, int end, const NextClause& next, Sink f) {
  if (!next.same_sentence) return f;
  constexpr int kFirstVerbWindow = 20;
  const ViewToken& c = v.at(cue);
  const ViewToken& y = v.at(next.at);
  const int finites = few(v, V::kFinites, begin, end, 2);
  bool same_as_cue = false;
  bool same_as_own = false;
  if (y.junction >= 70 && y.junction <= 73) {
    same_as_cue = y.tag == c.tag;
    const int own = v.next_finite(begin);
    same_as_own = own >= 0 && own <= std::min(end, begin + kFirstVerbWindow - 1) && y.tag == v.at(own).tag;
  }
  f(113, next.joint, c.lemma);
  f(116, next.first, next.subject, next.gap * 2 + next.more, v.at(begin).junction, finites);
  f(118, next.joint, bucket(end - begin), finites);
  f(120, next.joint, static_cast<int>(c.tag), same_as_cue, same_as_own);
  bool occasion = false;  // a time or occasion
  for (int j = next.at; j < next.at + 3; ++j) occasion |= v.at(j).tag == Tag::CD || v.at(j).is(W::kOccasion);
  f(124, next.first, occasion, finites, v.at(end).sentence_end - end < 8);
  return f;
}

}  // namespace

NextClause::NextClause(const ArticleView& v, int end) {
  constexpr int kComma = 1;
  constexpr int kDash = 24;
  const auto coordinator = [](int junction) { return junction >= 2 && junction <= 4; };
  same_sentence = v.at(end + 1).sentence == v.at(end).sentence;
  if (!same_sentence) return;
  first = v.at(end + 1).junction;
  at = end + 1;
  int second = 0;
  if (first == kComma || first == kDash) {
    second = v.at(end + 2).junction;
    ++at;
  }
  if (coordinator(v.at(at).junction)) {
    ++at;
    if (first != kComma && first != kDash) second = v.at(at).junction;
  }
  joint = first * 100 + second;
  const ClauseAhead ahead = v.valid(at) ? v.ahead(at) : ClauseAhead();
  verb = ahead.verb;
  more = ahead.more;
  subject = static_cast<uint8_t>(ahead.subject);
  gap = ahead.distance == 0 ? 0 : ahead.distance == 1 ? 1 : ahead.distance < 5 ? 2 : 3;
}

template <class Sink>
Sink right_begin_features(const ArticleView& v, int cue, Side side_, int x, Sink f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(side_);
  const int d = bucket(x - cue);
  const uint32_t before = word(v, x - 1);
  f = five_words(v, x, f);
  f(304, before, t.word);
  f(305, t.word, word(v, x + 1));
  f(309, t.class_256);
  f(30, d);
  f(34, d, quotation(t));
  f(29, side, word(v, cue + 1), x == cue + 1);
  f(31, d, lemma);
  f(37, few(v, V::kVerbs, cue + 1, x - 1, 8), before);
  f(38, few(v, V::kCommas, cue + 1, x - 1, 8), few(v, V::kMarks, cue + 1, x - 1, 8));
  f(40, side, before);
  f(43, few(v, V::kPhraseEnds, cue + 1, x - 1, 8), lemma);
  f(46, word(v, cue + 1), d);
  if (x - cue <= 5) {
    const uint64_t path = tag_path(v, cue + 1, x);
    f(48, path);
    f(49, path, lemma);
    f(51, path, tag(v, x));
  }
  if (v.paragraph(x) != v.paragraph(cue)) f(90, v.at(c.paragraph_end).is(W::kColon), t.opens(), side);
  f(314, t.word, lemma);
  f(317, before, lemma);
  return f;
}

template <class Sink>
Sink right_end_features(const ArticleView& v, int cue, int b, int x, const NextClause& next_clause, Sink f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const ViewToken& o = v.at(b);
  const bool open = o.opens();
  const bool same = t.sentence == o.sentence;
  const int inner_verbs = few(v, V::kVerbs, b, x, 4);
  f = five_words(v, x, f);
  f(308, tag(v, x - 1), tag(v, x), tag(v, x + 1));
  f(320, t.shape);
  f(23, word(v, x + 1), tag(v, x + 2), tag(v, x + 3));
  for (int k = 2; k < 5; ++k) {
    if (!v.at(x + k).is(W::kCue)) continue;
    f(52, word(v, x + 1), k);
    break;
  }
  f(30, bucket(x - b));
  f(32, bucket(t.sentence_end - x), same, open);
  f(36, odd_marks(v, b + 1, x), open, quotation(t));
  f(37, quotation(t), quotation(v, x + 1), open);
  f(45, inner_verbs > 0, c.lemma);
  f(48, inner_verbs, tag(v, x + 1), o.word);
  f(56, bucket(x - cue));
  f(58, t.inside(), open, quotation(o));
  f(315, tag(v, x), c.lemma);
  // The next finite verb and whose it is.
  const int next = x < t.sentence_end ? v.next_finite(x + 1) : -1;
  const int verb = next >= 0 && next < x + 30 ? next : -1;
  const int subject = verb < 0 ? -1 : v.at(verb).subject();
  const int relation = verb_relation(v, cue, b, x, verb);
  f(132, relation, tag(v, x), tag(v, x + 1));
  if (subject >= 0) f(135, relation, v.at(x + 1).junction, tag(v, subject), v.at(subject).is(W::kCapital));
  f = clause_edge(v, next_clause, f);
  return clause_end(v, cue, b, x, next_clause, f);
}

template <class Sink>
Sink left_end_features(const ArticleView& v, int cue, int x, Sink f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const int d = bucket(cue - x);
  f = five_tags(v, x, f);
  f(31, d, c.lemma);
  f(32, d, quotation(t), quotation(v, x + 1));
  f(36, few(v, V::kVerbs, x + 1, cue - 1, 8), word(v, x + 1));
  f(42, few(v, V::kPhraseEnds, x + 1, cue - 1, 8), quotation(t), t.word);
  if (cue - x <= 6) f(45, tag_path(v, x + 1, cue), t.word);
  f(47, few(v, V::kCues, x + 1, cue - 1, 8), t.word);
  f(315, tag(v, x), c.lemma);
  return f;
}

template <class Sink>
Sink left_begin_features(const ArticleView& v, int cue, Side side, int e, int x, Sink f) {
  const ViewToken& t = v.at(x);
  const ViewToken& o = v.at(e);
  const uint32_t lemma = v.at(cue).lemma;
  const bool at_begin = t.sentence_begin == x;
  f = five_tags(v, x, f);
  for (int k = -2; k <= 2; ++k) f(303, k, quotation(v, x + k));
  f(312, word(v, x - 1), tag(v, x));
  f(36, static_cast<int>(side), at_begin);
  f(42, lemma, at_begin);
  f(43, word(v, e + 1), at_begin, tag(v, cue));
  f(44, std::min(4, o.sentence - t.sentence), quotation(t), quotation(o));
  f(45, static_cast<int>(side), o.word, at_begin);
  f(47, bucket(cue - e), at_begin, lemma);
  f(314, t.word, lemma);
  f(317, word(v, x - 1), lemma);
  return f;
}

template FeatureGather right_begin_features(const ArticleView&, int, Side, int, FeatureGather);
template FeatureGather right_end_features(const ArticleView&, int, int, int, const NextClause&, FeatureGather);
template FeatureGather left_end_features(const ArticleView&, int, int, FeatureGather);
template FeatureGather left_begin_features(const ArticleView&, int, Side, int, int, FeatureGather);
template FeatureWriter right_begin_features(const ArticleView&, int, Side, int, FeatureWriter);
template FeatureWriter right_end_features(const ArticleView&, int, int, int, const NextClause&, FeatureWriter);
template FeatureWriter left_end_features(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter left_begin_features(const ArticleView&, int, Side, int, int, FeatureWriter);

}  // namespace newsnlp
