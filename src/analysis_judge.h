// Room: attributor. The second stage: one logistic model judges each cue's best analyses in the light of the article's
// other readings, and gives the score.
#pragma once

#include <algorithm>
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
  ArticleEvidence() = default;
  ArticleEvidence(const ArticleView& view, const std::vector<CueReading>& readings) { read(view, readings); }
  /// Forgets what was read before, but keeps its memory.
  void read(const ArticleView& view, const std::vector<CueReading>& readings);

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
  /// Log-odds of a reading, in steps.
  struct Odds {
    int score, cue;
  };
  const Odds& odds(uint32_t reading) const noexcept { return odds_[reading]; }

 private:
  void find_near(const std::vector<CueReading>& readings);

  struct Row {
    uint32_t word, reading;
    float score;
  };
  struct Extent {
    int begin, end;  // inclusive
    void take(int b, int e) {
      begin = std::min(begin, b);
      end = std::max(end, e);
    }
    bool meets(const Extent& other) const { return begin <= other.end && other.begin <= end; }
  };
  std::vector<Row> rows_;     // by word
  std::vector<Extent> best_;  // of each reading: its cue and best content
  std::vector<Extent> reach_;
  std::vector<Odds> odds_;
  std::vector<uint32_t> near_, near_begin_;
};

/// Twice the log-odds of p, rounded, -18 … 18.
int log_odds_step(float p);

/// The analyses of a reading that are judged.
inline constexpr size_t kJudged = 5;

/// The features of a reading whatever the analysis, and of analysis `index` of `readings[reading]`; both are summed.
template <class Sink>
Sink reading_features(const ArticleView& view, const std::vector<CueReading>& readings, uint32_t reading,
                      const ArticleEvidence& evidence, Sink f);
template <class Sink>
Sink analysis_features(const ArticleView& view, const std::vector<CueReading>& readings, uint32_t reading, size_t index,
                       const ArticleEvidence& evidence, Sink f);

/// Holds scratch: one a worker.
class AnalysisJudge {
 public:
  /// Sets best and score of every reading that is not certain. Linear in the number of readings.
  void judge(const ArticleView& view, const LinearRanker& ranker, std::vector<CueReading>& readings);

 private:
  struct Verdict {
    uint32_t best;
    float score;
  };
  void ask(const ArticleView& view, const LinearRanker& ranker, const std::vector<CueReading>& readings,
           uint32_t index);
  /// Its analyses were asked for from place `first` of the batch on, which moves behind them.
  Verdict judge(const ArticleView& view, const LinearRanker& ranker, const CueReading& reading, size_t& first) const;

  ArticleEvidence evidence_;
  FeatureBatch batch_;
  std::vector<Verdict> verdicts_;
};

}  // namespace newsnlp
