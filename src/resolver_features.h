// Room: resolver. Features of one person as what one "he" or "she" stands for. Their numbers are part of the model
// format: blocks are appended, never changed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "person_words.h"
#include "resolver_history.h"

namespace newsnlp {

constexpr int16_t kSureEvidence = 4;  // of gender

/// What the verb of a source tells: "he added" goes on, "he replied" was asked, “…,” he said is a quotation.
enum class PronounCue : uint8_t { Other, GoesOn, Replies, Quotes };
constexpr uint32_t kPronounCues = 4;

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
  PronounCue cue = PronounCue::Other;
};

/// One person; `gender` is the evidence for the pronoun's gender (> 0) or against it.
struct RankCandidate {
  uint32_t entity = 0;
  int32_t score = 0;
  int16_t gender = 0;
  bool ahead = false;   // is named behind the pronoun only
  bool titled = false;  // has a role
};

/// What was resolved last for this gender.
struct LastPronoun {
  uint32_t entity = PersonHistory::kNever;
  uint32_t sentence = 0;
};

/// Number of features: the length of the weight vector.
uint32_t feature_space();

/// Fills the scores of all candidates of one pronoun: the sums of the weights of their features. The index of the best,
/// ties to the first. Linear in the candidates, of which there must be one.
size_t rank(const PronounQuery& query, const History& history, const LastPronoun& last,
            std::span<const int16_t> weights, std::span<RankCandidate> candidates);

/// The same features, one list a candidate: training wants to see them.
void list_features(const PronounQuery& query, const History& history, const LastPronoun& last,
                   std::span<const RankCandidate> candidates, std::vector<std::vector<uint16_t>>& features);

}  // namespace newsnlp
