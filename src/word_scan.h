// Room: segmenter. One pass over a text that finds its word segments: tables for what they know, ICU for the rest.
#pragma once

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "icu_words.h"
#include "word_breaks.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

struct WordTables {
  WordTables();

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
};

/// Runs of ASCII letters and digits, by 64 bytes a step.
class PlainRuns {
 public:
  explicit PlainRuns(std::string_view text)
      : begin_(reinterpret_cast<const unsigned char*>(text.data())), size_(text.size()), base_(size_) {}

  static bool is_plain(unsigned char c) noexcept { return kPlain[c]; }

  /// Behind the run that goes on at `p`.
  const unsigned char* end_of_run(const unsigned char* p) noexcept {
    auto at = static_cast<size_t>(p - begin_);
#if defined(__SSE2__)
    while (at < size_) {
      if (at - base_ >= kBlock) load(at / kBlock * kBlock);
      const uint64_t others = others_ >> (at - base_);
      if (others != 0) return begin_ + at + std::countr_zero(others);
      at = base_ + kBlock;
    }
    return begin_ + size_;
#else
    while (at < size_ && is_plain(begin_[at])) ++at;
    return begin_ + at;
#endif
  }

 private:
  static constexpr size_t kBlock = 64;

#if defined(__SSE2__)
  void load(size_t base) noexcept {
    base_ = base;
    alignas(16) unsigned char last[kBlock];
    const unsigned char* p = begin_ + base;
    if (size_ - base < kBlock) {
      std::memset(last, ' ', kBlock);
      std::memcpy(last, p, size_ - base);
      p = last;
    }
    uint64_t plain = 0;
    for (size_t i = 0; i < kBlock; i += 16) {
      const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + i));
      // x - low < count, unsigned, as a signed comparison
      const auto among = [](__m128i x, char low, int count) {
        const __m128i shifted = _mm_add_epi8(x, _mm_set1_epi8(static_cast<char>(0x80 - low)));
        return _mm_cmplt_epi8(shifted, _mm_set1_epi8(static_cast<char>(0x80 + count)));
      };
      const __m128i letter = among(_mm_or_si128(c, _mm_set1_epi8(0x20)), 'a', 26);
      const __m128i digit = among(c, '0', 10);
      plain |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(letter, digit)))) << i;
    }
    others_ = ~plain;
  }
#endif

  static constexpr std::array<bool, 256> kPlain = [] {
    std::array<bool, 256> plain{};
    for (unsigned c = 0; c < 0x80; ++c) plain[c] = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
    return plain;
  }();

  const unsigned char* begin_;
  size_t size_;
  [[maybe_unused]] size_t base_;
  [[maybe_unused]] uint64_t others_ = 0;  // a bit for each byte of the block at base_ that is neither letter nor digit
};

/// Gives the segments of `text` to `sink`, in order and without gap:
///   sink.plain(begin, end, kind)     ASCII letters and digits alone
///   sink.blanks(begin, end)          a run of U+0020
///   sink.segment(begin, end, kind)   anything else
template <class Sink>
void WordBreaks::scan(std::string_view text, Sink& sink) const {
  const WordTables& tables = *tables_;
  const auto* const begin = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = begin + text.size();
  PlainRuns runs(text);
  std::optional<IcuWords> icu;
  std::vector<Segment> from_icu;
  const unsigned char* p = begin;
  const auto place = [&](const unsigned char* at) { return static_cast<uint32_t>(at - begin); };

  // The stretch from `from` to the first blank behind an ASCII mark or letter goes to ICU: there it breaks in any case.
  // Returns its end.
  const auto ask_icu = [&](const unsigned char* from) {
    const unsigned char* to = from;
    while (to < end && *to == ' ') ++to;
    if (to < end) ++to;
    while (to < end && !(*to == ' ' && to[-1] < 0x80 && to[-1] != ' ')) ++to;
    if (!icu) icu.emplace(*tables.prototype);
    uint32_t base = place(from);
    from_icu.clear();
    icu->append(text.substr(base, static_cast<size_t>(to - from)), base, from_icu);
    for (const Segment& s : from_icu) {
      sink.segment(base, s.end, s.kind);
      base = s.end;
    }
    return to;
  };

  while (p < end) {
    const unsigned char* const first = p;
    uint32_t size = 0;
    WordClass c = tables.at(p, end, size);
    if (is_word(c)) {
      WordClass last = c;
      WordClass before = WordClass::Mark;  // the class before `last`
      bool known = true;
      if (PlainRuns::is_plain(*p)) {
        p = runs.end_of_run(p);
        last = tables.ascii[p[-1]];
        const Segment::Kind kind = last == WordClass::Letter ? Segment::kLetter : Segment::kNumber;
        if (p == end) {
          sink.plain(place(first), place(p), kind);
          break;
        }
        const WordClass next = tables.ascii[*p];
        if (next == WordClass::Space && p + 1 < end && p[1] != ' ' && p[1] < 0x80) {
          sink.plain(place(first), place(p), kind);
          sink.blanks(place(p), place(p + 1));
          ++p;
          continue;
        }
        if (next == WordClass::Mark || (next >= WordClass::Space && next <= WordClass::LineFeed)) {
          sink.plain(place(first), place(p), kind);
          continue;
        }
        if (p - first > 1) before = tables.ascii[p[-2]];
      } else {
        p += size;
      }
      for (;;) {
        while (p < end && is_word(tables.ascii[*p])) {
          before = last;
          last = tables.ascii[*p++];
        }
        if (p == end) break;
        c = tables.at(p, end, size);
        if (is_word(c)) {
          before = last;
          last = c;
          p += size;
          continue;
        }
        if (c == WordClass::Unknown) known = false;
        const bool joins = (last == WordClass::Letter && (c == WordClass::MidLetter || c == WordClass::MidBoth)) ||
                           (last == WordClass::Digit && (c == WordClass::MidDigit || c == WordClass::MidBoth));
        if (!joins || p + size >= end) break;
        uint32_t next_size = 0;
        const WordClass next = tables.at(p + size, end, next_size);
        if (next == WordClass::Unknown) known = false;
        if (next != last) break;
        before = c;
        p += size + next_size;
      }
      if (!known) {
        p = ask_icu(first);
        continue;
      }
      if (last == WordClass::Extender) last = before;  // of '_' alone: a mark
      sink.segment(place(first), place(p),
                   last == WordClass::Mark    ? Segment::kOther
                   : last == WordClass::Digit ? Segment::kNumber
                                              : Segment::kLetter);
      continue;
    }
    if (c == WordClass::Unknown) {
      p = ask_icu(first);
      continue;
    }
    p += size;
    if (c == WordClass::Space) {
      while (p < end && *p == ' ') ++p;
    } else if (c == WordClass::CarriageReturn || c == WordClass::LineFeed) {
      if (c == WordClass::CarriageReturn && p < end && *p == '\n') ++p;
      sink.segment(place(first), place(p), Segment::kOther);
      continue;
    }
    // what stands behind may combine with it
    if (p < end && *p >= 0x80 && tables.at(p, end, size) == WordClass::Unknown)
      p = ask_icu(first);
    else if (c == WordClass::Space)
      sink.blanks(place(first), place(p));
    else
      sink.segment(place(first), place(p), Segment::kOther);
  }
}

}  // namespace newsnlp
