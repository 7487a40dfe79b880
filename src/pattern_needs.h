// Room: attribution patterns. What a window must hold for a pattern to match: an exact and cheap test before RE2.
//
//   (?P<source>{WHO}) (?P<cue>took|takes) to {FEED}   needs  (took or takes) and (to) and (a first word of FEED)
//
// Only what certainly is a whole word counts; parts that may be left out, and words that may go on, ask for nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace newsnlp {

/// Keys of words: hash_bytes of the lower case; and two of symbols.
inline constexpr uint64_t kQuotationKey = 1;
inline constexpr uint64_t kDashKey = 2;

/// One of these must be there.
using AnyOf = std::vector<uint64_t>;
/// First words of the entries of the lists.
using ListWords = std::map<std::string, AnyOf, std::less<>>;

/// All of these must be satisfied by a window in which the pattern matches. `base`: lists that are inherited, or null.
/// Linear in the pattern but for nested groups, which are bounded; the pattern need not be valid.
std::vector<AnyOf> pattern_needs(std::string_view pattern, const ListWords& own, const ListWords* base);

}  // namespace newsnlp
