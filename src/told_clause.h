// Room: record fields. "told the court | Hartnell had slept": where a report without "that" begins behind its
// addressee.
#pragma once

#include "statement.h"

namespace newsnlp {

/// "told the court | Hartnell had slept", "asked her | where the money was": the token that the content of such a
/// report without "that" begins at, where the quote's own content begins elsewhere; else Workspace::kNone.
uint32_t clause_of_told(const Statements& statements, size_t quote);

/// "a request for comment", "his claim": what is said or answered, nobody to speak to. A phrase that is not empty.
bool is_told_thing(const Statements& statements, IndexRange phrase);

}  // namespace newsnlp
