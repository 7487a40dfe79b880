// Room: attributor. Quotations in quotations, whose reports the models were hardly taught:
//
//   “He | goes, | ‘Get down,’ | and we did.”     “She | used to tell | me, | ‘Work first.’”     “‘Bit long,’ | it’ll
//   say.”
#pragma once

#include <optional>

#include "analysis.h"
#include "article_view.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// The report of the quotation between the tokens `open` and `close`, which stands in another one: a verb of saying,
/// "go" or "be like" with its subject, right before its mark or behind it. None if there is no such verb. Bounded.
std::optional<CueReading> inner_report(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                                       int open, int close);

}  // namespace newsnlp
