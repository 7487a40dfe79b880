// Room: json. Byte offsets -> code points or UTF-16 units: a table of every 16th byte, then at most 15 bytes to count.
#include <algorithm>

#include "newsnlp/json.h"

namespace newsnlp {
namespace {

constexpr uint32_t kBlock = 16;

// Units that begin at this byte: none within a code point, two for what UTF-16 writes as a surrogate pair.
constexpr uint32_t units(char byte, bool utf16) noexcept {
  const auto b = static_cast<unsigned char>(byte);
  if ((b & 0xC0) == 0x80) return 0;
  return utf16 && b >= 0xF0 ? 2 : 1;
}

}  // namespace

OffsetMap::OffsetMap(std::string_view text, Offsets unit) : text_(text), unit_(unit) {
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (unit == Offsets::Byte || std::all_of(text.begin(), text.end(), ascii)) return;
  blocks_.reserve(text.size() / kBlock + 1);
  uint32_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBlock == 0) blocks_.push_back(count);
    count += units(text[i], unit == Offsets::Utf16);
  }
  if (text.size() % kBlock == 0) blocks_.push_back(count);
}

uint32_t OffsetMap::operator()(uint32_t byte) const noexcept {
  if (blocks_.empty()) return byte;
  uint32_t count = blocks_[byte / kBlock];
  for (uint32_t i = byte / kBlock * kBlock; i < byte; ++i) count += units(text_[i], unit_ == Offsets::Utf16);
  return count;
}

}  // namespace newsnlp
