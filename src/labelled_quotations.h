// Room: attributor. Quotations with the name of who spoke as a label before or below them, in lists and pull-quotes:
//
//   Tom Hale, baker: “It will ruin us.”          “The harbour is ours.”
//                                                — Tom Hale, baker
//   Tom Hale, baker
//   – “It will ruin us.”
#pragma once

#include <optional>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// The reading of a quotation that begins with the mark `open` and ends its paragraph, if a person's name labels it.
/// The cue is the colon or the dash, if there
/// is one. Bounded.
std::optional<CueReading> labelled_quotation(const Layers& layers, const ArticleView& view, const QuotationPair& pair);

}  // namespace newsnlp
