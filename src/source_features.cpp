// Who is the source, and where do source and cue begin and end?
#include <algorithm>
#include <cstdlib>

#include "attribution_glances.h"

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
Sink no_source_features(const ArticleView& v, int cue, int side, Sink f) {
  const ViewToken& t = v.at(cue);
  const int s = t.sentence_begin;
  const uint32_t lemma = t.lemma;
  const int p = static_cast<int>(t.tag);
  const Voice voice(v, cue);
  int nouns = 0;
  for (int j = std::max(s, cue - 20); j < cue; ++j) nouns += v.at(j).noun() || v.at(j).tag == Tag::PRP;
  f(4, side, word(v, cue - 1));
  f(6, word(v, cue - 1), word(v, cue + 1));
  f(8, word(v, cue + 1), lemma);
  f(9, lemma, p);
  f(10, bucket(cue - s));
  f(11, tag(v, cue - 1), p, tag(v, cue + 1));
  f(14, voice.passive, voice.by, lemma);
  f(15, word(v, s), bucket(cue - s));
  f(16, std::min(nouns, 3), side);
  return f;
}

template <class Sink>
Sink path_features(const ArticleView& v, int cue, int h, const Between& between, Sink f) {
  const int d = std::abs(h - cue);
  const bool right = h > cue;
  if (d > 6) return f;
  uint64_t tags = 5;
  for (int j = between.begin; j <= between.end; ++j) tags = tags * 61 + static_cast<uint64_t>(tag(v, j));
  f(35, tags, right, tag(v, h), tag(v, cue));
  f(36, tags, right, v.at(cue).lemma);
  if (d > 4) return f;
  uint64_t words = 5;
  for (int j = between.begin; j <= between.end; ++j) words = words * 0x9E3779B97F4A7C15ULL + word(v, j);
  f(37, words, right, tag(v, h));
  return f;
}

}  // namespace

template <class Sink>
Sink source_features(const ArticleView& v, int cue, Side side_, int h, Sink f) {
  f(1, h < 0);
  const int side = static_cast<int>(side_);
  if (h < 0) return no_source_features(v, cue, side, f);
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(h);
  const int p = static_cast<int>(c.tag);
  const int d = bucket(h - cue);
  const bool right = h > cue;
  const Between between(v, cue, h);
  const int hp = tag(v, h);
  const bool ends = t.phrase_end == h;
  f(20, d);
  f(22, t.word, right);
  f(24, t.class_256, right);
  f(25, t.class_1024, right);
  f(29, word(v, h - 1), right);
  f(30, tag(v, h - 1), right, hp);
  f(32, between.commas, right, between.verbs);
  f = path_features(v, cue, h, between, f);
  f(39, few(v, V::kPhraseEnds, between.begin, between.end, 5), right, p, between.verbs);
  f(40, ends, hp, right);
  if (t.in_phrase()) {
    f(41, word(v, t.phrase_begin - 1), right);
    f(45, tag(v, t.phrase_end + 1), ends, right);
  }
  f(50, static_cast<int>(t.quotation));
  f(51, t.is(W::kCapital), t.shape);
  f(54, t.sentence != c.sentence, word(v, h + 1));
  f(61, word(v, h - 1), t.word);
  if (v.at(h + 1).is(W::kComma)) f(65, right, word(v, h + 2));
  f(69, word(v, cue - 1), right, d);
  const bool who = v.any(W::kRelative, between.begin, std::min(between.end, between.begin + 59));
  f(71, who, between.commas, between.verbs, right);
  if (!right) {
    const int finites = few(v, V::kFinites, between.begin, between.end, 3);
    f(73, finites, p, hp);
    f(74, finites, between.commas, who);
  }
  const int relation = relation_of(v, cue, h);
  f(110, relation, p, right);
  f(111, relation, hp);
  const int excess =
      v.count(V::kFinites, between.begin, between.end) - v.count(V::kRelatives, between.begin, between.end);
  f(116, std::clamp(excess, -6, 6), between.commas, right, word(v, h + 1));
  return f;
}

template <class Sink>
Sink source_begin_features(const ArticleView& v, int cue, const Content& k, int h, int x, Sink f) {
  const ViewToken& outer = v.at(x - 1);
  const int d = bucket(h - x);
  for (int i = -2; i <= 2; ++i) f(301, i, word(v, x + i));
  f(312, outer.word, tag(v, x));
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
Sink source_end_features(const ArticleView& v, int cue, int h, int x, Sink f) {
  const uint32_t outer = word(v, x + 1);
  const int d = bucket(x - h);
  for (int i = -2; i <= 2; ++i) f(302, i, tag(v, x + i));
  f(306, tag(v, x - 1), tag(v, x));
  f(308, tag(v, x - 1), tag(v, x), tag(v, x + 1));
  f(314, word(v, x), v.at(cue).lemma);
  f(318, tag(v, x + 1), tag(v, x + 2));
  f(319, outer, word(v, x + 2));
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
Sink cue_begin_features(const ArticleView& v, int cue, int x, Sink f) {
  const int d = bucket(cue - x);
  for (int i = -2; i <= 2; ++i) f(302, i, tag(v, x + i));
  f(31, d, v.at(cue).lemma);
  f(32, d, word(v, x - 1));
  f(35, tag_path(v, x, cue));
  f(37, tag_path(v, x, cue), tag(v, x - 1));
  f(40, few(v, V::kVerbs, x, cue, 8), tag(v, x - 1));
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
  f(32, bucket(x - cue), word(v, x + 1));
  f(35, tag_path(v, cue, x));
  f(38, v.at(x).in_phrase() && v.at(x).phrase_end != x);
  return f;
}

template FeatureGather source_features(const ArticleView&, int, Side, int, FeatureGather);
template FeatureGather source_begin_features(const ArticleView&, int, const Content&, int, int, FeatureGather);
template FeatureGather source_end_features(const ArticleView&, int, int, int, FeatureGather);
template FeatureGather cue_begin_features(const ArticleView&, int, int, FeatureGather);
template FeatureGather cue_end_features(const ArticleView&, int, int, FeatureGather);
template FeatureWriter source_features(const ArticleView&, int, Side, int, FeatureWriter);
template FeatureWriter source_begin_features(const ArticleView&, int, const Content&, int, int, FeatureWriter);
template FeatureWriter source_end_features(const ArticleView&, int, int, int, FeatureWriter);
template FeatureWriter cue_begin_features(const ArticleView&, int, int, FeatureWriter);
template FeatureWriter cue_end_features(const ArticleView&, int, int, FeatureWriter);

}  // namespace newsnlp
