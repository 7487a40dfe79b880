// Room: linker. Words that the linker and the resolver ask for by themselves: pronouns, signs, and short closed lists.
// Asked once a word form (WordFacts keeps the answer), never while an article is read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace newsnlp {

enum class PronounKind : uint8_t { None, Subject, Object, Possessive, Reflexive };
enum class PronounPerson : uint8_t { None, He, She, They, It, I, We, Who };

enum class SmallWord : uint8_t {
  None,
  The,
  And,
  Of,
  Comma,
  Possessive,
  Younger,
  Elder,
  LegalForm,  // "Hallam Motor Co.": the name is one without the last word, too
  JoinedBody,
  Be,
  Became,
  As,
  Works,
  Called,  // "a nurse called Jean"
  Names    // "who gave her name as Jean"
};

/// Lists that a word stands in: bits of WordFacts::lists.
enum class WordList : uint16_t {
  Time = 1,             // "week", "Tuesday": "last week the jury"
  Office = 2,           // "the official": an article often has several of them; nearness alone says nothing
  Firm = 4,             // "the supplier", "the toymaker": perhaps a firm
  SaysLittle = 8,       // beside a role: does not tell one from another
  Leads = 16,           // "who leads the institute"
  Preposition = 32,     // that may stand in a role
  OfOrFor = 64,         // of these
  Place = 128,          // "the country"
  OpensClause = 256,    // "when Smith arrived, …"
  Nation = 512,         // "the Norwegian"
  People = 1024,        // "the French"
  Countryman = 2048,    // "the Dutchwoman"
  Definite = 4096,      // "the", "this": somebody known
  Indefinite = 8192,    // "a", "another": somebody new
  Interviewer = 16384,  // the answer is another's
};

struct ClosedWord {
  uint64_t hash = 0;
  SmallWord small = SmallWord::None;
  PronounKind pronoun = PronounKind::None;
  PronounPerson person = PronounPerson::None;
  uint16_t lists = 0;
};

class ClosedWords {
 public:
  ClosedWords();
  /// What is known of a lower-case word.
  ClosedWord find(std::string_view lower) const;

 private:
  ClosedWord& at(uint64_t hash);

  std::vector<ClosedWord> slots_;  // open addressing by hash, at most half full; 0: free
};

}  // namespace newsnlp
