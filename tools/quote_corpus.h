// Room: tools. Articles with labelled quotes, one JSON object a line (PolNeAR's form and the records').
#pragma once

#include <string>
#include <vector>

#include "newsnlp/span.h"

namespace newsnlp {

/// Spans are bytes of the article's text, in file order.
struct LabelledQuote {
  std::vector<Span> content;
  std::vector<Span> cue;
  std::vector<Span> source;
  bool speech = true;
  bool nested = false;
  float score = 1;        // of a predicted quote
  bool optional = false;  // a doubtful label
};

struct LabelledArticle {
  std::string id;
  std::string text;
  std::vector<LabelledQuote> quotes;
};

/// Reads "attributions" or "quotes" with code point offsets. Throws Error with file, line and remedy.
std::vector<LabelledArticle> read_quote_corpus(const std::string& file);

}  // namespace newsnlp
