// Room: tools. Training of the name CRF: stochastic gradient on the regularised likelihood, with feature dropout,
// averaged over the last third of the epochs and over seeds.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crf.h"

namespace newsnlp {

/// Sequences of tokens with features (dense numbers) and labels (Crf's).
struct CrfSamples {
  std::vector<uint32_t> features;              // all tokens' features, one after the other
  std::vector<size_t> token_begin = {0};       // of each token, of `features`; one more than tokens
  std::vector<uint8_t> labels;                 // of each token
  std::vector<uint32_t> sequence_begin = {0};  // of each sequence, of tokens; one more than sequences
  std::vector<uint32_t> group;                 // of each sequence: its article

  size_t size() const noexcept { return sequence_begin.size() - 1; }
};

struct CrfSettings {
  uint32_t epochs = 15;
  double rate = 0.1;     // of the first step
  double l2 = 1;         // times 1 / sequences
  double dropout = 0.5;  // share of a token's features that a step does not see
  uint64_t seed = 1;
};

/// Weights in nats. Row f is weights[f * row …]; steps as Crf takes them.
struct CrfWeights {
  std::vector<float> weights;
  std::vector<float> steps;
};

/// Trains on the sequences that `use` accepts. The same samples, settings and seed give the same weights.
CrfWeights train_crf(const CrfSamples& samples, uint32_t types, size_t features, const CrfSettings& settings,
                     const std::function<bool(uint32_t)>& use, const std::function<void(uint32_t, double)>& progress);

/// Sums of weights of one sequence, in Crf's integer unit.
void emission_of(const CrfSamples& samples, size_t sequence, const CrfWeights& model, uint32_t row,
                 std::vector<int16_t>& emission);

/// The integer CRF of trained steps.
Crf to_crf(const CrfWeights& model, std::vector<EntityType> types);

}  // namespace newsnlp
