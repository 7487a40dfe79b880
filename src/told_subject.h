// Room: record fields. Who is told in "X was told that …", "Asked whether …, X said": the subject, which hears.
#pragma once

#include "statement.h"

namespace newsnlp {

/// "Volunteers told to stay away", "Brakes had failed, court told": a headline leaves "are" away, so that the quote's
/// source is told.
bool lacks_auxiliary(const Statements& statements, const Statement& statement);

/// The subject of a passive cue: "the crew | was told", "He said he had tried but | was told". Empty: none is found.
IndexRange told_subject(const Statements& statements, const Statement& statement);

/// The subject of the clause that follows "Asked whether …,". Empty: none is found.
IndexRange asked_subject(const Statements& statements, size_t quote);

}  // namespace newsnlp
