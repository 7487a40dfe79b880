// Room: recognizer. Sections "ner_spans.bin" and "ner_folded_spans.bin": the weights of the second pass.
//
//   u32 types | i32 bias
//   u32 [slots * stride]    about half of the slots are taken: lowest bits of a feature's hash (0: free), then its
//                       weights, i8, kScale to one nat; open addressing
//   u32 [names]         training names: 24 bits of key, 8 bits SeenName code (0: free); open addressing,
//                       home = key * names >> 64
//   f32 [kLevels - 1]   bounds of doubtful_share() between levels of articles, rising
//   u16 [2 * kLevels * kKnots]    calibration of each domain and level: share that is right, times 65535, at
//                       each probability from 0 to 1
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "name_features.h"
#include "section.h"
#include "span_features.h"

namespace newsnlp {

class SpanModel {
 public:
  static constexpr uint32_t kKnots = 257;
  static constexpr uint32_t kLevels = 8;  // of articles: from plain ones to those full of doubtful names
  static constexpr int32_t kScale = 32;

  SpanModel() = default;
  /// Reads section `name` in place; an empty one gives an empty model. Throws ModelError.
  SpanModel(std::span<const std::byte> section, const std::string& name);

  bool empty() const noexcept { return types_ == 0; }
  uint32_t types() const noexcept { return types_; }
  /// What is added to every type's sum.
  int32_t bias() const noexcept { return bias_; }
  /// Fetches what add() reads.
  void prefetch(std::span<const uint64_t> features) const noexcept;
  /// Adds the features' weights to a number a type.
  void add(std::span<const uint64_t> features, int32_t* sums) const noexcept;
  /// Fetches what seen() reads.
  void prefetch_seen(uint64_t key) const noexcept { __builtin_prefetch(seen_.data() + home(key, seen_.size())); }
  /// SeenName code of words by SpanVotes::key().
  uint8_t seen(uint64_t key) const noexcept;
  /// Level of an article by the share of doubt in its candidates.
  uint32_t level(float doubtful_share) const noexcept;
  /// How often a name of this probability is right in articles of this level.
  float calibrated(double probability, NameDomain domain, uint32_t level) const noexcept;

  struct Content {
    uint32_t types = 0;
    int32_t bias = 0;
    std::vector<uint64_t> features;
    std::vector<int8_t> weights;  // parallel to features, one a type
    std::vector<std::pair<uint64_t, uint8_t>> seen;
    std::array<float, kLevels - 1> bounds{};
    std::array<std::array<std::vector<uint16_t>, kLevels>, 2> calibration;  // of each domain and level, kKnots each
  };
  static void write(const Content& content, SectionWriter& out);

 private:
  static uint64_t home(uint64_t hash, uint64_t slots) noexcept {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(hash) * slots) >> 64);
  }
  static uint32_t row_key(uint64_t hash) noexcept {
    const auto k = static_cast<uint32_t>(hash);
    return k == 0 ? 1 : k;
  }
  static constexpr uint32_t kUsualTypes = 4;
  static constexpr size_t kMinSlots = 16;
  void check_slots(const SectionReader& in) const;
  void add_usual(std::span<const uint64_t> features, int32_t* sums) const noexcept;
  // The slot of a key, or a free one.
  size_t find(uint32_t key) const noexcept {
    const uint32_t* const table = table_.data();
    size_t s = slot(key);
    while (table[s] != 0 && table[s] != key) s = next(s);
    return s;
  }
  static size_t slot(uint32_t key, uint64_t slots) noexcept {
    return static_cast<size_t>(uint64_t{key * 0x9E3779B1U} * slots >> 32);
  }
  static uint32_t stride(uint32_t types) noexcept { return 1 + (types + 3) / 4; }
  size_t slot(uint32_t key) const noexcept { return slot(key, slots_) * stride_; }
  size_t next(size_t slot) const noexcept { return slot + stride_ == table_.size() ? 0 : slot + stride_; }

  uint32_t types_ = 0;
  int32_t bias_ = 0;
  uint32_t stride_ = 0;  // of a slot: key and weights, four to a number
  uint64_t slots_ = 0;
  std::span<const uint32_t> table_;  // so empty that most features without weight need one look
  std::span<const uint32_t> seen_;
  std::span<const float> bounds_;
  std::span<const uint16_t> calibration_;
};

}  // namespace newsnlp
