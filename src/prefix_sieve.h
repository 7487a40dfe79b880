// Room: patterns. Many regular expressions at once: which of them may match at the beginning of a text? A few loads a
// text answer "none" or name the few that are worth RE2's while.
//
//   row(place, byte)    a bit for each prefix (regex_prefixes.h) that allows this byte, or the end, at this place
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "regex_prefixes.h"
#include "section.h"

namespace newsnlp {

class PrefixSieve {
 public:
  PrefixSieve() = default;
  /// One that was built, as write() gave it.
  explicit PrefixSieve(SectionReader& from);
  void write(SectionWriter& to) const;

  /// Adds the expression of the next number, from 0. `text` and `most_prefixes` are the same for all of them.
  void add(std::string_view regex, RegexText text, size_t most_prefixes);
  /// Those of all expressions; until build() is called.
  const std::vector<RegexPrefix>& prefixes() const { return prefixes_; }
  /// To be called once, when all are added. each() calls with the lowest numbers first, or, which is faster, as it
  /// likes.
  enum class Order : uint8_t { Ascending, Any };
  void build(Order order = Order::Ascending);
  bool may_begin_with(char first) const { return !words_of(static_cast<unsigned char>(first)).empty(); }

  /// Groups of expressions in which this one is, as bits: 63 of them, and all others.
  uint64_t groups_of(uint32_t number) const;
  /// Calls each(number) for the expressions that may match from the beginning of `text` on; it may leave out those that
  /// are in none of `groups`.
  template <class Each>
  void each(std::string_view text, Each each, uint64_t groups = ~uint64_t{0}) const {
    uint32_t last = kNone;
    if (!may_begin(text)) return;
    const unsigned first = text.empty() ? RegexPrefix::kEnd : static_cast<unsigned char>(text.front());
    for (const uint32_t w : words_of(first)) {
      if ((groups >> std::min(w, kLastGroup) & 1) == 0) continue;
      for (uint64_t bits = look(text, w); bits != 0; bits &= bits - 1) {
        const uint32_t number = numbers_[size_t{w} * 64 + static_cast<size_t>(std::countr_zero(bits))];
        if (number != last) each(number);
        last = number;
      }
    }
  }
  /// Some texts before each(): asks for the memory of its first step, and, once that is there, of the others. `text`
  /// has the bytes that each() will be given, in any case, and at least four.
  void expect(std::string_view text) const { __builtin_prefetch(&thirds_[first_two(text)]); }
  void approach(std::string_view text) const {
    if (!may_begin(text)) return;
    const auto small = [&](size_t place) {
      const auto c = static_cast<unsigned char>(text[place]);
      return c | (static_cast<unsigned>(c - 'A') < 26 ? 0x20U : 0U);
    };
    for (const uint32_t w : words_of(small(0)))
      for (size_t place = 0; place < std::min(text.size(), RegexPrefix::kDepth); ++place)
        __builtin_prefetch(&rows_[(place * kBytes + small(place)) * words_ + w]);
  }
  bool any(std::string_view text) const {
    bool found = false;
    each(text, [&](uint32_t) { found = true; });
    return found;
  }

 private:
  // By the first bytes, five bits of each: capitals are as small letters, and no letter is as a digit or blank.
  static constexpr size_t kTold = 3;
  static constexpr uint32_t fold(uint32_t c) { return c < 0x40 ? 27 + (c >> 3 & 3) : c & 31; }
  bool may_begin(std::string_view text) const {
    uint32_t x = 0;
    if (text.size() < sizeof x) return true;
    std::memcpy(&x, text.data(), sizeof x);
    if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap32(x);
    if ((x & 0x808080) != 0) return true;
    return (thirds_[fold(x & 0x7F) << 5 | fold(x >> 8 & 0x7F)] >> fold(x >> 16 & 0x7F) & 1) != 0;
  }

  std::span<const uint32_t> words_of(size_t first) const {
    return std::span(used_words_).subspan(first_word_[first], first_word_[first + 1] - first_word_[first]);
  }
  static size_t first_two(std::string_view text) {
    return static_cast<size_t>(fold(text[0] & 0x7F)) << 5 | fold(text[1] & 0x7F);
  }

  static constexpr uint32_t kNone = 0xFFFFFFFF;
  static constexpr uint32_t kLastGroup = 63;

  uint64_t look(std::string_view text, size_t word) const {
    const uint64_t* row = rows_.data() + word;
    uint64_t bits = ~uint64_t{0};
    for (size_t place = 0; place < RegexPrefix::kDepth && bits != 0; ++place, row += kBytes * words_) {
      if (place == text.size()) return bits & row[RegexPrefix::kEnd * words_];
      const auto byte = static_cast<unsigned char>(text[place]);
      bits &= row[byte * words_];
      if (byte >= 0x80) break;
    }
    return bits;
  }

  static constexpr size_t kBytes = RegexPrefix::kEnd + 1;

  std::vector<RegexPrefix> prefixes_;  // until they are built
  KnownPrefixes known_;                // the same
  std::vector<uint32_t> numbers_;      // of the expression, by prefix
  std::vector<uint64_t> rows_;
  std::array<uint32_t, kBytes + 1> first_word_{};  // by the first byte: the words of its row that have a bit
  std::vector<uint32_t> used_words_;               // are [first_word_[byte], first_word_[byte + 1]) of these
  std::array<uint32_t, 1 << 10> thirds_{};         // by the first two bytes: a bit for each third one
  size_t words_ = 0;                               // a row
  uint32_t count_ = 0;
};

}  // namespace newsnlp
