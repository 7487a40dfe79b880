// Who is the source, and where do source and cue begin and end?
#include <algorithm>
#include <cstdlib>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

int tag(const ArticleView& v, int i) {
  return static_cast<int>(v.at(i).tag);
}
uint32_t word(const ArticleView& v, int i) {
  return v.at(i).word;
}

int few(const ArticleView& v, V::Count kind, int a, int b, int most) {
  return std::min(v.count(kind, a, b), most);
}

void no_source_features(const ArticleView& v, int cue, const Content& k, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const int side = static_cast<int>(k.side);
  const uint32_t lemma = t.lemma;
  const int p = static_cast<int>(t.tag);
  f(4, side, word(v, cue - 1));
  f(5, side, tag(v, cue - 1), p);
  f(6, word(v, cue - 1), word(v, cue + 1));
  f(7, tag(v, cue - 2), tag(v, cue - 1));
  f(8, word(v, cue + 1), lemma);
  f(9, lemma, p);
  f(10, bucket(cue - s));
  f(11, tag(v, cue - 1), p, tag(v, cue + 1));
  bool passive = false;
  for (int j = cue - 1; j >= s && j > cue - 5; --j) {
    if (!v.at(j).is(W::kBe)) continue;
    f(12, word(v, j), p, cue - j);
    passive = true;
  }
  bool by = false;
  for (int j = cue + 1; j <= e && j < cue + 8; ++j) by |= v.at(j).is(W::kBy);
  f(13, passive, by, p);
  f(14, passive, by, lemma);
  f(15, word(v, s), bucket(cue - s));
  int nouns = 0;
  for (int j = std::max(s, cue - 20); j < cue; ++j) nouns += v.at(j).noun() || v.at(j).tag == Tag::PRP;
  f(16, std::min(nouns, 3), side);
}

void path_features(const ArticleView& v, int cue, int h, FeatureList& f) {
  const int d = h - cue;
  const bool right = d > 0;
  const int a = std::min(h, cue) + 1;
  const int b = std::max(h, cue) - 1;
  if (std::abs(d) > 6) return;
  uint64_t tags = 5;
  for (int j = a; j <= b; ++j) tags = tags * 61 + static_cast<uint64_t>(tag(v, j));
  f(35, tags, right, tag(v, h), tag(v, cue));
  f(36, tags, right, v.at(cue).lemma);
  if (std::abs(d) > 4) return;
  uint64_t words = 5;
  for (int j = a; j <= b; ++j) words = words * 0x9E3779B97F4A7C15ULL + word(v, j);
  f(37, words, right, tag(v, h));
}

void phrase_features(const ArticleView& v, int cue, int h, int verbs, FeatureList& f) {
  const ViewToken& t = v.at(h);
  if (!t.in_phrase()) return;
  const bool right = h > cue;
  const bool ends = t.phrase_end == h;
  const int b = t.phrase_begin;
  f(41, word(v, b - 1), right);
  f(42, tag(v, b - 1), right, ends);
  f(43, word(v, b), ends);
  f(44, b == t.sentence_begin, ends, std::min(verbs, 2));
  f(45, tag(v, t.phrase_end + 1), ends, right);
  f(46, word(v, t.phrase_end + 1), ends, right);
  f(47, t.is(W::kCapital), ends, right, tag(v, h));
  if (b == cue + 1) f(48, ends, tag(v, h), v.at(cue).lemma);
  if (t.phrase_end == cue - 1) f(49, ends, tag(v, h), v.at(cue).lemma);
}

void subject_features(const ArticleView& v, int cue, const Content& k, int h, FeatureList& f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(h);
  const bool right = h > cue;
  const int a = std::min(h, cue) + 1;
  const int b = std::max(h, cue) - 1;
  const int x = c.subject;
  const int relation = x < 0                                                           ? 0
                       : x == h                                                        ? 1
                       : v.at(x).in_phrase() && v.at(x).phrase_begin == t.phrase_begin ? 2
                       : x < h                                                         ? 3
                                                                                       : 4;
  const int commas = few(v, V::kCommas, a, b, 3);
  f(110, relation, tag(v, cue), right);
  f(111, relation, tag(v, h));
  f(112, relation, c.lemma);
  f(113, relation, bucket(h - cue));
  f(114, relation, few(v, V::kVerbs, a, b, 3), commas, static_cast<int>(k.side));
  const int relatives = v.count(V::kRelatives, a, b);
  const int finites = v.count(V::kFinites, a, b);
  f(115, std::min(relatives, 2), std::min(finites, 3), right, tag(v, cue));
  f(116, std::clamp(finites - relatives, -6, 6), commas, right, word(v, h + 1));
  bool taken = false;
  for (int j = a; j <= b && !taken; ++j) {
    j = v.at(j).next_finite < 0 ? v.at(j).sentence_end : v.at(j).next_finite;
    taken = j <= b && v.at(j).subject == h;
  }
  f(117, taken, relation, right, tag(v, cue));
}

}  // namespace

void source_features(const ArticleView& v, int cue, const Content& k, int h, FeatureList& f) {
  const ViewToken& c = v.at(cue);
  const uint32_t lemma = c.lemma;
  const int p = static_cast<int>(c.tag);
  f(1, h < 0);
  f(2, h < 0, lemma);
  f(3, h < 0, p);
  if (h < 0) {
    no_source_features(v, cue, k, f);
    return;
  }
  const ViewToken& t = v.at(h);
  const int side = static_cast<int>(k.side);
  const int d = bucket(h - cue);
  const bool right = h > cue;
  const int a = std::min(h, cue) + 1;
  const int b = std::max(h, cue) - 1;
  const int hp = tag(v, h);
  f(20, d);
  f(21, d, hp);
  f(22, t.word, right);
  f(23, hp, right, p);
  f(24, t.class_256, right);
  f(25, t.class_1024, right);
  f(27, word(v, h + 1), right);
  f(28, tag(v, h + 1), right, hp);
  f(29, word(v, h - 1), right);
  f(30, tag(v, h - 1), right, hp);
  const int verbs = v.count(V::kVerbs, a, b);
  const int commas = few(v, V::kCommas, a, b, 3);
  const int cues = v.count(V::kCues, a, b);
  f(31, std::min(verbs, 4), right, hp);
  f(32, commas, right, std::min(verbs, 3));
  f(33, few(v, V::kMarks, a, b, 3), right);
  f(34, std::min(cues, 3), right, hp);
  path_features(v, cue, h, f);
  const int phrases = few(v, V::kPhraseEnds, a, b, 5);
  const bool ends = t.phrase_end == h;
  f(38, phrases, right, ends);
  f(39, phrases, right, p, std::min(verbs, 3));
  f(40, ends, hp, right);
  phrase_features(v, cue, h, verbs, f);
  f(50, static_cast<int>(t.quotation));
  f(51, t.is(W::kCapital), t.shape);
  f(52, t.sentence_begin == h);
  f(53, std::clamp(h - c.sentence_begin, -1, 8), right, hp);
  f(54, t.sentence != c.sentence, word(v, h + 1));
  f(55, t.is(W::kRole), right, ends);
  f(56, t.is(W::kFirstName), right);
  f(57, t.is(W::kFirstName), v.at(h + 1).is(W::kCapital));
  f(58, t.word, lemma);
  f(59, t.class_256, lemma);
  f(60, t.word, word(v, h + 1));
  f(61, word(v, h - 1), t.word);
  f(62, side, right, d);
  f(63, k.left() && h < k.left_begin, k.right() && h > k.right_end, k.right() && h < k.right_begin && right, side);
  f(64, k.left() && h > k.left_end, right, p, std::min(phrases, 3));
  if (v.at(h + 1).is(W::kComma)) f(65, right, word(v, h + 2));
  f(66, p, right, word(v, cue - 1));
  f(67, t.in_phrase() && v.at(t.phrase_begin - 1).is(W::kBy), right, p);
  f(68, p, right, std::min(verbs, 2), std::min(cues, 2));
  f(69, word(v, cue - 1), right, d);
  bool who = false;
  for (int j = a; j <= b && j < a + 60; ++j) who |= v.at(j).is(W::kRelative);
  f(70, who, right, std::min(verbs, 3));
  f(71, who, commas, std::min(verbs, 3), right);
  f(72, h == cue - 1, hp);
  if (!right) {
    const int finites = few(v, V::kFinites, h + 1, cue - 1, 3);
    f(73, finites, p, hp);
    f(74, finites, commas, who);
  }
  subject_features(v, cue, k, h, f);
}

void source_edge_features(const ArticleView& v, int cue, const Content& k, int h, int x, bool begins, FeatureList& f) {
  const ViewToken& t = v.at(h);
  const ViewToken& e = v.at(x);
  const int d = bucket(std::abs(x - h));
  const int outer = begins ? x - 1 : x + 1;
  const int low = std::min(x, h);
  const int high = std::max(x, h);
  const int commas = few(v, V::kCommas, low, high, 8);
  f(30, d);
  f(31, d, tag(v, h));
  f(32, d, word(v, outer));
  f(33, d, tag(v, outer));
  f(34, t.word);
  f(35, t.word, d);
  f(36, t.in_phrase() && e.phrase_begin == t.phrase_begin,
    t.in_phrase() && (begins ? t.phrase_begin == x : t.phrase_end == x));
  f(37, outer == cue);
  f(38, outer == k.left_end, outer == k.right_begin, static_cast<int>(v.at(outer).quotation));
  f(39, few(v, V::kVerbs, low, high, 8), word(v, outer));
  f(40, commas, word(v, outer), outer == cue);
  f(41, h < cue, x < cue, word(v, outer));
  f(42, begins ? x == e.sentence_begin : x == e.sentence_end);
  f(43, h < cue, outer == cue, commas);
  f(44, e.sentence == t.sentence);
  f(45, cue - x == 2, word(v, outer), tag(v, cue - 1));
  if (!begins) {
    f(47, word(v, h + 1), d);
    f(48, word(v, h + 1), outer == cue);
    f(49, word(v, h + 1), word(v, outer));
  }
}

void cue_edge_features(const ArticleView& v, int cue, int x, bool begins, FeatureList& f) {
  const uint32_t lemma = v.at(cue).lemma;
  const ViewToken& t = v.at(x);
  const int d = bucket(std::abs(x - cue));
  const int outer = begins ? x - 1 : x + 1;
  const int low = std::min(x, cue);
  const int high = std::max(x, cue);
  f(30, d);
  f(31, d, lemma);
  f(32, d, word(v, outer));
  f(33, d, tag(v, outer), tag(v, x));
  f(34, lemma, t.word, word(v, outer));
  uint64_t tags = 5;
  for (int j = low; j <= high && j < low + 6; ++j) tags = tags * 61 + static_cast<uint64_t>(tag(v, j));
  f(35, tags);
  f(36, tags, lemma);
  f(37, tags, tag(v, outer));
  f(38, t.in_phrase() && (begins ? t.phrase_begin != x : t.phrase_end != x));
  f(39, static_cast<int>(v.at(outer).quotation));
  f(40, few(v, V::kVerbs, low, high, 8), tag(v, outer));
}

}  // namespace newsnlp
