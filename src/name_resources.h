// Room: recognizer. Section "names.bin": what the recognizer knows besides its weights. Built by `train ner` from lists
// of names, word classes and capital letters counted in the training texts.
//
//   words     HashIndex of lower-case words; u8 facts: bits 0-3 capital class, bit 4 role noun, bit 5 title
//   paths     u16 [4 * 1024]: beginnings (4, 6, 8, 10 bits) of the bit path of each class of K = 1024
//   topics    f32 [256] weights of classes K = 256, f32 [topics * 256] unit vectors
//   gazetteer
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "gazetteer.h"
#include "hash_index.h"
#include "section.h"

namespace newsnlp {

/// How often a word is written with a capital inside a sentence: 0 hardly ever (under 0.5 %) … 6 nearly always.
struct NameWordFacts {
  static constexpr uint8_t kUnseen = 9;
  uint8_t capitals = kUnseen;
  bool role = false;   // "spokesman"
  bool title = false;  // "Mr"
  bool mostly_lower() const noexcept { return capitals < 4; }
};

class NameResources {
 public:
  static constexpr uint32_t kClasses = 256;
  static constexpr uint32_t kPathClasses = 1024;
  static constexpr uint32_t kMaxTopics = 64;

  NameResources() = default;
  /// Reads the section in place; an empty one knows nothing. Throws ModelError.
  explicit NameResources(std::span<const std::byte> section);

  const Gazetteer& gazetteer() const noexcept { return gazetteer_; }
  NameWordFacts facts(uint64_t lower) const noexcept;
  /// The two steps of what facts() and the gazetteer read of a word, for many words together.
  void prefetch_first(uint64_t lower) const noexcept {
    words_.prefetch_place(lower);
    gazetteer_.prefetch(Gazetteer::extend(0, lower));
  }
  void prefetch_second(uint64_t lower) const noexcept { words_.prefetch_keys(lower); }
  /// Four beginnings of the bit path of a class of K = 1024 (from 1, 0: none), each different from all others.
  std::array<uint16_t, 4> path(uint16_t class_1024) const noexcept;
  /// Nearest topic of a text in which class c of K = 256 (from 1) stands counts[c] times; from 1, 0: none.
  uint32_t topic(std::span<const uint32_t> counts) const;

  /// What the section is written from.
  struct Content {
    std::vector<std::pair<uint64_t, NameWordFacts>> words;  // hash of the lower-case word; each once
    std::vector<uint16_t> paths;                            // empty, or 4 * kPathClasses
    std::vector<float> class_weights;                       // empty, or kClasses
    std::vector<float> centroids;
    Gazetteer::Phrases phrases;
  };
  static void write(const Content& content, SectionWriter& out);

 private:
  HashIndex words_;
  std::span<const uint8_t> facts_;
  std::span<const uint16_t> paths_;
  std::span<const float> class_weights_;
  std::span<const float> centroids_;
  std::vector<float> centroids_by_class_;  // [classes][topics]
  Gazetteer gazetteer_;
};

}  // namespace newsnlp
