#include "content_ends.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr float kLikely = 0.4F;  // score
constexpr int kReach = 24;       // tokens of a content that are looked at

bool is_past(const ViewToken& t) {
  return t.tag == Tag::VBD || t.tag == Tag::VBN;
}

// "accused the mayor of | lying", "dismissed the story as | “fantasy”": whom and what it is said of. But "made no
// mention of | it", "warned last month of | it".
void take_object(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  const int object = r.cue + 1;
  if (k.left() || r.cue_end <= object || k.right_begin < object || k.right_begin > r.cue_end + 1) return;
  if (v.at(object).tag != Tag::PRP && v.at(object).phrase_begin != object) return;
  const ViewToken& last = v.at(r.cue_end);
  const bool as = last.is(W::kTimeJunction) && last.tag == Tag::IN && v.at(r.cue).is(W::kSpeech);
  if (!as && !(last.is(W::kOf) && kinds_of(workspace, words, r.cue).has(WordKind::JudgingVerb))) return;
  r.cue_end = r.cue;
  k.right_begin = object;
}

// "to comment | when asked", "to answer questions | through a spokesman", "to say | on Monday"; but "to say when".
// `verb`: what is refused.
bool ends_refusal(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int verb, int i) {
  const ViewToken& t = v.at(i);
  constexpr Junction kWhen = 8, kWhereas = 19;
  if (t.junction >= kWhen && t.junction <= kWhereas)
    return v.at(i - 1).tag != Tag::IN && (i > verb + 1 || !kinds_of(workspace, words, verb).has(WordKind::ToVerb));
  if (t.is(W::kDay) || (!t.is(W::kCapital) && kinds_of(workspace, words, i).has(WordKind::SaidTime))) return true;
  // "last night", "this week"
  if (t.phrase_begin == i && t.phrase_end == i + 1 && kinds_of(workspace, words, i).has(WordKind::DateWord) &&
      kinds_of(workspace, words, i + 1).has(WordKind::DateWord))
    return true;
  if (t.tag != Tag::IN && t.tag != Tag::TO) return false;
  if (v.at(i + 1).is(W::kDay)) return true;
  return kinds_of(workspace, words, i).has(WordKind::Through) && v.at(i + 1).in_phrase();
}

// "not respond to our questions | by press time", "… | till the filing of this report"
bool is_deadline(const Workspace& workspace, const ArticleView& v, int i) {
  if (workspace.types.lower(workspace.word[static_cast<size_t>(i)]) == "till") return v.at(i + 1).in_phrase();
  if (!v.at(i).is(W::kBy) || !v.at(i + 1).in_phrase()) return false;
  const std::string_view head = workspace.types.lower(workspace.word[static_cast<size_t>(v.at(i + 1).phrase_end)]);
  return head == "time" || head == "deadline" || head == "publication";
}

bool is_negated(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int cue) {
  for (int i = cue - 1; i >= cue - 3 && (v.at(i).verb || v.at(i).adverb); --i)
    if (v.at(i).adverb && kinds_of(workspace, words, i).has(WordKind::Negation)) return true;
  return false;
}

void leave_circumstances(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (k.left() || !k.right() || v.at(k.right_begin).is(W::kThat) || v.at(k.right_begin).opens()) return;
  const ViewToken& first = v.at(k.right_begin);
  const bool infinitive = first.is(W::kTo) && v.at(k.right_begin + 1).tag == Tag::VB;
  const bool refuses = infinitive && kinds_of(workspace, words, r.cue).has(WordKind::RefusalVerb);
  if (!refuses &&
      (infinitive || first.adverb || first.is(W::kSubordinator) || first.tag == Tag::WRB || first.tag == Tag::WP ||
       first.tag == Tag::WDT || !v.at(r.cue).is(W::kSpeech) || !is_negated(workspace, v, words, r.cue)))
    return;
  const int verb = refuses ? k.right_begin + 1 : r.cue;
  const int end = std::min(k.right_end, k.right_begin + kReach);
  for (int i = (refuses ? verb : k.right_begin) + 1; i <= end; ++i) {
    if (v.at(i).finite || v.at(i).mark()) return;
    const bool answers = v.at(i).is(W::kColon) && v.at(i + 1).opens();  // "refused to be drawn: | “No.”"
    if (!answers && !ends_refusal(workspace, v, words, verb, i) && !is_deadline(workspace, v, i)) continue;
    const int last = v.at(i - 1).is(W::kComma) ? i - 2 : i - 1;
    if (last >= k.right_begin) k.right_end = last;
    return;
  }
}

// "denied that it was late | and would not say why", "… and declined to comment": what the one who says it refuses.
// Where it begins; -1: it is none.
int refusal_begin(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int cue) {
  const ViewToken& t = v.at(cue);
  const bool declines = kinds_of(workspace, words, cue).has(WordKind::RefusalVerb) && v.at(cue + 1).is(W::kTo) &&
                        v.at(cue + 2).tag == Tag::VB && v.at(cue + 2).is(W::kSpeech);
  if (!declines && (t.tag != Tag::VB || !t.is(W::kSpeech) || !is_negated(workspace, v, words, cue))) return -1;
  int begin = cue;
  bool modal = declines;  // not "did not mention it", "never say never"
  while (begin > t.sentence_begin && (v.at(begin - 1).verb || v.at(begin - 1).adverb))
    modal |= v.at(--begin).tag == Tag::MD;
  if (!modal) return -1;
  const ViewToken& joint = v.at(begin - 1);
  return joint.is(W::kCoordinator) || joint.is(W::kBut) ? begin : -1;
}

// "asked how long it took | and was told that …": what he heard is another report. Where it begins; -1: it is none.
int answer_begin(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int asked, int cue) {
  if (v.at(cue).tag != Tag::VBN || !v.at(cue - 1).is(W::kBe) || !v.at(cue - 1).finite || v.at(asked).tag == Tag::VBN)
    return -1;
  const ViewToken& joint = v.at(cue - 2);
  if (!joint.is(W::kCoordinator) && !joint.is(W::kBut)) return -1;
  return kinds_of(workspace, words, cue).has(WordKind::ToldVerb) &&
                 workspace.types.lower(workspace.word[static_cast<size_t>(asked)]).starts_with("ask")
             ? cue - 1
             : -1;
}

// The content of `r` gives up a refusal, or an answer, that another reading tells of.
void leave_refusals(const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                    std::vector<CueReading>& readings, size_t i) {
  CueReading& r = readings[i];
  Content& k = r.analyses[r.best].content;
  constexpr size_t kNear = 16;  // readings
  for (size_t j = i + 1; j < std::min(readings.size(), i + kNear) && readings[j].cue <= k.right_end; ++j) {
    CueReading& next = readings[j];
    if (next.certain || next.analyses.empty() || next.analysis().content.left()) continue;
    const int answer = answer_begin(workspace, v, words, r.cue, next.cue);
    const int begin = answer >= 0 ? answer : refusal_begin(workspace, v, words, next.cue);
    if (begin < 0 || begin - 2 <= k.right_begin) continue;
    k.right_end = v.at(begin - 2).is(W::kComma) ? begin - 3 : begin - 2;
    Analysis& y = next.analyses[next.best];
    if (r.analysis().source < 0 || answer >= 0) return;
    y.source = r.analysis().source;
    y.source_begin = y.source_end = -1;
    return;
  }
}

// “Is it late?” he asked. | “Very late,” she replied.: a quotation that the next cue reports with a source of its own
// is no part of what was said before.
void leave_answer(const ArticleView& v, std::vector<CueReading>& readings, size_t i) {
  constexpr int kSource = 8;    // tokens from the mark to the next cue
  constexpr size_t kNear = 16;  // readings
  Content& k = readings[i].analyses[readings[i].best].content;
  const int open = k.right_begin;
  const int close = v.at(open).mate();
  if (!v.at(open).opens() || close <= open) return;
  for (size_t j = i + 1; j < std::min(readings.size(), i + kNear) && readings[j].cue <= close + kSource; ++j) {
    CueReading& next = readings[j];
    const ViewToken& cue = v.at(next.cue);
    if (next.cue <= close || next.analyses.empty() || !cue.finite || !cue.is(W::kSpeech) ||
        cue.sentence != v.at(close).sentence || v.count(V::kMarks, close + 1, next.cue) > 0)
      continue;
    Content& x = next.analyses[next.best].content;
    const int source = next.analysis().source;
    if (!x.left() || x.left_end < open || (source >= 0 && source < close)) return;
    x.left_begin = std::max(x.left_begin, open);
    k.right_begin = k.right_end = -1;
    k.side = Side::Left;
    return;
  }
}

// "apologised | “without reservation” | to all on board"
void leave_hearer_behind(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (k.left() || !k.right() || !v.at(k.right_begin).opens()) return;
  const int close = v.at(k.right_begin).mate();
  if (close <= k.right_begin || close + 2 > k.right_end || !v.at(close + 1).is(W::kTo)) return;
  if (!v.at(close + 2).in_phrase() || v.count(V::kFinites, close + 1, k.right_end) > 0 ||
      v.count(V::kMarks, close + 1, k.right_end) > 0 || !kinds_of(workspace, words, r.cue).has(WordKind::ToVerb))
    return;
  k.right_end = close;
}

// "Mayor vows to stay | as councillors send him home": what a headline says beside it.
void leave_headline_clause(const Layers& layers, const ArticleView& v, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (!k.right() || v.at(k.right_begin).opens()) return;
  if (layers.paragraphs[static_cast<size_t>(v.paragraph(r.cue))].kind != ParagraphKind::Headline) return;
  constexpr Junction kAs = 10, kAfter = 11;
  const bool infinitive = v.at(k.right_begin).is(W::kTo);
  for (int i = k.right_begin + 1; i < std::min(k.right_end, k.right_begin + kReach); ++i) {
    const ViewToken& t = v.at(i);
    if (t.inside() || (t.junction != kAs && (t.junction != kAfter || !infinitive)) || t.tag != Tag::IN) continue;
    const ClauseAhead a = v.ahead(i + 1);
    const int next = v.at(i + 1).in_phrase() ? v.at(i + 1).phrase_end + 1 : k.right_end;
    // "as councillors send him home": verbs of headlines may be read as nouns
    const bool clause = (a.subject == 2 && a.verb <= k.right_end) ||
                        (infinitive && next < k.right_end && v.at(next).is(W::kAlnum) && v.at(next).tag != Tag::IN &&
                         v.at(next).tag != Tag::CC && !v.at(next).is(W::kTo));
    if (!clause) continue;
    k.right_end = i - 1;
    return;
  }
}

}  // namespace

void leave_next_deeds(const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                      std::vector<CueReading>& readings) {
  int covered = -1;  // by contents of likely readings
  for (CueReading& r : readings) {
    const bool inner = r.cue <= covered;
    if (r.score >= kLikely && !r.analyses.empty()) covered = std::max(covered, r.analysis().content.right_end);
    if (inner || r.certain || r.own || r.analyses.empty() || !v.at(r.cue).verb) continue;
    Content& k = r.analyses[r.best].content;
    if (k.left() && k.right()) leave_answer(v, readings, static_cast<size_t>(&r - readings.data()));
    if (k.left() || !k.right() || v.at(k.right_begin).sentence != v.at(r.cue).sentence) continue;
    if (v.at(r.cue).is(W::kSpeech) && v.at(r.cue).finite)
      leave_refusals(workspace, v, words, readings, static_cast<size_t>(&r - readings.data()));
    const ViewToken& first = v.at(k.right_begin);
    if (first.is(W::kThat) || first.tag == Tag::PRP || first.tag == Tag::WRB || first.tag == Tag::WP ||
        first.tag == Tag::WDT)
      continue;
    const int begin = first.opens() && first.mate() > k.right_begin ? first.mate() + 1 : k.right_begin;
    const int verb = v.next_finite(begin);
    if (verb < 0 || verb > k.right_end || verb > v.at(r.cue).sentence_end) continue;
    const bool past = is_past(v.at(r.cue));
    const bool same = v.at(verb).tag == Tag::MD || (v.at(verb).tag == Tag::VBD) == past;
    if (!same || (!past && !v.at(r.cue).finite)) continue;
    int joint = verb - 1;
    while (joint > begin && v.at(joint).adverb) --joint;
    if (joint <= k.right_begin || (!v.at(joint).is(W::kCoordinator) && !v.at(joint).is(W::kBut))) continue;
    const int clause = first.is(W::kTo) ? begin + 2 : begin;  // a participle may be a verb that was misread
    if (v.count(V::kVerbs, clause, joint - 1) > 0) continue;
    const int end = v.at(joint - 1).is(W::kComma) ? joint - 2 : joint - 1;
    if (end < k.right_begin) continue;
    k.right_end = end;
  }
}

void mend_content(const Layers& layers, const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                  CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || !v.at(r.cue).verb) return;
  take_object(workspace, v, words, r);
  leave_circumstances(workspace, v, words, r);
  leave_hearer_behind(workspace, v, words, r);
  leave_headline_clause(layers, v, r);
}

}  // namespace newsnlp
