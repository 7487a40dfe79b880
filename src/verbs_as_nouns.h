// Room: attributor. "“It is a shame,” Mr Dorn comments.": a verb that looks like a noun behind a name, so that the
// tagger takes it for one. Behind a quotation's comma it is who says it, and how.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// Adds certain readings of them to `readings`, which stay in text order, or puts them in the place of others of the
/// same cue. Linear in the quotation marks, and in `readings` if there are any.
void add_verbs_as_nouns(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                        std::vector<CueReading>& readings);

}  // namespace newsnlp
