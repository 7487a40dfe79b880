// Room: attribution patterns. A stretch of an article as a string in which each token or span is one symbol.
//
//   text     "We won," the mayor of Turin told reporters.
//   window    Q NCthe mayorZ of NLturinZ Vtold NCreportersZ
//
// Words are in lower case, so that the capitals are free to be symbols:
//   N?…Z  a noun phrase; ? is P person, O organisation, L place, M other name, C common noun, R pronoun, D date or time
//   V     before a verb      Q  a quotation      S  a sentence's end      B  a paragraph's end
//   other capitals           before the words of lists (slot_lists.h)
// A space stands before and behind each symbol. A full stop that ends the window is left out; dashes are all "—".
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "layers.h"
#include "pattern_words.h"
#include "workspace.h"

namespace newsnlp {

class SymbolWindow {
 public:
  static constexpr size_t kMaxSymbols = 200;  ///< what lies behind is left out

  void clear() { count_ = 0; }
  /// Appends tokens. A quotation of `quotations` (token ranges, ascending, no overlap) that begins in the range becomes
  /// one symbol; `next` is the first of them that may.
  void add_tokens(const Layers& layers, const Workspace& workspace, const PatternWords& words, IndexRange tokens,
                  const std::vector<IndexRange>& quotations, size_t next);
  /// Appends one quotation as a symbol, without looking into it.
  void add_quotation(IndexRange tokens) { add({.tokens = tokens, .kind = kQuotation}); }
  /// Appends a break; `paragraph`: B, else S.
  void add_break(bool paragraph, uint32_t token) {
    add({.tokens = {token, token}, .kind = paragraph ? kParagraph : kSentence});
  }

  static constexpr char kWord = 'w';
  static constexpr char kDash = '-';
  static constexpr char kQuotation = 'Q';
  static constexpr char kSentence = 'S';
  static constexpr char kParagraph = 'B';
  struct Symbol {
    uint32_t begin = 0, end = 0;  // bytes of the string, the space behind left out
    IndexRange tokens;
    const PatternWord* word = nullptr;   // null: of no list
    bool number = false;                 // begins with a digit
    bool opens = false, closes = false;  // a noun phrase
    char kind = kWord;                   // a word, a dash, or the symbol itself
  };
  std::span<const Symbol> symbols() const noexcept { return {symbols_.data(), count_}; }

  /// The string, once all is appended. Valid until the next call.
  std::string_view write(const Layers& layers, const Workspace& workspace);
  /// Tokens of the symbols that bytes [begin, end) of it touch; an empty range when there are none.
  IndexRange tokens(size_t begin, size_t end) const noexcept;

 private:
  void add(const Symbol& symbol) {
    if (count_ < kMaxSymbols) symbols_[count_++] = symbol;
  }

  std::string text_;
  std::array<Symbol, kMaxSymbols> symbols_;
  size_t count_ = 0;
};

bool is_dash(std::string_view form) noexcept;

/// Quotations of the article, token ranges from opening to closing mark, ascending; one that stays open ends with its
/// paragraph.
void find_quotations(const Layers& layers, const Workspace& workspace, std::vector<IndexRange>& out);

}  // namespace newsnlp
