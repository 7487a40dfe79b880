// Room: attributor. "X told jurors Y had said that …": the labels that the models learn from have no report inside a
// report, so that the likelier cue of the two takes all.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// After the readings were judged: where a report's subject stands right behind another verb of speech that has a
/// source of its own (and whom it was said to, and "that"), this verb reports the whole clause, at least as likely.
void raise_outer(const ArticleView& view, std::vector<CueReading>& readings);

/// The same for the verb behind it: where the sentence ends with ", one of the sources said", that is the report, and
/// the readings of what stands before go.
void raise_outer_behind(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                        std::vector<CueReading>& readings);

}  // namespace newsnlp
