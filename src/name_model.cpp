#include "name_model.h"

#include <algorithm>
#include <bit>

namespace newsnlp {

NameModel::NameModel(std::span<const std::byte> section, const std::string& name) {
  if (section.empty()) return;
  SectionReader in(section, name);
  const auto casing = in.number<uint8_t>();
  in.require(casing <= 1, "the casing is unknown");
  casing_ = static_cast<Casing>(casing);
  crf_ = Crf(in);
  row_ = crf_.row();
  index_ = HashIndex<uint32_t>(in);
  weights_ = in.array<int8_t>();
  calibration_ = in.array<uint16_t>();
  in.require(weights_.size() == index_.size() * row_, "the weights do not fit the features");
  in.require(calibration_.size() == 2 * kKnots, "the calibration has not the right size");
  seen_.resize(std::bit_ceil(index_.size() / 8 + 1));
  for (uint32_t key : index_.keys()) seen_[key / 64 % seen_.size()] |= uint64_t{1} << key % 64;
}

// Adds up in registers when the size of a row is known.
template <size_t kRow>
void NameModel::add_rows(std::span<const uint32_t> rows, int16_t* sums) const noexcept {
  std::array<int16_t, kRow> total;
  std::copy(sums, sums + kRow, total.begin());
  for (uint32_t r : rows) {
    const int8_t* row = weights_.data() + size_t{r} * kRow;
    for (size_t k = 0; k < kRow; ++k) total[k] = static_cast<int16_t>(total[k] + row[k]);
  }
  std::copy(total.begin(), total.end(), sums);
}

void NameModel::add(std::span<const uint64_t> features, int16_t* sums) const noexcept {
  constexpr size_t kTogether = 32;
  using Index = HashIndex<uint32_t>;
  std::array<uint64_t, kTogether> wanted;
  std::array<Index::Place, kTogether> places;
  std::array<uint32_t, kTogether> found;
  for (size_t at = 0; at < features.size(); at += kTogether) {
    size_t count = 0;
    for (uint64_t f : features.subspan(at, std::min(kTogether, features.size() - at))) {
      wanted[count] = f;
      count += seen(f) ? 1 : 0;
    }
    for (size_t k = 0; k < count; ++k) {
      places[k] = index_.place(wanted[k]);
      index_.prefetch(places[k]);
    }
    size_t rows = 0;
    for (size_t k = 0; k < count; ++k) {
      const uint32_t i = index_.find(wanted[k], places[k]);
      found[rows] = i;
      rows += i == Index::kNone ? 0 : 1;
      __builtin_prefetch(weights_.data() + size_t{i == Index::kNone ? 0 : i} * row_);
    }
    if (row_ == 16)
      add_rows<16>({found.data(), rows}, sums);
    else
      for (size_t r = 0; r < rows; ++r) add_row(weights_.data() + size_t{found[r]} * row_, sums, row_);
  }
}

float NameModel::calibrated(double marginal, NameDomain domain) const noexcept {
  const double at = std::clamp(marginal, 0.0, 1.0) * (kKnots - 1);
  const auto knot = std::min(static_cast<uint32_t>(at), kKnots - 2);
  const uint16_t* table = calibration_.data() + (domain == NameDomain::Raw ? kKnots : 0);
  const double low = table[knot];
  const double high = table[knot + 1];
  return static_cast<float>((low + (high - low) * (at - knot)) / 65535);
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
  std::vector<uint16_t> calibration = content.calibration[0];
  calibration.insert(calibration.end(), content.calibration[1].begin(), content.calibration[1].end());
  out.array(calibration);
}

}  // namespace newsnlp
