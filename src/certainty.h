// Room: record fields. Whether a report is asserted, hedged or still to come, and whether it reports speech at all.
#pragma once

#include "statement.h"

namespace newsnlp {

/// Hedged: "has reportedly told", "may have told", "is alleged to have told", "appeared to suggest". Expected: "will
/// tell", "is expected to say", "plans to announce", "would say". A refusal ("will not say") is asserted.
Certainty certainty_of(const Statements& statements, size_t quote, Polarity polarity);

/// "did not want to comment on the report"
bool is_refused_comment(const Statements& statements, const Statement& statement);

/// False for what is thought, feared, expected or found, and where nobody is said to have spoken ("reportedly", "is
/// believed"). Denials and refusals are speech. `type`: of the content's marks; a remembered or found quotation is
/// speech.
bool is_speech(const Statements& statements, size_t quote, QuoteType type);

}  // namespace newsnlp
