// Room: resolver. Features of one person as what one "he" or "she" stands for. Their numbers are part of the model
// format: blocks are appended, never changed.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "person_words.h"
#include "resolver_history.h"

namespace newsnlp {

constexpr int16_t kSureEvidence = 4;  // of gender

/// The pronoun that is asked about.
struct PronounQuery {
  uint32_t token = 0;
  uint32_t sentence = 0;
  uint32_t paragraph = 0;
  PronounKind kind = PronounKind::Subject;
  bool male = true;
  bool source = false;   // in the source of a quote
  bool initial = false;  // begins its sentence
  bool quoted = false;   // inside a quotation
};

/// One person; `gender` is the evidence for the pronoun's gender (> 0) or against it.
struct RankCandidate {
  static constexpr size_t kMaxFeatures = 48;

  uint32_t entity = 0;
  int16_t gender = 0;
  bool ahead = false;   // is named behind the pronoun only
  bool titled = false;  // has a role
  std::array<uint16_t, kMaxFeatures> features{};
  uint16_t feature_count = 0;
  int32_t score = 0;
};

/// What was resolved last for this gender.
struct LastPronoun {
  uint32_t entity = PersonHistory::kNever;
  uint32_t sentence = 0;
};

/// Number of features: the length of the weight vector.
uint32_t feature_space();

/// Fills the features of all candidates of one pronoun. Linear in them.
void fill_features(const PronounQuery& query, const History& history, const LastPronoun& last,
                   std::span<RankCandidate> candidates);

}  // namespace newsnlp
