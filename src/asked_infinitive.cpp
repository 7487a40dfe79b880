#include "asked_infinitive.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kReach = 8;  // tokens that a content may have lost

}  // namespace

void begin_with_infinitive(const ArticleView& v, WordKinds kinds, CueReading& r) {
  const bool told = kinds.has(WordKind::ToldVerb);
  if ((!told && !kinds.has(WordKind::RefusalVerb)) || r.certain || !v.at(r.cue).verb) return;
  Content& k = r.analyses[r.best].content;
  if (!k.right() || k.left()) return;
  int begin = r.cue + 1;
  if (told && v.at(begin).in_phrase()) begin = v.at(begin).phrase_end + 1;
  int to = begin;
  while (v.at(to).adverb) ++to;
  if (!v.at(to).is(W::kTo) || v.at(to + 1).tag != Tag::VB) return;
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
