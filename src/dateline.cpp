#include "dateline.h"

#include <algorithm>

#include "attribution_features.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kFirst = 6;    // paragraphs of the body; what happened in short may stand before it
constexpr int kLength = 16;  // tokens

// No paragraph of the body stands kFirst before it or farther off. Nearest first: mostly that one is.
bool may_have_dateline(const Layers& layers, int paragraph) {
  const auto is_body = [&](int p) { return layers.paragraphs[static_cast<size_t>(p)].kind == ParagraphKind::Body; };
  if (!is_body(paragraph)) return false;
  for (int p = paragraph - kFirst; p >= 0; --p)
    if (is_body(p)) return false;
  return true;
}

bool begins_with_place(const Layers& layers, int token) {
  const Span span = layers.tokens[static_cast<size_t>(token)].span;
  const auto it = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                       [&](const Mention& m) { return m.span.end <= span.begin; });
  return it != layers.mentions.end() && it->span.begin == span.begin && it->type == EntityType::Location;
}

// "Cape Town", "Jul 26 2022", "(IPS)", "and": no word of a sentence.
bool may_stand_in_dateline(const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  return t.is(W::kCapital) || t.tag == Tag::CD || t.is(W::kComma) || t.is(W::kCoordinator) || !t.is(W::kAlnum);
}

// The first token behind the dateline of the token's paragraph; the paragraph's first one: there is none.
int behind_dateline(const Layers& layers, const ArticleView& v, int token) {
  const int begin = v.at(token).paragraph_begin;
  if (!may_have_dateline(layers, v.paragraph(token))) return begin;
  const auto apart = [&](int i) {  // a hyphen between blanks
    return layers.tokens[static_cast<size_t>(i) - 1].span.end < layers.tokens[static_cast<size_t>(i)].span.begin;
  };
  const int end = std::min(v.at(begin).paragraph_end, begin + kLength);
  const int first = v.at(begin).is(W::kAlnum) ? begin : begin + 1;  // "(Reuters) - "
  int sign = -1;
  for (int i = begin; i < end; ++i) {
    const ViewToken& t = v.at(i);
    const bool bar = !t.is(W::kAlnum) && layers.of(layers.tokens[static_cast<size_t>(i)]) == "|";
    if (bar || t.is(W::kColon) || t.is(W::kDash) || (t.is(W::kHyphen) && i > begin && apart(i))) {
      sign = i;
      break;
    }
    if (t.mark() || t.finite || !may_stand_in_dateline(v, i)) return begin;
  }
  if (sign <= first) return begin;
  const bool capitals = first > begin || v.at(first).is(W::kFullUpper);
  // "VELDEN: The firm said", where nobody else takes a turn
  const bool label = v.at(sign).is(W::kColon) && (v.turns() > 1 || v.at(sign + 1).opens());
  if (!begins_with_place(layers, first) && (!capitals || label)) return begin;
  if (v.at(sign).is(W::kColon)) return sign + 1;
  // "CAIRO - 21 July 2022: The plan …"
  for (int i = sign + 1; i < std::min(end, sign + 5) && (v.at(i).tag == Tag::CD || v.at(i).is(W::kCapital)); ++i)
    if (v.at(i + 1).is(W::kColon) && v.count(ArticleView::kFinites, sign, i) == 0 && v.at(i).tag == Tag::CD)
      return i + 2;
  return sign + 1;
}

}  // namespace

bool in_dateline(const Layers& layers, const ArticleView& v, const CueReading& r) {
  if (r.certain || r.own || !is_sign(v.at(r.cue)) || r.cue - v.at(r.cue).paragraph_begin > kLength) return false;
  return r.cue < behind_dateline(layers, v, r.cue);
}

void leave_dateline(const Layers& layers, const ArticleView& v, CueReading& r) {
  Analysis& y = r.analyses[r.best];
  Content& k = y.content;
  if (y.source_begin >= 0 && y.source_begin - v.at(y.source_begin).paragraph_begin < kLength)
    if (const int behind = behind_dateline(layers, v, y.source_begin); behind > y.source_begin) {
      // "GRAZ, March 3 -- The firm today announced": who speaks stands behind it
      const ViewToken& subject = v.at(behind);
      if (behind <= y.source_end) y.source_begin = behind;
      if (y.source < behind && subject.phrase_begin == behind && subject.phrase_end < r.cue) {
        y.source_begin = behind;
        y.source = subject.phrase_end;
        y.source_end = std::max(y.source_end, y.source);
      }
    }
  if (!k.left() || k.left_begin - v.at(k.left_begin).paragraph_begin >= kLength) return;
  const int behind = behind_dateline(layers, v, k.left_begin);
  if (behind > k.left_begin && behind < k.left_end) k.left_begin = behind;
}

}  // namespace newsnlp
