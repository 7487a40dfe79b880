#include "name_model.h"

#include <algorithm>
#include <bit>

#include "cpu.h"

namespace newsnlp {

void NameModel::add(std::span<const uint64_t> features, int16_t* sums) const noexcept {
  for (uint64_t f : features)
    if (seen(f)) __builtin_prefetch(home(f));
  for (uint64_t f : features) {
    if (!seen(f)) continue;
    if (const int8_t* row = find(home(f), f, row_); row != nullptr) add_row(row, sums, row_);
  }
}

struct NameModel::Kernels {
  static constexpr uint32_t kUsual = 16;  // numbers a row
  using Features = std::span<uint64_t>;
  using Places = std::vector<const uint8_t*>;
  // Step by step, each a loop whose loads do not depend on each other. kRow: kUsual, or 0 for any number a row.
  template <uint32_t kRow>
  static NEWSNLP_INLINE void add(const NameModel& model, Features asked, uint32_t* owners, Places& at, int16_t* sums) {
    const uint64_t* seen = model.seen_.data();
    const size_t words = model.seen_.size();
    uint64_t* const features = asked.data();
    size_t count = 0;
    for (size_t k = 0; k < asked.size(); ++k) {
      const uint64_t f = features[k];
      features[count] = f;
      owners[count] = owners[k];
      count += NameModel::seen(seen[word_of(f, words)], f) ? 1 : 0;
    }
    at.resize(std::max(at.size(), count));
    const uint8_t** places = at.data();
    for (size_t k = 0; k < count; ++k) {
      places[k] = model.home(features[k]);
      __builtin_prefetch(places[k]);
    }
    const uint32_t row = kRow != 0 ? kRow : model.row_;
    for (size_t k = 0; k < count; ++k) {
      const int8_t* from = model.find(places[k], features[k], row);
      if (from == nullptr) continue;
      int16_t* to = sums + size_t{owners[k]} * row;
      if constexpr (kRow == kUsual)
        add_usual(from, to);
      else
        add_row(from, to, row);
    }
  }
  static NEWSNLP_INLINE void choose(const NameModel& m, Features f, uint32_t* owners, Places& places, int16_t* sums) {
    if (m.row_ == kUsual)
      add<kUsual>(m, f, owners, places, sums);
    else
      add<0>(m, f, owners, places, sums);
  }
  static NEWSNLP_INLINE void add_usual(const int8_t* from, int16_t* to) noexcept {
    typedef int8_t Bytes __attribute__((vector_size(kUsual)));
    typedef int16_t Sums __attribute__((vector_size(sizeof(int16_t) * kUsual)));
    Bytes more;
    Sums sums;
    std::memcpy(&more, from, sizeof more);
    std::memcpy(&sums, to, sizeof sums);
    sums += __builtin_convertvector(more, Sums);
    std::memcpy(to, &sums, sizeof sums);
  }
  static void any(const NameModel& m, Features f, uint32_t* owners, Places& places, int16_t* sums) {
    choose(m, f, owners, places, sums);
  }
  NEWSNLP_TARGET_AVX2 static void avx2(const NameModel& m, Features f, uint32_t* owners, Places& places,
                                       int16_t* sums) {
    choose(m, f, owners, places, sums);
  }
};

NameModel::NameModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  const auto casing = in.number<uint8_t>();
  in.require(casing <= 1, "the casing is unknown");
  casing_ = static_cast<Casing>(casing);
  crf_ = Crf(in);
  row_ = crf_.row();
  add_ = has_avx2() ? Kernels::avx2 : Kernels::any;
  const HashIndex<uint32_t> index(in);
  const auto weights = in.array<int8_t>();
  in.require(weights.size() == index.size() * row_, "the weights do not fit the features");
  seen_.resize(std::min<size_t>(std::bit_ceil(index.size() / 12 + 1), size_t{1} << kSeenBits));
  for (uint32_t key : index.keys()) seen_[word_of(key, seen_.size())] |= bits_of(key);
  if (index.size() > 0) fill(index, weights);
}

void NameModel::fill(const HashIndex<uint32_t>& index, std::span<const int8_t> weights) {
  buckets_ = index.buckets();
  group_ = static_cast<uint32_t>((kKeys + kTogether * row_ + 63) / 64 * 64);
  constexpr size_t kBehind = 64;  // groups that the last buckets may need more, and a free one
  const size_t groups = group(buckets_, 0) + kBehind;
  table_ = Table<uint8_t>(groups * group_);
  const uint8_t* const last = table_.data() + (groups - 1) * group_;
  const int8_t* from = weights.data();
  for (uint64_t b = 0; b < buckets_; ++b)
    for (uint32_t i = index.first(b); i < index.first(b + 1); ++i, from += row_) {
      const uint32_t key = key_of(index.keys()[i]);
      uint8_t* at = table_.data() + group(b, index.keys()[i]) * group_;
      while (key_at(at, kTogether - 1) != kFree && at < last) at += group_;
      if (at == last) throw ModelError("the features of a name model crowd in one place");
      uint32_t k = 0;
      while (key_at(at, k) != kFree) ++k;
      std::memcpy(at + k * sizeof key, &key, sizeof key);
      std::memcpy(at + kKeys + size_t{k} * row_, from, row_);
    }
}

void NameModel::write(const Content& content, SectionWriter& out) {
  out.number(static_cast<uint8_t>(content.casing));
  content.crf.write(out);
  const uint32_t row = content.crf.row();
  std::vector<int8_t> weights;
  weights.reserve(content.weights.size());
  for (uint32_t i : HashIndex<uint32_t>::write(content.features, out))
    weights.insert(weights.end(), content.weights.begin() + static_cast<ptrdiff_t>(size_t{i} * row),
                   content.weights.begin() + static_cast<ptrdiff_t>((size_t{i} + 1) * row));
  out.array(weights);
}

}  // namespace newsnlp
