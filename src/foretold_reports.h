// Room: attributor. Reports whose verb is an infinitive behind a hedge or an expectation: "is due to announce", "is
// said to have told", "intends to say". The labels that the models learn from take the hedge for the cue.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "cue_reader.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

struct ForetoldReport {
  int begin;   // of the cue: "is"
  int opener;  // "due", "said", "intends"
  int cue;     // "announce", "told"
};

/// In text order. Adds readings of cues that have none to `readings`, which stay in text order.
void find_foretold(const Workspace& workspace, const ArticleView& view, const RecordWords& words, CueReader& reader,
                   std::vector<CueReading>& readings, std::vector<ForetoldReport>& out);

/// After the readings were judged: "were told that", "have been asked to".
void promote_told(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                  std::vector<CueReading>& readings);

/// After the readings were judged: a report with a content takes the opener's place. The subject is its source.
void promote_foretold(const ArticleView& view, const std::vector<ForetoldReport>& reports,
                      std::vector<CueReading>& readings);

}  // namespace newsnlp
