// Room: attribution patterns. The lists of words that patterns name as slots. A letter stands for a list in the window
// and in the regular expressions, which would be long otherwise:
//
//   window   NPruizZ VKsaid Q       K before each word of SAY
//   {SAY}    (?:K[^ Z]+)            a phrase of several words is written out: (?:K[^ Z]+|truth…social)
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pattern_needs.h"

namespace newsnlp {

class SlotLists {
 public:
  /// Letters of lists; those that are left go before words, too (symbol_window.h).
  static constexpr std::string_view kLetters = "AEFGHIJKTUWXY";

  /// Adds the entries (words, or several between straight quotation marks) to a list; `of_verbs`: every form of each.
  void add(bool of_verbs, const std::string& name, std::string_view entries);
  /// Appends RE2 source for one entry of the list; false: there is none of this name, nor in `base` (or null). `whole`:
  /// the slot is a symbol of its own, and a letter may stand for it.
  bool slot(std::string_view name, bool whole, const SlotLists* base, std::string& regex);
  /// The letters that stand before the word with this hash, as bits.
  uint16_t letters(uint64_t word) const;
  const ListWords& first_words() const noexcept { return first_words_; }
  /// Whether a list of verbs, or the list CALLS, has an entry that begins with the word.
  bool is_verb(uint64_t word) const { return verbs_.contains(word); }
  bool calls(uint64_t word) const { return calls_.contains(word); }
  void inherit_calls(const SlotLists& base);
  /// visit(hash) for each word of which one of these may say something.
  template <class Visit>
  void each_word(Visit visit) const {
    for (const auto& [word, letters] : letters_of_) visit(word);
    for (const uint64_t word : verbs_) visit(word);
    for (const uint64_t word : calls_) visit(word);
  }

 private:
  struct List {
    std::string entries, others;  // RE2 sources: of all, of those that no letter can stand for; joined by bars
    std::vector<uint64_t> words;  // hashes of those that a letter can stand for
  };
  struct Letter {
    const List* list;
    size_t words;  // that it had
  };
  const List* find(std::string_view name) const;
  char letter_of(const List& list);

  std::map<std::string, List, std::less<>> lists_;
  ListWords first_words_;
  std::vector<Letter> letters_;                        // in the order of kLetters
  std::unordered_map<uint64_t, uint16_t> letters_of_;  // of words
  std::unordered_set<uint64_t> verbs_, calls_;
};

}  // namespace newsnlp
