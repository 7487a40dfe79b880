// Room: attribution patterns. What a window must hold for a pattern to match: exact and cheap tests before RE2.
//
//   (?P<source>{WHO}) (?P<cue>took|takes) to {FEED}   needs  (took or takes) and (to) and (a first word of FEED)
//
// and, as a sketch (pattern_sketch.h), who, one of the first, "to", and a word of FEED in a row.
//
// Only what certainly is a whole word counts; parts that may be left out, and words that may go on, ask for nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hash.h"
#include "pattern_sketch.h"

namespace newsnlp {

/// Keys of words: hash_bytes of the lower case; and three of symbols.
inline constexpr uint64_t kQuotationKey = 1;
inline constexpr uint64_t kDashKey = 2;
inline constexpr uint64_t kBreakKey = 3;

/// Key of all words that begin with the same bytes; of `form` at least kStartOfWord.
inline constexpr size_t kStartOfWord = 3;
inline uint64_t start_key(std::string_view form) {
  return hash_bytes(form.substr(0, kStartOfWord)) ^ 0x9E3779B97F4A7C15;
}

/// One of these must be there.
using AnyOf = std::vector<uint64_t>;
struct PatternNeeds {
  std::vector<AnyOf> words;
  PatternSketch sketch;
  std::vector<AnyOf> sets;          // of the sketch
  std::vector<size_t> whole_lists;  // bytes of the pattern: slots of lists that surely are symbols of their own
};

/// A list's first words; `phrases`: some of its entries go on behind them.
struct FirstWords {
  AnyOf words;
  bool phrases = false;
};
using ListWords = std::map<std::string, FirstWords, std::less<>>;

/// All of these must be satisfied by a window in which the pattern matches. `base`: lists that are inherited, or null.
/// Linear in the pattern but for nested groups, which are bounded; the pattern need not be valid.
PatternNeeds pattern_needs(std::string_view pattern, const ListWords& own, const ListWords* base);

}  // namespace newsnlp
