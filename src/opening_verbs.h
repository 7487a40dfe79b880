// Room: attributor. "Added Voss: | “We listened.”": the verb that opens the sentence is the cue, not the colon.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

/// Gives a reading whose edges are known, a quotation behind a colon, its verb, and takes the verb out of the source.
/// Bounded.
void cue_by_opening_verb(const Layers& layers, const ArticleView& view, CueReading& reading);

}  // namespace newsnlp
