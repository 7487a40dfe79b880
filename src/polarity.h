// Room: record fields. "denied", "did not say whether", "declined to comment".
#pragma once

#include "statement.h"

namespace newsnlp {

/// Denied for denials and refusals. Two negatives make an affirmation ("did not deny"), "not only said" is none.
Polarity polarity_of(const Statements& statements, size_t quote);
/// "brushed the claim aside", "laughed off", "played down", "ruled out"
bool brushes_off(const Statements& statements, const Statement& statement, uint32_t verb);

}  // namespace newsnlp
