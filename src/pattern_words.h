// Room: attribution patterns. What a list of patterns knows of a word type, looked up once a type. One a worker.
#pragma once

#include <cstdint>
#include <vector>

#include "word_type.h"

namespace newsnlp {

struct WordNeeds;  // which needs of patterns a word satisfies

struct PatternWord {
  enum Flag : uint8_t {
    kCalls = 1,  // of the list CALLS
    kVerb = 2,   // of a list of verbs
    kColon = 4,
    kDash = 8,
    kStop = 16,
    kNumber = 32,  // begins with a digit
    kListed = 64,  // has needs, a start or letters
  };
  const WordNeeds* needs = nullptr;  // null: of none
  const WordNeeds* start = nullptr;  // of the first bytes of a longer form, or of the sign with which it begins
  uint16_t letters = 0;              // of the lists that hold the word, as bits (SlotLists::kLetters)
  uint8_t flags = 0;

  bool is(Flag f) const noexcept { return (flags & f) != 0; }
};

class PatternWords {
 public:
  /// Makes the types up to now known; `make` gives a PatternWord for a type id of `owner`'s. Forgets all when ids
  /// became invalid or the owner is another.
  template <class Make>
  void update(const WordTypes& types, const void* owner, Make make) {
    if (owner_ != owner || generation_ != types.generation() || words_.size() > types.size()) {
      words_.clear();
      flags_.clear();
    }
    owner_ = owner;
    generation_ = types.generation();
    for (auto id = static_cast<uint32_t>(words_.size()); id < types.size(); ++id) {
      words_.push_back(make(id));
      flags_.push_back(words_.back().flags);
    }
  }
  const PatternWord& operator[](uint32_t type) const noexcept { return words_[type]; }
  /// Its flags alone: they lie close together, and say whether there is more.
  uint8_t flags(uint32_t type) const noexcept { return flags_[type]; }

 private:
  std::vector<PatternWord> words_;
  std::vector<uint8_t> flags_;
  uint32_t generation_ = 0;
  const void* owner_ = nullptr;
};

}  // namespace newsnlp
