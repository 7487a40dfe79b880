// Who is the source, and where do source and cue begin and end?
#include <algorithm>
#include <cstdlib>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

// The tags of [low, high], at most six, as one value.
uint64_t tag_path(const ArticleView& v, int low, int high) {
  uint64_t tags = 5;
  for (int j = low; j <= high && j < low + 6; ++j) tags = tags * 61 + static_cast<uint64_t>(tag(v, j));
  return tags;
}

template <class Sink>
Sink no_source_features(const ArticleView& v, int cue, Sink f) {
  const ViewToken& t = v.at(cue);
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const uint32_t lemma = t.lemma;
  const int p = static_cast<int>(t.tag);
  f(6, word(v, cue - 1), word(v, cue + 1));
  f(7, tag(v, cue - 2), tag(v, cue - 1));
  f(8, word(v, cue + 1), lemma);
  f(9, lemma, p);
  f(10, bucket(cue - s));
  f(11, tag(v, cue - 1), p, tag(v, cue + 1));
  bool passive = false;
  for (int j = cue - 1; j >= s && j > cue - 5; --j) passive |= v.at(j).is(W::kBe);
  bool by = false;
  for (int j = cue + 1; j <= e && j < cue + 8; ++j) by |= v.at(j).is(W::kBy);
  f(13, passive, by, p);
  f(14, passive, by, lemma);
  f(15, word(v, s), bucket(cue - s));
  return f;
}

template <class Sink>
Sink path_features(const ArticleView& v, int cue, int h, Sink f) {
  const int d = h - cue;
  const bool right = d > 0;
  const int a = std::min(h, cue) + 1;
  const int b = std::max(h, cue) - 1;
  if (std::abs(d) > 6) return f;
  uint64_t tags = 5;
  for (int j = a; j <= b; ++j) tags = tags * 61 + static_cast<uint64_t>(tag(v, j));
  f(35, tags, right, tag(v, h), tag(v, cue));
  f(36, tags, right, v.at(cue).lemma);
  if (std::abs(d) > 4) return f;
  uint64_t words = 5;
  for (int j = a; j <= b; ++j) words = words * 0x9E3779B97F4A7C15ULL + word(v, j);
  f(37, words, right, tag(v, h));
  return f;
}

template <class Sink>
Sink phrase_features(const ArticleView& v, int cue, int h, int verbs, Sink f) {
  const ViewToken& t = v.at(h);
  if (!t.in_phrase()) return f;
  const bool right = h > cue;
  const bool ends = t.phrase_end == h;
  const int b = t.phrase_begin;
  f(41, word(v, b - 1), right);
  f(42, tag(v, b - 1), right, ends);
  f(44, b == t.sentence_begin, ends, std::min(verbs, 2));
  f(45, tag(v, t.phrase_end + 1), ends, right);
  return f;
}

// How the head stands to the subject that the sketch has found for the cue.
int relation_of(const ArticleView& v, int cue, int h) {
  const int x = v.at(cue).subject();
  if (x < 0) return 0;
  if (x == h) return 1;
  if (v.at(x).in_phrase() && v.at(x).phrase_begin == v.at(h).phrase_begin) return 2;
  return x < h ? 3 : 4;
}

}  // namespace

template <class Sink>
Sink source_features(const ArticleView& v, int cue, int h, Sink f) {
  f(1, h < 0);
  if (h < 0) return no_source_features(v, cue, f);
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(h);
  const int p = static_cast<int>(c.tag);
  const int d = bucket(h - cue);
  const bool right = h > cue;
  const int a = std::min(h, cue) + 1;
  const int b = std::max(h, cue) - 1;
  const int hp = tag(v, h);
  const bool ends = t.phrase_end == h;
  f(20, d);
  f(22, t.word, right);
  f(23, hp, right, p);
  f(24, t.class_256, right);
  f(25, t.class_1024, right);
  f(29, word(v, h - 1), right);
  f(30, tag(v, h - 1), right, hp);
  const int verbs = v.count(V::kVerbs, a, b);
  const int few_verbs = std::min(verbs, 3);
  const int commas = few(v, V::kCommas, a, b, 3);
  f(32, commas, right, few_verbs);
  f = path_features(v, cue, h, f);
  f(39, few(v, V::kPhraseEnds, a, b, 5), right, p, few_verbs);
  f(40, ends, hp, right);
  f = phrase_features(v, cue, h, verbs, f);
  f(50, static_cast<int>(t.quotation));
  f(51, t.is(W::kCapital), t.shape);
  f(53, std::clamp(h - c.sentence_begin, -1, 8), right, hp);
  f(54, t.sentence != c.sentence, word(v, h + 1));
  f(61, word(v, h - 1), t.word);
  if (v.at(h + 1).is(W::kComma)) f(65, right, word(v, h + 2));
  f(69, word(v, cue - 1), right, d);
  bool who = false;
  for (int j = a; j <= b && j < a + 60; ++j) who |= v.at(j).is(W::kRelative);
  f(71, who, commas, few_verbs, right);
  if (!right) {
    const int finites = few(v, V::kFinites, h + 1, cue - 1, 3);
    f(73, finites, p, hp);
    f(74, finites, commas, who);
  }
  const int relation = relation_of(v, cue, h);
  f(110, relation, p, right);
  f(111, relation, hp);
  const int excess = v.count(V::kFinites, a, b) - v.count(V::kRelatives, a, b);
  f(116, std::clamp(excess, -6, 6), commas, right, word(v, h + 1));
  return f;
}

template <class Sink>
Sink source_side_features(const ArticleView& v, int cue, Side side_, int h, Sink f) {
  const int side = static_cast<int>(side_);
  if (h >= 0) {
    const int a = std::min(h, cue) + 1;
    const int b = std::max(h, cue) - 1;
    f(114, relation_of(v, cue, h), few(v, V::kVerbs, a, b, 3), few(v, V::kCommas, a, b, 3), side);
    return f;
  }
  int nouns = 0;
  for (int j = std::max(v.at(cue).sentence_begin, cue - 20); j < cue; ++j)
    nouns += v.at(j).noun() || v.at(j).tag == Tag::PRP;
  f(4, side, word(v, cue - 1));
  f(5, side, tag(v, cue - 1), tag(v, cue));
  f(16, std::min(nouns, 3), side);
  return f;
}

template <class Sink>
Sink source_begin_glance(const ArticleView& v, int cue, int h, int x, Sink f) {
  const ViewToken& t = v.at(h);
  const ViewToken& outer = v.at(x - 1);
  f(33, bucket(h - x), static_cast<int>(outer.tag));
  f(36, t.in_phrase() && v.at(x).phrase_begin == t.phrase_begin, t.in_phrase() && t.phrase_begin == x);
  f(43, h < cue, x - 1 == cue, few(v, V::kCommas, x, h, 8));
  f(312, outer.word, tag(v, x));
  return f;
}

template <class Sink>
Sink source_begin_features(const ArticleView& v, int cue, const Content& k, int h, int x, Sink f) {
  const ViewToken& outer = v.at(x - 1);
  const int d = bucket(h - x);
  for (int i = -2; i <= 2; ++i) f(301, i, word(v, x + i));
  f(317, outer.word, v.at(cue).lemma);
  f(30, d);
  f(35, word(v, h), d);
  f(38, x - 1 == k.left_end, x - 1 == k.right_begin, static_cast<int>(outer.quotation));
  f(39, few(v, V::kVerbs, x, h, 8), outer.word);
  f(40, few(v, V::kCommas, x, h, 8), outer.word, x - 1 == cue);
  f(41, h < cue, x < cue, outer.word);
  return f;
}

template <class Sink>
Sink source_end_glance(const ArticleView& v, int h, int x, Sink f) {
  f(33, bucket(x - h), tag(v, x + 1));
  f(307, tag(v, x), tag(v, x + 1));
  f(319, word(v, x + 1), word(v, x + 2));
  return f;
}

template <class Sink>
Sink source_end_features(const ArticleView& v, int cue, int h, int x, Sink f) {
  const uint32_t outer = word(v, x + 1);
  const int d = bucket(x - h);
  for (int i = -2; i <= 2; ++i) f(302, i, tag(v, x + i));
  f(306, tag(v, x - 1), tag(v, x));
  f(308, tag(v, x - 1), tag(v, x), tag(v, x + 1));
  f(314, word(v, x), v.at(cue).lemma);
  f(318, tag(v, x + 1), tag(v, x + 2));
  f(320, v.at(x).shape);
  f(30, d);
  f(35, word(v, h), d);
  const int commas = few(v, V::kCommas, h, x, 8);
  f(40, commas, outer, x + 1 == cue);
  f(43, h < cue, x + 1 == cue, commas);
  f(47, word(v, h + 1), d);
  return f;
}

template <class Sink>
Sink cue_begin_glance(const ArticleView& v, int cue, int x, Sink f) {
  f(33, bucket(cue - x), tag(v, x - 1), tag(v, x));
  f(35, tag_path(v, x, cue));
  return f;
}

template <class Sink>
Sink cue_begin_features(const ArticleView& v, int cue, int x, Sink f) {
  const int d = bucket(cue - x);
  for (int i = -2; i <= 2; ++i) f(302, i, tag(v, x + i));
  f(306, tag(v, x - 1), tag(v, x));
  f(30, d);
  f(31, d, v.at(cue).lemma);
  f(32, d, word(v, x - 1));
  f(37, tag_path(v, x, cue), tag(v, x - 1));
  f(40, few(v, V::kVerbs, x, cue, 8), tag(v, x - 1));
  return f;
}

template <class Sink>
Sink cue_end_glance(const ArticleView& v, int cue, int x, Sink f) {
  const int d = bucket(x - cue);
  f(31, d, v.at(cue).lemma);
  f(32, d, word(v, x + 1));
  f(35, tag_path(v, cue, x));
  f(307, tag(v, x), tag(v, x + 1));
  return f;
}

template <class Sink>
Sink cue_end_features(const ArticleView& v, int cue, int x, Sink f) {
  const uint32_t lemma = v.at(cue).lemma;
  for (int i = -2; i <= 2; ++i) {
    f(301, i, word(v, x + i));
    f(302, i, tag(v, x + i));
  }
  f(309, v.at(x).class_256);
  f(310, v.at(x + 1).class_256);
  f(314, word(v, x), lemma);
  f(315, tag(v, x), lemma);
  f(30, bucket(x - cue));
  f(38, v.at(x).in_phrase() && v.at(x).phrase_end != x);
  return f;
}

template FeatureGather source_features(const ArticleView&, int, int, FeatureGather);
template FeatureSum source_side_features(const ArticleView&, int, Side, int, FeatureSum);
template FeatureGather source_begin_glance(const ArticleView&, int, int, int, FeatureGather);
template FeatureGather source_end_glance(const ArticleView&, int, int, FeatureGather);
template FeatureGather cue_begin_glance(const ArticleView&, int, int, FeatureGather);
template FeatureGather cue_end_glance(const ArticleView&, int, int, FeatureGather);
template FeatureGather source_begin_features(const ArticleView&, int, const Content&, int, int, FeatureGather);
template FeatureGather source_end_features(const ArticleView&, int, int, int, FeatureGather);
template FeatureGather cue_begin_features(const ArticleView&, int, int, FeatureGather);
template FeatureGather cue_end_features(const ArticleView&, int, int, FeatureGather);
template FeatureWriter source_features(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter source_side_features(const ArticleView&, int, Side, int, FeatureWriter);
template FeatureWriter source_begin_glance(const ArticleView&, int, int, int, FeatureWriter);
template FeatureWriter source_end_glance(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter cue_begin_glance(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter cue_end_glance(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter source_begin_features(const ArticleView&, int, const Content&, int, int, FeatureWriter);
template FeatureWriter source_end_features(const ArticleView&, int, int, int, FeatureWriter);
template FeatureWriter cue_begin_features(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter cue_end_features(const ArticleView&, int, int, FeatureWriter);

}  // namespace newsnlp
