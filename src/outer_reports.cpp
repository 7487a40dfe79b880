#include "outer_reports.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kCue = 0.5F;     // probability of an outer cue, at least
constexpr float kHeard = 0.5F;   // score of what a court heard, at least
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

bool is_person(const ArticleView& v, int head) {
  return v.at(head).is(W::kRole) || v.at(head).is(W::kCapital);
}

// "will tell", "is due to tell": foretold, and who said so passes it on.
bool is_foretold(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  for (int i = r.cue - 1; i >= r.cue - 4 && (v.at(i).verb || v.at(i).adverb || v.at(i).is(W::kTo)); --i)
    if (v.at(i).is(W::kTo) || kinds_of(workspace, words, i).has(WordKind::WillModal)) return true;
  return false;
}

// "Officials had insisted that the price be paid, | one of the sources said.": the whole sentence before the comma.
bool reports_sentence(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  const Content& k = r.analysis().content;
  const ViewToken& cue = v.at(r.cue);
  if (r.certain || r.own || r.cue_probability < kCue || !k.left() || k.right() || !cue.is(W::kSpeech) || !cue.verb ||
      cue.junction == kAccordingJunction)
    return false;
  if (k.left_begin != cue.sentence_begin || k.left_end >= r.cue || r.cue - k.left_begin > kReach ||
      !v.at(k.left_end + 1).is(W::kComma))
    return false;
  const int begin = k.left_end + 2;
  const int source = r.analysis().source;
  const bool before = source >= begin && source < r.cue && v.at(begin).phrase_begin == begin;
  const bool told = source < 0 && v.at(r.cue - 1).is(W::kBe);  // "…, the court was told"
  const bool inverted = begin == r.cue && source > r.cue && is_person(v, source);
  if (!before && !told && !inverted) return false;
  // "…, a claim she denied"; "…, the agency reported" passes on what others said
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  if (kinds.has(WordKind::DenialVerb) || kinds.has(WordKind::ReportVerb)) return false;
  return v.count(ArticleView::kFinites, k.left_begin, k.left_end) > 0;
}

// "He was asleep, | the court was told.", "…, a jury has heard.": what a body hears is the sentence before the comma,
// whose words the models take for other reports, or the body for what was said.
bool hears_sentence(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  constexpr int kTime = 5;  // tokens behind the cue: "on Monday"
  const ViewToken& cue = v.at(r.cue);
  const int body = cue.subject();
  if (r.certain || r.own || !cue.verb || body < 0 || body >= r.cue || r.cue + kTime < cue.sentence_end) return false;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  if (!kinds.has(WordKind::SenseVerb) && !(kinds.has(WordKind::ToldVerb) && v.at(r.cue - 1).is(W::kBe))) return false;
  if (!v.at(body).in_phrase() || !kinds_of(workspace, words, body).has(WordKind::HearingBody)) return false;
  const int comma = v.at(body).phrase_begin - 1;
  if (comma <= cue.sentence_begin + 1 || !v.at(comma).is(W::kComma)) return false;
  if (v.count(ArticleView::kVerbs, cue.sentence_begin, comma) == 0) return false;
  if (v.count(ArticleView::kVerbs, r.cue + 1, cue.sentence_end) > 0 ||
      v.count(ArticleView::kCommas, r.cue + 1, cue.sentence_end) > 0)
    return false;
  Analysis& y = r.analyses[r.best];
  y.content = {Side::Left, cue.sentence_begin, comma - 1, -1, -1, y.content.probability};
  y.source = y.source_begin = y.source_end = -1;
  r.score = std::max(r.score, kHeard);
  return true;
}

// ", said | a rescue worker who had reached him": who said it, not what. An analysis knows better.
void turn_inverted(const ArticleView& v, CueReading& r) {
  const Content& k = r.analysis().content;
  const int who = r.cue + 1;
  if (k.left() || k.right_begin != who || !v.at(r.cue - 1).is(W::kComma) || !v.at(who).in_phrase()) return;
  if (!v.at(r.cue).finite || !v.at(r.cue).is(W::kSpeech) || !is_person(v, v.at(who).phrase_end)) return;
  for (uint32_t i = 0; i < r.analyses.size(); ++i) {
    const Analysis& y = r.analyses[i];
    if (y.content.right() || y.source < who || y.source > v.at(who).phrase_end) continue;
    r.best = i;
    return;
  }
}

}  // namespace

void raise_outer_behind(const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                        std::vector<CueReading>& readings) {
  bool any = false;
  for (size_t i = 0; i < readings.size(); ++i) {
    CueReading& r = readings[i];
    if (r.cue <= 0 || r.certain || r.analyses.empty()) continue;
    turn_inverted(v, r);
    if (!hears_sentence(workspace, v, words, r) && !reports_sentence(workspace, v, words, r)) continue;
    const Content& k = r.analysis().content;
    for (size_t inner = i; inner-- > 0 && readings[inner].cue >= k.left_begin;) {
      CueReading& said = readings[inner];
      if (said.certain || said.own || said.analyses.empty()) continue;
      const Content& x = said.analysis().content;
      if (said.cue > k.left_end || x.left() || x.right_end > k.left_end || is_foretold(workspace, v, words, said))
        continue;
      r.score = std::max(r.score, said.score);
      said.analyses.clear();
      any = true;
    }
  }
  if (any) std::erase_if(readings, [](const CueReading& r) { return r.analyses.empty(); });
}

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
