// Room: attributor. Section "quotes.bin": everything that `newsnlp train quotes` learns.
//
//   u32 version | roles u32[] | first names u32[] | lemmas LemmaRow[] | a ranker for each RankerKind
//   | u16[kSteps] calibration of each ScoreKind | f32 best score of each ScoreKind
//
// Word and lemma keys are the upper half of hash_bytes; arrays of keys are sorted.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "linear_ranker.h"

namespace newsnlp {

/// The chain: is this word a cue; on which side is the content; where does it begin and end; who is the source.
enum class RankerKind : uint8_t {
  Cue,
  Side,
  RightBegin,
  RightEnd,
  LeftEnd,
  LeftBegin,
  Source,
  SourceBegin,
  SourceEnd,
  CueBegin,
  CueEnd,
  Analysis,   // second stage: is this whole analysis right
  Content,    // which of a cue's likeliest contents, judged as wholes
  NestedCue,  // may this word in a content be the cue of a report of its own
  Nested,     // is this reading of it one
  Count
};
inline constexpr size_t kRankers = static_cast<size_t>(RankerKind::Count);

/// What a score says the share of that is right: of reports of speech, of thoughts, of reports in others' contents.
enum class ScoreKind : uint8_t { Speech, Thought, Nested, Count };
inline constexpr size_t kScoreKinds = static_cast<size_t>(ScoreKind::Count);

/// Which complements a lemma takes, counted on tagged text without labels: each value a step 0 … 7 of a share.
struct Subcategory {
  static constexpr uint8_t kUnseen = 0xFF;
  uint8_t frequency = kUnseen;  // 0 … 9; kUnseen: the other fields say nothing
  uint8_t that = 0;
  uint8_t phrase = 0;  // a noun phrase
  uint8_t clause = 0;  // a noun phrase and its verb
  uint8_t infinitive = 0;
  uint8_t quotation = 0;  // opens behind it
  uint8_t quotation_before = 0;
  uint8_t preposition = 0;
  uint8_t pronoun = 0;  // as subject
  uint8_t name = 0;     // as subject
};

struct LemmaRow {
  uint32_t lemma = 0;
  uint8_t cue = 0;  // 1: candidates of this lemma are judged; 0: it is too seldom a cue
  uint8_t reserved[3] = {};
  Subcategory as_verb;
  Subcategory as_noun;
};

class QuoteModel {
 public:
  /// Scores 0 … 1 before calibration in steps; the entry is the calibrated score in 1/65535.
  static constexpr size_t kSteps = 256;

  /// No weights: empty() is true, and nothing is found.
  QuoteModel() = default;
  /// Reads the section in place; it must outlive this. Throws ModelError.
  explicit QuoteModel(std::span<const std::byte> section);

  bool empty() const noexcept { return lemmas_.empty(); }
  const LinearRanker& ranker(RankerKind kind) const noexcept { return rankers_[static_cast<size_t>(kind)]; }
  std::span<const LemmaRow> lemmas() const noexcept { return lemmas_; }
  /// 1 + index of lemmas(); 0: none.
  uint16_t lemma_row(uint32_t lemma) const noexcept;
  bool is_role(uint32_t word) const noexcept;
  bool is_first_name(uint32_t word) const noexcept;
  /// The share of quotes with the result p that is right; p: what the last stage says, 0 … 1.
  float calibrated(float p, ScoreKind kind) const noexcept;
  /// The calibrated score from which on quotes are kept.
  float best_score(ScoreKind kind) const noexcept { return best_score_[static_cast<size_t>(kind)]; }

  /// What a QuoteModel is made of, for training. Arrays need not be sorted.
  struct Parts {
    std::vector<uint32_t> roles, first_names;
    std::vector<LemmaRow> lemmas;
    std::array<std::vector<int8_t>, kRankers> weights;
    std::array<float, kRankers> scales{};
    std::array<std::vector<uint16_t>, kScoreKinds> calibration;  // empty: none
    std::array<float, kScoreKinds> best_score = {0.5F, 0.5F, 0.5F};
  };
  static std::string write(Parts parts);
  /// What write() was given, arrays sorted.
  Parts parts() const;

 private:
  std::span<const uint32_t> roles_;
  std::span<const uint32_t> first_names_;
  std::span<const LemmaRow> lemmas_;
  std::array<LinearRanker, kRankers> rankers_;
  std::array<std::span<const uint16_t>, kScoreKinds> calibration_;
  std::array<float, kScoreKinds> best_score_ = {0.5F, 0.5F, 0.5F};
};

}  // namespace newsnlp
