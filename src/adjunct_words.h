// Room: resolver. Words that begin what is said beside a source: when and how it was said.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace newsnlp {

/// "Now many of them"
inline bool says_now(std::string_view word) {
  return word == "now" || word == "then" || word == "today" || word == "still" || word == "also" || word == "once" ||
         word == "however";
}

/// "the owners | before Christmas", "a driver | as he left", "the defendant | at first".
inline bool opens_adjunct(std::string_view word, std::string_view next) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"before", "after", "during", "until", "since", "while", "when", "as", "despite", "because"});
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
  return word == "at" && (next == "first" || next == "last");
}

}  // namespace newsnlp
