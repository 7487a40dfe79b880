// Room: segmenter. Which tokens are a paragraph: a line; or, where the text is hard-wrapped, the lines between two
// blank lines.
//
//   blank line | Headline                     -> one paragraph
//   blank line | The first line of a text     \  one paragraph: each line is filled up to the same width,
//                that was wrapped by a        |  so that the next line's first word had no room on it,
//                mail program.                /  and the breaks are in mid-sentence
//
// A line that is set in, unlike its neighbours, begins such a paragraph without a blank line.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

/// A line that has tokens.
struct Line {
  IndexRange tokens;
  bool after_blank = false;  ///< a blank line, or the beginning of the text, is before it
  bool set_in = false;       ///< by two blanks or a tabulator
};

/// `gaps`: the tokens before which a line break may stand, ascending.
std::vector<Line> find_lines(std::string_view text, const std::vector<Token>& tokens, std::span<const uint32_t> gaps);

/// The paragraphs, which divide the lines: a line each, or several wrapped ones as one. Linear time.
std::vector<Line> find_paragraphs(std::string_view text, const std::vector<Token>& tokens,
                                  const std::vector<Line>& lines);

}  // namespace newsnlp
