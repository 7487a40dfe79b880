// Room: recognizer. The arithmetic of the CRF with all entity types side by side in vectors; crf.cpp compiles it for
// the machines it chooses between.
//
//   row of a token   B B B B | U U U U | L L L L | I I I I     kLanes of each (4, 8 or 16), a type each; lanes without
//   a
//                    type hold what is impossible. The label "outside" stands apart.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "cpu.h"

namespace newsnlp {

/// What a step from label to label weighs: Number is int32_t (a sum) or double (a factor).
template <class Number>
struct CrfSteps {
  Number outside{};            // from outside to outside
  Number start_outside{};      // from the start to outside
  std::vector<Number> start;   // [B U] from the start
  std::vector<Number> open;    // [1 + 2 * types][B U] from outside, L of type 0, U of type 0, L of type 1 …
  std::vector<Number> opened;  // [2 * types][U L] the same steps but those from outside, by target: B, U of type 0 …
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
  typedef double Double4 __attribute__((vector_size(32)));
  typedef int64_t Long4 __attribute__((vector_size(32)));

  template <class V>
  static NEWSNLP_INLINE void load(V& v, const void* from) noexcept {
    std::memcpy(&v, from, sizeof v);
  }
  template <class V>
  static NEWSNLP_INLINE void store(void* to, const V& v) noexcept {
    std::memcpy(to, &v, sizeof v);
  }

  /// Rows of B, I, L, U of each type -> rows of lanes.
  static NEWSNLP_INLINE void spread(const int32_t* emission, uint32_t types, uint32_t length, int32_t* rows) noexcept {
    for (uint32_t i = 0; i < length; ++i, emission += 4 * types, rows += kRow)
      for (uint32_t t = 0; t < kLanes; t += 4) {
        int32_t four[16] = {};
        const int32_t* e = emission + size_t{4} * t;
        if (t + 4 > types) {
          if (t < types) std::memcpy(four, e, sizeof(int32_t) * 4 * (types - t));
          e = four;
        }
        Int4 r0, r1, r2, r3;
        load(r0, e);
        load(r1, e + 4);
        load(r2, e + 8);
        load(r3, e + 12);
        const Int4 bi0 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
        const Int4 bi1 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
        const Int4 lu0 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
        const Int4 lu1 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
        const Int4 begin = __builtin_shufflevector(bi0, bi1, 0, 1, 4, 5);
        const Int4 inside = __builtin_shufflevector(bi0, bi1, 2, 3, 6, 7);
        const Int4 last = __builtin_shufflevector(lu0, lu1, 0, 1, 4, 5);
        const Int4 unit = __builtin_shufflevector(lu0, lu1, 2, 3, 6, 7);
        store(rows + t, begin);
        store(rows + kLanes + t, unit);
        store(rows + 2 * kLanes + t, last);
        store(rows + 3 * kLanes + t, inside);
      }
  }

  /// Whether no label but outside can be worth its steps at any token.
  static NEWSNLP_INLINE bool all_outside(const CrfSteps<int32_t>& s, const int32_t* rows, uint32_t length,
                                         int32_t least) noexcept {
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
        if (most[lane] >= least) return false;
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

  /// x = e ^ (x / 32), as exp_poly() has it.
  static NEWSNLP_INLINE void exponential(Double4& x) noexcept {
    const Double4 zero = {};
    x = x < -700.0 ? zero - 700.0 : x;
    const Double4 nearest = x * 1.4426950408889634 - 0.5;  // no x is above 0
    const Int4 k = __builtin_convertvector(nearest, Int4);
    const Double4 n = __builtin_convertvector(k, Double4);
    const Double4 r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
    Double4 p = zero + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    const Long4 power = (__builtin_convertvector(k, Long4) + 1023) << 52;
    Double4 scale;
    std::memcpy(&scale, &power, sizeof scale);
    x = p * scale;
  }

  /// Emissions -> e ^ (emission / scale), divided by the largest of the token (or that of outside, 1).
  static NEWSNLP_INLINE void exponentials(const int32_t* emission, uint32_t length, double scale, double* outside,
                                          double* rows) noexcept {
    for (uint32_t i = 0; i < length; ++i, emission += kRow, rows += kRow) {
      Int4 most = {};
      for (uint32_t k = 0; k < kRow; k += 4) {
        Int4 e;
        load(e, emission + k);
        most = e > most ? e : most;
      }
      const int32_t top = std::max(std::max(most[0], most[1]), std::max(most[2], most[3]));
      for (uint32_t k = 0; k < kRow; k += 4) {
        Int4 e;
        load(e, emission + k);
        Double4 x = __builtin_convertvector(e - top, Double4) / scale;
        exponential(x);
        store(rows + k, x);
      }
      Double4 x = Double4{} - static_cast<double>(top) / scale;
      exponential(x);
      outside[i] = x[0];
    }
  }

  /// Divides a row by its sum; only ratios within a token matter.
  static NEWSNLP_INLINE void normalise(double& outside, double* row) noexcept {
    Double4 sums = {};
    for (uint32_t k = 0; k < kRow; k += 4) {
      Double4 x;
      load(x, row + k);
      sums += x;
    }
    const double factor = 1 / (outside + ((sums[0] + sums[1]) + (sums[2] + sums[3])));
    outside *= factor;
    for (uint32_t k = 0; k < kRow; k += 4) {
      Double4 x;
      load(x, row + k);
      x *= factor;
      store(row + k, x);
    }
  }

  /// Sums over all paths to each label, emission of the token included, from the start or from an outside token before.
  static NEWSNLP_INLINE void forward(const CrfSteps<double>& s, CrfBorders borders, uint32_t types, uint32_t length,
                                     const double* x_outside, const double* x, double* outside, double* rows) noexcept {
    const double* start = borders.outside_before ? s.open.data() : s.start.data();
    outside[0] = (borders.outside_before ? s.outside : s.start_outside) * x_outside[0];
    for (uint32_t k = 0; k < kRow; ++k) rows[k] = k < 2 * kLanes ? start[k] * x[k] : 0;
    normalise(outside[0], rows);
    for (uint32_t i = 1; i < length; ++i) {
      const double* before = rows;
      rows += kRow;
      x += kRow;
      const double before_outside = outside[i - 1];
      Double4 closed = {};
      for (uint32_t k = 0; k < 2 * kLanes; k += 4) {
        Double4 from, step;
        load(from, before + kLanes + k);
        load(step, s.close.data() + k);
        closed += from * step;
        Double4 to, e;
        load(to, s.open.data() + k);
        to *= before_outside;
        const double* open = s.open.data() + 2 * kLanes + k;
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
      outside[i] = (before_outside * s.outside + ((closed[0] + closed[1]) + (closed[2] + closed[3]))) * x_outside[i];
      for (uint32_t to = 0; to < 2 * kLanes; to += kLanes)
        for (uint32_t k = 0; k < kLanes; k += 4) {
          Double4 begin, inside, step, e;
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
  static NEWSNLP_INLINE void backward(const CrfSteps<double>& s, CrfBorders borders, uint32_t types, uint32_t length,
                                      const double* x_outside, const double* x, double* outside,
                                      double* rows) noexcept {
    outside[length - 1] = borders.outside_behind ? s.outside : 1;
    rows += size_t{length - 1} * kRow;
    x += size_t{length - 1} * kRow;
    for (uint32_t k = 0; k < kLanes; ++k) rows[k] = rows[3 * kLanes + k] = 0;
    for (uint32_t k = 0; k < 2 * kLanes; ++k)
      rows[kLanes + k] = borders.outside_behind ? s.close[k] : k % kLanes < types ? 1 : 0;
    for (uint32_t i = length - 1; i-- > 0; x -= kRow) {
      alignas(32) double weighed[kRow];
      for (uint32_t k = 0; k < kRow; k += 4) {
        Double4 next, e;
        load(next, rows + k);
        load(e, x + k);
        next *= e;
        store(weighed + k, next);
      }
      const double weighed_outside = outside[i + 1] * x_outside[i + 1];
      rows -= kRow;
      Double4 opened = {};
      for (uint32_t k = 0; k < 2 * kLanes; k += 4) {  // from outside; from U and L
        Double4 to, step, from;
        load(to, weighed + k);
        load(step, s.open.data() + k);
        opened += to * step;
        load(from, s.close.data() + k);
        from *= weighed_outside;
        const double* open = s.opened.data() + k;
        for (uint32_t t = 0; t < types; ++t, open += 4 * kLanes) {
          load(step, open);
          from += step * weighed[t];
          load(step, open + 2 * kLanes);
          from += step * weighed[kLanes + t];
        }
        store(rows + kLanes + k, from);
      }
      outside[i] = weighed_outside * s.outside + ((opened[0] + opened[1]) + (opened[2] + opened[3]));
      for (uint32_t k = 0; k < kLanes; k += 4) {
        Double4 last, inside, from_begin, from_inside, step;
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
};

}  // namespace newsnlp
