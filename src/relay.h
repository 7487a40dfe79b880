// Room: record fields. Who passed a statement on: "told Reuters", "X said, according to Y", "through his lawyer".
#pragma once

#include "statement.h"

namespace newsnlp {

/// Y of ", according to Y", ", as first reported by Y" or ", Reuters reported" behind the comma; empty: none.
IndexRange relay_behind(const Statements& statements, const Statement& statement, uint32_t comma);
/// `addressee`: of the quote; `parent`: the quote it is nested in, or null. Empty: no relay.
IndexRange relay_of(const Statements& statements, size_t quote, IndexRange addressee, const Quote* parent,
                    size_t parent_index);

}  // namespace newsnlp
