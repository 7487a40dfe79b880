// Room: attributor. From a reading of a cue to the spans of a quote.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

struct QuoteSpans {
  IndexRange content;  // of a list of spans; in text order, no overlap, never empty
  Span cue, source;    // empty: none
  QuoteType type = QuoteType::Indirect;
  bool speech = true;
};

/// A content that encloses its source or cue is cut there, and at the ends of paragraphs; its spans are appended to
/// `spans`.
QuoteSpans spans_of(const Layers& layers, const ArticleView& view, const CueReading& reading, std::vector<Span>& spans);

/// Is what the cue reports said or written: by its words, or because a few words in a row are quoted?
/// The cue's edges must be known (CueReader::find_edges); else all tokens before it are taken for its own.
bool reports_speech(const ArticleView& view, const CueReading& reading);

/// Type of the content by its words inside double marks.
QuoteType quote_type(const ArticleView& view, const Content& content);

}  // namespace newsnlp
