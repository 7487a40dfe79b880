// Room: attribution patterns. From a pattern as a person writes it to RE2 over a window's symbols.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "slot_lists.h"

namespace newsnlp {

/// From one symbol to the next, as RE2 source: an end of a noun phrase, the space, the letters before a word.
inline constexpr std::string_view kSymbolGap = "Z? [AC-PRT-Y]*";

/// Words that go on with {WHO}, before another noun phrase.
inline constexpr std::array<std::string_view, 9> kWhoPrepositions = {"of",   "for", "at", "in", "from",
                                                                     "with", "on",  "'s", "’s"};

struct Translation {
  std::string regex;
  bool to_end = false;  ///< the text's rest, of which the regex has one character, belongs to the match
  size_t error_at = 0;  ///< byte of the pattern
  std::string error;    ///< what is wrong and what to do; empty when all is well
};

/// Resolves slots, lets words stand inside noun phrases, and anchors both ends at symbols. `whole`: bytes of the
/// pattern at which a slot is a symbol of its own. A {REST} that ends the pattern can always be matched: reading it is
/// left out.
Translation translate_pattern(std::string_view pattern, SlotLists& own, const SlotLists* base,
                              std::span<const size_t> whole);

}  // namespace newsnlp
