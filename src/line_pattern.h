// Room: segmenter. A regular expression for single lines: RE2's syntax and answers, without what RE2 pays to begin with
// (compiling, automata that are in no cache). A line is tried by going back and forth.
//
//   node     Text     these bytes                       Split    next, or else other
//            Set      one character of a set            Begin, End, Boundary, Match
//            Repeat   least to most characters of one
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsnlp {

class LinePattern {
 public:
  /// Nothing where the syntax is not understood: classes such as \d, flags, lazy quantifiers, counts of long groups.
  static std::optional<LinePattern> read(std::string_view regex);

  /// Does it match at the beginning of `line` or, not `anchored`, anywhere? Nothing where too many ways would have to
  /// be tried. `line` is valid UTF-8 without line feeds.
  std::optional<bool> match(std::string_view line, bool anchored) const;

 private:
  friend class LinePatternReader;
  static constexpr uint16_t kNoLimit = 0xFFFF;
  enum class Kind : uint8_t { Match, Text, Set, Repeat, Split, Begin, End, Boundary };
  struct Node {
    Kind kind = Kind::Match;
    uint8_t size = 0;  // of a text
    uint16_t next = 0;
    uint16_t other = 0;  // of a split, the second way; of a set or a repeat, the set; of a text, its place
    uint16_t least = 0;
    uint16_t most = 0;
  };
  struct Set {
    std::array<uint64_t, 2> ascii{};                      // a bit a character
    std::vector<std::pair<char32_t, char32_t>> beyond{};  // ranges, both ends included
    bool all_but = false;                                 // `beyond` are those that are not in it

    bool has(char32_t c) const;
  };
  struct Attempt;

  void note_first(uint16_t node, std::vector<bool>& seen);
  bool run(Attempt& attempt, uint16_t node, size_t at) const;

  std::vector<Node> nodes_;  // the first is Match
  std::vector<Set> sets_;
  std::string text_;  // of all texts
  uint16_t first_ = 0;
  Set starts_;  // what a match can begin with; beyond ASCII that is not said
  bool may_be_empty_ = false;
};

}  // namespace newsnlp
