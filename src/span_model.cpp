#include "span_model.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <cstring>
#include <numeric>

#include "model_file.h"

namespace newsnlp {

SpanModel::SpanModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  types_ = in.number<uint32_t>();
  in.require(types_ > 0 && types_ <= Crf::kMaxTypes, "the number of entity types is out of range");
  bias_ = in.number<int32_t>();
  in.require(bias_ > -(1 << 16) && bias_ < 1 << 16, "the bias is out of range");
  table_ = in.array<uint32_t>();
  seen_ = in.array<uint32_t>();
  bounds_ = in.array<float>();
  calibration_ = in.array<uint16_t>();
  stride_ = stride(types_);
  slots_ = table_.size() / stride_;
  in.require(in.at_end(), "bytes behind its end");
  in.require(slots_ >= kMinSlots && slots_ <= 1U << 24 && slots_ * stride_ == table_.size(),
             "the weights do not fit the features");
  in.require(bounds_.size() == kLevels - 1 && calibration_.size() == size_t{2} * kLevels * kKnots,
             "the calibration has not the right size");
  if (!is_linked_in(section)) check_slots(in);
}

void SpanModel::check_slots(const SectionReader& in) const {
  bool any_free = false;
  for (size_t s = 0; s < table_.size(); s += stride_) any_free |= table_[s] == 0;
  in.require(any_free, "the table of features has no free slot");
  any_free = seen_.empty();
  for (uint32_t s : seen_) {
    any_free |= (s & 0xFF) == 0;
    in.require((s & 0xFF) < 1 + types_ * 12, "a name of training is out of range");
  }
  in.require(any_free, "the table of names has no free slot");
}

void SpanModel::prefetch(std::span<const uint64_t> features) const noexcept {
  for (uint64_t f : features) __builtin_prefetch(table_.data() + slot(row_key(f)));
}

void SpanModel::add(std::span<const uint64_t> features, int32_t* sums) const noexcept {
  if (table_.empty()) return;
  if (types_ == kUsualTypes) return add_usual(features, sums);
  for (uint64_t f : features) {
    const uint32_t key = row_key(f);
    const size_t s = find(key);
    if (table_[s] == 0) continue;
    int8_t weights[Crf::kMaxTypes];
    std::memcpy(weights, &table_[s + 1], sizeof(uint32_t) * (stride_ - 1));
    for (uint32_t t = 0; t < types_; ++t) sums[t] += weights[t];
  }
}

namespace {

typedef int8_t Bytes __attribute__((vector_size(4)));
typedef int32_t Sums __attribute__((vector_size(16)));

}  // namespace

// A row is a key and one number with all weights; those of a free slot are 0.
void SpanModel::add_usual(std::span<const uint64_t> features, int32_t* sums) const noexcept {
  const auto weights = [](const uint32_t* row) {
#ifdef __SSE2__
    const __m128i bytes = _mm_cvtsi32_si128(static_cast<int32_t>(*row));
    const __m128i pairs = _mm_unpacklo_epi8(bytes, bytes);
    return reinterpret_cast<Sums>(_mm_srai_epi32(_mm_unpacklo_epi16(pairs, pairs), 24));
#else
    Bytes bytes;
    std::memcpy(&bytes, row, sizeof bytes);
    return __builtin_convertvector(bytes, Sums);
#endif
  };
  Sums all = {};
  for (uint64_t f : features) {
    const uint32_t key = row_key(f);
    size_t s = slot(key);
    // one test for both ends of the search: which of them it is nobody can tell beforehand
    while (uint64_t{table_[s]} * (table_[s] ^ key) != 0) [[unlikely]] s = next(s);
    all += weights(&table_[s + 1]);
  }
  for (uint32_t t = 0; t < kUsualTypes; ++t) sums[t] += all[t];
}

uint8_t SpanModel::seen(uint64_t key) const noexcept {
  if (seen_.empty()) return 0;
  const auto wanted = static_cast<uint32_t>(key & 0xFFFFFF);
  for (uint64_t i = home(key, seen_.size()); (seen_[i] & 0xFF) != 0; i = i + 1 == seen_.size() ? 0 : i + 1)
    if (seen_[i] >> 8 == wanted) return static_cast<uint8_t>(seen_[i]);
  return 0;
}

uint32_t SpanModel::level(float doubtful_share) const noexcept {
  return static_cast<uint32_t>(std::upper_bound(bounds_.begin(), bounds_.end(), doubtful_share) - bounds_.begin());
}

float SpanModel::calibrated(double probability, NameDomain domain, uint32_t level) const noexcept {
  const double at = std::clamp(probability, 0.0, 1.0) * (kKnots - 1);
  const auto knot = std::min(static_cast<uint32_t>(at), kKnots - 2);
  const uint16_t* table = calibration_.data() + (size_t{domain == NameDomain::Raw} * kLevels + level) * kKnots;
  const double low = table[knot];
  const double high = table[knot + 1];
  return static_cast<float>((low + (high - low) * (at - knot)) / 65535);
}

void SpanModel::write(const Content& content, SectionWriter& out) {
  out.number(content.types);
  out.number(content.bias);
  std::vector<uint32_t> order(content.features.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(row_key(content.features[a]), a) < std::pair(row_key(content.features[b]), b);
  });
  const size_t slots = std::max(kMinSlots, 2 * order.size());
  const uint32_t step = stride(content.types);
  std::vector<uint32_t> table(slots * step);
  for (uint32_t f : order) {
    const uint32_t key = row_key(content.features[f]);
    size_t s = slot(key, slots);
    while (table[s * step] != 0 && table[s * step] != key) s = (s + 1) % slots;
    table[s * step] = key;
    std::memcpy(&table[s * step + 1], &content.weights[size_t{f} * content.types], content.types);
  }
  out.array(table);
  const uint64_t names = content.seen.empty() ? 0 : content.seen.size() + content.seen.size() / 2 + 1;
  std::vector<uint32_t> seen(names);
  for (const auto& [key, code] : content.seen) {
    uint64_t i = home(key, names);
    while (seen[i] != 0) i = i + 1 == names ? 0 : i + 1;
    seen[i] = static_cast<uint32_t>(key & 0xFFFFFF) << 8 | code;
  }
  out.array(seen);
  out.array(std::span<const float>(content.bounds));
  std::vector<uint16_t> calibration;
  for (const auto& domain : content.calibration)
    for (const auto& level : domain) calibration.insert(calibration.end(), level.begin(), level.end());
  out.array(calibration);
}

}  // namespace newsnlp
