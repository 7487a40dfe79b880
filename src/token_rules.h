// Room: segmenter. What the table of tokens (token_table.h) asks about words and marks.
#pragma once

#include <cstdint>
#include <string_view>

#include "abbreviations.h"
#include "newsnlp/document.h"
#include "word_breaks.h"

namespace newsnlp {

/// The code point that begins at `at`; 0 at the end of the text.
char32_t code_point(std::string_view text, size_t at);

/// Where the clitic of `word`, of three bytes or more, begins; word.size() if it has none.
size_t clitic_begin(std::string_view word);
/// "s", "m", "d", "re", "ve" or "ll", in any case.
bool is_clitic(std::string_view word);

bool is_apostrophe(std::string_view mark);
bool is_hyphen(std::string_view mark);

/// "He left.She stayed.": a full stop at byte `at`, inside of what word breaks take for a word, that ends a sentence
/// where a blank is missing. Not "Amazon.Com".
bool is_glued_stop(std::string_view text, size_t at);

/// White space, control and format characters alone.
bool is_all_invisible(std::string_view segment);

/// Of a segment without '_'.
TokenKind kind_of_token(std::string_view segment, Segment::Kind kind);

/// Does `word` keep its full stop, which ends at byte `end` of the text?
bool keeps_stop(std::string_view text, std::string_view word, uint32_t end, const Abbreviations& abbreviations,
                bool lower_case);

}  // namespace newsnlp
