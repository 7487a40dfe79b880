// Room: attributor. When, where and how it was said is not what was said, though it may stand where contents do:
//
//   The minister said | today | he would go.        He said this | while addressing farmers.
//   The line is closed, the firm said | yesterday at the opening.     … | citing the ministry.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Takes adjuncts of the cue out of the content of a reading whose edges are known. A content that is nothing else
/// gives way to the clause before the source. Bounded.
void leave_adjuncts(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                    CueReading& reading);

}  // namespace newsnlp
