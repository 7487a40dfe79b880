// Room: attributor. Set phrases in which a word of saying reports nothing: "said goodbye", "it goes without saying".
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "newsnlp/model.h"

namespace newsnlp {

class ArticleView;
struct Workspace;

/// Immutable after construction.
class SetPhrases {
 public:
  /// Reads "set_phrases.txt"; an absent section is an empty list. Throws ModelError ("set_phrases.txt:line: …") where a
  /// line has not exactly one starred word.
  explicit SetPhrases(const Model& model);

  /// Whether the token is the word of saying of a phrase that stands there.
  bool hold(const Workspace& workspace, const ArticleView& view, int token) const;

 private:
  static constexpr uint64_t kAnyForm = 0;
  static constexpr uint64_t kNumber = 1;
  static constexpr uint64_t kPhrase = 2;  // the words of a noun phrase before its last one, if any
  static constexpr uint64_t kChoice = 3;

  struct Phrase {
    std::vector<uint64_t> words;   // WordType::lower; kAnyForm at `cue`, kNumber for a number, kPhrase, kChoice
    std::vector<uint64_t> choice;  // words, one of which stands at kChoice
    uint64_t before = kAnyForm, behind = kAnyForm;  // of `words`, beside the cue; kAnyForm: it has none there
    int cue = 0;                                    // index in words
  };
  bool hold(const Phrase& phrase, const Workspace& workspace, const ArticleView& view, int begin) const;

  static size_t place(uint32_t word) noexcept { return word % 1024; }
  void add(std::string_view line, size_t number);

  std::vector<Phrase> phrases_;
  std::bitset<1024> seen_;  // of the words of saying, by bits that CueWord::word has of their hash
  std::unordered_multimap<uint64_t, uint32_t> by_cue_;  // lower form of the word of saying -> index in phrases_
};

}  // namespace newsnlp
