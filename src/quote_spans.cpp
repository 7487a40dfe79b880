#include "quote_spans.h"

#include <algorithm>

#include "attribution_features.h"
#include "transcript_turns.h"

namespace newsnlp {
namespace {

using W = CueWord;

Span span(const Layers& layers, int begin, int end) {
  return {layers.tokens[static_cast<size_t>(begin)].span.begin, layers.tokens[static_cast<size_t>(end)].span.end};
}

// The first of the sentences in (begin, end] that opens a quotation; behind `end`: none.
int next_quotation(const ArticleView& v, int begin, int end) {
  if (v.count(ArticleView::kMarks, begin + 1, end) == 0) return end + 1;
  int i = v.at(begin).sentence_end + 1;
  while (i <= end && !v.at(i).opens()) i = v.at(i).sentence_end + 1;
  return std::min(i, end + 1);
}

// The mark before an item of a list, or before a block that Markdown quotes.
bool is_bullet(const Layers& layers, int token) {
  static constexpr std::string_view kBullets[] = {"-", "*", ">", "•", "·", "–", "▪", "●", "◦", "‣"};
  const Span mark = layers.tokens[static_cast<size_t>(token)].span;
  const std::string_view text = layers.of(mark);
  return layers.text[mark.end] == ' ' &&
         std::find(std::begin(kBullets), std::end(kBullets), text) != std::end(kBullets);
}

// Adds [begin, end], a span a paragraph, and quotations of whole sentences apart.
void add_paragraphs(const Layers& layers, const ArticleView& v, int begin, int end, std::vector<Span>& out) {
  while (begin <= end) {
    const int paragraph_end = std::min(end, v.at(begin).paragraph_end);
    if (begin == v.at(begin).paragraph_begin && begin < paragraph_end && is_bullet(layers, begin)) ++begin;
    const int next = next_quotation(v, begin, paragraph_end);
    const bool stop =
        next <= paragraph_end && next - 1 > begin && v.at(next - 1).tag == Tag::Period && !v.at(next - 1).inside();
    out.push_back(span(layers, begin, stop ? next - 2 : next - 1));
    begin = next;
  }
}

}  // namespace

bool reports_speech(const ArticleView& v, const CueReading& r) {
  constexpr int kQuotedWords = 4;  // fewer are a writer's own marks
  if (r.certain || r.cue < 0 || quote_type(v, r.analysis().content) == QuoteType::Direct) return true;
  int quoted = 0;
  r.analysis().content.each([&](int a, int b) { quoted += v.count(ArticleView::kQuoted, a, b); });
  if (quoted >= kQuotedWords) return true;
  for (int j = std::min(r.cue_begin, r.cue); j <= std::max(r.cue_end, r.cue); ++j)
    if (v.at(j).is(W::kSpeech) || is_sign(v.at(j))) return true;
  // "is expected | to announce": the verb that was left to the content.
  int j = std::max(r.cue_end, r.cue) + 1;
  if (!v.at(j).is(W::kTo)) return false;
  while (v.at(j + 1).adverb) ++j;
  return v.at(j + 1).tag == Tag::VB && v.at(j + 1).is(W::kSpeech);
}

QuoteType quote_type(const ArticleView& v, const Content& content) {
  int words = 0;
  int quoted = 0;
  content.each([&](int a, int b) {
    words += v.count(ArticleView::kWords, a, b);
    quoted += v.count(ArticleView::kQuoted, a, b);
  });
  if (quoted == 0) return QuoteType::Indirect;
  return quoted == words ? QuoteType::Direct : QuoteType::Mixed;
}

QuoteSpans spans_of(const Layers& layers, const ArticleView& v, const CueReading& r, std::vector<Span>& spans) {
  QuoteSpans q;
  const auto first = static_cast<uint32_t>(spans.size());
  const Analysis& y = r.analysis();
  int source_begin = y.source_begin;
  int source_end = y.source_end;
  // "most people here | say", which both claim "here": it is the source's.
  const int cue_begin =
      source_begin < r.cue_begin && source_end < r.cue ? std::max(r.cue_begin, source_end + 1) : r.cue_begin;
  y.content.each([&](int a, int b) {
    // What stands inside the content is cut out of it: the source, and the cue.
    struct Cut {
      int begin, end;
    };
    Cut cuts[2] = {{cue_begin, r.cue_end}, {source_begin, source_end}};
    if (cuts[1].begin < 0 || (cuts[1].begin > cuts[0].begin && cuts[1].begin <= cuts[0].end)) cuts[1] = {b + 1, b + 1};
    if (cuts[1].begin < cuts[0].begin) std::swap(cuts[0], cuts[1]);
    int at = a;
    for (const Cut& cut : cuts) {
      if (cut.end < at || cut.begin > b) continue;
      if (cut.begin > at) add_paragraphs(layers, v, at, cut.begin - 1, spans);
      at = std::max(at, cut.end + 1);
    }
    if (at <= b) add_paragraphs(layers, v, at, b, spans);
  });
  if (spans.size() == first) y.content.each([&](int a, int b) { add_paragraphs(layers, v, a, b, spans); });
  q.content = {first, static_cast<uint32_t>(spans.size())};
  if (r.cue >= 0) q.cue = span(layers, cue_begin, r.cue_end);
  if (source_begin >= 0) q.source = span(layers, source_begin, source_end);
  q.type = is_turn(v, r) ? QuoteType::Direct : quote_type(v, y.content);
  q.speech = reports_speech(v, r);
  return q;
}

}  // namespace newsnlp
