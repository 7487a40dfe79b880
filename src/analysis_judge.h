// Room: attributor. The second stage: one logistic model judges each cue's best analyses in the light of the article's
// other readings, and gives the score.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"

namespace newsnlp {

/// What the readings of an article say together about its sources, and which of them lie near each other.
class ArticleEvidence {
 public:
  ArticleEvidence(const ArticleView& view, const std::vector<CueReading>& readings);

  struct Seen {
    float best = 0;  // score of the best other reading with this source
    float sum = 0;   // of all of them
  };
  /// Of the readings other than `reading` whose best analysis has the word of `source` as its source.
  Seen elsewhere(const ArticleView& view, uint32_t reading, int source) const;
  /// The other readings whose best content or cue meets one of the contents of `reading` or its cue, in text order.
  std::span<const uint32_t> near(uint32_t reading) const noexcept {
    return std::span(near_).subspan(near_begin_[reading], near_begin_[reading + 1] - near_begin_[reading]);
  }

 private:
  void find_near(const std::vector<CueReading>& readings);

  struct Row {
    uint32_t word, reading;
    float score;
  };
  std::vector<Row> rows_;  // by word
  std::vector<uint32_t> near_, near_begin_;
};

/// The analyses of a reading that are judged.
inline constexpr size_t kJudged = 5;

/// The features of a reading whatever the analysis, and of analysis `index` of `readings[reading]`; both are summed.
template <class Sink>
Sink reading_features(const ArticleView& view, const std::vector<CueReading>& readings, uint32_t reading,
                      const ArticleEvidence& evidence, Sink f);
template <class Sink>
Sink analysis_features(const ArticleView& view, const std::vector<CueReading>& readings, uint32_t reading, size_t index,
                       const ArticleEvidence& evidence, Sink f);

/// Sets best and score of every reading that is not certain. Linear in the number of readings.
void judge(const ArticleView& view, const LinearRanker& ranker, std::vector<CueReading>& readings);

}  // namespace newsnlp
