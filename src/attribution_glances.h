// Room: attributor. The first glances of the chain: a few features, nearly all of what is no word, that tell the few
// candidates of which the rest (attribution_features.h) is asked. They stand here to become part of their callers'
// loops.
#pragma once

#include <algorithm>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {

template <class Sink>
[[gnu::always_inline]] inline Sink right_begin_glance(const ArticleView& v, int cue, Side side_, int x, Sink f) {
  const int side = static_cast<int>(side_);
  const int d = bucket(x - cue);
  f(32, d, tag(v, x));
  f(39, side, d);
  f(41, side, tag(v, x - 1), tag(v, x));
  f(42, few(v, ArticleView::kPhraseEnds, cue + 1, x - 1, 8), tag(v, x - 1), tag(v, x));
  f(59, v.at(cue).is(CueWord::kListed), d);
  return f;
}

/// The part of the right end's glance that holds for any cue and begin.
template <class Sink>
Sink right_end_edge(const ArticleView& v, int x, const NextClause& next, Sink f) {
  f(306, tag(v, x - 1), tag(v, x));
  f(307, tag(v, x), tag(v, x + 1));
  if (next.same_sentence) f(111, next.joint, next.subject, next.gap);
  return f;
}

template <class Sink>
[[gnu::always_inline]] inline Sink right_end_glance(const ArticleView& v, int b, int x, Sink f) {
  const ViewToken& t = v.at(x);
  const ViewToken& o = v.at(b);
  f(38, std::min(5, t.sentence - o.sentence), o.opens(), quotation(t));
  f(43, v.count(ArticleView::kVerbs, b, x) > 0, tag(v, x + 1));
  if (t.closes()) f(57, t.mate() >= b, bucket(t.mate() - b));
  return f;
}

template <class Sink>
Sink left_end_glance(const ArticleView& v, int cue, int x, Sink f) {
  const ViewToken& t = v.at(x);
  const int d = bucket(cue - x);
  f(30, d);
  f(34, d, tag(v, x + 1));
  f(35, t.sentence == v.at(cue).sentence, quotation(t));
  f(306, tag(v, x - 1), tag(v, x));
  f(307, tag(v, x), tag(v, x + 1));
  f(318, tag(v, x + 1), tag(v, x + 2));
  return f;
}

template <class Sink>
Sink left_begin_glance(const ArticleView& v, int e, int x, Sink f) {
  const ViewToken& t = v.at(x);
  f(30, bucket(e - x));
  f(31, t.sentence_begin == x, t.sentence == v.at(e).sentence, quotation(t));
  f(32, quotation(v.at(e)), quotation(t), t.mate() == e);
  f(39, few(v, ArticleView::kVerbs, x, e, 8), tag(v, x - 1), tag(v, x));
  f(306, tag(v, x - 1), tag(v, x));
  return f;
}

/// What stands between a head and its cue.
struct Between {
  Between(const ArticleView& v, int cue, int head) : begin(std::min(head, cue) + 1), end(std::max(head, cue) - 1) {
    verbs = few(v, ArticleView::kVerbs, begin, end, 3);
    commas = few(v, ArticleView::kCommas, begin, end, 3);
  }
  int begin, end;  // inclusive
  int verbs, commas;
};

/// Of the words near the cue: a form of "be" before it, "by" behind it.
struct Voice {
  Voice(const ArticleView& v, int cue)
      : passive(v.any(CueWord::kBe, std::max(v.at(cue).sentence_begin, cue - 4), cue - 1)),
        by(v.any(CueWord::kBy, cue + 1, std::min(v.at(cue).sentence_end, cue + 7))) {}
  bool passive, by;
};

/// How the head stands to the subject that the sketch has found for the cue.
inline int relation_of(const ArticleView& v, int cue, int h) {
  const int x = v.at(cue).subject();
  if (x < 0) return 0;
  if (x == h) return 1;
  if (v.at(x).in_phrase() && v.at(x).phrase_begin == v.at(h).phrase_begin) return 2;
  return x < h ? 3 : 4;
}

template <class Sink>
[[gnu::always_inline]] inline Sink source_glance(const ArticleView& v, int cue, Side side_, int h, Sink f) {
  const ViewToken& c = v.at(cue);
  const int p = static_cast<int>(c.tag);
  const int side = static_cast<int>(side_);
  if (h < 0) {
    const Voice voice(v, cue);
    f(5, side, tag(v, cue - 1), p);
    f(7, tag(v, cue - 2), tag(v, cue - 1));
    f(13, voice.passive, voice.by, p);
    return f;
  }
  const ViewToken& t = v.at(h);
  const bool right = h > cue;
  const int hp = static_cast<int>(t.tag);
  const Between between(v, cue, h);
  f(23, hp, right, p);
  if (t.in_phrase()) {
    const bool ends = t.phrase_end == h;
    f(42, tag(v, t.phrase_begin - 1), right, ends);
    f(44, t.phrase_begin == t.sentence_begin, ends, std::min(between.verbs, 2));
  }
  f(53, std::clamp(h - c.sentence_begin, -1, 8), right, hp);
  f(114, relation_of(v, cue, h), between.verbs, between.commas, side);
  return f;
}

template <class Sink>
Sink source_begin_glance(const ArticleView& v, int cue, int h, int x, Sink f) {
  const ViewToken& t = v.at(h);
  f(33, bucket(h - x), tag(v, x - 1));
  f(36, t.in_phrase() && v.at(x).phrase_begin == t.phrase_begin, t.in_phrase() && t.phrase_begin == x);
  f(43, h < cue, x - 1 == cue, few(v, ArticleView::kCommas, x, h, 8));
  return f;
}

template <class Sink>
Sink source_end_glance(const ArticleView& v, int h, int x, Sink f) {
  f(33, bucket(x - h), tag(v, x + 1));
  f(307, tag(v, x), tag(v, x + 1));
  return f;
}

template <class Sink>
Sink cue_begin_glance(const ArticleView& v, int cue, int x, Sink f) {
  const int d = bucket(cue - x);
  f(30, d);
  f(33, d, tag(v, x - 1), tag(v, x));
  f(306, tag(v, x - 1), tag(v, x));
  return f;
}

template <class Sink>
Sink cue_end_glance(const ArticleView& v, int cue, int x, Sink f) {
  const uint32_t lemma = v.at(cue).lemma;
  const int d = bucket(x - cue);
  f(30, d);
  f(31, d, lemma);
  f(307, tag(v, x), tag(v, x + 1));
  f(315, tag(v, x), lemma);
  return f;
}

}  // namespace newsnlp
