// Room: attributor. Readings that report nothing, whatever the rankers think: grammar tells.
//
//   the said property       a play called “Tonight”       Addressing | the nation, the king said
//   She submitted | the accounts.      He did not attack | the senator.      Last year saw | 126 fires.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Before the readings are judged: takes out analyses that report nothing; false if none is left, or the cue is no cue.
bool may_report(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                CueReading& reading);

/// Of a reading that was chosen.
bool reports_nothing(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                     const CueReading& reading);
/// The same of one in a content: imperatives, what the speaker himself must or will say, whom and not what.
bool tells_nothing(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                   const CueReading& reading);
/// "signed | an agreement", "published | a novel": a deed and a thing. Of a reading whose edges are known.
bool tells_deed(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                const CueReading& reading);

}  // namespace newsnlp
