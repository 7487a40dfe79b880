// Room: tools. Training one linear ranker over hashed features: softmax over the candidates of a group, or a yes-no
// question, by AdaGrad; the weights of the last two thirds of the epochs are averaged.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "linear_ranker.h"

namespace newsnlp {

/// Groups of candidates; one candidate of each is right. A yes-no example is a group of one candidate.
class RankerExamples {
 public:
  /// `answer`: which candidate is right; for a yes-no example 1 or 0.
  void begin_group(uint32_t article, uint32_t answer);
  void add_candidate(const FeatureList& features);
  size_t size() const { return groups_.size(); }
  uint32_t article(size_t group) const { return groups_[group].article; }
  uint32_t answer(size_t group) const { return groups_[group].answer; }

  struct Settings {
    uint32_t bits = 18;  // of the table
    uint32_t epochs = 6;
    float rate = 0.05F;
    float dropout = 0;
    uint32_t seed = 7;
    bool yes_no = false;
  };
  /// Weights learned from the groups that `use` (group index) admits. Deterministic.
  std::vector<float> train(const Settings& settings, const std::function<bool(size_t)>& use) const;
  /// Log-odds of a yes-no example.
  float log_odds(size_t group, const std::vector<float>& weights) const;

 private:
  struct Group {
    uint32_t article, answer;
    uint64_t first, count;  // candidates
  };
  std::vector<Group> groups_;
  std::vector<uint64_t> ends_;  // of each candidate's features
  std::vector<uint32_t> features_;
};

/// 8-bit weights; `scale` is one unit.
std::vector<int8_t> quantise(const std::vector<float>& weights, float& scale);

}  // namespace newsnlp
