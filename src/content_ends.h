// Room: attributor. Where what is said begins and ends, by the grammar of the sentence:
//
//   He accused | the mayor of lying | and left.        whom he accused is said, what he did next is not
//   She declined | to comment | when asked on Monday.  when and through whom somebody refuses is not said
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Before the readings are chosen: a best content that has no clause of its own ends where "and" or "but" goes on with
/// another deed of its source; any content ends where it goes on with what its source refuses to say. Bounded by the
/// readings in a content.
void leave_next_deeds(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                      std::vector<CueReading>& readings);

/// In a reading whose edges are known: "described the plan as" is a cue with the begin of what was said, and what was
/// refused ends before when and why, and what a headline reports before "as" and a clause. Bounded.
void mend_content(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                  CueReading& reading);

}  // namespace newsnlp
