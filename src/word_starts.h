// Room: segmenter. Where words and marks begin in a line: a scan of 16 bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace newsnlp {

/// What 16 bytes are, a bit each.
struct LineBits {
  uint32_t word = 0;       // ASCII letters, digits and '_'
  uint32_t mark = 0;       // other ASCII characters that are seen
  uint32_t blank = 0;      // ASCII control characters and the blank
  uint32_t separator = 0;  // '|' and the tabulator
};

struct LineSigns {
  bool double_blank = false;  // two blanks or control characters in a row
  bool separator = false;
  bool beyond_ascii = false;
};

/// `size` bytes, at most 16, from `p` on; of the 16 bytes all must be readable.
inline LineBits line_bits(const char* p, size_t size) {
  LineBits bits;
#if defined(__SSE2__)
  const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const auto between = [](__m128i x, char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(x, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const __m128i letter = between(_mm_or_si128(c, _mm_set1_epi8(0x20)), 'a', 'z');
  const __m128i word = _mm_or_si128(_mm_or_si128(letter, between(c, '0', '9')), _mm_cmpeq_epi8(c, _mm_set1_epi8('_')));
  const __m128i blank = _mm_or_si128(between(c, 0, ' '), _mm_cmpeq_epi8(c, _mm_set1_epi8(0x7F)));
  const auto mask = [](__m128i m) { return static_cast<uint32_t>(_mm_movemask_epi8(m)); };
  const __m128i separator = _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('|')), _mm_cmpeq_epi8(c, _mm_set1_epi8('\t')));
  bits = {mask(word), ~(mask(word) | mask(blank) | mask(c)), mask(blank), mask(separator)};
#else
  for (size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(p[i]);
    const bool word = (c >= '0' && c <= '9') || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    const bool blank = c <= ' ' || c == 0x7F;
    bits.word |= static_cast<uint32_t>(word) << i;
    bits.blank |= static_cast<uint32_t>(blank) << i;
    bits.separator |= static_cast<uint32_t>(c == '|' || c == '\t') << i;
    bits.mark |= static_cast<uint32_t>(!word && !blank && c < 0x80) << i;
  }
#endif
  const uint32_t all = (uint32_t{1} << size) - 1;
  return {bits.word & all, bits.mark & all, bits.blank & all, bits.separator & all};
}

/// Calls each(place) for the first byte of every word (ASCII letters, digits, '_') and for every ASCII mark.
template <class Each>
LineSigns each_word_start(std::string_view line, Each each) {
  LineSigns signs;
  char last[16];
  uint32_t word_before = 0;
  uint32_t blank_before = 0;
  for (size_t i = 0; i < line.size(); i += 16) {
    const size_t size = line.size() - i < 16 ? line.size() - i : 16;
    const char* p = line.data() + i;
    if (size < 16) {
      for (size_t k = 0; k < 16; ++k) last[k] = k < size ? p[k] : ' ';
      p = last;
    }
    const LineBits bits = line_bits(p, size);
    signs.double_blank |= (bits.blank & (bits.blank << 1 | blank_before)) != 0;
    signs.separator |= bits.separator != 0;
    signs.beyond_ascii |= (bits.word | bits.mark | bits.blank) != (uint32_t{1} << size) - 1;
    for (uint32_t starts = (bits.word & ~(bits.word << 1 | word_before)) | bits.mark; starts != 0; starts &= starts - 1)
      each(i + static_cast<size_t>(std::countr_zero(starts)));
    word_before = bits.word >> 15;
    blank_before = bits.blank >> 15;
  }
  return signs;
}

}  // namespace newsnlp
