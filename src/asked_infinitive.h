// Room: attributor. What was asked for, promised or refused begins with its infinitive, wherever the rankers cut it:
// "declined | to comment on the case", "told him | never to borrow", "were asked | not to drink coffee".
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "record_words.h"

namespace newsnlp {

/// "to go", "to always carry".
bool is_infinitive(const ArticleView& view, int to);

/// Moves the edge between cue and content, in a reading whose edges are known. `kinds`: of the cue's word.
void begin_with_infinitive(const ArticleView& view, WordKinds kinds, CueReading& reading);

/// "had promised | to visit": the same for a verb of any kind with its infinitive right behind it.
void give_back_infinitive(const ArticleView& view, CueReading& reading);

}  // namespace newsnlp
