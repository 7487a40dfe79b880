#include "quote_alignment.h"

#include <algorithm>
#include <optional>

#include "attribution_candidates.h"
#include "quote_scores.h"

namespace newsnlp {
namespace {

struct TokenRange {
  int begin, end;  // inclusive
};

// Tokens of which the span covers at least half.
std::optional<TokenRange> tokens_of(const Layers& layers, Span s) {
  auto it = std::lower_bound(layers.tokens.begin(), layers.tokens.end(), s.begin,
                             [](const Token& t, uint32_t at) { return t.span.end <= at; });
  std::optional<TokenRange> out;
  for (; it != layers.tokens.end() && it->span.begin < s.end; ++it) {
    const uint32_t shared = std::min(it->span.end, s.end) - std::max(it->span.begin, s.begin);
    if (shared * 2 < it->span.size()) continue;
    const auto i = static_cast<int>(it - layers.tokens.begin());
    if (!out) out = TokenRange{i, i};
    out->end = i;
  }
  return out;
}

std::vector<TokenRange> tokens_of(const Layers& layers, const std::vector<Span>& spans) {
  std::vector<TokenRange> out;
  for (const Span s : spans)
    if (const auto r = tokens_of(layers, s)) out.push_back(*r);
  std::sort(out.begin(), out.end(), [](const TokenRange& a, const TokenRange& b) { return a.begin < b.begin; });
  return out;
}

// The token of a word that may have several ("three-quarters", "Poe's").
int head_token(const ArticleView& v, TokenRange word) {
  int t = word.end;
  while (t > word.begin && (v.at(t).tag == Tag::POS || !v.at(t).is(CueWord::kAlnum))) --t;
  return t;
}

// A head that is a candidate: this one, else the last before it in the source, else the first behind it.
int nearest_head(const ArticleView& v, const AlignedQuote& a) {
  for (int t = a.source; t >= a.source_begin; --t)
    if (is_source_head(v, t)) return t;
  for (int t = a.source; t <= a.source_end; ++t)
    if (is_source_head(v, t)) return t;
  return a.source;
}

}  // namespace

std::vector<AlignedQuote> align(const LabelledArticle& article, const Layers& layers, const ArticleView& view) {
  std::vector<AlignedQuote> out;
  const ScoredText text(article.text);
  for (const LabelledQuote& q : article.quotes) {
    const auto cue = tokens_of(layers, q.cue);
    const auto content = tokens_of(layers, q.content);
    if (cue.empty() || content.empty()) continue;
    AlignedQuote a;
    a.cue_begin = cue.front().begin;
    a.cue_end = cue.back().end;
    // Some labels hold the colon behind "said", most do not.
    while (a.cue_end > a.cue_begin && !view.at(a.cue_end).is(CueWord::kAlnum)) --a.cue_end;
    a.cue = cue_anchor(view, a.cue_begin, a.cue_end);
    for (const TokenRange& r : content) {
      if (r.end < a.cue) {
        if (a.content.left_begin < 0) a.content.left_begin = r.begin;
        a.content.left_end = r.end;
      } else if (r.begin > a.cue) {
        if (a.content.right_begin < 0) a.content.right_begin = r.begin;
        a.content.right_end = r.end;
      }
    }
    if (!a.content.left() && !a.content.right()) continue;
    a.content.side = !a.content.left() ? Side::Right : a.content.right() ? Side::Both : Side::Left;
    const auto source = tokens_of(layers, q.source);
    if (!source.empty()) {
      a.source_begin = source.front().begin;
      a.source_end = source.front().end;
      a.source = a.source_end;
      if (const int head = text.source_head(q.source); head >= 0) {
        const auto r = tokens_of(layers, text.word_bytes(static_cast<uint32_t>(head)));
        if (r && r->begin >= a.source_begin && r->begin <= a.source_end) a.source = head_token(view, *r);
      }
      a.source = nearest_head(view, a);
    }
    a.speech = q.speech;
    a.nested = q.nested;
    a.optional = q.optional;
    out.push_back(a);
  }
  return out;
}

std::vector<Content> continued(const LabelledArticle& article, const Layers& layers) {
  std::vector<Content> out;
  for (const LabelledQuote& q : article.quotes) {
    if (!q.cue.empty() || !q.source.empty()) continue;
    for (const TokenRange& r : tokens_of(layers, q.content)) {
      Content k;
      k.right_begin = r.begin;
      k.right_end = r.end;
      out.push_back(k);
    }
  }
  return out;
}

}  // namespace newsnlp
