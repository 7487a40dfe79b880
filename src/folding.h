// Room: unicode. Names without what spellings differ in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace newsnlp {

/// A bit (the highest) for each byte of `x` that is `c`; those above the lowest one are not for sure.
constexpr uint64_t bytes_that_are(uint64_t x, char c) noexcept {
  constexpr uint64_t kOnes = 0x0101010101010101ULL;
  x ^= kOnes * static_cast<unsigned char>(c);
  return (x - kOnes) & ~x & (kOnes << 7);
}

/// Appends `lower` without diacritics (Latin letters), full stops and apostrophes: "josé" and "jose" become one.
void append_folded(std::string_view lower, std::string& out);
/// False: it surely stays as it is.
bool folding_may_change(std::string_view lower);
/// hash_bytes() of that.
uint64_t folded_hash(std::string_view lower, std::string& scratch);

}  // namespace newsnlp
