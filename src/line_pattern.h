// Room: segmenter. A regular expression for single lines: RE2's syntax and answers, without what RE2 pays to begin with
// (compiling, automata that are in no cache). A line is tried by going back and forth.
//
//   node     Set      one character of a set            Split    next, or else other
//            Repeat   least to most characters of one   Begin, End, Boundary, Match
#pragma once

#include <array>
#include <cstdint>
#include <optional>
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
  static constexpr uint32_t kNoLimit = 0xFFFFFFFF;
  enum class Kind : uint8_t { Match, Set, Repeat, Split, Begin, End, Boundary };
  struct Node {
    Kind kind = Kind::Match;
    uint32_t next = 0;
    uint32_t other = 0;  // of a split
    uint32_t set = 0;
    uint32_t least = 0;
    uint32_t most = 0;
  };
  struct Set {
    std::array<uint64_t, 2> ascii{};                      // a bit a character
    std::vector<std::pair<char32_t, char32_t>> beyond{};  // ranges, both ends included
    bool all_but = false;                                 // `beyond` are those that are not in it

    bool has(char32_t c) const;
  };
  struct Attempt;

  bool run(Attempt& attempt, uint32_t node, size_t at) const;

  std::vector<Node> nodes_;  // the first is Match
  std::vector<Set> sets_;
  uint32_t first_ = 0;
};

}  // namespace newsnlp
