// Room: recognizer. Marginals of one and of two tokens in closed form, with all types side by side in four lanes: three
// stretches in four are no longer.
//
//   labels of two tokens    O O | U O | O U | U U | B L    nothing else has both its ends
#pragma once

#include <cstdint>

#include "crf_lanes.h"

namespace newsnlp {

struct CrfShort {
  using Lanes = CrfLanes<4>;
  using Types = Lanes::Types;
  using Int8 = Lanes::Int8;
  using Float8 = Lanes::Float8;

  /// Notes what CrfLanes::chunks() does. `rows` holds emissions as spread() leaves them.
  template <class Note>
  static NEWSNLP_INLINE void one(const CrfSteps<float>& s, CrfBorders borders, const int32_t* rows, float scale,
                                 float least, Note note) {
    Int8 e;
    Lanes::load(e, rows + kUnit);
    e = __builtin_shufflevector(e, Int8{}, 0, 1, 2, 3, 8, 8, 8, 8);  // outside weighs 0
    Float8 x;
    Lanes::exponentials(e, Lanes::top(e), scale, x);
    Types unit = __builtin_shufflevector(x, x, 0, 1, 2, 3);
    Types step;
    Lanes::load(step, starts(s, borders) + kUnit);
    unit *= step;
    if (borders.outside_behind) {
      Lanes::load(step, s.close.data());
      unit *= step;
    }
    const float outside = x[4] * start_outside(s, borders) * end_outside(s, borders);
    const float all = outside + sum(unit);
    if (!(all > 0)) return;
    unit /= all;
    if (Lanes::leave(unit, least)) note(0, 1, unit);
  }

  template <class Note>
  static NEWSNLP_INLINE void two(const CrfSteps<float>& s, CrfBorders borders, uint32_t types, const int32_t* rows,
                                 float scale, float least, uint32_t longest, Note note) {
    Int8 e0, e1;
    Lanes::load(e0, rows);                        // B U
    Lanes::load(e1, rows + Lanes::kRow + kUnit);  // U L
    const int32_t top0 = Lanes::top(e0);
    const int32_t top1 = Lanes::top(e1);
    Float8 x0, x1, outside;
    Lanes::exponentials(e0, top0, scale, x0);
    Lanes::exponentials(e1, top1, scale, x1);
    Lanes::exponentials(Int8{-top0, -top1}, 0, scale, outside);
    Float8 ends;
    Lanes::load(ends, starts(s, borders));
    x0 *= ends;
    if (borders.outside_behind) {
      Lanes::load(ends, s.close.data());
      x1 *= ends;
    }
    outside[0] *= start_outside(s, borders);
    outside[1] *= end_outside(s, borders);
    const Types begin = __builtin_shufflevector(x0, x0, 0, 1, 2, 3);
    const Types unit0 = __builtin_shufflevector(x0, x0, 4, 5, 6, 7);
    const Types unit1 = __builtin_shufflevector(x1, x1, 0, 1, 2, 3);
    const Types last = __builtin_shufflevector(x1, x1, 4, 5, 6, 7);

    Types step;
    Lanes::load(step, s.begin.data());
    Types both = begin * step * last;
    Types before, behind;  // the second unit, the first unit
    Lanes::load(behind, s.close.data());
    behind *= outside[1];
    Lanes::load(before, s.open.data() + kUnit);
    before *= outside[0];
    const float from_outside = sum(before * unit1);
    for (uint32_t t = 0; t < types; ++t) {
      Lanes::load(step, s.opened.data() + size_t{2 * t + 1} * 8);
      behind += step * unit1[t];
      Lanes::load(step, s.open.data() + size_t{2 * t + 2} * 8 + kUnit);
      before += step * unit0[t];
    }
    Types first = unit0 * behind;
    Types second = before * unit1;
    const float all = outside[0] * s.outside * outside[1] + from_outside + sum(first) + sum(both);
    if (!(all > 0)) return;
    first /= all;
    both /= all;
    second /= all;
    if (Lanes::leave(first, least)) note(0, 1, first);
    if (Lanes::leave(both, least) && longest > 1) note(0, 2, both);
    if (Lanes::leave(second, least)) note(1, 2, second);
  }

 private:
  static constexpr uint32_t kUnit = 4;  // the first lane of units

  // [B U] of the first token.
  static NEWSNLP_INLINE const float* starts(const CrfSteps<float>& s, CrfBorders borders) noexcept {
    return borders.outside_before ? s.open.data() : s.start.data();
  }
  static NEWSNLP_INLINE float start_outside(const CrfSteps<float>& s, CrfBorders borders) noexcept {
    return borders.outside_before ? s.outside : s.start_outside;
  }
  static NEWSNLP_INLINE float end_outside(const CrfSteps<float>& s, CrfBorders borders) noexcept {
    return borders.outside_behind ? s.outside : 1;
  }
  static NEWSNLP_INLINE float sum(const Types& x) noexcept { return (x[0] + x[2]) + (x[1] + x[3]); }
};

}  // namespace newsnlp
