// Room: attributor. Who says it stands at the end, behind a comma or a colon, where the models look for it in front:
//
//   Neglect led to death, | coroner rules      N. Korea fires two missiles: JCS      Fares too high, | says union chief
//   Rivers are in crisis, | allege | activists.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Turns readings of verbs behind a comma round, and puts certain readings of headlines into `readings`, which stay in
/// text order. Linear in `readings`; looks at the ends of headlines only.
void find_trailing_sources(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                           const RecordWords& words, std::vector<CueReading>& readings);

}  // namespace newsnlp
