#include "content_judge.h"

#include <algorithm>
#include <array>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

// The share of the likeliest one's probability, as a step: 0 (the same) … 12.
int share_step(float p, float best) {
  static constexpr std::array<float, 12> kSteps = {0.9F,  0.75F, 0.6F,  0.45F, 0.33F, 0.25F,
                                                   0.18F, 0.12F, 0.08F, 0.05F, 0.03F, 0.015F};
  int k = 0;  // without a branch
  for (const float step : kSteps) k += p < best * step ? 1 : 0;
  return k;
}

// The first finite verb in [a, b]: 0 none, 6 behind its subject; else it opens [a, b], its subject is another's, …
int clause_state(const ArticleView& v, int a, int b) {
  const int verb = v.next_finite(a);
  if (v.count(V::kFinites, a, b) == 0) return 0;
  if (verb < 0 || verb > b) return 1;  // in a later sentence
  if (verb == a) return 2;
  const int subject = v.at(verb).subject();
  return subject < 0 ? 3 : subject < a ? 4 : subject > verb ? 5 : 6;
}

// Of a content's parts; 9: there is none.
struct States {
  States(const ArticleView& v, const Content& k)
      : left(k.left() ? clause_state(v, k.left_begin, k.left_end) : 9),
        right(k.right() ? clause_state(v, k.right_begin, k.right_end) : 9) {}
  int left, right;
};

template <class Sink>
Sink right_features(const ArticleView& v, int cue, const Content& k, int state, Sink f) {
  const int b = k.right_begin;
  const int e = k.right_end;
  const ViewToken& c = v.at(cue);
  const ViewToken& o = v.at(b);
  const ViewToken& t = v.at(e);
  const int open = o.junction;
  const int finites = few(v, V::kFinites, b, e, 3);
  const int odd_commas = v.count(V::kCommas, b, e) & 1;
  const int odd_marks = v.count(V::kMarks, b, e) & 1;
  const int ends = e >= t.sentence_end || v.at(e + 1).tag == Tag::Period ? 1 : 0;
  const int next = v.at(e + 1).junction;
  const int next2 = v.at(e + 2).junction;
  f(10, open, state, ends);
  f(13, c.lemma, open);
  f(14, c.lemma, open, state);
  f(15, c.lemma, ends, finites);
  f(16, odd_commas, ends, next);
  f(17, odd_marks, o.opens(), static_cast<int>(t.quotation), static_cast<int>(v.at(e + 1).quotation));
  f(24, b == cue + 1, open, ends);
  f(26, odd_commas, next, next2, finites);
  const int rest = e < t.sentence_end ? v.next_finite(e + 1) : -1;
  const int relation = verb_relation(v, cue, b, e, rest);
  f(28, relation, open, finites, static_cast<int>(k.side));
  f(33, few(v, V::kCues, b, e, 3), finites, ends);
  f(34, few(v, V::kCommas, b, e, 4), finites, ends);
  return f;
}

template <class Sink>
Sink left_features(const ArticleView& v, int cue, const Content& k, int state, Sink f) {
  const int b = k.left_begin;
  const int e = k.left_end;
  const ViewToken& o = v.at(b);
  const int begins = o.sentence_begin == b ? 1 : 0;
  const int before = v.at(b - 1).junction;
  const int side = static_cast<int>(k.side);
  f(40, begins, state, o.junction);
  f(41, begins, state, v.at(e + 1).junction, side);
  f(42, before, state, o.junction);
  f(46, bucket(cue - e), state, side);
  f(49, word(v, e + 1), side, state);
  return f;
}

template <class Sink>
Sink both_features(const ArticleView& v, int cue, const Content& k, const States& states, Sink f) {
  const int left = states.left;
  const int right = states.right;
  f(60, left, right);
  if (k.right()) f(61, left, v.at(k.right_begin).junction, v.at(k.right_begin - 1).junction);
  if (k.left()) f(62, right, v.at(k.left_end + 1).junction, v.at(k.left_end).junction);
  // What stands before the cue's clause, and is left out.
  const int s = v.at(cue).sentence_begin;
  const int verb = v.next_finite(s);
  const bool clause_before = verb >= 0 && verb < cue && v.at(verb).subject() != v.at(cue).subject();
  f(63, static_cast<int>(k.side), clause_before, right, few(v, V::kCommas, s, cue, 3));
  // A quotation beside the cue's clause that the content leaves out.
  constexpr int kBeside = 9;
  const int first = std::max(v.at(cue).paragraph_begin, cue - kBeside + 1);
  const int last = std::min(v.at(cue).paragraph_end, cue + kBeside - 1);
  int closes = 0;
  int opens = 0;
  for (int j = v.count(V::kMarks, first, cue - 1) > 0 ? cue - 1 : -1; j >= first && closes == 0; --j)
    if (v.at(j).closes()) closes = v.at(j).sentence == v.at(cue).sentence ? 1 : 2;
  for (int j = v.count(V::kMarks, cue + 1, last) > 0 ? cue + 1 : last + 1; j <= last && opens == 0; ++j)
    if (v.at(j).opens()) opens = v.at(j).sentence == v.at(cue).sentence ? 1 : 2;
  const int own = (k.left() && v.at(k.left_end).closes() ? 1 : 0) + (k.right() && v.at(k.right_begin).opens() ? 2 : 0);
  f(65, static_cast<int>(k.side), closes, opens, own);
  return f;
}

// The stretch by which this right end is longer (+) or shorter than the rival's.
template <class Sink>
Sink end_gap_features(const ArticleView& v, int cue, const Content& k, const Content& rival, Sink f) {
  const int e = k.right_end;
  const int r = rival.right_end;
  const int sign = e > r ? 1 : 2;
  const int a = std::min(e, r) + 1;
  const int z = std::max(e, r);
  const int ends = z >= v.at(z).sentence_end || v.at(z + 1).tag == Tag::Period;
  const int same = v.at(a).sentence == v.at(z).sentence;
  const int first = v.at(a).junction;
  const int second = v.at(a + 1).junction;
  f(74, sign, tag(v, a), tag(v, a + 1), tag(v, a + 2));
  f(75, sign, same, ends, static_cast<int>(v.at(a).quotation), static_cast<int>(v.at(z).quotation));
  f(77, sign, first, second, v.at(k.right_begin).junction);
  const int verb = v.next_finite(a);
  const bool held = verb >= 0 && verb <= z;
  const int relation = verb_relation(v, cue, k.right_begin, a - 1, held ? verb : -1);
  if (held) f(81, sign, relation, v.at(verb).tag == v.at(cue).tag, tag(v, verb));
  bool occasion = false;
  for (int j = a; j < a + 4 && j <= z; ++j) occasion |= v.at(j).tag == Tag::CD || v.at(j).is(W::kOccasion);
  f(82, sign, occasion, first, ends);
  f(83, sign, few(v, V::kCues, a, z, 2), first, ends);
  const int words = v.count(V::kWords, a, z);
  const int quoted = v.count(V::kQuoted, a, z);
  const int own = v.count(V::kQuoted, k.right_begin, a - 1);
  f(84, sign, quoted == 0 ? 0 : quoted == words ? 2 : 1, own > 0, first);
  f(86, sign, v.at(a).class_256, v.at(a + 1).class_256);
  return f;
}

// The stretch by which this begin differs from the rival's.
template <class Sink>
Sink begin_gap_features(const ArticleView& v, int cue, int b, int r, bool right, Sink f) {
  const int sign = (b < r ? 1 : 2) + (right ? 0 : 2);
  const int a = std::min(b, r);
  const int z = std::max(b, r) - 1;
  const uint32_t lemma = v.at(cue).lemma;
  f(91, sign, lemma, bucket(z - a));
  f(93, sign, v.at(a).junction, v.at(z).junction, v.at(z + 1).junction);
  f(94, sign, lemma, word(v, z + 1));
  f(95, sign, few(v, V::kFinites, a, z, 2), v.at(z + 1).junction);
  f(97, sign, lemma, v.at(a).junction, v.at(z + 1).junction);
  return f;
}

}  // namespace

template <class Sink>
Sink whole_content_features(const ArticleView& v, int cue, std::span<const Content> contents, size_t index, Sink f) {
  const Content& k = contents[index];
  const Content& rival = contents[index == 0 ? 1 : 0];
  const int side = static_cast<int>(k.side);
  const int step = share_step(k.probability, contents[0].probability);
  const int rival_step = share_step(contents[1].probability, contents[0].probability);
  f(1, step);
  f(2, static_cast<int>(index), static_cast<int>(contents.size()));
  f(3, step, side, static_cast<int>(rival.side));
  f(4, index == 0, rival_step);
  const States states(v, k);
  if (k.right()) f = right_features(v, cue, k, states.right, f);
  if (k.left()) f = left_features(v, cue, k, states.left, f);
  f = both_features(v, cue, k, states, f);
  if (k.right() && rival.right()) {
    if (k.right_end != rival.right_end) f = end_gap_features(v, cue, k, rival, f);
    if (k.right_begin != rival.right_begin) f = begin_gap_features(v, cue, k.right_begin, rival.right_begin, true, f);
  }
  if (k.left() && rival.left() && k.left_begin != rival.left_begin)
    f = begin_gap_features(v, cue, k.left_begin, rival.left_begin, false, f);
  return f;
}

template FeatureGather whole_content_features(const ArticleView&, int, std::span<const Content>, size_t, FeatureGather);
template FeatureWriter whole_content_features(const ArticleView&, int, std::span<const Content>, size_t, FeatureWriter);

void ask_contents(const ArticleView& view, const LinearRanker& ranker, int cue, std::span<const Content> contents,
                  FeatureBatch& batch) {
  if (contents.size() < 2) return;
  for (size_t i = 0; i < contents.size(); ++i)
    batch.add(ranker, [&](FeatureGather f) { return whole_content_features(view, cue, contents, i, f); });
}

void judge_contents(const LinearRanker& ranker, std::span<Content> contents, const FeatureBatch& batch, size_t& first) {
  if (contents.size() < 2) return;
  std::array<int32_t, kMostContents> sums{};
  const size_t n = std::min(contents.size(), kMostContents);
  int32_t best = 0;
  float all = 0;
  for (size_t i = 0; i < n; ++i) {
    sums[i] = batch.sum(first++);
    best = i == 0 ? sums[i] : std::max(best, sums[i]);
    all += contents[i].probability;
  }
  std::array<double, kMostContents> weights{};
  static_assert(kMostContents % 2 == 0);
  ranker.weigh(sums.data(), n, best, weights.data());
  double total = 0;
  for (size_t i = 0; i < n; ++i) total += weights[i];
  for (size_t i = 0; i < n; ++i)
    contents[i].probability = static_cast<float>(static_cast<double>(all) * weights[i] / total);
}

}  // namespace newsnlp
