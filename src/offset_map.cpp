// Room: json. Byte offsets -> code points or UTF-16 units: a table of every eighth byte, and one word to count in.
#include <bit>
#include <cstring>

#include "newsnlp/json.h"

namespace newsnlp {
namespace {

constexpr uint32_t kBlock = sizeof(uint64_t);
constexpr uint64_t kOnes = 0x0101010101010101;  // one a byte

// The first `bytes` of a block of the text that begins there; those behind are zeros.
uint64_t load(std::string_view text, size_t begin, size_t bytes) noexcept {
  uint64_t word = 0;
  std::memcpy(&word, text.data() + begin, bytes);
  return word;
}

// Units that begin in the first `bytes` of a block: none within a code point, two for what UTF-16 writes as a
// surrogate pair.
uint32_t units(uint64_t block, uint32_t bytes, bool utf16) noexcept {
  const uint64_t starts = ~(block >> 7 & ~(block >> 6));
  const uint64_t pairs = utf16 ? block >> 7 & block >> 6 & block >> 5 & block >> 4 : 0;
  const uint64_t counted = (starts & kOnes) + (pairs & kOnes);
  const uint32_t unwanted = 8 * (kBlock - bytes);
  const uint64_t wanted = std::endian::native == std::endian::little ? counted << unwanted : counted >> unwanted;
  return static_cast<uint32_t>((wanted * kOnes) >> 56);  // the sum of its bytes
}

bool is_ascii(std::string_view text) noexcept {
  uint64_t all = 0;
  size_t i = 0;
  for (; i + kBlock <= text.size(); i += kBlock) all |= load(text, i, kBlock);
  all |= load(text, i, text.size() - i);
  return (all & kOnes << 7) == 0;
}

}  // namespace

OffsetMap::OffsetMap(std::string_view text, Offsets unit) : text_(text), unit_(unit) {
  if (unit == Offsets::Byte || is_ascii(text)) return;
  const size_t whole = text.size() / kBlock;
  blocks_.resize(whole + 1);
  uint32_t count = 0;
  for (size_t b = 0; b < whole; ++b) {
    blocks_[b] = count;
    count += units(load(text, b * kBlock, kBlock), kBlock, unit == Offsets::Utf16);
  }
  blocks_[whole] = count;
}

uint32_t OffsetMap::operator()(uint32_t byte) const noexcept {
  if (blocks_.empty()) return byte;
  const uint32_t within = byte % kBlock;
  const uint32_t begin = byte - within;
  const uint32_t count = blocks_[byte / kBlock];
  if (within == 0) return count;
  const size_t held = text_.size() - begin;
  const uint64_t block = held >= kBlock ? load(text_, begin, kBlock) : load(text_, begin, held);
  return count + units(block, within, unit_ == Offsets::Utf16);
}

}  // namespace newsnlp
