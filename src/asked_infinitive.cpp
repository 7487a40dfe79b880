#include "asked_infinitive.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kReach = 8;  // tokens that a content may have lost

// "urged | people over 65 on Tuesday | not to travel": where what was asked for begins, behind whom it was asked of;
// -1: there is none.
int asked_begin(const ArticleView& v, int cue) {
  int i = cue + 1;
  if (!v.at(i).in_phrase() && v.at(i).tag != Tag::PRP) return -1;
  i = v.at(i).in_phrase() ? v.at(i).phrase_end + 1 : i + 1;
  while (v.at(i).tag == Tag::IN && v.at(i + 1).in_phrase() && i - cue < kReach) i = v.at(i + 1).phrase_end + 1;
  int to = i;
  while (v.at(to).adverb) ++to;
  return to < v.at(cue).sentence_end && v.at(to).is(W::kTo) && v.at(to + 1).tag == Tag::VB ? i : -1;
}

}  // namespace

bool is_infinitive(const ArticleView& v, int to) {
  return v.at(to).is(W::kTo) && (v.at(to + 1).tag == Tag::VB || (v.at(to + 1).adverb && v.at(to + 2).tag == Tag::VB));
}

void begin_with_infinitive(const ArticleView& v, WordKinds kinds, CueReading& r) {
  const bool told = kinds.has(WordKind::ToldVerb);
  if ((!told && !kinds.has(WordKind::RefusalVerb)) || r.certain || !v.at(r.cue).verb) return;
  Content& k = r.analyses[r.best].content;
  if (!k.right() || k.left()) return;
  if (told && k.right_begin == r.cue + 1) {
    const int asked = asked_begin(v, r.cue);
    // The labels have "people to leave the city at once" as well: what is asked for begins it only where it is short.
    if (asked < 0 || (asked - k.right_begin) * 3 < (k.right_end + 1 - asked) * 2) return;
    k.right_begin = asked;
    if (k.right_end >= asked) return;
    k.right_end = v.at(asked).sentence_end;
    if (v.at(k.right_end).tag == Tag::Period) --k.right_end;
    return;
  }
  int begin = r.cue + 1;
  if (told && v.at(begin).in_phrase()) begin = v.at(begin).phrase_end + 1;
  int to = begin;
  while (v.at(to).adverb) ++to;
  if (!is_infinitive(v, to)) return;
  if (k.right_begin <= begin || k.right_begin > begin + kReach || k.right_begin > v.at(r.cue).sentence_end) return;
  k.right_begin = begin;
  r.cue_end = r.cue;
}

void give_back_infinitive(const ArticleView& v, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (r.cue_end <= r.cue || !k.right() || !v.at(r.cue + 1).is(W::kTo) || v.at(r.cue + 2).tag != Tag::VB) return;
  r.cue_end = r.cue;
  k.right_begin = r.cue + 1;
}

}  // namespace newsnlp
