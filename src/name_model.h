// Room: recognizer. Sections "ner.bin" and "ner_folded.bin": the weights of the name CRF.
//
//   u8 casing | crf | HashIndex of features | i8 [features * row] weights, Crf::kScale to one nat
//   u16 [2 * kKnots] calibration: of each domain, probability times 65535 at marginals 0, 1 / (kKnots - 1), … 1
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crf.h"
#include "hash_index.h"
#include "name_features.h"

namespace newsnlp {

class NameModel {
 public:
  static constexpr uint32_t kKnots = 1025;

  /// Reads section `name` in place; an empty one gives an empty model. Throws ModelError.
  NameModel(std::span<const std::byte> section, const std::string& name);

  bool empty() const noexcept { return index_.size() == 0; }
  Casing casing() const noexcept { return casing_; }
  const Crf& crf() const noexcept { return crf_; }
  /// Adds the weights of features to a row of sums. The look-ups of all features wait for memory together.
  template <class Number>
  void add(std::span<const uint64_t> features, Number* sums) const noexcept {
    constexpr size_t kTogether = 32;
    std::array<const int8_t*, kTogether> rows;
    for (size_t at = 0; at < features.size(); at += kTogether) {
      const auto some = features.subspan(at, std::min(kTogether, features.size() - at));
      for (uint64_t f : some) index_.prefetch_bucket(f);
      for (uint64_t f : some) index_.prefetch_keys(f);
      size_t found = 0;
      for (uint64_t f : some) {
        const uint32_t i = index_.find(f);
        if (i == HashIndex<uint32_t>::kNone) continue;
        rows[found] = weights_.data() + size_t{i} * row_;
        __builtin_prefetch(rows[found++]);
      }
      for (size_t r = 0; r < found; ++r) add_row(rows[r], sums, row_);
    }
  }
  /// Adds `row` numbers to as many.
  template <class From, class Number>
  static void add_row(const From* from, Number* sums, uint32_t row) noexcept {
    for (; row >= 16; row -= 16, from += 16, sums += 16)  // a fixed count becomes vector instructions
      for (uint32_t k = 0; k < 16; ++k) sums[k] = static_cast<Number>(sums[k] + from[k]);
    for (uint32_t k = 0; k < row; ++k) sums[k] = static_cast<Number>(sums[k] + from[k]);
  }
  /// How often chunks of this marginal probability are right.
  float calibrated(double marginal, NameDomain domain) const noexcept;

  struct Content {
    Casing casing = Casing::Kept;
    Crf crf;
    std::vector<uint64_t> features;
    std::vector<int8_t> weights;                       // parallel to features, a row each
    std::array<std::vector<uint16_t>, 2> calibration;  // kKnots each
  };
  static void write(const Content& content, SectionWriter& out);

 private:
  Casing casing_ = Casing::Kept;
  Crf crf_;
  uint32_t row_ = 0;
  HashIndex<uint32_t> index_;
  std::span<const int8_t> weights_;
  std::span<const uint16_t> calibration_;
};

}  // namespace newsnlp
