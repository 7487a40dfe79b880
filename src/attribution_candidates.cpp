#include "attribution_candidates.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kSentenceWindow = 90;  // tokens looked at one by one
constexpr int kContentWindow = 160;
constexpr int kParagraphWindow = 700;  // tokens looked at for marks and sentence edges
constexpr int kFarEdges = 24;          // marks and sentence edges taken
constexpr int kOpenParagraphs = 3;
constexpr int kSourceWindow = 70;
constexpr int kSourceBefore = 25;
constexpr int kSourceBehind = 45;
constexpr int kCueBefore = 6;
constexpr int kCueBehind = 12;
constexpr int kColonWindow = 16;  // "He added:" stands in a short paragraph of its own

bool begin_allowed(const ArticleView& v, int x) {
  const ViewToken& t = v.at(x);
  if (t.sentence_begin == x) return true;
  if (t.in_phrase()) return t.phrase_begin == x && t.tag != Tag::POS;
  if (t.mark()) return t.opens();
  if (v.at(x - 1).is(W::kComma)) return true;
  const bool inflected = t.verb && t.tag != Tag::VBG;
  return !inflected && t.tag != Tag::CC && t.tag != Tag::POS && !t.is(W::kOf) && !t.is(W::kComma) &&
         t.tag != Tag::Period;
}

bool end_allowed(const ArticleView& v, int x) {
  const ViewToken& t = v.at(x);
  if (x >= t.sentence_end || t.closes()) return true;
  const ViewToken& n = v.at(x + 1);
  if (n.in_phrase() && n.phrase_begin != x + 1) return false;
  if (n.mark()) return n.opens();
  return n.tag != Tag::VB && n.tag != Tag::VBN && n.tag != Tag::POS && !n.is(W::kOf);
}

}  // namespace

bool is_source_head(const ArticleView& v, int j) {
  const ViewToken& t = v.at(j);
  if (!t.is(W::kAlnum)) return false;
  if (t.tag == Tag::WP || t.tag == Tag::WDT || t.tag == Tag::PRPS || t.tag == Tag::PRP) return true;
  if (!t.in_phrase()) return t.is(W::kCapital) && t.sentence_begin != j;
  return t.phrase_end == j || v.at(j + 1).tag == Tag::POS;
}

int cue_anchor(const ArticleView& v, int begin, int end) {
  for (int i = begin; i <= end; ++i) {
    if (!v.at(i).verb) continue;
    int last = i;
    for (int j = i + 1; j <= end && (v.at(j).verb || v.at(j).adverb); ++j)
      if (v.at(j).verb) last = j;
    return last;
  }
  for (int i = begin; i <= end; ++i) {
    if (!v.at(i).noun()) continue;
    while (i < end && v.at(i + 1).noun()) ++i;
    return i;
  }
  for (int i = begin; i <= end; ++i)
    if (v.at(i).tag == Tag::IN || (v.at(i).tag >= Tag::JJ && v.at(i).tag <= Tag::JJS)) return i;
  return begin;
}

void right_begins(const ArticleView& v, int cue, std::vector<int>& out) {
  out.clear();
  const ViewToken& c = v.at(cue);
  const int near = std::min(c.sentence_end, cue + kSentenceWindow);
  for (int j = cue + 1; j <= near; ++j)
    if (j == cue + 1 || begin_allowed(v, j)) out.push_back(j);
  const int far = std::min(c.paragraph_end, c.sentence_end + kParagraphWindow);
  int edges = 0;
  for (int j = c.sentence_end + 1; j <= far && edges < kFarEdges; ++j) {
    if (!v.at(j).opens() && v.at(j).sentence_begin != j) continue;
    out.push_back(j);
    ++edges;
  }
  const int next = c.paragraph_end + 1;
  if (next < v.size() && c.paragraph_end - cue < kColonWindow &&
      (v.at(c.paragraph_end).is(W::kColon) || v.at(next).opens()))
    out.push_back(next);
}

void right_ends(const ArticleView& v, int begin, std::vector<int>& out) {
  out.clear();
  const ViewToken& b = v.at(begin);
  const int near = std::min(b.sentence_end, begin + kContentWindow);
  for (int j = begin; j <= near; ++j)
    if (end_allowed(v, j)) out.push_back(j);
  const int far = std::min(b.paragraph_end, b.sentence_end + kParagraphWindow);
  int edges = 0;
  for (int j = b.sentence_end + 1; j <= far && edges < kFarEdges; ++j) {
    if (v.at(j).sentence_end != j && !v.at(j).closes() && !v.at(j + 1).opens()) continue;
    out.push_back(j);
    ++edges;
  }
  if (b.opens() && b.mate() > (out.empty() ? begin : out.back())) out.push_back(b.mate());
  int p = b.paragraph_end;
  for (int k = 0; k < kOpenParagraphs && p + 1 < v.size(); ++k) {
    const bool open = v.at(p).inside() || v.at(p).opens();
    if (!open || !v.at(p + 1).opens()) break;
    p = v.at(p + 1).paragraph_end;
    out.push_back(p);
  }
}

void left_ends(const ArticleView& v, int cue, std::vector<int>& out) {
  out.clear();
  const ViewToken& c = v.at(cue);
  const int near = std::max(c.sentence_begin, cue - kSentenceWindow);
  for (int j = cue - 1; j >= near; --j)
    if (j == cue - 1 || end_allowed(v, j)) out.push_back(j);
  const int far = std::max(c.paragraph_begin, c.sentence_begin - kParagraphWindow);
  int edges = 0;
  for (int j = c.sentence_begin - 1; j >= far && edges < kFarEdges / 2; --j) {
    if (!v.at(j).closes() && v.at(j).sentence_end != j) continue;
    out.push_back(j);
    ++edges;
  }
}

void left_begins(const ArticleView& v, int end, std::vector<int>& out) {
  out.clear();
  const ViewToken& e = v.at(end);
  const int near = std::max(e.sentence_begin, end - kContentWindow);
  for (int j = end; j >= near; --j)
    if (j == end || begin_allowed(v, j)) out.push_back(j);
  const int far = std::max(e.paragraph_begin, e.sentence_begin - kParagraphWindow);
  int edges = 0;
  for (int j = e.sentence_begin - 1; j >= far && edges < kFarEdges; --j) {
    if (v.at(j).sentence_begin != j && !v.at(j).opens()) continue;
    out.push_back(j);
    ++edges;
  }
  if (e.closes() && e.mate() >= 0 && e.mate() < out.back()) out.push_back(e.mate());
}

void sources(const ArticleView& v, int cue, std::vector<int>& out) {
  out.assign(1, -1);
  const ViewToken& c = v.at(cue);
  const int begin = std::max(c.sentence_begin, cue - kSourceWindow);
  const int end = std::min(c.sentence_end, cue + kSourceWindow);
  for (int j = begin; j <= end; ++j)
    if (j != cue && (is_source_head(v, j) || (j == cue - 1 && v.at(j).is(W::kAlnum)))) out.push_back(j);
  // A cue that opens its sentence may have its source at the end of the one before.
  if (c.sentence_begin <= c.paragraph_begin || cue - c.sentence_begin >= 2) return;
  const int before = std::max(v.at(c.sentence_begin - 1).sentence_begin, c.sentence_begin - kSourceWindow);
  for (int j = before; j < c.sentence_begin; ++j)
    if (is_source_head(v, j)) out.push_back(j);
}

void source_begins(const ArticleView& v, int source, std::vector<int>& out) {
  out.clear();
  const int begin = std::max(v.at(source).sentence_begin, source - kSourceBefore);
  for (int j = source; j >= begin; --j)
    if (j == source || !v.at(j).in_phrase() || v.at(j).phrase_begin == j) out.push_back(j);
}

void source_ends(const ArticleView& v, int cue, const Content& content, int source, std::vector<int>& out) {
  out.clear();
  const int end = std::min(v.at(source).sentence_end, source + kSourceBehind);
  for (int j = source; j <= end && j != cue && !content.covers(j); ++j)
    if (j == source || !v.at(j).in_phrase() || v.at(j).phrase_end == j) out.push_back(j);
}

void cue_begins(const ArticleView& v, int cue, std::vector<int>& out) {
  out.assign(1, cue);
  const int begin = std::max(v.at(cue).sentence_begin, cue - kCueBefore + 1);
  for (int j = cue - 1; j >= begin && !v.at(j).mark() && !v.at(j).is(W::kComma); --j) out.push_back(j);
}

void cue_ends(const ArticleView& v, int cue, std::vector<int>& out) {
  out.assign(1, cue);
  const int end = std::min(v.at(cue).sentence_end, cue + kCueBehind - 1);
  for (int j = cue + 1; j <= end && !v.at(j).opens(); ++j)
    if (!v.at(j).in_phrase() || v.at(j).phrase_end == j) out.push_back(j);
}

}  // namespace newsnlp
