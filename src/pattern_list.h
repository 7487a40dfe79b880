// Room: patterns. data/en/entity_patterns.txt, read: named blocks, then patterns by type. The file explains itself.
//
//   {MONTH} = January|February|…            a block; later lines may use it
//   [DATE] begins digit {MONTH} then of     a section: its type, what the first token of a match may be, and the second
//     … over , then of                      … which may stand behind these
//     … needs pm                            … and one of the tokens behind the first
//   0.97 {MONTH} \d{1,2}                    a pattern: its score, and RE2 syntax with blocks
//   0.80 (?<=in|by) May                     the token before must be (or, with "(?<!", must not be) one of these
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

struct PatternList {
  enum class Neighbour : uint8_t { Any, OneOf, NoneOf };

  struct Pattern {
    uint32_t line = 0;               // of the file, from 1
    float score = 0;                 // of its mentions
    std::string regex;               // RE2, blocks put in
    std::vector<std::string> words;  // what it matches, in lower case, where that is nothing but single words
    Neighbour neighbour = Neighbour::Any;
    std::vector<std::string> before;  // lower case, for Neighbour
  };
  struct Section {
    std::optional<EntityType> type;  // nullopt: NONE, what matches is no mention
    bool digit = false;              // a match may begin at a token that has a digit
    bool address = false;            // … at the beginning of a stretch that has '@', "://" or "www."
    std::vector<std::string> words;  // … at one of these tokens (lower case)
    std::vector<std::string> over;   // tokens that may stand behind the first
    bool goes_on = false;            // a match has a next token …
    bool then_digit = false;         // … that has a digit
    std::vector<std::string> then;   // … or is one of these
    std::vector<std::string> needs;  // unless empty, one token behind the first is one of these
    std::vector<Pattern> patterns;
  };
  std::vector<Section> sections;
};

/// Throws ModelError ("file:line: …") at the first broken line.
PatternList read_patterns(std::string_view text, const std::string& file);

}  // namespace newsnlp
