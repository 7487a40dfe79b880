// Room: segmenter. What 64 bytes of text are, as bits: classes of ASCII by tables of nibbles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace newsnlp {

/// What the word rules do with a character. Order matters: word characters first.
enum class WordClass : uint8_t {
  Mark,    // a segment of its own
  Letter,  // a word character, as are the next two
  Digit,
  Extender,  // joins letters and digits: '_'
  Space,     // a run is one segment
  CarriageReturn,
  LineFeed,
  MidLetter,  // joins two letters
  MidDigit,   // joins two digits
  MidBoth,
  Unknown,  // ask ICU
};

constexpr bool is_word(WordClass c) {
  return c >= WordClass::Letter && c <= WordClass::Extender;
}

/// A bit for each of 64 bytes, the first one lowest.
struct WordMasks {
  uint64_t letter = 0;  // ASCII, as the others but the last
  uint64_t digit = 0;
  uint64_t mid_letter = 0;  // what joins two letters
  uint64_t mid_digit = 0;   // what joins two digits
  uint64_t rare = 0;        // carriage returns, what is Unknown or an Extender, control characters, # & / @ `
  uint64_t blank = 0;       // U+0020
  uint64_t feed = 0;        // line feeds
  uint64_t stop = 0;        // .
  uint64_t apostrophe = 0;  // '
  uint64_t hyphen = 0;      // -
  uint64_t beyond = 0;      // of characters beyond ASCII
};

/// Immutable after construction; may be used from any number of threads at once.
class WordMasker {
 public:
  enum class Path : uint8_t { Any, Avx2 };  // both give the same
  static Path best() noexcept;

  WordMasker(const std::array<WordClass, 256>& ascii, Path path);

  /// 64 bytes are readable at `p`.
  void read(const unsigned char* p, WordMasks& masks) const noexcept { read_(*this, p, masks); }

 private:
  struct Kernels;
  static constexpr size_t kSets = 5;  // the first five masks
  static constexpr size_t kMasks = 11;

  // A bit for each byte of a set: [low nibble], bit of the high one.
  std::array<std::array<uint8_t, 16>, kSets> sets_{};
  std::array<uint8_t, 256> sign_{};      // by byte: what it is, as a number; bytes of one sign are in the same masks
  std::array<uint16_t, 32> masks_of_{};  // by sign: the masks, in their order above
  void (*read_)(const WordMasker&, const unsigned char*, WordMasks&) noexcept;
};

}  // namespace newsnlp
