// Room: segmenter. One pass over a text that finds its word segments, 64 bytes at a time: masks and tables for what
// they know, ICU for the rest.
//
//   text       Mr. Smith’s “no” was 3,000 words lo|ng …       a block ends with its last blank or line feed, so that
//   words      ##  ########  ##  ### ##### #####             no segment, and no token, goes beyond one
//   marks        #          #  #                              the first byte of everything else but blanks
//   glue             (’ joins)    ##                          the other bytes of a mark
//   odd                                                       what the tables do not know, up to its blanks
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "icu_words.h"
#include "word_breaks.h"
#include "word_masks.h"

namespace newsnlp {

struct WordTables {
  explicit WordTables(WordMasker::Path path);

  /// The class of the character at `p` and its bytes; text ends at `end`.
  WordClass at(const unsigned char* p, const unsigned char* end, uint32_t& size) const {
    const unsigned char c = *p;
    size = 1;
    if (c < 0x80) return ascii[c];
    if (c < 0xE0 && p + 1 < end) {
      size = 2;
      return two_bytes[static_cast<size_t>(c & 0x1F) << 6 | (p[1] & 0x3F)];
    }
    if (c == 0xE2 && p + 2 < end && (p[1] & 0xFE) == 0x80) {
      size = 3;
      return punctuation[static_cast<size_t>(p[1] & 1) << 6 | (p[2] & 0x3F)];
    }
    return WordClass::Unknown;
  }

  std::unique_ptr<icu::BreakIterator> prototype;
  std::array<WordClass, 256> ascii;  // by byte; Unknown from 0x80
  std::array<WordClass, 0x800> two_bytes;
  std::array<WordClass, 0x80> punctuation;  // U+2000-207F
  std::optional<WordMasker> masker;
};

constexpr uint64_t low_bits(uint32_t count) {
  return count < 64 ? (uint64_t{1} << count) - 1 : ~uint64_t{0};
}
constexpr uint32_t lowest(uint64_t bits) {
  return static_cast<uint32_t>(__builtin_ctzll(bits));
}

/// The segments of some 64 bytes that end with a blank or line feed: the bytes of `inside`. Blanks are in no mask.
struct WordBlock {
  const unsigned char* bytes = nullptr;  // 64 of them can be read; behind the text stand blanks
  uint32_t base = 0;                     // place of the first one in the text
  WordMasks masks;                       // of all 64
  uint64_t inside = 0;
  uint64_t words = 0;   // runs are segments, of letters or of a number, as the last character says
  uint64_t marks = 0;   // the first bytes of other segments; marks, line breaks, symbols
  uint64_t glue = 0;    // their other bytes
  uint64_t beyond = 0;  // the first bytes of characters beyond ASCII that the tables know
  uint64_t breaks = 0;  // bytes of line breaks
  uint64_t odd = 0;     // what the tables do not know; between its blanks none of the above is right

  uint64_t starts() const { return (words & ~(words << 1)) | marks; }
  uint64_t last_bytes() const { return (words & ~(words >> 1)) | ((marks | glue) & ~(glue >> 1)); }
  bool is_number(uint32_t last_byte) const { return (masks.digit >> last_byte & 1) != 0; }

  /// Fills what stands behind `inside`.
  void look(const WordTables& tables);

 private:
  void look_beyond(const WordTables& tables);
  void look_at_rare(const WordTables& tables);
};

inline void WordBlock::look(const WordTables& tables) {
  masks.letter &= inside;
  masks.digit &= inside;
  words = glue = beyond = breaks = odd = 0;
  if ((masks.beyond & inside) != 0) look_beyond(tables);
  const uint64_t l = masks.letter;
  const uint64_t d = masks.digit;
  words |= l | d | ((l << 1) & masks.mid_letter & (l >> 1)) | ((d << 1) & masks.mid_digit & (d >> 1));
  breaks = masks.feed & inside;
  if ((masks.rare & inside) != 0) look_at_rare(tables);
  marks = ~(words | masks.blank | glue) & inside;
}

/// Segments of a stretch of text one by one, by the tables and, for what they do not know, by ICU.
class WordSteps {
 public:
  WordSteps(const WordTables& tables, std::string_view text);
  ~WordSteps();
  /// Replaces `segments` by those from `from`, or the blanks before it, on; returns the end of the last one, the first
  /// that is not before `to`. Text breaks before `from` unless blanks join with it.
  size_t run(size_t& from, size_t to, std::vector<Segment>& segments);

 private:
  const unsigned char* step(const unsigned char* p, std::vector<Segment>& segments);
  const unsigned char* ask_icu(const unsigned char* from, std::vector<Segment>& segments);
  uint32_t place(const unsigned char* p) const { return static_cast<uint32_t>(p - begin_); }

  const WordTables& tables_;
  std::string_view text_;
  const unsigned char* begin_;
  const unsigned char* end_;
  std::optional<IcuWords> icu_;
};

/// Gives the segments of `text` to `sink`, in order:
///   sink.odd(block)                   more bytes whose stretch between blanks shall come as such
///   sink.take(block, which)           the segments that begin and end at these bytes; runs of blanks are left out
///   sink.stretch(begin, segments)     all segments of a stretch, blanks too; the first begins at `begin`
template <class Sink>
void WordBreaks::scan(std::string_view text, Sink& sink) const {
  const WordTables& tables = *tables_;
  const auto* const begin = reinterpret_cast<const unsigned char*>(text.data());
  WordSteps steps(tables, text);
  std::vector<Segment> segments;
  const auto stretch = [&](size_t from, size_t to) {
    const size_t behind = steps.run(from, to, segments);
    sink.stretch(static_cast<uint32_t>(from), segments);
    return behind;
  };
  WordBlock block;
  unsigned char tail[64];
  for (size_t at = 0; at < text.size();) {
    block.bytes = begin + at;
    if (text.size() - at < sizeof tail) {
      std::memset(tail, ' ', sizeof tail);
      std::memcpy(tail, begin + at, text.size() - at);
      block.bytes = tail;
    }
    block.base = static_cast<uint32_t>(at);
    tables.masker->read(block.bytes, block.masks);
    const uint64_t separators = block.masks.blank | block.masks.feed;
    if (separators == 0) {
      at = stretch(at, std::min(text.find_first_of(" \n", at + 64), text.size()));
      continue;
    }
    const auto unused = static_cast<uint32_t>(__builtin_clzll(separators));
    block.inside = ~uint64_t{0} >> unused;
    block.look(tables);
    size_t next = at + 64 - unused;
    uint64_t left = ~uint64_t{0};
    for (uint64_t odd = (block.odd | sink.odd(block)) & block.inside; odd != 0; odd &= left) {
      const uint32_t first = lowest(odd);
      const uint64_t before = separators & low_bits(first);
      const uint32_t from = before == 0 ? 0 : 64 - static_cast<uint32_t>(__builtin_clzll(before));
      sink.take(block, left & low_bits(from));
      const size_t behind = stretch(at + from, at + first + lowest(separators >> first));
      left = 0;
      if (behind < next)
        left = ~low_bits(static_cast<uint32_t>(behind - at));
      else
        next = behind;
    }
    if (left != 0) sink.take(block, left);
    at = next;
  }
}

}  // namespace newsnlp
