// Room: attributor. Turns of a transcript or interview: paragraphs that open with "NAME:" or, where a few names take
// turns, with "Name:".
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

/// Merges a certain reading for each turn into `readings`, which are in text order and stay so, and takes out those
/// that took a number for a name ("6:05 p.m."). Looks at the first tokens of each paragraph only.
void add_turns(const Layers& layers, const ArticleView& view, std::vector<CueReading>& readings);

/// Is the reading one of a turn? What is said in a turn is quoted, marks or not.
bool is_turn(const ArticleView& view, const CueReading& reading);

}  // namespace newsnlp
