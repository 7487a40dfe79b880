// Room: patterns. How the texts begin that a regular expression (RE2 syntax) can match: a necessary condition that can
// be tested without compiling the expression.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace newsnlp {

/// Which bytes may stand at the first places; from `size` on anything may, the end of the text included.
struct RegexPrefix {
  static constexpr size_t kDepth = 8;
  static constexpr size_t kEnd = 256;  // the end of the text, as one more byte
  using Bytes = std::bitset<kEnd + 1>;

  std::array<Bytes, kDepth> at;
  uint8_t size = 0;
  bool closed = true;  // while the expression is read: what follows is still to come

  void extend(const RegexPrefix& right) {
    if (!closed) return;
    size_t k = 0;
    for (; k < right.size && size < kDepth; ++k) at[size++] = right.at[k];
    closed = k == right.size && right.closed && size < kDepth;
  }
  void extend(const Bytes& bytes) {
    if (!closed) return;
    at[size++] = bytes;
    closed = size < kDepth;
  }
};

/// How the text that is tested is related to the text that the expression sees.
enum class RegexText : uint8_t {
  Exact,    ///< the same
  AnyCase,  ///< the same; case does not count, except inside (?-i:…)
  Raw,      ///< the expression sees it in lower case, with ' for ’ and a blank for what is invisible
};

/// A match at the beginning of a text agrees with one of these, up to and including the text's first byte beyond ASCII.
/// Never empty. Where there are more than `most`, those of one length become one; only with AnyCase, which is for lists
/// of numbers and amounts, are they made longer then. Syntax that is not understood counts as "anything". `known` keeps
/// what was found for longer groups, which lists of expressions repeat; it is for one `text` and `most`.
using KnownPrefixes = std::unordered_map<std::string, std::vector<RegexPrefix>>;
std::vector<RegexPrefix> regex_prefixes(std::string_view regex, RegexText text, size_t most, KnownPrefixes& known);

}  // namespace newsnlp
