// Room: tagger. What a tag is decided by, the same in training and at run time. A feature is a 64-bit key; what it
// weighs stands in TagTable.
//
//   features of one word, by the place it has     own, left, far left, right, far right    summed once a word type
//   features of words and the tags before         context_features                         looked up at each token
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hash.h"
#include "word_type.h"

namespace newsnlp {

enum class WordPlace : uint8_t { Own, Left, FarLeft, Right, FarRight };
inline constexpr uint32_t kWordPlaces = 5;

/// Key of the lexicon entry of a word form: its pairs are the tags that the form may have.
uint64_t lexicon_key(const WordType& type) noexcept;

/// Appends the keys of one word's features; `kind` is TagWord::kind.
void word_features(WordPlace place, const WordType& type, std::string_view lower, uint64_t kind,
                   std::vector<uint64_t>& keys);

/// What context_features() reads of a word. The default stands for the edge of the sentence.
struct TagWord {
  uint64_t lower = 0x5EED;
  uint64_t shape = 0;
  uint64_t kind = 0;  // equal for words with the same tags to choose from
  uint32_t word_class = 0;
};

/// `lanes` is the lexicon's answer, 0 for a form that it does not know.
TagWord tag_word(const WordType& type, std::string_view lower, uint64_t lanes) noexcept;

/// The one feature of a place that lies outside the sentence.
constexpr uint64_t edge_key(WordPlace place) noexcept {
  return mix(99, static_cast<uint64_t>(place));
}

/// A key for every pair of previous tags (values of Tag, None at the sentence's begin); kept in a dense table at run
/// time.
constexpr uint64_t tags_key(uint32_t previous, uint32_t before) noexcept {
  return mix(mix(101, previous), before);
}
constexpr uint64_t tag_key(uint32_t previous) noexcept {
  return mix(102, previous);
}

/// Calls add(key) for the features that join words and previous tags: those of the word and the tag before it …
template <class Add>
void own_features(const TagWord& word, uint32_t previous, Add&& add) {
  add(mix(mix(previous, word.lower), 103));
  add(mix(mix(previous, 110), word.word_class));
  add(mix(mix(previous, 111), word.shape));
}

/// … those of the word to the right and the tag before …
template <class Add>
void right_features(const TagWord& right, uint32_t previous, Add&& add) {
  add(mix(mix(previous, 108), right.lower));
  add(mix(mix(previous, 109), right.kind));
}

/// … those of the word and both tags before, …
constexpr uint64_t tags_word_key(uint64_t lower, uint32_t previous, uint32_t before) noexcept {
  return mix(mix(previous, lower), 104 + (uint64_t{before} << 8));
}

/// … and those of neighbours, whatever their tags: keys begin with what a word brings.
struct PairSeeds {
  uint64_t left = 0;   // of the word on the left
  uint64_t right = 0;  // of the word, for the one on the right
  uint64_t kind = 0;   // of the word, for the kind of the one on the right
};
constexpr PairSeeds pair_seeds(uint64_t lower) noexcept {
  return {mix(lower, 105), mix(lower, 106), mix(lower, 107)};
}
inline constexpr uint32_t kPairKeys = 3;
constexpr std::array<uint64_t, kPairKeys> pair_keys(const PairSeeds& left, const PairSeeds& word, uint64_t lower,
                                                    uint64_t right_lower, uint64_t right_kind) noexcept {
  return {mix(left.left, lower), mix(word.right, right_lower), mix(word.kind, right_kind)};
}

/// The last two together.
template <class Add>
void context_features(const TagWord& left, const TagWord& word, const TagWord& right, uint32_t previous,
                      uint32_t before, Add&& add) {
  add(tags_word_key(word.lower, previous, before));
  for (const uint64_t key :
       pair_keys(pair_seeds(left.lower), pair_seeds(word.lower), word.lower, right.lower, right.kind))
    add(key);
}

}  // namespace newsnlp
