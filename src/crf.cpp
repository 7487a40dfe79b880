#include "crf.h"

#include <algorithm>

#include "logistic.h"

namespace newsnlp {
namespace {

constexpr int32_t kImpossible = -(1 << 28);
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

void Crf::prepare() {
  const uint32_t n = labels();
  factor_.assign(step_.size(), 0);
  for (uint32_t a = 0; a <= n; ++a)
    for (uint32_t b = 0; b < n; ++b) {
      int32_t& s = step_[a * n + b];
      if (a == n ? may_start(b) : may_follow(a, b))
        factor_[a * n + b] = exp_poly(static_cast<double>(s) / kScale);
      else
        s = kImpossible;
    }
}

void Crf::decode(std::span<const int32_t> emission, uint32_t length, Lattice& lattice,
                 std::vector<Chunk>& chunks) const {
  chunks.clear();
  if (length == 0) return;
  const uint32_t n = labels();
  const uint32_t types = n / 4;
  lattice.back.resize(size_t{length} * n);
  lattice.best.resize(size_t{2} * n);
  int32_t* now = lattice.best.data();
  int32_t* before = now + n;
  now[0] = step(n, 0);
  for (uint32_t b = 1; b < n; ++b) now[b] = step(n, b) + (may_start(b) ? emission[b - 1] : 0);
  for (uint32_t i = 1; i < length; ++i) {
    std::swap(now, before);
    const int32_t* e = emission.data() + size_t{i} * (n - 1);
    uint8_t* back = lattice.back.data() + size_t{i} * n;
    // Opening states: all labels at once, one closed state after the other; the impossible ones are repaired below.
    for (uint32_t b = 0; b < n; ++b) {
      now[b] = before[0] + step_[b];
      back[b] = 0;
    }
    for (uint32_t a = 3; a < n; ++a) {
      if (!may_end(a)) continue;
      const int32_t* from = step_.data() + size_t{a} * n;
      for (uint32_t b = 0; b < n; ++b) {
        const int32_t s = before[a] + from[b];
        back[b] = s > now[b] ? static_cast<uint8_t>(a) : back[b];
        now[b] = s > now[b] ? s : now[b];
      }
    }
    for (uint32_t t = 0; t < types; ++t) {
      const uint32_t begin = 1 + 4 * t;
      for (uint32_t b = begin + 1; b <= begin + 2; ++b) {
        const int32_t from_begin = before[begin] + step(begin, b);
        const int32_t from_inside = before[begin + 1] + step(begin + 1, b);
        now[b] = std::max(from_begin, from_inside);
        back[b] = static_cast<uint8_t>(from_inside > from_begin ? begin + 1 : begin);
      }
    }
    for (uint32_t b = 1; b < n; ++b) now[b] = std::max(now[b] + e[b - 1], 4 * (kImpossible / 4));
  }
  uint32_t label = 0;
  for (uint32_t b = 1; b < n; ++b)
    if (may_end(b) && now[b] > now[label]) label = b;
  lattice.labels.resize(length);
  for (uint32_t i = length; i-- > 0;) {
    lattice.labels[i] = static_cast<uint8_t>(label);
    if (i > 0) label = lattice.back[size_t{i} * n + label];
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

void Crf::forward_backward(std::span<const int32_t> emission, uint32_t length, Lattice& lattice) const {
  const uint32_t n = labels();
  lattice.emission.resize(size_t{length} * n);
  lattice.alpha.assign(size_t{length} * n, 0);
  lattice.beta.assign(size_t{length} * n, 0);
  // Only possible steps are walked. Each row is divided by its largest value, and alpha and beta by their sums: only
  // ratios within a token matter, and probability() normalises at one token.
  for (uint32_t i = 0; i < length; ++i) {
    const int32_t* e = emission.data() + size_t{i} * (n - 1);
    const int32_t top = std::max(0, *std::max_element(e, e + n - 1));
    double* x = lattice.emission.data() + size_t{i} * n;
    x[0] = exp_poly(-static_cast<double>(top) / kScale);
    for (uint32_t b = 1; b < n; ++b) x[b] = exp_poly(static_cast<double>(e[b - 1] - top) / kScale);
    double* a = lattice.alpha.data() + size_t{i} * n;
    if (i == 0) {
      for (uint32_t b = 0; b < n; ++b) a[b] = factor_[n * n + b];
    } else {
      for (uint32_t p = 0; p < n; ++p) {
        const double before = a[static_cast<ptrdiff_t>(p) - static_cast<ptrdiff_t>(n)];
        const double* f = factor_.data() + size_t{p} * n;
        if (!(before > 0)) continue;
        if (may_end(p)) {
          for (uint32_t b = 0; b < n; ++b) a[b] += before * f[b];
        } else {
          const uint32_t inside = p - (p - 1) % 4 + 1;
          a[inside] += before * f[inside];
          a[inside + 1] += before * f[inside + 1];
        }
      }
    }
    double sum = 0;
    for (uint32_t b = 0; b < n; ++b) sum += a[b] *= x[b];
    for (uint32_t b = 0; b < n; ++b) a[b] /= sum;
  }
  if (length == 0) return;
  for (uint32_t b = 0; b < n; ++b) lattice.beta[size_t{length - 1} * n + b] = may_end(b) ? 1 : 0;
  for (uint32_t i = length - 1; i-- > 0;) {
    const double* next = lattice.beta.data() + size_t{i + 1} * n;
    const double* x = lattice.emission.data() + size_t{i + 1} * n;
    double* beta = lattice.beta.data() + size_t{i} * n;
    double weighed[kMaxLabels];
    for (uint32_t b = 0; b < n; ++b) weighed[b] = next[b] * x[b];
    double sum = 0;
    for (uint32_t p = 0; p < n; ++p) {
      const double* f = factor_.data() + size_t{p} * n;
      double s = 0;
      if (may_end(p)) {
        s = f[0] * weighed[0];
        for (uint32_t b = 1; b < n; b += 4) {  // Begin and Unit
          s += f[b] * weighed[b];
          s += f[b + 3] * weighed[b + 3];
        }
      } else {
        const uint32_t inside = p - (p - 1) % 4 + 1;
        s = f[inside] * weighed[inside] + f[inside + 1] * weighed[inside + 1];
      }
      sum += beta[p] = s;
    }
    for (uint32_t p = 0; p < n; ++p) beta[p] /= sum;
  }
}

double Crf::probability(const Chunk& chunk, const Lattice& lattice) const {
  const uint32_t n = labels();
  const uint32_t first = 1 + 4 * chunk.type;
  const double* beta = lattice.beta.data() + size_t{chunk.begin} * n;
  const double* alpha = lattice.alpha.data() + size_t{chunk.begin} * n;
  double sum = 0;
  for (uint32_t b = 0; b < n; ++b) sum += alpha[b] * beta[b];
  if (!(sum > 0)) return 0;
  if (chunk.end == chunk.begin + 1) return alpha[first + 3] * beta[first + 3] / sum;
  // P(Begin at the first token) times the chance of each further step.
  double p = alpha[first] * beta[first] / sum;
  uint32_t label = first;
  for (uint32_t i = chunk.begin + 1; i < chunk.end && p > 0; ++i) {
    const uint32_t next = i + 1 == chunk.end ? first + 2 : first + 1;
    const double* x = lattice.emission.data() + size_t{i} * n;
    const double* b = lattice.beta.data() + size_t{i} * n;
    const double inside = factor_[label * n + first + 1] * x[first + 1] * b[first + 1];
    const double last = factor_[label * n + first + 2] * x[first + 2] * b[first + 2];
    p *= inside + last > 0 ? (next == first + 2 ? last : inside) / (inside + last) : 0;
    label = next;
  }
  return p;
}

}  // namespace newsnlp
