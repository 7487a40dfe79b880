#include "content_ends.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr float kLikely = 0.4F;  // score
constexpr int kReach = 24;       // tokens of a content that are looked at

WordKinds kinds_of(const Workspace& workspace, const RecordWords& words, int token) {
  return words.kinds(workspace.types[workspace.word[static_cast<size_t>(token)]].lower);
}

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
  if (t.tag != Tag::IN && t.tag != Tag::TO) return false;
  if (v.at(i + 1).is(W::kDay)) return true;
  return kinds_of(workspace, words, i).has(WordKind::Through) && v.at(i + 1).in_phrase();
}

// "not respond to our questions | by press time"
bool is_deadline(const Workspace& workspace, const ArticleView& v, int i) {
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
    if (!ends_refusal(workspace, v, words, verb, i) && !is_deadline(workspace, v, i)) continue;
    k.right_end = v.at(i - 1).is(W::kComma) ? i - 2 : i - 1;
    return;
  }
}

}  // namespace

void leave_next_deeds(const ArticleView& v, std::vector<CueReading>& readings) {
  int covered = -1;  // by contents of likely readings
  for (CueReading& r : readings) {
    const bool inner = r.cue <= covered;
    if (r.score >= kLikely && !r.analyses.empty()) covered = std::max(covered, r.analysis().content.right_end);
    if (inner || r.certain || r.own || r.analyses.empty() || !v.at(r.cue).verb) continue;
    Content& k = r.analyses[r.best].content;
    if (k.left() || !k.right() || v.at(k.right_begin).sentence != v.at(r.cue).sentence) continue;
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

void mend_content(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || !v.at(r.cue).verb) return;
  take_object(workspace, v, words, r);
  leave_circumstances(workspace, v, words, r);
}

}  // namespace newsnlp
