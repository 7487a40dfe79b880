// Room: recognizer. The second pass: one worker's judgement of the candidates of an article.
#pragma once

#include <cstdint>
#include <vector>

#include "span_agreement.h"
#include "span_choice.h"
#include "span_features.h"
#include "span_model.h"
#include "span_votes.h"

namespace newsnlp {

class SpanJudge {
 public:
  struct Verdict {
    IndexRange tokens;
    uint32_t type = 0;  // of the CRF
    float score = 0;    // calibrated
  };

  /// Both must outlive this. Not thread-safe.
  SpanJudge(const NameResources& resources, const SpanModel& model) : resources_(resources), model_(model) {}

  /// The names among the candidates of an article (by place), in text order.
  void judge(const NameArticle& article, NameDomain domain, const std::vector<SpanCandidate>& candidates,
             std::vector<Verdict>& names);

 private:
  double probability(const int32_t* sums, uint32_t type) const;

  const NameResources& resources_;
  const SpanModel& model_;
  SpanVotes votes_;
  SpanAgreement agreement_;
  SpanChoice choice_;
  std::vector<uint64_t> keys_;
  std::vector<int32_t> sums_;
  std::vector<uint64_t> features_, waiting_;  // of a candidate, and of the one before, which come from memory meanwhile
  std::vector<SpanChoice::Chosen> chosen_;
};

}  // namespace newsnlp
