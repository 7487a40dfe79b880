// Room: attributor. Reports inside contents: the labels that the models learn from have none, so grammar decides.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"

namespace newsnlp {

/// What a reading of an excerpt (whose view this is) is worth as a report nested in the content: by this its score is
/// multiplied. 0: it is none. A report needs a verb with its own subject beside it, told of as a fact, and something
/// that is reported: a clause, a quotation or an infinitive, less surely a noun phrase. A source that is missing is
/// filled in with the subject.
float nested_trust(const Layers& layers, const ArticleView& view, CueReading& reading);

}  // namespace newsnlp
