// Is this word a cue, and on which side is its content?
#include <algorithm>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

// Distance to the next closing mark on the left and opening mark on the right, within the paragraph; 99: none.
struct MarkDistances {
  int left = 99;
  int right = 99;
};
MarkDistances mark_distances(const ArticleView& v, int cue, int window) {
  MarkDistances d;
  const ViewToken& t = v.at(cue);
  const int first = std::max(t.paragraph_begin, cue - window + 1);
  const int last = std::min(t.paragraph_end, cue + window - 1);
  // As a rule there is no mark at all.
  for (int j = v.count(V::kMarks, first, cue - 1) > 0 ? cue - 1 : -1; j >= first; --j)
    if (v.at(j).closes()) {
      d.left = cue - j;
      break;
    }
  for (int j = v.count(V::kMarks, cue + 1, last) > 0 ? cue + 1 : last + 1; j <= last; ++j)
    if (v.at(j).opens()) {
      d.right = j - cue;
      break;
    }
  return d;
}

// Colons and dashes: "NAME: …", `"…" -- Name`.
template <class Sink>
Sink sign_features(const ArticleView& v, int cue, Sink f) {
  constexpr int kWindow = 60;
  const ViewToken& t = v.at(cue);
  const int a = std::max(t.paragraph_begin, cue - kWindow);
  const int b = std::min(t.paragraph_end, cue + kWindow);
  const uint32_t w = t.word;
  int cues = 0;
  bool upper = true;
  int capitals = 0;
  int capitals_right = 0;
  for (int j = a; j <= b; ++j) {
    const ViewToken& x = v.at(j);
    cues += x.is(W::kCue) && !x.inside() && !x.closes();
    if (j < cue) {
      upper &= x.is(W::kFullUpper);
      capitals += x.is(W::kCapital);
    } else if (j > cue) {
      capitals_right += x.is(W::kCapital);
    }
  }
  cues = std::min(cues, 2);
  const bool name_right = b > cue && capitals_right >= b - cue - 1 && b - cue < 7;
  const bool name_left = cue > a && capitals >= cue - a && cue - a < 6;
  const bool after_mark = v.at(cue - 1).closes();
  const int turns = v.turns() > 6 ? 5 : std::min(v.turns(), 4);
  f(200, w, cues, bucket(cue - a));
  f(201, w, upper, cue - a < 5);
  f(210, w, turns, upper, name_left);
  f(211, w, std::min(v.signed_quotations(), 5), name_right, after_mark);
  f(213, w, tag(v, cue - 1), name_left);
  f(214, w, quotation(v, cue - 1), quotation(v.at(a)), quotation(v.at(b)));
  return f;
}

template <class Sink>
Sink window_features(const ArticleView& v, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
#pragma GCC unroll 9
  for (int k = -4; k <= 4; ++k) {
    if (k == 0) continue;
    const int j = cue + k;
    const bool same = j >= t.paragraph_begin && j <= t.paragraph_end;
    const ViewToken& x = v.at(same ? j : -1);
    const int q = same ? static_cast<int>(x.quotation) : 9;
    f(10, k, x.word);
    f(14, k, static_cast<int>(x.tag), p);
    if (k != 1) f(16, k, q);
    if (k < -2 || k > 2) continue;
    f(12, k, x.class_1024);
    f(13, k, x.word, listed);
    f(15, k, static_cast<int>(x.tag), t.lemma);
  }
  f(27, tag(v, cue - 1), t.lemma, tag(v, cue + 1));
  return f;
}

template <class Sink>
Sink sentence_features(const ArticleView& v, int cue, Sink f) {
  constexpr int kMarkWindow = 12;
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  const uint32_t lemma = t.lemma;
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const int q = static_cast<int>(t.quotation);
  f(3, lemma);
  f(30, q, listed);
  f(31, q, p);
  const bool left_mark = v.count(V::kMarks, s, cue - 1) > 0;
  const bool right_mark = v.count(V::kMarks, cue + 1, e) > 0;
  f(33, left_mark, right_mark, listed, q);
  f(38, lemma, bucket(mark_distances(v, cue, kMarkWindow).right));
  f(42, cue - s < 3, e - cue < 3, p);
  f(43, std::min(v.count(V::kCues, s, cue - 1), 8), listed);
  for (int j = cue - 1; j >= s && cue - j < 14; --j) {
    if (!v.at(j).is(W::kCue)) continue;
    f(51, v.at(j).lemma, bucket(cue - j));
    f(52, v.at(j).lemma, lemma);
    f(53, v.at(j + 1).word, listed);
    break;
  }
  for (int j = cue - 1; j >= s && cue - j < 10; --j) {
    if (!v.at(j).in_phrase()) continue;
    const int h = v.at(j).phrase_end;
    f(56, tag(v, h), bucket(cue - h), p);
    f(57, v.at(h).is(W::kCapital), lemma);
    break;
  }
  for (int j = cue + 1; j <= e && j - cue < 6; ++j) {
    if (!v.at(j).in_phrase()) continue;
    f(60, v.at(v.at(j).phrase_end).is(W::kCapital), lemma, bucket(v.at(j).phrase_begin - cue));
    break;
  }
  f(121, v.at(t.paragraph_end).is(W::kColon) && t.paragraph_end - cue < 16, lemma);
  return f;
}

int distance_step(int distance) {
  return distance == 0 ? 0 : distance < 3 ? 1 : distance < 7 ? 2 : 3;
}

template <class Sink>
Sink clause_features(const ArticleView& v, int cue, const Neighbour& right, const Neighbour& left, Sink f) {
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  f(160, right.kind, t.lemma);
  f(164, left.kind, p);
  f(165, left.kind, listed);
  f(166, right.kind, left.kind, p);
  f(167, right.kind, left.kind, listed);
  f(168, right.kind, t.class_256);
  if (right.token <= t.sentence_end && v.at(right.token).in_phrase())
    f(174, v.at(v.at(right.token).phrase_end).class_256, t.lemma);
  const ClauseAhead a = v.ahead(cue + 1);
  f(176, distance_step(a.distance), a.subject, t.lemma);
  return f;
}

template <class Sink>
Sink subject_features(const ArticleView& v, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  if (t.subject() < 0) return f;
  const ViewToken& s = v.at(t.subject());
  f(182, s.lemma, t.is(W::kListed));
  f(184, static_cast<int>(s.tag), s.is(W::kCapital), t.subject() > cue, static_cast<int>(t.tag));
  return f;
}

template <class Sink>
Sink subcategory_features(const ArticleView& v, const QuoteModel& model, int cue, int right, int left, Sink f) {
  const ViewToken& t = v.at(cue);
  if (t.row == 0) return f;
  const LemmaRow& row = model.lemmas()[t.row - 1];
  const Subcategory& s = t.noun() ? row.as_noun : row.as_verb;
  if (s.frequency == Subcategory::kUnseen) return f;
  f(144, s.clause, static_cast<int>(t.tag));
  f(147, s.that, right);
  f(149, s.pronoun, s.name, left);
  return f;
}

}  // namespace

bool is_cue_candidate(const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  if (t.is(W::kNever)) return false;
  if (t.is(W::kColon)) return true;
  if (is_sign(t))
    return v.at(i - 1).closes() || i == t.paragraph_begin || v.at(i + 1).opens() || t.paragraph_end - i < 8;
  return t.is(W::kCue);
}

template <class Sink>
Sink cue_glance(const ArticleView& v, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const int p = static_cast<int>(t.tag);
  f(7, t.suffix, p);
  f(16, 1, cue < t.paragraph_end ? static_cast<int>(v.at(cue + 1).quotation) : 9);
  f(25, tag(v, cue - 2), tag(v, cue - 1), p);
  f(34, t.lemma, v.count(V::kMarks, t.sentence_begin, cue - 1) > 0, v.count(V::kMarks, cue + 1, t.sentence_end) > 0);
  return f;
}

template <class Sink>
Sink cue_features(const ArticleView& v, const QuoteModel& model, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const bool sign = is_sign(t);
  if (t.row != 0) __builtin_prefetch(&model.lemmas()[t.row - 1]);
  if (sign) f = sign_features(v, cue, f);
  f = window_features(v, cue, f);
  f = sentence_features(v, cue, f);
  if (sign) return f;
  const Neighbour right = complement(v, cue);
  const Neighbour left = subject_side(v, cue);
  f = clause_features(v, cue, right, left, f);
  f = subject_features(v, cue, f);
  return subcategory_features(v, model, cue, right.kind, left.kind, f);
}

template <class Sink>
Sink side_features(const ArticleView& v, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const uint32_t lemma = t.lemma;
  f(2, lemma);
  f(3, v.at(cue + 1).word);
  f(5, tag(v, cue - 1), tag(v, cue), tag(v, cue + 1));
  f(11, quotation(v.at(s)), quotation(v, cue - 1));
  f(12, lemma, tag(v, cue + 1));
  f(13, lemma, tag(v, cue - 1));
  constexpr int kMarkWindow = 50;
  const MarkDistances d = mark_distances(v, cue, kMarkWindow);
  f(18, bucket(d.left), bucket(d.right));
  f(21, d.left < kMarkWindow && cue - d.left >= s, d.right < kMarkWindow && cue + d.right <= e, d.right < kMarkWindow,
    quotation(v.at(t.paragraph_begin)));
  for (int j = cue + 1; j <= e && j < cue + 9; ++j) {
    if (!v.at(j).is(W::kComma)) continue;
    f(23, j - cue, tag(v, j + 1));
    f(24, quotation(v, j + 1));
    break;
  }
  for (int j = cue - 1; j >= s && j > cue - 12; --j) {
    if (!v.at(j).is(W::kComma)) continue;
    f(25, cue - j, tag(v, j + 1));
    break;
  }
  const auto few = [&](int a, int b) { return std::min(v.count(V::kVerbs, a, b), 12); };
  f(29, few(s, cue - 1), few(cue + 1, e));
  for (int k = 1; k < 4; ++k) f(34, k, v.at(cue + k).word);
  f(38, t.paragraph_end == e, quotation(v, e + 1), quotation(v.at(e)));
  f(42, v.at(t.paragraph_end).is(W::kColon), bucket(t.paragraph_end - cue));
  const Neighbour right = complement(v, cue);
  f(44, right.kind);
  f(46, right.kind, subject_side(v, cue).kind);
  f(47, right.kind, lemma);
  const ClauseAhead a = v.ahead(cue + 1);
  f(48, std::min(distance_step(a.distance), 2), a.subject, cue - s < 3);
  f(49, a.more, v.count(V::kVerbs, s, cue - 1) > 0, right.kind);
  return f;
}

template FeatureGather cue_glance(const ArticleView&, int, FeatureGather);
template FeatureGather cue_features(const ArticleView&, const QuoteModel&, int, FeatureGather);
template SideGather side_features(const ArticleView&, int, SideGather);
template FeatureWriter cue_glance(const ArticleView&, int, FeatureWriter);
template FeatureWriter cue_features(const ArticleView&, const QuoteModel&, int, FeatureWriter);
template CandidateWriter<3> side_features(const ArticleView&, int, CandidateWriter<3>);

}  // namespace newsnlp
