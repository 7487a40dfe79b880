#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kMaxSkips = 6;

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

Neighbour complement(const ArticleView& v, int cue) {
  const int end = v.at(cue).sentence_end;
  int j = cue + 1;
  int skips = 0;
  for (; j <= end && skips < kMaxSkips; ++skips) {
    const ViewToken& t = v.at(j);
    int next = 0;
    const bool adverb = t.adverb && t.tag != Tag::RP;
    if (!adverb && is_adjunct(v, j, end, next)) {
      j = next;
    } else if (adverb || (t.is(W::kDay) && t.phrase_begin == j && t.phrase_end == j)) {
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

}  // namespace newsnlp
