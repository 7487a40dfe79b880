#include "word_masks.h"

#include <algorithm>
#include <string_view>

#include "cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace newsnlp {
namespace {

// The masks that a character of ASCII is in, in the order of WordMasks.
uint16_t masks_of(unsigned c, WordClass k) {
  const bool control = (c < ' ' && c != '\n') || c == 0x7F;
  const bool rare = control || k == WordClass::Unknown || k == WordClass::Extender ||
                    std::string_view("#&/@`").find(static_cast<char>(c)) != std::string_view::npos;
  const bool in[] = {k == WordClass::Letter,
                     k == WordClass::Digit,
                     k == WordClass::MidLetter || k == WordClass::MidBoth,
                     k == WordClass::MidDigit || k == WordClass::MidBoth,
                     rare,
                     c == ' ',
                     c == '\n',
                     c == '.',
                     c == '\'',
                     c == '-'};
  uint16_t bits = 0;
  for (size_t i = 0; i < std::size(in); ++i) bits = static_cast<uint16_t>(bits | in[i] << i);
  return bits;
}

}  // namespace

struct WordMasker::Kernels {
  static void any(const WordMasker& masker, const unsigned char* p, WordMasks& masks) noexcept {
    std::array<uint64_t, 32> of_sign{};
    for (size_t i = 0; i < 64; ++i) of_sign[masker.sign_[p[i]]] |= uint64_t{1} << i;
    std::array<uint64_t, kMasks> all{};
    for (size_t sign = 0; sign < of_sign.size(); ++sign)
      for (size_t m = 0; m < kMasks; ++m) all[m] |= (masker.masks_of_[sign] >> m & 1) != 0 ? of_sign[sign] : 0;
    masks = {all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10]};
  }

#if defined(__x86_64__)
  NEWSNLP_TARGET_AVX2 static void avx2(const WordMasker& masker, const unsigned char* p, WordMasks& masks) noexcept {
    const __m256i high_bits =
        _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, -128, -128, -128, -128, -128, -128, -128, -128, 1, 2, 4, 8, 16,
                         32, 64, -128, -128, -128, -128, -128, -128, -128, -128, -128);
    const __m256i x[] = {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)),
                         _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32))};
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i high[] = {_mm256_shuffle_epi8(high_bits, _mm256_and_si256(_mm256_srli_epi16(x[0], 4), nibble)),
                            _mm256_shuffle_epi8(high_bits, _mm256_and_si256(_mm256_srli_epi16(x[1], 4), nibble))};
    std::array<uint64_t, kMasks> all;
    // A shuffle gives 0 for a byte beyond ASCII, which differs from its bit.
    for (size_t m = 0; m < kSets; ++m) {
      const __m256i set =
          _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(masker.sets_[m].data())));
      uint32_t half[2];
      for (size_t h = 0; h < 2; ++h)
        half[h] = static_cast<uint32_t>(_mm256_movemask_epi8(
            _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(set, x[h]), high[h]), high[h])));
      all[m] = half[0] | uint64_t{half[1]} << 32;
    }
    static constexpr std::array<char, kMasks - kSets - 1> kBytes = {' ', '\n', '.', '\'', '-'};
    for (size_t m = 0; m < kBytes.size(); ++m) {
      const __m256i byte = _mm256_set1_epi8(kBytes[m]);
      const auto low = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(x[0], byte)));
      const auto up = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(x[1], byte)));
      all[kSets + m] = low | uint64_t{up} << 32;
    }
    all[kMasks - 1] = static_cast<uint32_t>(_mm256_movemask_epi8(x[0])) |
                      uint64_t{static_cast<uint32_t>(_mm256_movemask_epi8(x[1]))} << 32;
    masks = {all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10]};
  }
#else
  static constexpr auto avx2 = any;
#endif
};

WordMasker::Path WordMasker::best() noexcept {
  return has_avx2() ? Path::Avx2 : Path::Any;
}

WordMasker::WordMasker(const std::array<WordClass, 256>& ascii, Path path)
    : read_(path == Path::Avx2 ? Kernels::avx2 : Kernels::any) {
  size_t signs = 0;
  for (unsigned c = 0; c < 256; ++c) {
    const uint16_t in = c < 0x80 ? masks_of(c, ascii[c]) : uint16_t{1} << (kMasks - 1);
    const auto known = std::find(masks_of_.begin(), masks_of_.begin() + static_cast<std::ptrdiff_t>(signs), in);
    sign_[c] = static_cast<uint8_t>(known - masks_of_.begin());
    if (sign_[c] == signs) masks_of_[signs++] = in;
    if (c >= 0x80) continue;
    for (size_t m = 0; m < kSets; ++m)
      sets_[m][c & 15] = static_cast<uint8_t>(sets_[m][c & 15] | (in >> m & 1) << (c >> 4));
  }
}

}  // namespace newsnlp
