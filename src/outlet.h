// Room: record fields. Whom one speaks to in order to be passed on: "told Reuters", "tells PEOPLE", "told the Today
// programme".
#pragma once

#include "statement.h"

namespace newsnlp {

/// Whether the addressee of a statement passes it on: a medium that is known or bears the name of one, or an unknown
/// name that the article has only where something is told to it.
bool is_outlet(const Statements& statements, size_t quote, IndexRange addressee);

/// "on BBC Radio 4's Today programme", "on the Kitchen Table podcast"
bool is_programme(const Statements& statements, IndexRange phrase);

/// "told The Screen Sheet": an article that keeps its capital is part of a title, and hardly of anything else that one
/// speaks to.
bool has_title(const Statements& statements, const Statement& statement, IndexRange phrase);

}  // namespace newsnlp
