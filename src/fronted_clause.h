// Room: attributor. Clauses in front of the main one, and what is said in or behind them:
//
//   Although Norland denied | that it fired, | it paid.       the report ends with the fronted clause
//   Referring to the minister, she said, | “He lost.”         the front says of whom, not what
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Moves the edges of a reading's content. Bounded by the sentence.
void leave_fronted_clause(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                          CueReading& reading);

}  // namespace newsnlp
