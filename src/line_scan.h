// Room: segmenter. Where in a text something stands that boilerplate may have: one pass over all lines at once, 32
// bytes at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "regex_prefixes.h"
#include "section.h"

namespace newsnlp {

/// Bytes of a text, a bit each.
class ByteSet {
 public:
  void resize(size_t bytes) { words_.resize((bytes + 63) / 64); }
  uint64_t* words() { return words_.data(); }

  bool any(uint32_t begin, uint32_t end) const {
    return find(begin, end, [](uint32_t) { return true; });
  }
  /// Is test(place) true for one of the bytes in [begin, end)? Ascending, up to the first for which it is.
  template <class Test>
  bool find(uint32_t begin, uint32_t end, Test test) const {
    for (uint32_t at = begin; at < end; at = (at | 63) + 1) {
      uint64_t bits = words_[at / 64] >> (at % 64);
      if (end - at < 64) bits &= (uint64_t{1} << (end - at)) - 1;
      for (; bits != 0; bits &= bits - 1)
        if (test(at + static_cast<uint32_t>(__builtin_ctzll(bits)))) return true;
    }
    return false;
  }

 private:
  std::vector<uint64_t> words_;
};

/// What the scanner finds in a text.
struct LinePlaces {
  ByteSet starts;  // one of the prefixes may begin here, as its first bytes say; ASCII, no letter behind a letter
  ByteSet rare;    // = @ / | and the tabulator; a blank or control character that follows another one; the last bytes
                   // of · and • and of some other characters
};

/// Immutable after construction; may be used from any number of threads at once.
class LineScanner {
 public:
  enum class Path : uint8_t { Any, Avx2 };  // both give the same
  static Path best() noexcept;

  /// The prefixes of expressions, of RegexText::Raw.
  explicit LineScanner(std::span<const RegexPrefix> prefixes, Path path = best());

  /// As write() gave it.
  explicit LineScanner(SectionReader& from, Path path = best());
  void write(SectionWriter& to) const;

  /// Replaces `places`. Linear time.
  void scan(std::string_view text, LinePlaces& places) const;

 private:
  struct Kernels;
  explicit LineScanner(Path path);
  static constexpr size_t kBlock = 64;
  static constexpr size_t kTold = 5;  // bytes of a prefix
  static constexpr size_t kRead = kBlock + kTold - 1;

  // By place and nibble: which of eight groups of prefixes have a byte with it there.
  std::array<std::array<uint8_t, 16>, kTold> low_{};
  std::array<std::array<uint8_t, 16>, kTold> high_{};
  // So many blocks of a text; kRead bytes can be read of each. `before` is the byte before them.
  using Read = void (*)(const LineScanner&, const unsigned char*, size_t blocks, unsigned char before, LinePlaces&,
                        size_t first);
  static constexpr unsigned char kNothing = '.';  // before a text stands neither a blank nor a letter
  Read read_;
};

}  // namespace newsnlp
