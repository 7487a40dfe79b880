// Room: attributor. "Ann Lee from the Ministry of Agriculture, | Livestock and Fisheries | said": a source that begins
// inside of a body's name.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

/// Lets the source of a reading whose edges are known begin with the name, and with the person who speaks for the body.
/// Bounded.
void begin_with_whole_name(const Layers& layers, const ArticleView& view, CueReading& reading);

}  // namespace newsnlp
