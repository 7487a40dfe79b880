// Room: features. Word classes: k-means clusters (K = 256, 1024, 3000) of GloVe vectors, keyed by the lower-case hash.
//
//   slots   u32 key (upper half of the hash) | u32 8 + 10 + 12 bits of classes; open addressing, home = hash * n >> 64
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

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
  static void write(std::span<const Row> rows, SectionWriter& out);

 private:
  struct Slot {
    uint32_t key = 0;  // 0: free
    uint32_t classes = 0;
  };
  static uint64_t home(uint64_t lower, uint64_t slots) noexcept {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(lower) * slots) >> 64);
  }
  static uint32_t key(uint64_t lower) noexcept {
    const auto k = static_cast<uint32_t>(lower);
    return k == 0 ? 1 : k;
  }
  std::span<const Slot> slots_;
};

}  // namespace newsnlp
