// Room: attributor. Clauses in front of the main one, and what is said in or behind them:
//
//   Although Norland denied | that it fired, | it paid.       the report ends with the fronted clause
//   He said | that when it rained, the river rose.            what is said does not end with a front of its own
//   Referring to the minister, she said, | “He lost.”         the front says of whom, not what
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Moves the edges of a reading's content. Bounded by the sentence.
void leave_fronted_clause(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                          CueReading& reading);

/// Contents of `chosen`, in text order, that end with the clause in front of their main one grow to the end of the
/// sentence. Other readings there are said in it: they lose their analyses. True if there are any. Linear.
bool finish_fronted_contents(const ArticleView& view, const std::vector<CueReading*>& chosen);

}  // namespace newsnlp
