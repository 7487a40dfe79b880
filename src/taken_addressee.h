// Room: record fields. "urged | owners to unplug": an addressee that the content's span took in.
#pragma once

#include "statement.h"

namespace newsnlp {

/// The addressee that the content begins with: "urged | owners to unplug", "asked | the lawyer, ‘How …’". Empty: none.
IndexRange taken_in(const Statements& statements, const Statement& statement, IndexRange phrase);

/// "apologised to | the orchestra for the delay". Empty: none.
IndexRange behind_to(const Statements& statements, const Statement& statement);

/// "warned colleagues | of “…”", "asked the governor | twice for": what is said begins at the token, and is no clause.
bool begins_matter(const Statements& statements, const Statement& statement, uint32_t token);

/// "ordered the town | to be cut off": somebody else will do it.
bool is_passive_order(const Statements& statements, const Statement& statement, uint32_t to);

/// "asked three times to": how often.
bool is_count(const Statements& statements, IndexRange phrase);

}  // namespace newsnlp
