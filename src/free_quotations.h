// Room: attributor. Quotations that nothing reports: paragraphs that are one quotation, below another statement.
#pragma once

#include <span>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "quotation_runs.h"
#include "workspace.h"

namespace newsnlp {

/// Readings without cue (-1) and source of the quotations that fill a paragraph of the body, or a run of paragraphs
/// that each open it again, and go on where a reading of `chosen` has spoken, in the paragraph above. None that shares
/// a paragraph with a content of `chosen`. Linear in the quotation marks and `chosen`.
std::vector<CueReading> free_quotations(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                                        const QuotationRuns& runs, std::span<const CueReading* const> chosen);

}  // namespace newsnlp
