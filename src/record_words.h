// Room: record fields. The words of data/en/record_words.tsv and the names of data/en/media.tsv.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "newsnlp/model.h"
#include "workspace.h"

namespace newsnlp {

/// What a word may do in a report. The names in record_words.tsv are these in lower case: denial_verb, …
enum class WordKind : uint8_t {
  Negation,
  Nobody,
  NegationJoke,
  DenialVerb,
  DenialNoun,
  RefusalVerb,
  RefusalNoun,
  TurningVerb,
  ConfirmVerb,
  HedgeAdverb,
  HedgeAdjective,
  HedgeVerb,
  BeliefVerb,
  SeemVerb,
  MayModal,
  WillModal,
  WouldModal,
  LaterAdverb,
  ExpectWord,
  PlanVerb,
  Be,
  Have,
  ThoughtVerb,
  SpeechVerb,
  MemoryVerb,
  NamingVerb,
  FindVerb,
  StudyNoun,
  ToldVerb,
  ToVerb,
  CallVerb,
  ToPreposition,
  ChannelNoun,
  ChannelPreposition,
  SpeakingVerb,
  AddressingVerb,
  DateWord,
  QuoteVerb,
  ReportVerb,
  According,
  PassingParticiple,
  Through,
  RelayNoun,
  MediaNoun,
  MediaPiece,
  MediaName,
  UtterVerb,
  ToldThing,
  ConsentVerb,
  HearingBody,
  SaidTime,
  TimeModifier,
  DayPart,
  CircumstanceParticiple,
  ClauseVerb,
  SenseVerb,
  JudgingVerb,
  ParticiplePreposition,
  SeenParticiple,
  ConduitNoun,
  SaidVerb,
  SaidNoun,
  PaperNoun,
  TimeUnit,
  Count
};

/// A set of kinds.
class WordKinds {
 public:
  constexpr bool has(WordKind kind) const noexcept { return (bits_ >> static_cast<unsigned>(kind) & 1) != 0; }
  constexpr void add(WordKind kind) noexcept { bits_ |= uint64_t{1} << static_cast<unsigned>(kind); }
  /// Calls use(kind) for each of them.
  template <class Use>
  constexpr void each(Use use) const {
    for (uint64_t bits = bits_; bits != 0; bits &= bits - 1) use(static_cast<WordKind>(std::countr_zero(bits)));
  }

 private:
  uint64_t bits_ = 0;
};
static_assert(static_cast<unsigned>(WordKind::Count) <= 64);

/// Immutable after construction.
class RecordWords {
 public:
  /// Reads "record_words.tsv" and "media.tsv"; a section that is absent is an empty list. Throws ModelError
  /// ("record_words.tsv:line: …").
  explicit RecordWords(const Model& model);

  /// `lower`: hash of a word's lower-case form (WordType::lower).
  WordKinds kinds(uint64_t lower) const noexcept { return kinds_[place(lower)].kinds; }
  /// `lower`: a name in lower case without article; spaces, hyphens, apostrophes and full stops do not count.
  bool is_medium(std::string_view lower) const;

  static constexpr size_t kMaxMediumTokens = 8;

 private:
  struct Slot {
    uint64_t word = 0;  // 0: free
    WordKinds kinds;
  };
  /// Where the word stands, or a free slot.
  size_t place(uint64_t lower) const noexcept {
    const size_t mask = kinds_.size() - 1;
    size_t at = lower & mask;
    while (kinds_[at].word != lower && kinds_[at].word != 0) at = (at + 1) & mask;
    return at;
  }
  void add(uint64_t lower, WordKind kind);

  std::vector<Slot> kinds_ = std::vector<Slot>(1024);  // a power of two, at most half full
  size_t words_ = 0;
  std::unordered_set<uint64_t> media_;  // hashes of names
};

/// Of a token.
inline WordKinds kinds_of(const Workspace& workspace, const RecordWords& words, int token) noexcept {
  return words.kinds(workspace.types[workspace.word[static_cast<size_t>(token)]].lower);
}

}  // namespace newsnlp
