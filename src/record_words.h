// Room: record fields. The words of data/en/record_words.tsv and the names of data/en/media.tsv.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "newsnlp/model.h"

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
  MediaName,
  UtterVerb,
  ToldThing,
  ConsentVerb,
  Count
};

/// A set of kinds.
class WordKinds {
 public:
  constexpr bool has(WordKind kind) const noexcept { return (bits_ >> static_cast<unsigned>(kind) & 1) != 0; }
  constexpr void add(WordKind kind) noexcept { bits_ |= uint64_t{1} << static_cast<unsigned>(kind); }

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
  WordKinds kinds(uint64_t lower) const noexcept {
    const auto it = kinds_.find(lower);
    return it == kinds_.end() ? WordKinds{} : it->second;
  }
  /// `lower`: a name in lower case without article; spaces, hyphens, apostrophes and full stops do not count.
  bool is_medium(std::string_view lower) const;

  static constexpr size_t kMaxMediumTokens = 8;

 private:
  std::unordered_map<uint64_t, WordKinds> kinds_;
  std::unordered_set<uint64_t> media_;  // hashes of names
};

}  // namespace newsnlp
