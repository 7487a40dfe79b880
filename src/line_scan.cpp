#include "line_scan.h"

#include <algorithm>
#include <bit>
#include <utility>

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

constexpr size_t kPlaces = 5;
constexpr size_t kGroups = 8;

// What the first places of some prefixes hold, as nibbles: a bit each.
struct FirstBytes {
  std::array<uint16_t, kPlaces> low{}, high{};

  void add(const FirstBytes& other) {
    for (size_t k = 0; k < kPlaces; ++k) {
      low[k] |= other.low[k];
      high[k] |= other.high[k];
    }
  }
  // In how much of a text these are, about.
  double share() const {
    // of ten thousand characters: the blank, letters a to o, letters p to z
    static constexpr std::array<uint16_t, 16> kLetters[] = {
        {1700, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0},
        {0, 650, 120, 230, 330, 1000, 170, 160, 480, 560, 10, 60, 330, 200, 550, 600},
        {160, 10, 490, 520, 750, 220, 80, 180, 15, 160, 10}};
    double share = 1;
    for (size_t k = 0; k < kPlaces; ++k) {
      unsigned here = 1;
      for (size_t row = 0; row < 3; ++row) {
        if ((high[k] >> (row == 0 ? 2 : 5 + row) & 1) == 0) continue;
        for (unsigned bits = low[k]; bits != 0; bits &= bits - 1)
          here += kLetters[row][static_cast<size_t>(std::countr_zero(bits))];
      }
      share *= here * 1e-4;
    }
    return share;
  }
};

std::vector<FirstBytes> in_order(std::span<const RegexPrefix> prefixes) {
  std::vector<std::pair<std::array<uint8_t, kPlaces>, FirstBytes>> found;
  for (const RegexPrefix& prefix : prefixes) {
    auto& [letters, bytes] = found.emplace_back();
    bool open = false;  // the text may have ended
    for (size_t k = 0; k < kPlaces; ++k) {
      open |= k >= prefix.size || prefix.at[k][RegexPrefix::kEnd];
      for (size_t b = 0; b < 0x80; ++b)
        if (open || prefix.at[k][b]) {
          bytes.low[k] = static_cast<uint16_t>(bytes.low[k] | 1U << (b & 15));
          bytes.high[k] = static_cast<uint16_t>(bytes.high[k] | 1U << (b >> 4));
          letters[k] = static_cast<uint8_t>(b & 31);
        }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<FirstBytes> ordered;
  for (const auto& [letters, bytes] : found)
    if (ordered.empty() || ordered.back().low != bytes.low || ordered.back().high != bytes.high)
      ordered.push_back(bytes);
  return ordered;
}

// Where the groups end, so that they are found in as little of a text as can be.
std::vector<size_t> group_ends(const std::vector<FirstBytes>& ordered) {
  const size_t size = ordered.size();
  std::vector<double> best(size + 1);  // of those from here on, with the groups that are left
  std::vector<std::array<size_t, kGroups>> ends(size + 1);
  std::vector<double> share((size + 1) * (size + 1));
  for (size_t begin = 0; begin < size; ++begin) {
    FirstBytes all;
    for (size_t end = begin; end < size; ++end) {
      all.add(ordered[end]);
      share[begin * (size + 1) + end + 1] = all.share();
    }
  }
  for (size_t begin = 0; begin <= size; ++begin) best[begin] = begin == size ? 0 : share[begin * (size + 1) + size];
  for (auto& e : ends) e.fill(size);
  for (size_t left = 2; left <= kGroups; ++left)
    for (size_t begin = 0; begin < size; ++begin)
      for (size_t end = begin + 1; end < size; ++end) {
        const double sum = share[begin * (size + 1) + end] + best[end];
        if (sum >= best[begin]) continue;
        best[begin] = sum;
        const std::array<size_t, kGroups> behind = ends[end];
        ends[begin][0] = end;
        std::copy_n(behind.begin(), kGroups - 1, ends[begin].begin() + 1);
      }
  return size == 0 ? std::vector<size_t>() : std::vector<size_t>(ends[0].begin(), ends[0].end());
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

LineScanner::LineScanner(Path path) : read_(path == Path::Avx2 ? Kernels::avx2 : Kernels::any) {}

LineScanner::LineScanner(std::span<const RegexPrefix> prefixes, Path path) : LineScanner(path) {
  const std::vector<FirstBytes> ordered = in_order(prefixes);
  const std::vector<size_t> ends = group_ends(ordered);
  size_t begin = 0;
  for (size_t n = 0; n < ends.size(); begin = ends[n++]) {
    FirstBytes all;
    for (size_t i = begin; i < ends[n]; ++i) all.add(ordered[i]);
    for (size_t k = 0; k < kTold; ++k)
      for (size_t nibble = 0; nibble < 16; ++nibble) {
        low_[k][nibble] = static_cast<uint8_t>(low_[k][nibble] | (all.low[k] >> nibble & 1) << n);
        high_[k][nibble] = static_cast<uint8_t>(high_[k][nibble] | (all.high[k] >> nibble & 1) << n);
      }
  }
}

void LineScanner::write(SectionWriter& to) const {
  to.array(std::span<const std::array<uint8_t, 16>>(low_));
  to.array(std::span<const std::array<uint8_t, 16>>(high_));
}

LineScanner::LineScanner(SectionReader& from, Path path) : LineScanner(path) {
  const auto low = from.array<std::array<uint8_t, 16>>();
  const auto high = from.array<std::array<uint8_t, 16>>();
  from.require(low.size() == kTold && high.size() == kTold, "a table has another size");
  std::copy(low.begin(), low.end(), low_.begin());
  std::copy(high.begin(), high.end(), high_.begin());
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
