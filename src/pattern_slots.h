// Room: attribution patterns. From a pattern as a person writes it to RE2 over a window's symbols.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace newsnlp {

/// Slots that a list defines: name -> RE2 source of one symbol's words.
using SlotLists = std::map<std::string, std::string, std::less<>>;

struct Translation {
  std::string regex;
  size_t error_at = 0;  ///< byte of the pattern
  std::string error;    ///< what is wrong and what to do; empty when all is well
};

/// Resolves slots, lets words stand inside noun phrases, and anchors both ends at symbols.
Translation translate_pattern(std::string_view pattern, const SlotLists& own, const SlotLists* base);

}  // namespace newsnlp
