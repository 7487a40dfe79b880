// Room: segmenter. A line as the patterns of data/en/boilerplate.txt see it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace newsnlp {

/// Writes eight bytes in lower case to `out` where all are ASCII, none a control character and no two blanks stand side
/// by side; else says false.
inline bool lower_plain_eight(const char* bytes, char* out) noexcept {
  uint64_t x;
  std::memcpy(&x, bytes, sizeof x);
  if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap64(x);
  constexpr uint64_t kEach = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x80 * kEach;
  const uint64_t controls = ~((x | kHigh) - ' ' * kEach) | (x + kEach);  // bit 7 of each byte, as the next two
  const uint64_t blanks = ~((x ^ ' ' * kEach) + 0x7F * kEach);
  const uint64_t capitals = (x + (0x80 - 'A') * kEach) & ~(x + (0x80 - 'Z' - 1) * kEach);
  if (((x | controls | (blanks & blanks >> 8)) & kHigh) != 0) return false;
  x |= (capitals & kHigh) >> 2;
  if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap64(x);
  std::memcpy(out, &x, sizeof x);
  return true;
}

/// Lower case, ' for ’, single blanks, no decoration at the ends; made when it is first asked for.
class LineForm {
 public:
  static constexpr size_t kLongest = 400;  // bytes

  /// `line` has at most kLongest bytes and outlives this.
  explicit LineForm(std::string_view line) : line_(line) {}
  LineForm(const LineForm&) = delete;
  LineForm& operator=(const LineForm&) = delete;

  std::string_view view() {
    if (!made_) make();
    return {buffer_.data(), size_};
  }

 private:
  void make();
  void trim_end();

  std::string_view line_;
  bool made_ = false;
  size_t size_ = 0;
  std::array<char, 2 * kLongest> buffer_;  // no code point has a lower-case form of twice its bytes
};

}  // namespace newsnlp
