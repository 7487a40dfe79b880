#include "line_scan.h"

#include <algorithm>
#include <numeric>

#include "cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace newsnlp {
namespace {

bool is_blank(unsigned char c) {
  return c <= ' ' || c == 0x7F;
}
bool is_letter_byte(unsigned char c) {
  return static_cast<unsigned>((c | 0x20) - 'a') < 26;
}

}  // namespace

struct LineScanner::Kernels {
  static void any(const LineScanner& s, const unsigned char* p, size_t blocks, unsigned char before, LinePlaces& places,
                  size_t first) {
    uint64_t blank_before = is_blank(before) ? 1 : 0;
    uint64_t letter_before = is_letter_byte(before) ? 1 : 0;
    for (size_t n = first; n < first + blocks; ++n, p += kBlock) {
      uint64_t starts = 0, blanks = 0, letters = 0, marks = 0;
      for (size_t i = 0; i < kBlock; ++i) {
        const unsigned char c = p[i];
        unsigned groups = c < 0x80 ? 0xFF : 0;
        bool known = true;  // no byte beyond ASCII yet: behind one anything may stand
        for (size_t k = 0; k < kTold; ++k) {
          known &= p[i + k] < 0x80;
          if (known) groups &= unsigned{s.low_[k][p[i + k] & 15]} & s.high_[k][p[i + k] >> 4];
        }
        starts |= uint64_t{groups != 0} << i;
        blanks |= uint64_t{is_blank(c)} << i;
        letters |= uint64_t{is_letter_byte(c)} << i;
        marks |= uint64_t{c == '=' || c == '@' || c == '/' || c == '|' || c == '\t' || c == 0xB7 || c == 0xA2} << i;
      }
      places.starts.words()[n] = starts & ~(letters & (letters << 1 | letter_before));
      places.rare.words()[n] = marks | (blanks & (blanks << 1 | blank_before));
      blank_before = blanks >> (kBlock - 1);
      letter_before = letters >> (kBlock - 1);
    }
  }

#if defined(__x86_64__)
  NEWSNLP_TARGET_AVX2 static uint64_t bits(__m256i bytes) {
    return static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
  }
  NEWSNLP_TARGET_AVX2 static void avx2(const LineScanner& s, const unsigned char* p, size_t blocks,
                                       unsigned char before, LinePlaces& places, size_t first) {
    const __m256i zero = _mm256_setzero_si256();
    const __m256i nibble = _mm256_set1_epi8(15);
    // = @ / | and the tabulator: by low nibble the high ones, a bit each
    const __m256i mark_low = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(1 << 4, 0, 0, 0, 0, 0, 0, 0, 0, 1 << 0, 0, 0, 1 << 5, 1 << 3, 0, 1 << 2));
    const __m256i mark_high = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(1 << 0, 0, 1 << 2, 1 << 3, 1 << 4, 0, 0, 1 << 5, 0, 0, 0, 0, 0, 0, 0, 0));
    __m256i low[kTold], high[kTold];
    for (size_t k = 0; k < kTold; ++k) {
      low[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(s.low_[k].data())));
      high[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(s.high_[k].data())));
    }
    uint64_t* const starts = places.starts.words() + first;
    uint64_t* const rare = places.rare.words() + first;
    uint64_t blank_before = is_blank(before) ? 1 : 0;
    uint64_t letter_before = is_letter_byte(before) ? 1 : 0;
    for (size_t i = 0; i < blocks; ++i, p += kBlock) {
      uint64_t no_start = 0, blanks = 0, letters = 0, no_marks = 0;
      for (size_t half = 0; half < kBlock; half += 32) {
        __m256i groups = _mm256_set1_epi8(-1);
        __m256i beyond = zero;
        for (size_t k = 0; k < kTold; ++k) {
          const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + half + k));
          // the first of the two shuffles gives 0 for what is beyond ASCII
          const __m256i here =
              _mm256_and_si256(_mm256_shuffle_epi8(low[k], x),
                               _mm256_shuffle_epi8(high[k], _mm256_and_si256(_mm256_srli_epi16(x, 4), nibble)));
          if (k > 0) beyond = _mm256_or_si256(beyond, _mm256_cmpgt_epi8(zero, x));
          groups = _mm256_and_si256(groups, k == 0 ? here : _mm256_or_si256(here, beyond));
        }
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + half));
        const __m256i is_blank_byte = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8(' ')), x),
                                                      _mm256_cmpeq_epi8(x, _mm256_set1_epi8(0x7F)));
        const __m256i is_letter =
            _mm256_cmpgt_epi8(_mm256_add_epi8(_mm256_or_si256(x, _mm256_set1_epi8(0x20)), _mm256_set1_epi8(0x7F - 'z')),
                              _mm256_set1_epi8(0x7F - 26));
        const __m256i no_mark = _mm256_cmpeq_epi8(
            _mm256_and_si256(_mm256_shuffle_epi8(mark_low, x),
                             _mm256_shuffle_epi8(mark_high, _mm256_and_si256(_mm256_srli_epi16(x, 4), nibble))),
            zero);
        const __m256i end_of_mark = _mm256_or_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8('\xB7')),
                                                    _mm256_cmpeq_epi8(x, _mm256_set1_epi8('\xA2')));
        no_start |= bits(_mm256_cmpeq_epi8(groups, zero)) << half;
        blanks |= bits(is_blank_byte) << half;
        letters |= bits(is_letter) << half;
        no_marks |= bits(_mm256_andnot_si256(end_of_mark, no_mark)) << half;
      }
      starts[i] = ~(no_start | (letters & (letters << 1 | letter_before)));
      rare[i] = ~no_marks | (blanks & (blanks << 1 | blank_before));
      letter_before = letters >> (kBlock - 1);
      blank_before = blanks >> (kBlock - 1);
    }
  }
#else
  static constexpr auto avx2 = any;
#endif
};

LineScanner::Path LineScanner::best() noexcept {
  return has_avx2() ? Path::Avx2 : Path::Any;
}

LineScanner::LineScanner(std::span<const RegexPrefix> prefixes, Path path)
    : read_(path == Path::Avx2 ? Kernels::avx2 : Kernels::any) {
  // Prefixes that begin alike share a group, so that its bytes are few.
  std::vector<size_t> order(prefixes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto first = [&](size_t i) { return prefixes[i].size == 0 ? 0 : prefixes[i].at[0]._Find_first() & 31; };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return first(a) < first(b); });
  for (size_t n = 0; n < order.size(); ++n) {
    const RegexPrefix& prefix = prefixes[order[n]];
    const auto group = static_cast<uint8_t>(1U << (n * 8 / order.size()));
    bool open = false;  // the text may have ended
    for (size_t k = 0; k < kTold; ++k) {
      open |= k >= prefix.size || prefix.at[k][RegexPrefix::kEnd];
      for (size_t b = 0; b < 0x80; ++b)
        if (open || prefix.at[k][b]) {
          low_[k][b & 15] |= group;
          high_[k][b >> 4] |= group;
        }
    }
  }
}

void LineScanner::scan(std::string_view text, LinePlaces& places) const {
  places.starts.resize(text.size());
  places.rare.resize(text.size());
  const auto* const begin = reinterpret_cast<const unsigned char*>(text.data());
  const size_t whole = text.size() < kRead ? 0 : (text.size() - kRead) / kBlock + 1;
  read_(*this, begin, whole, kNothing, places, 0);
  for (size_t block = whole; block * kBlock < text.size(); ++block) {
    const size_t at = block * kBlock;
    std::array<unsigned char, kRead> tail;
    tail.fill(0xFF);  // anything may stand there
    std::copy(begin + at, begin + std::min(text.size(), at + kRead), tail.begin());
    read_(*this, tail.data(), 1, at > 0 ? begin[at - 1] : kNothing, places, block);
  }
}

}  // namespace newsnlp
