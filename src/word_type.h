// Room: features. What the stages know of a word form, computed once and shared by all of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hash.h"
#include "newsnlp/document.h"

namespace newsnlp {

class WordClasses;

struct WordType {
  enum Flag : uint32_t {
    kFirstUpper = 1,
    kAllUpper = 2,
    kHasUpper = 4,
    kHasLower = 8,
    kHasDigit = 16,
    kAllDigit = 32,
    kHasLetter = 64,
    kHasHyphen = 128,
    kHasDot = 256,
    kHasApostrophe = 512,
    kNonAscii = 1024,
  };

  uint64_t hash = 0;         // of the form as it stands
  uint64_t lower = 0;        // of the lower-case form
  uint64_t shape = 0;        // of the collapsed shape: "Xx", "X.X.", "d-d"
  uint32_t lower_begin = 0;  // bytes of WordTypes' arena
  uint16_t lower_size = 0;   // bytes
  uint32_t flags = 0;
  uint16_t class_256 = 0;  // k-means class + 1; 0: not in the vocabulary
  uint16_t class_1024 = 0;
  uint16_t class_3000 = 0;

  bool is(Flag f) const noexcept { return (flags & f) != 0; }
};

/// Word forms seen so far, numbered from 0. One a worker; not thread-safe; capped: trim() between documents forgets all
/// when there are too many.
class WordTypes {
 public:
  static constexpr size_t kMaxTypes = 1 << 17;

  /// `classes` may be null; it must outlive this.
  explicit WordTypes(const WordClasses* classes = nullptr);

  uint32_t intern(std::string_view form);
  /// The types of the tokens of a text, which stand in its order: what is read ahead lies in the text. Memory is waited
  /// for once for many tokens.
  void intern(std::string_view text, std::span<const Token> tokens, std::vector<uint32_t>& ids);
  const WordType& operator[](uint32_t id) const noexcept { return types_[id]; }
  std::string_view lower(uint32_t id) const noexcept {
    return {arena_.data() + types_[id].lower_begin, types_[id].lower_size};
  }
  size_t size() const noexcept { return types_.size(); }
  /// Forgets every type when there are more than kMaxTypes; true if it did. Ids of before are then invalid.
  bool trim();
  /// Changes when ids become invalid: per-type caches of the stages compare it.
  uint32_t generation() const noexcept { return generation_; }

 private:
  uint32_t intern(std::string_view form, uint64_t key);
  uint32_t add(std::string_view form, uint64_t key, size_t slot);
  void grow();
  void find_classes();

  const WordClasses* classes_;
  std::vector<WordType> types_;
  // Open addressing, at most half full: a type's number (id + 1) in as many low bits as a slot's number has, above them
  // those of its key. So a word that is known costs one look at one slot.
  std::vector<uint64_t> slots_;
  std::vector<uint64_t> keys_;  // of each type: a hash of its form that is made faster than WordType::hash
  size_t classed_ = 0;          // types of which the classes are known
  std::string arena_;           // lower-case forms
  std::string scratch_;
  uint32_t generation_ = 0;
};

}  // namespace newsnlp
