#include "opening_verbs.h"

#include <algorithm>
#include <array>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kSource = 12;  // tokens between the verb and the colon

bool is_verb(std::string_view word) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"Said", "Says", "Added", "Adds", "Asked", "Asks", "Wrote", "Writes", "Noted", "Notes", "Tweeted", "Recalled",
       "Explained", "Explains", "Continued", "Replied"});
  return std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

}  // namespace

void cue_by_opening_verb(const Layers& layers, const ArticleView& v, CueReading& r) {
  if (r.cue < 0 || !v.at(r.cue).is(W::kColon)) return;
  Analysis& y = r.analyses[r.best];
  const int verb = v.at(r.cue).sentence_begin;
  if (y.source < 0 || r.cue - verb > kSource || r.cue - verb < 2 || y.source_begin > verb + 1) return;
  if (!y.content.right() || y.content.left() || !v.at(y.content.right_begin).opens()) return;
  if (!is_verb(layers.of(layers.tokens[static_cast<size_t>(verb)])) || y.source_end <= verb) return;
  y.source_begin = verb + 1;
  y.source = std::max(y.source, verb + 1);
  r.cue = r.cue_begin = r.cue_end = verb;
}

}  // namespace newsnlp
