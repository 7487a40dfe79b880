#include "crf.h"

#include <algorithm>

#include "crf_short.h"
#include "logistic.h"

namespace newsnlp {
namespace {

constexpr int32_t kImpossible = CrfLanes<4>::kImpossible;
constexpr int32_t kMaxStep = 1 << 16;

}  // namespace

bool Crf::may_follow(uint32_t a, uint32_t b) noexcept {
  const bool open = a > 0 && (a - 1) % 4 < 2;
  const bool continues = b > 0 && ((b - 1) % 4 == 1 || (b - 1) % 4 == 2);
  return open ? continues && (a - 1) / 4 == (b - 1) / 4 : !continues;
}

Crf::Crf(std::vector<EntityType> types, std::vector<int32_t> step) : types_(std::move(types)), step_(std::move(step)) {
  prepare();
}

Crf::Crf(SectionReader& in) {
  const std::span<const uint8_t> types = in.array<uint8_t>();
  in.require(!types.empty() && types.size() <= kMaxTypes, "the number of entity types is out of range");
  for (uint8_t t : types) {
    in.require(t <= static_cast<uint8_t>(EntityType::Handle), "an entity type is unknown");
    types_.push_back(static_cast<EntityType>(t));
  }
  const std::span<const int32_t> step = in.array<int32_t>();
  in.require(step.size() == size_t{labels() + 1} * labels(), "the transitions do not fit the entity types");
  for (int32_t s : step) in.require(s >= -kMaxStep && s <= kMaxStep, "a transition is out of range");
  step_.assign(step.begin(), step.end());
  prepare();
}

void Crf::write(SectionWriter& out) const {
  std::vector<uint8_t> types;
  for (EntityType t : types_) types.push_back(static_cast<uint8_t>(t));
  out.array(types);
  std::vector<int32_t> step;
  for (int32_t s : step_) step.push_back(s == kImpossible ? 0 : s);
  out.array(step);
}

// What is compiled for each machine.
struct Crf::Kernel {
  // Whether a name may stand in the sequence; if so, the lattice has the sums of the best paths.
  bool (*best)(const Crf&, const int16_t* emission, uint32_t length, Lattice&);
  void (*marginals)(const Crf&, const int16_t* emission, uint32_t length, CrfBorders, float least, uint32_t longest,
                    Lattice&, std::vector<Marginal>&);
};

template <uint32_t kLanes>
struct Crf::Kernels {
  using Lanes = CrfLanes<kLanes>;

  static NEWSNLP_INLINE bool best(const Crf& crf, const int16_t* emission, uint32_t length, Lattice& l) {
    const auto types = static_cast<uint32_t>(crf.types_.size());
    Lanes::spread(emission, types, length, l.best.data());
    if (Lanes::all_outside(crf.sums_, l.best.data(), length)) return false;
    Lanes::best(crf.sums_, types, length, l.best_outside.data(), l.best.data());
    return true;
  }
  static NEWSNLP_INLINE void marginals(const Crf& crf, const int16_t* emission, uint32_t length, CrfBorders borders,
                                       float least, uint32_t longest, Lattice& l, std::vector<Marginal>& out) {
    // Always four, so that the loops over them are unrolled: lanes without a type weigh nothing.
    const uint32_t types = kLanes == 4 ? kLanes : static_cast<uint32_t>(crf.types_.size());
    const auto note = [&](uint32_t begin, uint32_t end, const typename Lanes::Types& p) {
      Marginal& m = out.emplace_back();
      m.begin = begin;
      m.end = end;
      std::memcpy(m.types.data(), &p, sizeof(float) * std::min(kLanes, kMaxTypes));
    };
    Lanes::spread(emission, static_cast<uint32_t>(crf.types_.size()), length, l.best.data());
    if constexpr (kLanes == 4) {
      if (length == 1) return CrfShort::one(crf.factors_, borders, l.best.data(), kScale, least, note);
      if (length == 2) return CrfShort::two(crf.factors_, borders, types, l.best.data(), kScale, least, longest, note);
    }
    Lanes::exponentials(l.best.data(), length, kScale, l.emission_outside.data(), l.emission.data());
    Lanes::forward(crf.factors_, borders, types, length, l.emission_outside.data(), l.emission.data(),
                   l.alpha_outside.data(), l.alpha.data());
    Lanes::backward(crf.factors_, borders, types, length, l.emission_outside.data(), l.emission.data(),
                    l.beta_outside.data(), l.beta.data());
    for (uint32_t i = 0; i < length; ++i)
      Lanes::chunks(crf.factors_, i, std::min(length, i + longest), l.emission.data(), l.alpha_outside.data(),
                    l.alpha.data(), l.beta_outside.data(), l.beta.data(), least, note);
  }

  static bool best_any(const Crf& c, const int16_t* e, uint32_t n, Lattice& l) { return best(c, e, n, l); }
  static void marginals_any(const Crf& c, const int16_t* e, uint32_t n, CrfBorders b, float least, uint32_t longest,
                            Lattice& l, std::vector<Marginal>& out) {
    marginals(c, e, n, b, least, longest, l, out);
  }
  NEWSNLP_TARGET_AVX2 static bool best_avx2(const Crf& c, const int16_t* e, uint32_t n, Lattice& l) {
    return best(c, e, n, l);
  }
  NEWSNLP_TARGET_AVX2 static void marginals_avx2(const Crf& c, const int16_t* e, uint32_t n, CrfBorders b, float least,
                                                 uint32_t longest, Lattice& l, std::vector<Marginal>& out) {
    marginals(c, e, n, b, least, longest, l, out);
  }
  static const Kernel* choose() {
    static const Kernel any{best_any, marginals_any};
    static const Kernel avx2{best_avx2, marginals_avx2};
    return has_avx2() ? &avx2 : &any;
  }
};

// Place of a label but outside in a row of lanes.
uint32_t Crf::lane(uint32_t label) const noexcept {
  static constexpr uint32_t kPlane[] = {0, 3, 2, 1};  // B, I, L, U
  return kPlane[(label - 1) % 4] * lanes_ + (label - 1) / 4;
}

template <class Number, class Value>
void Crf::fill(CrfSteps<Number>& steps, Number impossible, Value value) const {
  const uint32_t n = labels();
  const uint32_t two = 2 * lanes_;
  steps.outside = value(0, 0);
  steps.start_outside = value(n, 0);
  steps.start.assign(two, impossible);
  steps.open.assign(size_t{1 + two} * two, impossible);
  steps.opened.assign(size_t{two} * two, impossible);
  for (auto* v : {&steps.close, &steps.begin, &steps.inside}) v->assign(two, impossible);
  for (uint32_t a = 0; a < n; ++a) {
    if (a != 0 && may_start(a)) steps.start[lane(a)] = value(n, a);
    if (a != 0 && may_end(a)) steps.close[lane(a) - lanes_] = value(a, 0);
    const uint32_t type = (a + 3) / 4 - 1;  // of no meaning for outside
    const size_t from = a == 0 ? 0 : 1 + 2 * type + ((a - 1) % 4 == 3 ? 1 : 0);
    for (uint32_t b = 1; b < n; ++b) {
      if (!may_follow(a, b)) continue;
      if (!may_end(a)) {
        ((a - 1) % 4 == 0 ? steps.begin : steps.inside)[lane(b) - two] = value(a, b);
        continue;
      }
      steps.open[from * two + lane(b)] = value(a, b);
      const size_t to = 2 * ((b - 1) / 4) + ((b - 1) % 4 == 3 ? 1 : 0);
      if (a != 0) steps.opened[to * two + lane(a) - lanes_] = value(a, b);
    }
  }
}

void Crf::prepare() {
  const uint32_t n = labels();
  lanes_ = types_.size() <= 4 ? 4 : types_.size() <= 8 ? 8 : 16;
  kernel_ = lanes_ == 4 ? Kernels<4>::choose() : lanes_ == 8 ? Kernels<8>::choose() : Kernels<16>::choose();
  for (uint32_t a = 0; a <= n; ++a)
    for (uint32_t b = 0; b < n; ++b)
      if (!(a == n ? may_start(b) : may_follow(a, b))) step_[a * n + b] = kImpossible;
  fill<int32_t>(sums_, kImpossible, [&](uint32_t a, uint32_t b) { return step(a, b); });
  fill<float>(factors_, 0.0F, [&](uint32_t a, uint32_t b) {
    return static_cast<float>(exp_poly(std::clamp(static_cast<double>(step(a, b)) / kScale, -40.0, 40.0)));
  });
  // A stretch of labels but outside gains at most what each of its labels gains by the step to it, and what the step
  // back to outside gains.
  int32_t back = 0;  // not below: a loss would count once a label instead of once a stretch
  for (uint32_t a = 1; a < n; ++a)
    if (may_end(a)) back = std::max(back, step(a, 0) - step(0, 0));
  sums_.may_gain.assign(size_t{4} * lanes_, kImpossible);
  for (uint32_t b = 1; b < n; ++b) {
    int32_t gain = may_start(b) ? step(n, b) - step(n, 0) : kImpossible;
    for (uint32_t a = 0; a < n; ++a)
      if (may_follow(a, b)) gain = std::max(gain, step(a, b) - step(0, 0));
    sums_.may_gain[lane(b)] = gain + back;
  }
}

// The label of the token before, on the best path to `label` at `token`. Ties go to the lower label.
uint32_t Crf::label_before(uint32_t label, uint32_t token, const Lattice& lattice) const noexcept {
  const int32_t* before = lattice.best.data() + size_t{token - 1} * 4 * lanes_;
  const uint32_t n = labels();
  if (label != 0 && !may_start(label)) {
    const uint32_t begin = 1 + (label - 1) / 4 * 4;
    const int32_t from_begin = before[lane(begin)] + step(begin, label);
    return before[lane(begin + 1)] + step(begin + 1, label) > from_begin ? begin + 1 : begin;
  }
  uint32_t best = 0;
  int32_t most = lattice.best_outside[token - 1] + step(0, label);
  if (label == 0 && most == lattice.best_outside[token]) return 0;
  for (uint32_t a = 3; a < n; a += (a - 1) % 4 == 2 ? 1 : 3) {  // Last and Unit
    const int32_t sum = before[lane(a)] + step(a, label);
    if (sum > most) {
      most = sum;
      best = a;
    }
  }
  return best;
}

void Crf::decode(std::span<const int16_t> emission, uint32_t length, Lattice& lattice,
                 std::vector<Chunk>& chunks) const {
  chunks.clear();
  if (length == 0) return;
  const uint32_t n = labels();
  lattice.best.resize(std::max(lattice.best.size(), size_t{length} * 4 * lanes_));
  lattice.best_outside.resize(std::max(lattice.best_outside.size(), size_t{length}));
  if (!kernel_->best(*this, emission.data(), length, lattice)) return;
  const int32_t* end_sums = lattice.best.data() + size_t{length - 1} * 4 * lanes_;
  uint32_t label = 0;
  int32_t most = lattice.best_outside[length - 1];
  for (uint32_t b = 1; b < n; ++b)
    if (may_end(b) && end_sums[lane(b)] > most) {
      most = end_sums[lane(b)];
      label = b;
    }
  lattice.labels.resize(length);
  for (uint32_t i = length; i-- > 0;) {
    lattice.labels[i] = static_cast<uint8_t>(label);
    if (i > 0) label = label_before(label, i, lattice);
  }
  for (uint32_t i = 0; i < length; ++i) {
    const uint32_t l = lattice.labels[i];
    if (l == 0) continue;
    uint32_t end = i + 1;
    if ((l - 1) % 4 == 0)
      while (end < length && (lattice.labels[end - 1] - 1) % 4 != 2) ++end;
    chunks.push_back({i, end, (l - 1) / 4});
    i = end - 1;
  }
}

void Crf::marginals(std::span<const int16_t> emission, uint32_t length, CrfBorders borders, float least,
                    uint32_t longest, Lattice& lattice, std::vector<Marginal>& out) const {
  if (length == 0) return;
  if (lattice.room < length) {
    constexpr size_t kTogether = CrfLanes<4>::kTogether;
    lattice.room = (2 * length + kTogether - 1) / kTogether * kTogether;
    const size_t row = size_t{4} * lanes_;
    for (auto* v : {&lattice.emission, &lattice.alpha, &lattice.beta}) v->resize(lattice.room * row);
    for (auto* v : {&lattice.emission_outside, &lattice.alpha_outside, &lattice.beta_outside}) v->resize(lattice.room);
    lattice.best.resize(std::max(lattice.best.size(), lattice.room * row));
  }
  kernel_->marginals(*this, emission.data(), length, borders, least, longest, lattice, out);
}

}  // namespace newsnlp
