// Room: recognizer. Sections "ner.bin" and "ner_folded.bin": the weights of the name CRF.
//
//   u8 casing | crf | u64 buckets
//   u8 [pilots]           which group has a feature: see Pilots
//   u8 [groups * group]   keys u32 [4], the last of them always kFree, then three rows of i8 weights, Crf::kScale to
//                         one nat, and zeros up to a whole line of memory; one row of 25 is free
//   u64 [words]           two bits of one word for each feature
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "cpu.h"
#include "crf.h"
#include "name_features.h"
#include "pilots.h"
#include "section.h"

namespace newsnlp {

class NameModel {
 public:
  /// Reads section `name` in place; an empty one gives an empty model. Throws ModelError.
  NameModel(std::span<const std::byte> section, const std::string& name);

  bool empty() const noexcept { return table_.empty(); }
  Casing casing() const noexcept { return casing_; }
  const Crf& crf() const noexcept { return crf_; }
  /// Features of several tokens. Memory is what their look-up waits for: it does so once for all of them.
  struct Batch {
    std::vector<uint64_t> features;
    std::vector<uint32_t> owners;  // of each feature: the number of its token
    std::vector<const uint8_t*> places;
    void clear() noexcept {
      features.clear();
      owners.clear();
    }
  };
  /// Those of them that may weigh something.
  class Sieve {
   public:
    /// Into a batch that will hold `room` features at most; what it holds is overwritten.
    Sieve(const NameModel& model, Batch& batch, size_t room) : seen_(model.seen_.data()), words_(model.seen_.size()) {
      batch.features.resize(std::max(batch.features.size(), room));
      batch.owners.resize(std::max(batch.owners.size(), room));
      features_ = batch.features.data();
      owners_ = batch.owners.data();
    }
    NEWSNLP_INLINE void push(uint64_t feature, uint32_t owner) noexcept {
      features_[size_] = feature;
      owners_[size_] = owner;
      size_ += seen(seen_[word_of(feature, words_)], feature) ? 1 : 0;
    }
    size_t size() const noexcept { return size_; }

   private:
    const uint64_t* seen_;
    size_t words_;
    uint64_t* features_;
    uint32_t* owners_;
    size_t size_ = 0;
  };
  /// Adds the weights of each feature to the row of its token; `sums` holds the rows. Uses up the batch.
  NEWSNLP_INLINE void add(Batch& batch, int16_t* sums) const {
    const size_t size = batch.features.size();
    Sieve sieve(*this, batch, size);
    for (size_t k = 0; k < size; ++k) sieve.push(batch.features[k], batch.owners[k]);
    add(batch, sieve, sums);
  }
  /// The same for what the sieve left of a batch.
  void add(Batch& batch, const Sieve& sieve, int16_t* sums) const { add_(*this, batch, sieve.size(), sums); }
  /// Adds the weights of features to one row.
  void add(std::span<const uint64_t> features, int16_t* sums) const noexcept;
  /// Adds `row` numbers to as many.
  template <class From>
  static void add_row(const From* from, int16_t* sums, uint32_t row) noexcept {
    for (; row >= 16; row -= 16, from += 16, sums += 16)  // a fixed count becomes vector instructions
      for (uint32_t k = 0; k < 16; ++k) sums[k] = static_cast<int16_t>(sums[k] + from[k]);
    for (uint32_t k = 0; k < row; ++k) sums[k] = static_cast<int16_t>(sums[k] + from[k]);
  }

  struct Content {
    Casing casing = Casing::Kept;
    Crf crf;
    std::vector<uint64_t> features;
    std::vector<int8_t> weights;  // parallel to features, a row each
  };
  static void write(const Content& content, SectionWriter& out);

 private:
  Casing casing_ = Casing::Kept;
  Crf crf_;
  struct Kernels;
  // Two bits of one word; most features without weights lack one.
  static uint64_t word_of(uint64_t feature, size_t words) noexcept { return feature >> 12 & (words - 1); }
  static uint64_t bits_of(uint64_t feature) noexcept {
    return uint64_t{1} << feature % 64 | uint64_t{1} << (feature >> 6) % 64;
  }
  static NEWSNLP_INLINE bool seen(uint64_t word, uint64_t feature) noexcept {
    return (word >> feature % 64 & word >> (feature >> 6) % 64 & 1) != 0;
  }
  bool seen(uint64_t feature) const noexcept { return seen(seen_[word_of(feature, seen_.size())], feature); }

  // A feature's row is in its group or nowhere. With 16 numbers a row a group is a line of memory.
  static constexpr uint32_t kTogether = 3;
  static constexpr size_t kKeys = 4 * sizeof(uint32_t);  // bytes
  const uint8_t* home(uint64_t feature) const noexcept {
    return table_.data() + Pilots::group(feature, pilots_[Pilots::number(feature, buckets_)], groups_) * group_;
  }
  static uint32_t group_size(uint32_t row) noexcept {
    return static_cast<uint32_t>((kKeys + kTogether * row + 63) / 64 * 64);
  }
  // The weights of a feature in its group, or null. `row` is row_.
  static const int8_t* find(const uint8_t* group, uint64_t feature, uint32_t row) noexcept {
    const uint32_t equal = equal_keys(group, key_of(feature));
    if (equal == 0) return nullptr;
    return reinterpret_cast<const int8_t*>(group + kKeys + static_cast<size_t>(std::countr_zero(equal)) * row);
  }
  // A bit for each key of a group.
  static uint32_t equal_keys(const uint8_t* group, uint32_t key) noexcept {
#ifdef __SSE2__
    const __m128i keys = _mm_loadu_si128(reinterpret_cast<const __m128i*>(group));
    const __m128i equal = _mm_cmpeq_epi32(keys, _mm_set1_epi32(static_cast<int32_t>(key)));
    return static_cast<uint32_t>(_mm_movemask_ps(_mm_castsi128_ps(equal)));
#else
    uint32_t equal = 0;
    for (uint32_t k = 0; k < kTogether; ++k) equal |= (key_at(group, k) == key ? 1U : 0U) << k;
    return equal;
#endif
  }
  static uint32_t key_of(uint64_t feature) noexcept {
    const auto key = static_cast<uint32_t>(feature);
    return key == kFree ? 1 : key;
  }
  static uint32_t key_at(const uint8_t* group, uint32_t k) noexcept {
    uint32_t key;
    std::memcpy(&key, group + k * sizeof key, sizeof key);
    return key;
  }
  static constexpr uint32_t kFree = 0;
  static constexpr uint32_t kSeenBits = 20;  // of a key, which has 32, that tell its word
  void (*add_)(const NameModel&, Batch&, size_t count, int16_t* sums) = nullptr;  // for this machine
  uint32_t row_ = 0;
  uint32_t group_ = 0;  // bytes of a group
  uint64_t buckets_ = 1;
  uint64_t groups_ = 0;
  std::span<const uint8_t> pilots_;
  std::span<const uint8_t> table_;  // groups
  std::span<const uint64_t> seen_;  // bits of features: most that have no weight go no further
};

}  // namespace newsnlp
