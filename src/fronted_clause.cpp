#include "fronted_clause.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr int kReach = 60;  // tokens of a content that are looked at

// "although", "while", "when", "after", "if": the numbers of junction.
bool opens_clause(const ViewToken& t) {
  constexpr Junction kWhen = 8, kWhereas = 19;
  return t.junction >= kWhen && t.junction <= kWhereas;
}

// A subject and its finite verb, with nothing but adverbs and "of" phrases between.
bool begins_main_clause(const ArticleView& v, int i, int end) {
  while (i < end && (v.at(i).adverb || v.at(i).opens())) ++i;
  if (!v.at(i).in_phrase() && v.at(i).tag != Tag::PRP && v.at(i).tag != Tag::EX) return false;
  if (v.at(i).tag == Tag::WDT || v.at(i).tag == Tag::WP) return false;
  int t = v.at(i).in_phrase() ? v.at(i).phrase_end + 1 : i + 1;
  while (t < end && ((v.at(t).tag == Tag::IN && v.at(t + 1).in_phrase()) || v.at(t).adverb))
    t = v.at(t).adverb ? t + 1 : v.at(t + 1).phrase_end + 1;
  if (t < end && v.at(t).closes()) ++t;
  if (t < end && (v.at(t).tag == Tag::WP || v.at(t).tag == Tag::WDT)) return v.count(V::kFinites, t, end) > 1;
  return t <= end && v.at(t).finite;
}

// "Although Norland denied that it fired, it paid.": the token of the last comma before the main clause; -1: none.
int main_clause_comma(const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  const int begin = v.at(r.cue).sentence_begin;
  const ViewToken& first = v.at(begin);
  constexpr Junction kAs = 10;
  if (!opens_clause(first) || (first.junction == kAs && !v.at(k.right_begin).is(W::kThat))) return -1;
  const int source = r.analysis().source;
  if (!v.at(r.cue).finite || source <= begin || source > r.cue) return -1;
  if (v.at(k.right_begin).sentence != v.at(r.cue).sentence || v.count(V::kCommas, begin, k.right_begin) > 0) return -1;
  if (v.count(V::kQuoted, k.right_begin, k.right_end) > 0 || v.at(k.right_end).sentence != v.at(r.cue).sentence)
    return -1;
  for (int i = k.right_begin + 1; i < k.right_end && i < k.right_begin + kReach; ++i)
    if (v.at(i).is(W::kComma) && begins_main_clause(v, i + 1, k.right_end)) return i;
  return -1;
}

// "Referring to the minister, she said | “…”", but not "Owing to the storm, she said, the line is closed".
bool is_participle_front(const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                         const CueReading& r) {
  const Content& k = r.analysis().content;
  const ViewToken& t = v.at(k.left_begin);
  if (t.sentence_begin != k.left_begin || (t.tag != Tag::VBG && t.tag != Tag::VBN) || t.mark()) return false;
  const auto type = workspace.word[static_cast<size_t>(k.left_begin)];
  if (words.kinds(workspace.types[type].lower).has(WordKind::ParticiplePreposition)) return false;
  if (v.count(V::kFinites, k.left_begin, k.left_end) > 0 || v.count(V::kQuoted, k.left_begin, k.left_end) > 0)
    return false;
  const int source = r.analysis().source;
  if (source <= k.left_end || source > r.cue || v.at(k.right_begin).sentence != t.sentence) return false;
  return v.at(k.right_begin).opens() || v.count(V::kCommas, r.cue, k.right_begin) == 0;
}

// "that when", "while", "that with": the content begins with what stands in front of its main clause.
bool begins_with_front(const ArticleView& v, const Content& k) {
  constexpr Junction kWhen = 8, kWhile = 9, kAfter = 11, kAlthough = 14, kWhereas = 19;
  const bool that = v.at(k.right_begin).is(W::kThat) && v.at(k.right_begin).phrase_end <= k.right_begin;
  int i = k.right_begin + (that ? 1 : 0);
  while (that && v.at(i).adverb && i < k.right_end) ++i;  // "that as soon as"
  const ViewToken& t = v.at(i);
  if (that) return t.tag == Tag::IN || t.tag == Tag::WRB || opens_clause(t);
  return t.junction == kWhen || t.junction == kWhile || t.junction == kAfter || t.junction == kAlthough ||
         t.junction == kWhereas;
}

// "alleges the couple, | who ran a farm, belonged to a gang": the content is no more than the subject of a clause. The
// comma before its verb; -1: it is none.
int subject_end(const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  const int comma = k.right_end + 1;
  const ViewToken& t = v.at(k.right_begin);
  if (k.right_begin != r.cue + 1 || !t.in_phrase() || v.count(V::kFinites, k.right_begin, k.right_end) > 0 ||
      v.count(V::kQuoted, k.right_begin, k.right_end) > 0)
    return -1;
  if (v.at(comma + 1).tag != Tag::WDT && v.at(comma + 1).tag != Tag::WP) return -1;
  const int end = std::min(t.sentence_end, comma + kReach);
  for (int i = comma + 2; i < end; ++i) {
    if (v.at(i).opens()) return -1;
    if (!v.at(i).is(W::kComma)) continue;
    int verb = i + 1;
    while (verb < end && v.at(verb).adverb) ++verb;
    return v.at(verb).finite ? i : -1;
  }
  return -1;
}

// The end of the main clause behind the comma, without "…, he added" and "…, saying …".
int main_clause_end(const ArticleView& v, int comma) {
  int end = v.at(comma).sentence_end;
  if (v.at(end).tag == Tag::Period && !v.at(end).inside()) --end;
  for (int i = comma + 2; i < end; ++i) {
    if (!v.at(i).is(W::kComma)) continue;
    int t = i + 1;
    if (v.at(t).in_phrase() || v.at(t).tag == Tag::PRP) t = v.at(t).in_phrase() ? v.at(t).phrase_end + 1 : t + 1;
    const ViewToken& verb = v.at(t);
    if ((verb.finite || verb.tag == Tag::VBG) && verb.is(W::kListed) && verb.is(W::kSpeech)) return i - 1;
  }
  return end;
}

}  // namespace

void leave_fronted_clause(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (r.cue < 0 || r.certain || r.own || !k.right()) return;
  if (k.left()) {
    if (!is_participle_front(workspace, v, words, r)) return;
    k.left_begin = k.left_end = -1;
    k.side = Side::Right;
  } else if (const int comma = main_clause_comma(v, r); comma > k.right_begin) {
    k.right_end = comma - 1;
  }
}

bool finish_fronted_contents(const ArticleView& v, const std::vector<CueReading*>& chosen) {
  bool any = false;
  for (size_t i = 0; i < chosen.size(); ++i) {
    CueReading& r = *chosen[i];
    if (r.analyses.empty() || r.cue < 0 || r.certain || r.own) continue;
    Content& k = r.analyses[r.best].content;
    if (k.left() || !k.right() || !v.at(k.right_end + 1).is(W::kComma)) continue;
    const bool speech = v.at(r.cue).is(W::kSpeech);
    if (!speech && (!v.at(r.cue).finite || !v.at(k.right_begin).is(W::kThat))) continue;  // "believes that if"
    const bool front = begins_with_front(v, k) && r.cue != v.at(r.cue).sentence_begin;  // "Asked | when it closes, …"
    if (!front && !speech) continue;
    const int comma = front ? k.right_end + 1 : subject_end(v, r);
    if (comma < 0) continue;
    const int sentence_end = v.at(comma).sentence_end;
    if (v.at(k.right_begin).sentence != v.at(comma).sentence || sentence_end - comma > kReach) continue;
    if (front && !begins_main_clause(v, comma + 1, sentence_end)) continue;
    int end = main_clause_end(v, comma);
    // "alleged the rules, which …, were old | and called on the minister"
    for (size_t j = i + 1; !front && j < chosen.size() && chosen[j]->cue <= end; ++j) {
      const int next = chosen[j]->cue;
      if (next > comma + 2 && v.at(next).tag == v.at(r.cue).tag && v.at(next).is(W::kSpeech) &&
          v.at(next - 1).is(W::kCoordinator))
        end = next - 2;
    }
    bool free = true;  // nobody behind says what the content would take
    for (size_t j = i + 1; j < chosen.size() && v.at(chosen[j]->cue).sentence_begin <= end; ++j)
      if (chosen[j]->cue > end && !chosen[j]->analyses.empty())
        chosen[j]->analysis().content.each([&](int a, int b) { free &= a > end || b < comma; });
    if (!free) continue;
    k.right_end = end;
    for (size_t j = i + 1; j < chosen.size() && chosen[j]->cue <= end; ++j) {
      if (chosen[j]->cue < comma) continue;
      chosen[j]->analyses.clear();
      any = true;
    }
  }
  return any;
}

}  // namespace newsnlp
