// Room: record fields. To whom something was said: "told reporters", "wrote to staff", "in an interview with the BBC".
#pragma once

#include "statement.h"

namespace newsnlp {

struct Addressee {
  IndexRange phrase;        // tokens; empty: none
  bool was_source = false;  // "X was told that": the quote's source is the addressee, and nobody is the source
};

/// "The court heard that the till was empty": to whom somebody said it; empty: the quote is no such one.
IndexRange hearing_body(const Statements& statements, size_t quote);

Addressee addressee_of(const Statements& statements, size_t quote);

}  // namespace newsnlp
