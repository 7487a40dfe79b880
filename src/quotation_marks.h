// Room: segmenter. Which tokens stand inside quotation marks: one state machine over the marks of a paragraph.
//
//   “We won,” she said. “He shouted ‘Go!’ and I went.”     glyphs: “ ” „ « » " '' `` ‘‘ ’’, single ‘ ’ '
//   ^------^            ^----------^---^------------^
//   pair 0              pair 1     pair 2, depth 1
//
// A mark is judged by its glyph, by what touches it, and by what is open. Glyphs of one kind close each other (“ … "),
// as newsrooms mix them. No pair crosses a paragraph: a quotation that stays open ends with it, and is continued when
// the next paragraph begins with an opening mark. Neither apostrophes nor feet and inches are marks.
#pragma once

#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// Fills `quotation` and `quotation_pairs` of the workspace from the tokens and paragraphs of `layers`; `places`: the
/// tokens that may be marks, ascending. Linear time.
///
/// `quotation` follows the outermost pairs: of double marks everywhere, of single marks in headlines without double
/// marks, in paragraphs where a statement stands in them (‘We won,’ she said; no title, no single word) and in articles
/// that quote with single marks for the most part.
void pair_quotation_marks(const Layers& layers, Workspace& workspace, std::span<const uint32_t> places);

/// The first token from `from` on that stands in a quotation or is its mark; their number if there is none.
inline size_t next_quoted(std::span<const Quotation> quotation, size_t from) noexcept {
  static_assert(static_cast<uint8_t>(Quotation::Outside) == 0);
  for (uint64_t eight = 0; from + sizeof eight <= quotation.size(); from += sizeof eight) {
    std::memcpy(&eight, &quotation[from], sizeof eight);
    if (eight != 0) break;
  }
  while (from < quotation.size() && quotation[from] == Quotation::Outside) ++from;
  return from;
}

}  // namespace newsnlp
