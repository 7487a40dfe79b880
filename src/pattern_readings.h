// Room: attributor. What the attribution patterns propose becomes readings of cues, for the second stage to judge.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "attribution_patterns.h"

namespace newsnlp {

/// Merges `proposals` into `readings`, which are in text order and stay so. A proposal for a cue that was read already
/// marks it with its pattern, and adds its analysis if the reading has none like it; any other becomes a reading of
/// its own, with the least probability. Certain proposals make their reading certain.
void add_proposals(const ArticleView& view, const std::vector<Proposal>& proposals, std::vector<CueReading>& readings);

}  // namespace newsnlp
