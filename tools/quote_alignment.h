// Room: tools. Labelled quotes on the product's own tokens: what each ranker should have answered.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "quote_corpus.h"

namespace newsnlp {

/// A labelled quote that the chain can express: one anchor in its cue, a content left or right of it.
struct AlignedQuote {
  int cue = 0;  // the anchor
  int cue_begin = 0;
  int cue_end = 0;
  Content content;
  int source = -1;  // head
  int source_begin = -1;
  int source_end = -1;
  bool speech = true;
  bool nested = false;
  bool optional = false;
};

/// Quotes without a cue, or whose content is nothing but the cue, are left out.
std::vector<AlignedQuote> align(const LabelledArticle& article, const Layers& layers, const ArticleView& view);

/// The contents of quotations that have neither cue nor source, a part each.
std::vector<Content> continued(const LabelledArticle& article, const Layers& layers);

}  // namespace newsnlp
