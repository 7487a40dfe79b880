// Room: recognizer. The arithmetic of the CRF with all entity types side by side in vectors; crf.cpp compiles it for
// the machines it chooses between.
//
//   row of a token   B B B B | U U U U | L L L L | I I I I     kLanes of each (4, 8 or 16), a type each
//
// Lanes without a type hold what is impossible. The label "outside" stands apart.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "cpu.h"

namespace newsnlp {

/// What a step from label to label weighs: Number is int32_t (a sum) or float (a factor).
template <class Number>
struct CrfSteps {
  Number outside{};            // from outside to outside
  Number start_outside{};      // from the start to outside
  std::vector<Number> start;   // [B U] from the start
  std::vector<Number> open;    // [1 + 2 * lanes][B U] from outside, L of type 0, U of type 0, L of type 1 …
  std::vector<Number> opened;  // [2 * lanes][U L] the same steps but those from outside, by target: B, U of type 0 …
  std::vector<Number> close;   // [U L] to outside
  std::vector<Number> begin;   // [L I] from B of the same type
  std::vector<Number> inside;  // [L I] from I of the same type
  std::vector<Number> may_gain;  // [B U L I] the most that a step to the label gains over one to outside
};

/// Whether a sequence stands between tokens that are outside for sure; else it has an end of its own there.
struct CrfBorders {
  bool outside_before = false;
  bool outside_behind = false;
};

template <uint32_t kLanes>
struct CrfLanes {
  static constexpr uint32_t kRow = 4 * kLanes;
  static constexpr int32_t kImpossible = -(1 << 28);
  typedef int32_t Int4 __attribute__((vector_size(16)));
  typedef int32_t Int8 __attribute__((vector_size(32)));
  typedef float Float4 __attribute__((vector_size(16)));
  typedef float Float8 __attribute__((vector_size(32)));
  typedef float Types __attribute__((vector_size(4 * kLanes)));

  template <class V>
  static NEWSNLP_INLINE void load(V& v, const void* from) noexcept {
    std::memcpy(&v, from, sizeof v);
  }
  template <class V>
  static NEWSNLP_INLINE void store(void* to, const V& v) noexcept {
    std::memcpy(to, &v, sizeof v);
  }

  /// Pairs of small numbers, one behind the other in memory -> the first and the second ones.
  static NEWSNLP_INLINE void part(const Int4& pairs, Int4& first, Int4& second) noexcept {
    const Int4 low = pairs << 16 >> 16;
    const Int4 high = pairs >> 16;
    first = std::endian::native == std::endian::little ? low : high;
    second = std::endian::native == std::endian::little ? high : low;
  }

  /// Rows of B, I, L, U of each type -> rows of lanes.
  static NEWSNLP_INLINE void spread(const int16_t* emission, uint32_t types, uint32_t length, int32_t* rows) noexcept {
    for (uint32_t i = 0; i < length; ++i, emission += 4 * types, rows += kRow)
      for (uint32_t t = 0; t < kLanes; t += 4) {
        int16_t four[16] = {};
        const int16_t* e = emission + size_t{4} * t;
        if (t + 4 > types) {
          if (t < types) std::memcpy(four, e, sizeof(int16_t) * 4 * (types - t));
          e = four;
        }
        Int8 pairs;
        load(pairs, e);
        Int4 begin, inside, last, unit;
        part(__builtin_shufflevector(pairs, pairs, 0, 2, 4, 6), begin, inside);
        part(__builtin_shufflevector(pairs, pairs, 1, 3, 5, 7), last, unit);
        store(rows + t, begin);
        store(rows + kLanes + t, unit);
        store(rows + 2 * kLanes + t, last);
        store(rows + 3 * kLanes + t, inside);
      }
  }

  /// Whether no label but outside can be worth its steps at any token.
  static NEWSNLP_INLINE bool all_outside(const CrfSteps<int32_t>& s, const int32_t* rows, uint32_t length) noexcept {
    for (uint32_t k = 0; k < kRow; k += 8) {
      Int8 gain, most;
      load(gain, s.may_gain.data() + k);
      most = gain + kImpossible;
      for (uint32_t i = 0; i < length; ++i) {
        Int8 e;
        load(e, rows + size_t{i} * kRow + k);
        e += gain;
        most = e > most ? e : most;
      }
      for (uint32_t lane = 0; lane < 8; ++lane)
        if (most[lane] >= 0) return false;
    }
    return true;
  }

  /// Best sums of all paths to each label of each token; `rows` holds emissions and receives the sums.
  static NEWSNLP_INLINE void best(const CrfSteps<int32_t>& s, uint32_t types, uint32_t length, int32_t* outside,
                                  int32_t* rows) noexcept {
    outside[0] = s.start_outside;
    for (uint32_t k = 0; k < 2 * kLanes; ++k) rows[k] += s.start[k];
    for (uint32_t k = 2 * kLanes; k < kRow; ++k) rows[k] = kImpossible;
    for (uint32_t i = 1; i < length; ++i) {
      const int32_t* before = rows;
      rows += kRow;
      const int32_t before_outside = outside[i - 1];
      // To outside: from all U and L.
      Int8 most = {};
      for (uint32_t k = 0; k < 2 * kLanes; k += 8) {
        Int8 from, step;
        load(from, before + kLanes + k);
        load(step, s.close.data() + k);
        from += step;
        if (k == 0)
          most = from;
        else
          most = from > most ? from : most;
      }
      Int4 half = __builtin_shufflevector(most, most, 0, 1, 2, 3);
      const Int4 other = __builtin_shufflevector(most, most, 4, 5, 6, 7);
      half = half > other ? half : other;
      const int32_t left = std::max(std::max(half[0], half[1]), std::max(half[2], half[3]));
      outside[i] = std::max(before_outside + s.outside, left);
      // To B and U: from outside, and from L and U of every type.
      for (uint32_t k = 0; k < 2 * kLanes; k += 8) {
        Int8 to, e;
        load(to, s.open.data() + k);
        to += before_outside;
        const int32_t* step = s.open.data() + 2 * kLanes + k;
        for (uint32_t t = 0; t < types; ++t, step += 4 * kLanes) {
          Int8 last, unit;
          load(last, step);
          load(unit, step + 2 * kLanes);
          last += before[2 * kLanes + t];
          unit += before[kLanes + t];
          to = last > to ? last : to;
          to = unit > to ? unit : to;
        }
        load(e, rows + k);
        to += e;
        to = to > kImpossible ? to : Int8{} + kImpossible;
        store(rows + k, to);
      }
      // To L and I: from B and I of the same type.
      for (uint32_t half_row = 0; half_row < 2; ++half_row)
        for (uint32_t k = 0; k < kLanes; k += 4) {
          Int4 begin, inside, step, e;
          load(begin, before + k);
          load(inside, before + 3 * kLanes + k);
          load(step, s.begin.data() + half_row * kLanes + k);
          begin += step;
          load(step, s.inside.data() + half_row * kLanes + k);
          inside += step;
          load(e, rows + (2 + half_row) * kLanes + k);
          begin = (inside > begin ? inside : begin) + e;
          begin = begin > kImpossible ? begin : Int4{} + kImpossible;
          store(rows + (2 + half_row) * kLanes + k, begin);
        }
    }
  }

  /// x = e ^ x for no x above 0, with a relative error of some 1e-7.
  static NEWSNLP_INLINE void exponential(Float8& x) noexcept {
    const Float8 zero = {};
    x = x < -80.0F ? zero - 80.0F : x;
    const Float8 nearest = x * 1.44269504F - 0.5F;
    const Int8 k = __builtin_convertvector(nearest, Int8);
    const Float8 n = __builtin_convertvector(k, Float8);
    const Float8 r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    Float8 p = zero + 1.0F / 720;
    p = p * r + 1.0F / 120;
    p = p * r + 1.0F / 24;
    p = p * r + 1.0F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    const Int8 power = (k + 127) << 23;
    Float8 scale;
    std::memcpy(&scale, &power, sizeof scale);
    x = p * scale;
  }

  /// The largest; 0 when all are below.
  static NEWSNLP_INLINE int32_t top(const Int8& e) noexcept {
    const Int8 most = e > 0 ? e : Int8{};
    const Int4 low = __builtin_shufflevector(most, most, 0, 1, 2, 3);
    const Int4 high = __builtin_shufflevector(most, most, 4, 5, 6, 7);
    const Int4 half = low > high ? low : high;
    return std::max(std::max(half[0], half[1]), std::max(half[2], half[3]));
  }
  /// x = e ^ ((emission - top) / scale)
  static NEWSNLP_INLINE void exponentials(const Int8& emission, int32_t top, float scale, Float8& x) noexcept {
    x = __builtin_convertvector(emission - top, Float8) / scale;
    exponential(x);
  }
  /// Emissions -> e ^ (emission / scale), divided by the largest of the token (or that of outside, 1). `outside` has
  /// room for a multiple of kTogether.
  static constexpr uint32_t kTogether = 8;
  static NEWSNLP_INLINE void exponentials(const int32_t* emission, uint32_t length, float scale, float* outside,
                                          float* rows) noexcept {
    for (uint32_t first = 0; first < length; first += kTogether) {
      alignas(32) int32_t tops[kTogether] = {};
      Float8 x;
      const uint32_t count = std::min(length - first, kTogether);
      for (uint32_t i = 0; i < count; ++i, emission += kRow, rows += kRow) {
        Int8 most = {};
        for (uint32_t k = 0; k < kRow; k += 8) {
          Int8 e;
          load(e, emission + k);
          most = e > most ? e : most;
        }
        tops[i] = top(most);
        for (uint32_t k = 0; k < kRow; k += 8) {
          Int8 e;
          load(e, emission + k);
          exponentials(e, tops[i], scale, x);
          store(rows + k, x);
        }
      }
      Int8 of_outside;
      load(of_outside, tops);
      exponentials(-of_outside, 0, scale, x);
      store(outside + first, x);
    }
  }

  static NEWSNLP_INLINE float sum(const Float8& x) noexcept {
    const Float4 four = __builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7);
    const Float4 pairs = four + __builtin_shufflevector(four, four, 1, 0, 3, 2);
    return pairs[0] + pairs[2];
  }

  /// Divides a row by its sum; only ratios within a token matter.
  static NEWSNLP_INLINE void normalise(float& outside, float* row) noexcept {
    Float8 sums = {};
    for (uint32_t k = 0; k < kRow; k += 8) {
      Float8 x;
      load(x, row + k);
      sums += x;
    }
    const float factor = 1 / (outside + sum(sums));
    outside *= factor;
    for (uint32_t k = 0; k < kRow; k += 8) {
      Float8 x;
      load(x, row + k);
      x *= factor;
      store(row + k, x);
    }
  }

  /// Sums over all paths to each label, emission of the token included, from the start or from an outside token before.
  static NEWSNLP_INLINE void forward(const CrfSteps<float>& s, CrfBorders borders, uint32_t types, uint32_t length,
                                     const float* x_outside, const float* x, float* outside, float* rows) noexcept {
    const float* start = borders.outside_before ? s.open.data() : s.start.data();
    outside[0] = (borders.outside_before ? s.outside : s.start_outside) * x_outside[0];
    for (uint32_t k = 0; k < kRow; ++k) rows[k] = k < 2 * kLanes ? start[k] * x[k] : 0;
    normalise(outside[0], rows);
    for (uint32_t i = 1; i < length; ++i) {
      const float* before = rows;
      rows += kRow;
      x += kRow;
      const float before_outside = outside[i - 1];
      Float8 closed = {};
      for (uint32_t k = 0; k < 2 * kLanes; k += 8) {
        Float8 from, step;
        load(from, before + kLanes + k);
        load(step, s.close.data() + k);
        closed += from * step;
        Float8 to, e;
        load(to, s.open.data() + k);
        to *= before_outside;
        const float* open = s.open.data() + 2 * kLanes + k;
        for (uint32_t t = 0; t < types; ++t, open += 4 * kLanes) {
          load(step, open);
          to += step * before[2 * kLanes + t];
          load(step, open + 2 * kLanes);
          to += step * before[kLanes + t];
        }
        load(e, x + k);
        to *= e;
        store(rows + k, to);
      }
      outside[i] = (before_outside * s.outside + sum(closed)) * x_outside[i];
      for (uint32_t to = 0; to < 2 * kLanes; to += kLanes)
        for (uint32_t k = 0; k < kLanes; k += 4) {
          Float4 begin, inside, step, e;
          load(begin, before + k);
          load(inside, before + 3 * kLanes + k);
          load(step, s.begin.data() + to + k);
          begin *= step;
          load(step, s.inside.data() + to + k);
          load(e, x + 2 * kLanes + to + k);
          begin = (begin + inside * step) * e;
          store(rows + 2 * kLanes + to + k, begin);
        }
      normalise(outside[i], rows);
    }
  }

  /// Sums over all paths from each label to the end, or to an outside token behind; emission of the token not included.
  static NEWSNLP_INLINE void backward(const CrfSteps<float>& s, CrfBorders borders, uint32_t types, uint32_t length,
                                      const float* x_outside, const float* x, float* outside, float* rows) noexcept {
    outside[length - 1] = borders.outside_behind ? s.outside : 1;
    rows += size_t{length - 1} * kRow;
    x += size_t{length - 1} * kRow;
    for (uint32_t k = 0; k < kLanes; ++k) rows[k] = rows[3 * kLanes + k] = 0;
    for (uint32_t k = 0; k < 2 * kLanes; ++k)
      rows[kLanes + k] = borders.outside_behind ? s.close[k] : k % kLanes < types ? 1 : 0;
    for (uint32_t i = length - 1; i-- > 0; x -= kRow) {
      alignas(32) float weighed[kRow];
      for (uint32_t k = 0; k < kRow; k += 8) {
        Float8 next, e;
        load(next, rows + k);
        load(e, x + k);
        next *= e;
        store(weighed + k, next);
      }
      const float weighed_outside = outside[i + 1] * x_outside[i + 1];
      rows -= kRow;
      Float8 opened = {};
      for (uint32_t k = 0; k < 2 * kLanes; k += 8) {  // from outside; from U and L
        Float8 to, step, from;
        load(to, weighed + k);
        load(step, s.open.data() + k);
        opened += to * step;
        load(from, s.close.data() + k);
        from *= weighed_outside;
        const float* open = s.opened.data() + k;
        for (uint32_t t = 0; t < types; ++t, open += 4 * kLanes) {
          load(step, open);
          from += step * weighed[t];
          load(step, open + 2 * kLanes);
          from += step * weighed[kLanes + t];
        }
        store(rows + kLanes + k, from);
      }
      outside[i] = weighed_outside * s.outside + sum(opened);
      for (uint32_t k = 0; k < kLanes; k += 4) {
        Float4 last, inside, from_begin, from_inside, step;
        load(last, weighed + 2 * kLanes + k);
        load(inside, weighed + 3 * kLanes + k);
        load(from_begin, s.begin.data() + k);
        load(step, s.begin.data() + kLanes + k);
        from_begin = from_begin * last + step * inside;
        store(rows + k, from_begin);
        load(from_inside, s.inside.data() + k);
        load(step, s.inside.data() + kLanes + k);
        from_inside = from_inside * last + step * inside;
        store(rows + 3 * kLanes + k, from_inside);
      }
      normalise(outside[i], rows);
    }
  }

  /// Whether one of them is `least` or more; what is less becomes 0.
  static NEWSNLP_INLINE bool leave(Types& p, float least) noexcept {
    p = p >= least ? p : Types{};
    uint64_t parts[kLanes / 2];
    std::memcpy(parts, &p, sizeof parts);
    uint64_t any = 0;
    for (const uint64_t part : parts) any |= part;
    return any != 0;
  }

  /// Calls note(begin, end, how likely it is of each type) for the chunks that begin at a token and end at or before
  /// `limit`, where that is `least` or more of one type.
  template <class Note>
  static NEWSNLP_INLINE void chunks(const CrfSteps<float>& s, uint32_t token, uint32_t limit, const float* x,
                                    const float* alpha_outside, const float* alpha, const float* beta_outside,
                                    const float* beta, float least, Note note) {
    const size_t at = size_t{token} * kRow;
    Float8 opening = {};
    Float8 others = {};
    for (uint32_t k = 0; k < 2 * kLanes; k += 8) {
      Float8 a, b;
      load(a, alpha + at + k);
      load(b, beta + at + k);
      opening += a * b;
      load(a, alpha + at + 2 * kLanes + k);
      load(b, beta + at + 2 * kLanes + k);
      others += a * b;
    }
    const float begins = sum(opening);
    const float all = begins + sum(others) + alpha_outside[token] * beta_outside[token];
    if (begins < least * all || !(all > 0)) return;
    Types p, b, step;
    load(p, alpha + at + kLanes);
    load(b, beta + at + kLanes);
    p *= b / all;
    if (leave(p, least)) note(token, token + 1, p);
    load(p, alpha + at);
    load(b, beta + at);
    p *= b / all;  // of a longer name that has come to token i
    for (uint32_t i = token + 1; i < limit && leave(p, least); ++i) {
      const float* const factor = (i == token + 1 ? s.begin : s.inside).data();
      const float* const at_i = x + size_t{i} * kRow + 2 * kLanes;  // L I
      const float* const beta_i = beta + size_t{i} * kRow + 2 * kLanes;
      Types ends, stays;
      load(ends, at_i);
      load(b, beta_i);
      load(step, factor);
      ends *= step * b;
      load(stays, at_i + kLanes);
      load(b, beta_i + kLanes);
      load(step, factor + kLanes);
      stays *= step * b;
      const Types both = ends + stays;
      p = both > 0.0F ? p / both : Types{};
      Types ended = p * ends;
      p *= stays;
      if (leave(ended, least)) note(token, i + 1, ended);
    }
  }
};

}  // namespace newsnlp
