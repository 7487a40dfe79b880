// Room: segmenter. Where sentences end: behind . ? ! … and their closing marks, unless the stop belongs to an
// abbreviation or initial, or the words behind a quotation tell who spoke it (“Go!” Smith cried.).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "abbreviations.h"
#include "newsnlp/document.h"

namespace newsnlp {

/// Tokens. What goes on for longer is no sentence, and is cut: so what looks through one takes bounded time. The
/// longest of 1,018 news articles has 215.
constexpr uint32_t kLongestSentence = 1024;

/// Appends the sentences of tokens [range.begin, range.end), which are one paragraph; `marks`: of these tokens all but
/// commas that do not end with a letter or digit, ascending. Where the article writes no capitals (see
/// is_lower_case), sentences begin with small letters. Linear time.
void break_sentences(std::string_view text, const std::vector<Token>& tokens, IndexRange range,
                     std::span<const uint32_t> marks, const Abbreviations& abbreviations, bool lower_case,
                     std::vector<Sentence>& sentences);

/// Hardly one letter in two hundred is a capital (news: one in twenty-five). ASCII letters are counted.
bool is_lower_case(std::string_view text);

/// The sentence of these tokens, which are at least one.
Sentence make_sentence(const std::vector<Token>& tokens, uint32_t begin, uint32_t end);

}  // namespace newsnlp
