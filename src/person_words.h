// Room: linker. What the linker and the resolver know of single words: titles, first names, nouns for people and
// bodies, pronouns. Read from titles.tsv, first_names.tsv, nicknames.tsv and role_nouns.tsv of the model.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "closed_words.h"
#include "first_names.h"
#include "newsnlp/document.h"
#include "newsnlp/model.h"
#include "word_type.h"

namespace newsnlp {

enum class TitleKind : uint8_t { None, Civil, Office, Suffix };
/// What a common noun names; plural or not is a field of its own.
/// Organization: what any body may be called (company, party); Institution: what is one of its kind where it is spoken
/// of (council, court); Medium: a newspaper, a network.
enum class NounKind : uint8_t { None, Person, Kin, Group, Organization, Writing, Generic, Institution, Medium };

/// One form of a word; 16 bytes, since they are read all over the place.
struct WordFacts {
  uint64_t key = 0;       // of the form without case, diacritics, full stops and apostrophes
  char initial = 0;       // its first letter, a to z; 0: none
  int8_t first_name = 0;  // percent sure that a person of this first name is a man (> 0) or a woman (< 0)
  SmallWord small = SmallWord::None;
  bool known : 1 = false;     // the cache entry is filled
  bool single : 1 = false;    // one letter: an initial
  bool initials : 1 = false;  // "R.K.": as the first word of a person's name
  bool plural : 1 = false;    // of the noun
  bool first_upper : 1 = false, all_upper : 1 = false, has_upper : 1 = false;  // as WordType's flags
  TitleKind title : 4 = TitleKind::None;
  NounKind noun : 4 = NounKind::None;
  Gender gender : 2 = Gender::Unknown;  // of the noun, else of the title
  PronounKind pronoun : 3 = PronounKind::None;
  PronounPerson person : 3 = PronounPerson::None;
  uint16_t lists = 0;  // bits of WordList

  bool is(WordList list) const noexcept { return (lists & static_cast<uint16_t>(list)) != 0; }
};
static_assert(sizeof(WordFacts) == 16);

/// Immutable after construction; may be read from any number of threads.
class PersonWords {
 public:
  /// A list that the model lacks is empty. Throws ModelError that names section and line for a broken row.
  explicit PersonWords(const Model& model);

  /// `lower` is the lower-case form, as WordTypes::lower gives it; `flags` those of its WordType.
  WordFacts find(std::string_view lower, uint32_t flags = 0) const;
  /// Both may be first names of one person: the same, or one a nickname of the other (Joe, Joseph). Keys of WordFacts.
  bool same_first_name(uint64_t a, uint64_t b) const;
  /// Calls visit(key) for each first name that `nickname` is short for.
  template <class Visit>
  void each_formal(uint64_t nickname, Visit visit) const {
    auto at = std::lower_bound(formals_.begin(), formals_.end(), std::pair(nickname, uint64_t{0}));
    for (; at != formals_.end() && at->first == nickname; ++at) visit(at->second);
  }

 private:
  struct Row {
    uint64_t key = 0;  // 0: an empty slot
    TitleKind title = TitleKind::None;
    NounKind noun = NounKind::None;
    Gender title_gender = Gender::Unknown;
    Gender noun_gender = Gender::Unknown;
    bool capitals = false;  // the list has it in capitals: "OC", "PM", but not "8 pm"
  };
  size_t slot(uint64_t key) const;
  void grow();
  const Row* find_row(uint64_t key) const;
  const Row* find_singular(std::string_view plural) const;

  ClosedWords closed_;
  FirstNames first_names_;
  std::vector<Row> rows_;                               // open addressing by key, at most three quarters full
  std::vector<std::pair<uint64_t, uint64_t>> formals_;  // (nickname, full form), sorted
};

}  // namespace newsnlp
