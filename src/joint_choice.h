// Room: attributor. Which readings of an article's cues stand together: none lies in another's content by accident.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"

namespace newsnlp {

/// Indices of the chosen readings, best first. Two readings clash when the cue of one stands in the content of the
/// other, or when most of the shorter content is shared. `least`: readings below are left out. A clash is looked for
/// among neighbours only, so that time stays linear.
std::vector<uint32_t> choose(const ArticleView& view, const std::vector<CueReading>& readings, float least);

/// Does `a` clash with `b`?
bool clash(const ArticleView& view, const CueReading& a, const CueReading& b);

}  // namespace newsnlp
