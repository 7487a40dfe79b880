#include "labelled_quotations.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kLabel = 16;      // tokens, at most
constexpr int kDecoration = 5;  // before the name: "- **"
constexpr int kItems = 4;       // of a list, up to the name above it
constexpr float kScore = 0.85F;

// The last token of the person's name that stands at `token`, or behind a title in its noun phrase; -1: none.
int name_end(const Layers& layers, const ArticleView& v, int token, int end) {
  const Span from = layers.tokens[static_cast<size_t>(token)].span;
  const auto m = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                      [&](const Mention& mention) { return mention.span.end <= from.begin; });
  if (m == layers.mentions.end() || m->type != EntityType::Person) return -1;
  int t = token;
  while (t <= end && layers.tokens[static_cast<size_t>(t)].span.begin < m->span.begin) ++t;
  if (t > token && (v.at(token).phrase_begin != token || v.at(token).phrase_end < t)) return -1;
  while (t < end && layers.tokens[static_cast<size_t>(t)].span.end < m->span.end) ++t;
  return t <= end ? t : -1;
}

// "Tom Hale, baker", "Tom Hale (Greens)": the whole label; "Tom Hale on the vote": his name.
int source_end(const ArticleView& v, int name, int end) {
  if (name == end) return end;
  const ViewToken& next = v.at(name + 1);
  return next.is(W::kComma) || !next.is(W::kAlnum) ? end : name;
}

// [begin, end] is a name, and perhaps who that is: no clause.
bool is_label(const Layers& layers, const ArticleView& v, int begin, int end, int& name) {
  if (begin > end || end - begin >= kLabel || v.count(ArticleView::kFinites, begin, end) > 0) return false;
  name = name_end(layers, v, begin, end);
  return name >= 0;
}

int behind_decoration(const ArticleView& v, int begin) {
  int i = begin;
  while (i < begin + kDecoration && !v.at(i).is(W::kAlnum) && !v.at(i).mark()) ++i;
  return i;
}

CueReading reading(int cue, int source_begin, int source, int source_end, int open, int close) {
  Analysis y;
  y.content = {Side::Right, -1, -1, open, close, kScore};
  y.source = source;
  y.source_begin = source_begin;
  y.source_end = source_end;
  CueReading r;
  r.cue = r.cue_begin = r.cue_end = cue;
  r.score = kScore;
  r.analyses.push_back(y);
  return r;
}

// "Tom Hale, baker" and below it, as items of a list, what he said.
std::optional<CueReading> below_label(const Layers& layers, const ArticleView& v, int open, int close) {
  int begin = v.at(open).paragraph_begin;
  for (int p = 0; p < kItems && begin > 0; ++p) {
    const int end = begin - 1;
    begin = v.at(end).paragraph_begin;
    if (!v.at(begin).is(W::kAlnum)) {
      if (v.at(begin).mark()) return std::nullopt;
      continue;  // another item
    }
    int name = -1;
    if (v.at(end).tag == Tag::Period || v.count(ArticleView::kMarks, begin, end) > 0) return std::nullopt;
    if (!is_label(layers, v, begin, end, name) || (name < end && !v.at(name + 1).is(W::kComma))) return std::nullopt;
    return reading(-1, begin, name, end, open, close);
  }
  return std::nullopt;
}

}  // namespace

std::optional<CueReading> labelled_quotation(const Layers& layers, const ArticleView& v, const QuotationPair& pair) {
  const auto open = static_cast<int>(pair.open);
  if (pair.depth > 0 || !v.at(open).opens()) return std::nullopt;
  const int close = v.at(open).mate();
  const int end = v.at(open).paragraph_end;
  if (close != end && !(close + 1 == end && v.at(end).tag == Tag::Period)) return std::nullopt;
  if (v.count(ArticleView::kWords, open, close) < 2) return std::nullopt;
  const int begin = v.at(open).paragraph_begin;
  int name = -1;
  if (open > begin && v.at(open - 1).is(W::kColon)) {
    const int first = behind_decoration(v, begin);
    if (!is_label(layers, v, first, open - 2, name) || v.at(name + 1).is(W::kCoordinator)) return std::nullopt;
    const bool owner = v.at(name + 1).tag == Tag::POS;
    return reading(open - 1, first, name, owner ? name : source_end(v, name, open - 2), open, close);
  }
  if (open > begin && behind_decoration(v, begin) == open) return below_label(layers, v, open, close);
  if (open != begin || end + 2 >= v.size()) return std::nullopt;
  const int dash = end + 1;
  const ViewToken& d = v.at(dash);
  if ((!d.is(W::kDash) && !d.is(W::kHyphen)) || d.paragraph_begin != dash) return std::nullopt;
  const int last = d.paragraph_end;
  if (v.count(ArticleView::kMarks, dash, last) > 0 || v.at(last).tag == Tag::Period) return std::nullopt;
  if (!is_label(layers, v, dash + 1, last, name)) return std::nullopt;
  return reading(dash, dash + 1, name, last, open, close);
}

}  // namespace newsnlp
