#include "whole_names.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kName = 24;  // tokens

// The first token of the body's name that goes on at `token`; `token`: there is none.
int name_begin(const Layers& layers, const ArticleView& v, int token) {
  const Span here = layers.tokens[static_cast<size_t>(token)].span;
  const auto m = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                      [&](const Mention& mention) { return mention.span.end <= here.begin; });
  if (m == layers.mentions.end() || m->type != EntityType::Organization || m->span.begin >= here.begin) return token;
  int begin = token;
  while (begin > v.at(token).sentence_begin && token - begin < kName &&
         layers.tokens[static_cast<size_t>(begin) - 1].span.begin >= m->span.begin)
    --begin;
  return begin;
}

// "Sheikh Al-| Sabah", "then-| president Moss": the first token of the words that are joined to the one at `token`.
int joined_begin(const Layers& layers, const ArticleView& v, int token) {
  const int first = std::max(v.at(token).sentence_begin, token - kName);
  int begin = token;
  while (begin - 2 >= first) {
    const Span before = layers.tokens[static_cast<size_t>(begin) - 1].span;
    const bool hyphen = v.at(begin - 1).is(W::kHyphen) &&
                        before.begin == layers.tokens[static_cast<size_t>(begin) - 2].span.end &&
                        before.end == layers.tokens[static_cast<size_t>(begin)].span.begin;
    if (!hyphen || !v.at(begin - 2).is(W::kAlnum)) break;
    begin = v.at(begin - 2).in_phrase() ? v.at(begin - 2).phrase_begin : begin - 2;
  }
  return begin;
}

}  // namespace

void begin_with_whole_name(const Layers& layers, const ArticleView& v, CueReading& r) {
  Analysis& y = r.analyses[r.best];
  if (r.cue >= 0 && y.source_begin > 1 && v.at(y.source_begin - 1).is(W::kHyphen))
    if (const int begin = joined_begin(layers, v, y.source_begin); begin > r.cue_end || y.source_end < r.cue_begin)
      if (!y.content.covers(begin)) y.source_begin = begin;
  if (r.cue < 0 || r.certain || y.source_begin < 3 || y.source > r.cue || !v.at(y.source_begin).is(W::kCapital)) return;
  const ViewToken& before = v.at(y.source_begin - 1);
  if (!before.is(W::kComma) && !before.is(W::kCoordinator)) return;
  int begin = name_begin(layers, v, y.source_begin);
  if (begin == y.source_begin) return;
  if (v.at(begin - 1).tag == Tag::DT) --begin;
  int head = y.source;
  const ViewToken& person = v.at(begin - 2);
  if (v.at(begin - 1).tag == Tag::IN && person.phrase_end == begin - 2 && person.is(W::kCapital) &&
      person.sentence_begin <= begin - 2) {
    head = begin - 2;
    begin = person.phrase_begin;
  }
  if (y.content.covers(begin)) return;
  y.source_begin = begin;
  y.source = head;
}

}  // namespace newsnlp
