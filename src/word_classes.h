// Room: features. Word classes: k-means clusters (K = 256, 1024, 3000) of GloVe vectors, keyed by the lower-case hash.
//
//   start     u32 [buckets + 1]   first word of each bucket; a hash belongs to bucket hash * buckets >> 64
//   word      u32 [words]         15 lowest bits of the hash, 17 bits number of a triple; about eight words a bucket
//   triple    u32 [triples]       8 + 10 + 12 bits of classes that occur together
//
// A word without classes is taken for one that has some with a chance of 2e-4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "section.h"

namespace newsnlp {

class WordClasses {
 public:
  struct Entry {
    uint16_t class_256 = 0;  // class + 1; 0: the word has none
    uint16_t class_1024 = 0;
    uint16_t class_3000 = 0;
  };
  struct Row {
    uint64_t lower;  // hash of the lower-case word
    uint16_t class_256, class_1024, class_3000;
  };

  WordClasses() = default;
  /// Reads section "classes" in place; an empty section gives no classes. Throws ModelError.
  explicit WordClasses(std::span<const std::byte> section);

  Entry find(uint64_t lower) const noexcept;
  /// Before find(), when there are many: asks for the memory of its first step, and, once that is there, of its second.
  void prefetch_bucket(uint64_t lower) const noexcept {
    if (!words_.empty()) __builtin_prefetch(&starts_[bucket(lower, starts_.size() - 1)]);
  }
  void prefetch_words(uint64_t lower) const noexcept {
    if (!words_.empty()) __builtin_prefetch(words_.data() + starts_[bucket(lower, starts_.size() - 1)]);
  }
  /// Of several rows of one word the first counts.
  static void write(std::span<const Row> rows, SectionWriter& out);

 private:
  static constexpr uint32_t kTripleBits = 17;
  static uint64_t bucket(uint64_t lower, uint64_t buckets) noexcept {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(lower) * buckets) >> 64);
  }
  static uint32_t key(uint64_t lower) noexcept { return static_cast<uint32_t>(lower & 0x7FFF); }

  std::span<const uint32_t> starts_;
  std::span<const uint32_t> words_;
  std::span<const uint32_t> triples_;
};

}  // namespace newsnlp
