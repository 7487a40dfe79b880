#include "folding.h"

#include <cstring>

#include "hash.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// Base letters of U+00C0 to U+024F; '?' where there is none.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllll??llnnnnnn?"
    "nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuu"
    "wwyyyzzzzzz????????????????e????????????????oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?aaaa????"
    "gg"
    "kkoooo??j???gg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????????????????????";
static_assert(kLatin.size() == 0x250 - 0xC0);

}  // namespace

bool folding_may_change(std::string_view lower) {
  const auto other = [](uint64_t x) {
    return (x & 0x8080808080808080ULL) | bytes_that_are(x, '.') | bytes_that_are(x, '\'');
  };
  const char* at = lower.data();
  const size_t size = lower.size();
  uint64_t x = 0;
  if (size < 8) {  // its bytes, some of them twice
    const auto byte = [&](size_t k) { return uint64_t{static_cast<unsigned char>(at[k])} << (8 * k); };
    uint32_t low = 0, high = 0;
    if (size >= 4) std::memcpy(&low, at, 4), std::memcpy(&high, at + size - 4, 4);
    return other(size >= 4   ? low | uint64_t{high} << 32
                 : size == 0 ? 0
                             : byte(0) | byte(size / 2) | byte(size - 1)) != 0;
  }
  std::memcpy(&x, at + size - 8, 8);
  uint64_t found = other(x);
  for (size_t i = 0; i + 8 < size; i += 8) {
    std::memcpy(&x, at + i, 8);
    found |= other(x);
  }
  return found != 0;
}

void append_folded(std::string_view lower, std::string& out) {
  for (size_t i = 0; i < lower.size();) {
    const char32_t c = next_code_point(lower, i);
    if (c == '.' || c == '\'' || c == 0x2019) continue;
    if (c >= 0xC0 && c < 0x250 && kLatin[c - 0xC0] != '?')
      out += kLatin[c - 0xC0];
    else
      append_utf8(c, out);
  }
}

uint64_t folded_hash(std::string_view lower, std::string& scratch) {
  if (!folding_may_change(lower)) return hash_bytes(lower);
  scratch.clear();
  append_folded(lower, scratch);
  return hash_bytes(scratch);
}

}  // namespace newsnlp
