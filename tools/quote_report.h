// Room: tools. The table of figures that training and evaluation print.
#pragma once

#include <string>
#include <vector>

#include "quote_scores.h"

namespace newsnlp {

/// Scores every article's predicted quotes, once with --only speech and once for all attributions, and prints to
/// standard error. `predicted` is parallel to `gold`. Returns the scores of --only speech.
QuoteScores report_quotes(const std::string& title, const std::vector<LabelledArticle>& gold,
                          const std::vector<std::vector<LabelledQuote>>& predicted, size_t worst);

}  // namespace newsnlp
