// Room: segmenter. Where tokens begin and end in 64 bytes of text: the boundaries of word segments, moved by the table
// of token_table.h. Tokens never join across blanks, so each block is seen alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "abbreviations.h"
#include "word_scan.h"

namespace newsnlp {

/// What a token may make of the characters beyond ASCII that stand in the tables of WordTables. Immutable.
class TokenSigns {
 public:
  enum Sign : uint8_t { Odd, Letter, Punctuation, Symbol, Apostrophe, Invisible };

  TokenSigns();
  /// Of the character at `p`.
  Sign at(const unsigned char* p) const {
    return p[0] < 0xE0 ? signs_[static_cast<size_t>(p[0] & 0x1F) << 6 | (p[1] & 0x3F)]
                       : signs_[kTwoBytes + (static_cast<size_t>(p[1] & 1) << 6 | (p[2] & 0x3F))];
  }

 private:
  static constexpr size_t kTwoBytes = 0x800;
  std::array<Sign, kTwoBytes + 0x80> signs_{};
};

/// Bits of a WordBlock.
struct TokenBlock {
  uint64_t starts = 0;                   // the first bytes of tokens
  uint64_t last_bytes = 0;               // their last ones, as many
  uint64_t stops = 0;                    // full stops that belong to the word before
  uint64_t gaps = 0;                     // where line breaks, and other white space than blanks, begin
  const unsigned char* bytes = nullptr;  // the block's; last bytes of characters beyond ASCII are 'a', '"' or '+' there

  struct Rules {
    const TokenSigns& signs;
    const Abbreviations& abbreviations;
    bool lower_case;
  };
  /// Reads the block of `text`. Returns bytes for whose stretches, between blanks, what was read is not the whole
  /// truth.
  uint64_t read(const WordBlock& block, std::string_view text, const Rules& rules);

 private:
  uint64_t read_beyond(const WordBlock& block, const TokenSigns& signs);
  uint64_t read_rare(const WordBlock& block);
  uint64_t cut_clitics(const WordBlock& block, std::string_view text, uint64_t apostrophes);
  uint64_t free_apostrophes(const WordBlock& block, uint64_t apostrophes) const;
  uint64_t keep_stops(const WordBlock& block, std::string_view text, const Rules& rules);

  uint64_t apostrophes_ = 0;  // beyond ASCII: their first bytes
  std::array<unsigned char, 64> shown_;
};

}  // namespace newsnlp
