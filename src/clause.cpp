#include "clause.h"

#include <algorithm>
#include <cstdlib>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kMaxSkips = 6;
constexpr int kFirstVerbWindow = 20;

// Kinds of noun phrase by what follows it: 1 nothing … 10 anything else.
int follower(const ViewToken& next, const ArticleView& v, int at) {
  if (next.finite) return 2;
  if (next.is(W::kThat)) return 3;
  if (next.is(W::kTo)) return 4;
  if (next.opens()) return 5;
  if (next.is(W::kComma)) return 6;
  if (next.tag == Tag::IN) return v.ahead(at + 1).distance > 0 && at + 1 <= v.at(at).sentence_end ? 8 : 7;
  if (next.tag == Tag::VBG) return 9;
  return 10;
}

// "on Monday", "in an interview" before what the cue reports.
bool is_adjunct(const ArticleView& v, int j, int end, int& next) {
  const ViewToken& t = v.at(j);
  if (!t.is(W::kPlaceJunction) || j + 1 > end || v.at(j + 1).phrase_begin != j + 1 || t.tag == Tag::RP) return false;
  next = v.at(j + 1).phrase_end + 1;
  if (next > end) return false;
  const ViewToken& q = v.at(next);
  return q.is(W::kThat) || q.opens() || q.is(W::kComma) || q.phrase_begin == next;
}

}  // namespace

int bucket(int distance) noexcept {
  const int d = std::abs(distance);
  const int b = d < 6 ? d : d < 8 ? 6 : d < 11 ? 7 : d < 16 ? 8 : d < 22 ? 9 : d < 30 ? 10 : d < 45 ? 11 : 12;
  return distance < 0 ? -b : b;
}

Neighbour complement(const ArticleView& v, int cue) {
  const int end = v.at(cue).sentence_end;
  int j = cue + 1;
  int skips = 0;
  for (; j <= end && skips < kMaxSkips; ++skips) {
    const ViewToken& t = v.at(j);
    int next = 0;
    if (t.adverb && t.tag != Tag::RP) {
      ++j;
    } else if (is_adjunct(v, j, end, next)) {
      j = next;
    } else if (t.is(W::kDay) && t.phrase_begin == j && t.phrase_end == j) {
      ++j;
    } else {
      break;
    }
  }
  if (j > end) return {1, j};
  const ViewToken& t = v.at(j);
  const int base = skips > 0 ? 200 : 100;
  if (t.phrase_begin != j) return {base + t.junction * 3 + 1000, j};
  int q = t.phrase_end + 1;
  while (q <= end && v.at(q).adverb) ++q;
  const int kind = q > end ? 1 : follower(v.at(q), v, q);
  return {base + kind + (t.tag == Tag::PRP ? 20 : t.is(W::kCapital) ? 40 : 0), j};
}

Neighbour subject_side(const ArticleView& v, int cue) {
  const int begin = v.at(cue).sentence_begin;
  int j = cue - 1;
  int skips = 0;
  while (j >= begin && skips < 5 &&
         (v.at(j).adverb || v.at(j).tag == Tag::MD || (v.at(j).verb && v.at(j).is(W::kAuxiliary)))) {
    --j;
    ++skips;
  }
  if (j < begin) return {1, j};
  const ViewToken& t = v.at(j);
  const int skipped = skips > 0 ? 100 : 0;
  if (t.phrase_end != j) return {1000 + t.junction + skipped, j};
  const int b = t.phrase_begin - 1;
  const ViewToken& before = v.at(b);
  const int kind = b < begin               ? 1
                   : before.is(W::kComma)  ? 2
                   : before.tag == Tag::IN ? 3
                   : before.closes()       ? 4
                   : before.verb           ? 5
                   : before.is(W::kThat)   ? 6
                                           : 7;
  const int type = t.tag == Tag::PRP ? 20 : t.is(W::kCapital) ? 40 : t.is(W::kRole) ? 60 : 0;
  return {10 + kind + type + skipped, j};
}

void clause_end_features(const ArticleView& v, int cue, int begin, int end, uint32_t group, FeatureList& f) {
  constexpr int kComma = 1;
  constexpr int kDash = 24;
  const auto coordinator = [](int junction) { return junction >= 2 && junction <= 4; };
  const int first = v.at(end + 1).junction;
  int second = 0;
  int y = end + 1;
  if (first == kComma || first == kDash) {
    second = v.at(end + 2).junction;
    y = end + 2;
  }
  if (coordinator(v.at(y).junction)) {
    ++y;
    if (first != kComma && first != kDash) second = v.at(y).junction;
  }
  const int opener = v.at(begin).junction;
  if (v.at(end + 1).sentence != v.at(end).sentence) {
    f(group, 1, opener);
    return;
  }
  const int third = v.at(y).junction;
  const ClauseAhead none;
  const ClauseAhead& a = v.valid(y) ? v.ahead(y) : none;
  const int own = v.at(begin).next_finite;
  const bool has_own = own >= 0 && own <= std::min(end, begin + kFirstVerbWindow - 1);
  const int finites = std::min(v.count(ArticleView::kFinites, begin, end), 2);
  const bool cue_tense = a.verb >= 0 && v.at(a.verb).tag == v.at(cue).tag;
  const bool own_tense = a.verb >= 0 && has_own && v.at(a.verb).tag == v.at(own).tag;
  const int gap = a.distance == 0 ? 0 : a.distance == 1 ? 1 : a.distance < 5 ? 2 : 3;
  const bool verb_next = third >= 70 && third <= 73;
  const bool same_as_cue = verb_next && v.at(y).tag == v.at(cue).tag;
  const bool same_as_own = verb_next && has_own && v.at(y).tag == v.at(own).tag;
  const int joint = first * 100 + second;
  const uint32_t lemma = v.at(cue).lemma;
  const int cue_tag = static_cast<int>(v.at(cue).tag);
  bool occasion = false;
  for (int j = y; j < y + 3; ++j) occasion |= v.at(j).tag == Tag::CD || v.at(j).is(W::kOccasion);
  f(group, joint, third);
  f(group + 1, joint, a.subject, gap);
  f(group + 2, joint, cue_tense, own_tense, finites);
  f(group + 3, joint, lemma);
  f(group + 4, joint, opener, finites);
  f(group + 5, joint, third, same_as_cue, same_as_own, finites);
  f(group + 6, first, a.subject, gap * 2 + a.more, opener, finites);
  f(group + 7, joint, v.at(end).junction, opener);
  f(group + 8, joint, bucket(end - begin), finites);
  f(group + 9, joint, third, a.subject * 4 + gap, opener);
  f(group + 10, joint, cue_tag, same_as_cue, same_as_own);
  f(group + 11, joint, a.verb >= 0 ? v.at(a.verb).lemma : 0U);
  f(group + 12, joint, v.at(y).is(W::kCue) || (a.verb >= 0 && v.at(a.verb).is(W::kCue)), a.subject);
  f(group + 13, first, third, occasion, opener);
  f(group + 14, first, occasion, finites, v.at(end).sentence_end - end < 8);
}

}  // namespace newsnlp
