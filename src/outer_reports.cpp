#include "outer_reports.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kCue = 0.5F;     // probability of an outer cue, at least
constexpr float kScore = 0.15F;  // of the inner report, at least: others hide nothing
constexpr int kAdjuncts = 6;     // tokens between the outer cue and "that"
constexpr int kReach = 64;       // from the outer cue to the clause: its adjuncts, and the longest cue

// "the accountant | had told | … that the books were false": where its clause begins; -1: it is no such report.
int clause_begin(const ArticleView& v, const CueReading& r) {
  const Analysis& y = r.analysis();
  if (r.certain || r.score < kScore || !v.at(r.cue).verb || !y.content.right() || y.content.left()) return -1;
  const int subject = v.at(r.cue).subject();
  if (y.source < 0 || y.source != subject || subject >= r.cue || !v.at(subject).in_phrase()) return -1;
  const int begin = v.at(subject).phrase_begin;
  return begin > v.at(r.cue).sentence_begin + 1 ? begin : -1;
}

// The token of "that", or else of the subject, if all between the cue and it may stand there; -1: not.
int complement_begin(const ArticleView& v, const CueReading& outer, int subject) {
  const bool that = v.at(subject - 1).is(W::kThat);
  const int begin = that ? subject - 1 : subject;
  int i = std::max(outer.cue, outer.cue_end) + 1;
  if (i > begin || begin - i > kAdjuncts) return -1;
  if (i < begin && v.at(i).in_phrase() && v.at(i).phrase_end < begin) i = v.at(i).phrase_end + 1;  // "told jurors"
  if (i == begin) return begin;
  if (!that) return -1;
  for (; i < begin; ++i)
    if (v.at(i).verb || !v.at(i).is(W::kAlnum) || v.at(i).is(W::kCoordinator) || v.at(i).is(W::kSubordinator))
      return -1;
  return begin;
}

}  // namespace

void raise_outer(const ArticleView& v, std::vector<CueReading>& readings) {
  for (size_t i = readings.size(); i-- > 1;) {
    const int subject = clause_begin(v, readings[i]);
    if (subject < 0) continue;
    const CueReading& inner = readings[i];
    for (size_t k = i; k-- > 0;) {
      CueReading& r = readings[k];
      if (r.cue < 0 || v.at(r.cue).sentence != v.at(inner.cue).sentence || subject - r.cue > kReach) break;
      if (r.certain || r.cue_probability < kCue || !v.at(r.cue).finite || !v.at(r.cue).is(W::kSpeech)) continue;
      Analysis& y = r.analyses[r.best];
      if (y.source < 0 || y.source > r.cue) continue;
      const int begin = complement_begin(v, r, subject);
      if (begin < 0) continue;
      if (!y.content.covers(inner.cue)) {
        y.content.left_begin = y.content.left_end = -1;
        y.content.right_begin = begin;
        y.content.right_end = inner.analysis().content.right_end;
        y.content.side = Side::Right;
      }
      r.score = std::max(r.score, inner.score);
      break;
    }
  }
}

}  // namespace newsnlp
