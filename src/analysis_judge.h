// Room: attributor. The second stage: one logistic model judges each cue's best analyses in the light of the article's
// other readings, and gives the score.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"

namespace newsnlp {

/// What the readings of an article say together about its sources.
class SourceEvidence {
 public:
  SourceEvidence(const ArticleView& view, const std::vector<CueReading>& readings);

  struct Seen {
    float best = 0;  // score of the best other reading with this source
    float sum = 0;   // of all of them
  };
  /// Of the readings other than `reading` whose best analysis has the word of `source` as its source.
  Seen elsewhere(const ArticleView& view, uint32_t reading, int source) const;

 private:
  struct Row {
    uint32_t word, reading;
    float score;
  };
  std::vector<Row> rows_;  // by word
};

/// The analyses of a reading that are judged.
inline constexpr size_t kJudged = 5;

/// The features of analysis `index` of `readings[reading]`.
template <class Sink>
Sink analysis_features(const ArticleView& view, const std::vector<CueReading>& readings, uint32_t reading, size_t index,
                       const SourceEvidence& evidence, Sink f);

/// Sets best and score of every reading that is not certain. Linear in the number of readings.
void judge(const ArticleView& view, const LinearRanker& ranker, std::vector<CueReading>& readings);

}  // namespace newsnlp
