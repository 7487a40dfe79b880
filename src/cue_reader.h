// Room: attributor. The chain: cue, side, edges of the content, source, edges of source and cue. Each link keeps its
// best few; the analyses of a cue are their combinations.
#pragma once

#include <array>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"
#include "quote_model.h"

namespace newsnlp {

/// Holds scratch: one a worker. The model must outlive it.
class CueReader {
 public:
  explicit CueReader(const QuoteModel& model) : model_(model) {}

  /// All cues of the article that are likelier than kMinCue, in text order, with their analyses; score is the first
  /// stage's. Linear in the article.
  void read(const ArticleView& view, std::vector<CueReading>& out);
  /// The same for cues in the excerpts of which the view was made.
  void read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts, std::vector<CueReading>& out);
  /// The analyses of one cue whose probability is given.
  void read_cue(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out);

  static constexpr float kMinCue = 0.04F;

 private:
  struct Choice {
    float probability;
    int token;
  };
  void forget(const ArticleView& view);
  void read(const ArticleView& view, int begin, int end, std::vector<CueReading>& out);
  bool read_rule(const ArticleView& view, int cue, std::vector<CueReading>& out) const;
  int32_t edge_sum(const ArticleView& view, RankerKind kind, int cue, int token);
  template <class Features>
  void rank(const ArticleView& view, RankerKind kind, int cue, size_t keep, Features features);
  void right_parts(const ArticleView& view, int cue, Side side);
  void left_parts(const ArticleView& view, int cue, Side side);
  void contents(const ArticleView& view, int cue);
  void analyses(const ArticleView& view, CueReading& reading);
  void source_edges(const ArticleView& view, CueReading& reading);
  void cue_edges(const ArticleView& view, CueReading& reading);

  const QuoteModel& model_;
  FeatureList features_;
  std::vector<int> candidates_;
  std::vector<int32_t> sums_;
  std::vector<float> probabilities_;
  std::vector<Choice> choices_, begins_;
  std::vector<Content> right_, left_, contents_;
  std::vector<float> mass_;
  std::array<std::vector<int32_t>, kRankers> edge_sums_;  // of each token, by ranker; kUnknown: not yet computed
  // Features of a token as an edge, the same for all rankers.
  struct EdgeRange {
    uint32_t begin, end;  // of edge_hashes_; none: not yet computed
  };
  std::vector<EdgeRange> edge_ranges_;
  std::vector<uint32_t> edge_hashes_;
};

/// Shared words of two contents by all their words, 0 … 1.
float overlap(const ArticleView& view, const Content& a, const Content& b);

}  // namespace newsnlp
