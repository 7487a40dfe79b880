// Room: attributor. "DELMAR, June 3 (Reuters) - The ferry sank.": place, day and agency before the news are neither who
// said it nor said.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

/// Whether the cue of a reading is the sign that ends a dateline, or stands in it. Datelines begin the first paragraphs
/// of the body. Bounded.
bool in_dateline(const Layers& layers, const ArticleView& view, const CueReading& reading);

/// A content that begins with a dateline begins behind it.
void leave_dateline(const Layers& layers, const ArticleView& view, CueReading& reading);

}  // namespace newsnlp
