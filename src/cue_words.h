// Room: attributor. What the rankers know of a word type: lemma, suffix, list memberships. Computed once a type.
#pragma once

#include <cstdint>
#include <vector>

#include "cue_lexicon.h"
#include "quote_model.h"
#include "word_classes.h"
#include "word_type.h"

namespace newsnlp {

/// Function words that open, close or join clauses, told apart by the clause features. The numbers are part of the
/// model format. 0: another word.
using Junction = uint8_t;
constexpr Junction kAccordingJunction = 43;

/// Half a line of memory.
struct alignas(32) CueWord {
  enum Flag : uint32_t {
    kAlnum = 1,                // has a letter or digit
    kCue = 2,                  // in the cue lexicon, or its lemma has been a cue in training
    kComma = 4,                // these three in the order of ArticleView::Count
    kNever = 8,                // a person forbids it
    kOwn = 16,                 // a person's own cue
    kRole = 32,                // noun for a person ("spokesman")
    kFirstName = 64,           // capitalised first name
    kTitle = 128,              // "Mr.", "Sen."
    kDay = 256,                // a day of the week
    kPeriod = 512,             // "year", "week", "month", "today"
    kOccasion = 1024,          // time or occasion of a report: "Monday", "interview", "rally"
    kAuxiliary = 2048,         // a form of have, be, do
    kBe = 4096,                // a form of be
    kSubordinator = 8192,      // "that", "because", "while"
    kTimeJunction = 1 << 14,   // "as", "after", "before", "since", "until"
    kPlaceJunction = 1 << 15,  // "on", "in", "at", "to", "during", "after"
    kCapital = 1 << 16,
    kListed = 1 << 17,  // in the cue lexicon
    kThat = 1 << 18,
    kSpeech = 1 << 19,  // in the cue lexicon, and reports what was said or written
    kColon = 1 << 20,
    kDash = 1 << 21,  // a dash, or two or three hyphens
    kHyphen = 1 << 22,
    kRelative = 1 << 23,     // "who", "which", "that"
    kCoordinator = 1 << 24,  // "and", "or"
    kBut = 1 << 25,
    kBy = 1 << 26,
    kOf = 1 << 27,
    kTo = 1 << 28,
    kSemicolon = 1 << 29,
    kFullUpper = 1 << 30,  // no lower-case letter
  };
  uint32_t word = 0;  // hashes, 32 bits
  uint32_t lemma = 0;
  uint32_t suffix = 0;
  uint32_t shape = 0;
  uint32_t flags = 0;
  uint16_t class_256 = 0;
  uint16_t class_1024 = 0;
  uint16_t row = 0;  // 1 + index of QuoteModel::lemmas; 0: none
  Junction junction = 0;

  bool is(Flag f) const noexcept { return (flags & f) != 0; }
};

/// Cache of CueWord by word type id. One a worker.
class CueWords {
 public:
  /// Makes ids of `types` up to now known; forgets all when they became invalid.
  void update(const WordTypes& types, const CueLexicon& lexicon, const QuoteModel& model, const WordClasses* classes);
  const CueWord& operator[](uint32_t type) const noexcept { return words_[type]; }
  /// The straight double quotation mark, whether or not a text has it.
  const CueWord& double_mark() const noexcept { return double_mark_; }

 private:
  std::vector<CueWord> words_;
  CueWord double_mark_;
  uint32_t generation_ = 0;
  const void* owner_ = nullptr;
};

}  // namespace newsnlp
