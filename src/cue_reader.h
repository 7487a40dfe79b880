// Room: attributor. The chain: cue, side, edges of the content, source, edges of source and cue. Each link keeps its
// best few; the analyses of a cue are their combinations.
#pragma once

#include <array>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "attribution_features.h"
#include "linear_ranker.h"
#include "quote_model.h"

namespace newsnlp {

/// Holds scratch: one a worker. The model must outlive it.
class CueReader {
 public:
  explicit CueReader(const QuoteModel& model) : model_(model) {}

  /// All cues of the article that are likelier than kMinCue, in text order, with their analyses; score is the first
  /// stage's. Edges of sources and cues are left open for find_edges. Linear in the article.
  void read(const ArticleView& view, std::vector<CueReading>& out);
  /// The same for `cues`, ascending, in the excerpts of which the view was made.
  void read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts, std::span<const int> cues,
            std::vector<CueReading>& out);
  /// Appends the reading of one more cue of the article that was read last.
  void read_cue(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out);
  /// Where the cue and the source of one of its analyses begin and end, if that is still open.
  void find_edges(const ArticleView& view, CueReading& reading, size_t analysis);
  /// Forgets the article that was read before, for contents_of.
  void start(const ArticleView& view);
  /// The likeliest contents of a cue of the article, before they are judged as wholes: for training.
  std::span<const Content> contents_of(const ArticleView& view, int cue) {
    all_contents_.clear();
    contents(view, cue);
    return all_contents_;
  }

  static constexpr float kMinCue = 0.12F;

 private:
  struct Choice {
    float probability;
    int token;
  };
  struct Ends {  // of contents that begin at one token
    int begin;
    std::vector<Choice> choices;
  };
  struct Head {
    int token;
    int32_t sum;  // whatever the content; kUnknown: not yet computed
  };
  void read(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out);
  void begin_reading(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) const;
  /// Finds the analyses of the readings from `from` on that have none; those for which there are none go.
  void finish_readings(const ArticleView& view, std::vector<CueReading>& out, size_t from);
  bool read_rule(const ArticleView& view, int cue, std::vector<CueReading>& out) const;
  /// Adds what candidates_ look like as edges of contents to their sums.
  void add_edges(const ArticleView& view, const LinearRanker& ranker, RankerKind kind);
  /// The sums of candidates_ as edges of contents; those that look much worse than the best one are left out.
  void look_at_edges(const ArticleView& view, const LinearRanker& ranker, RankerKind kind);
  /// Adds to the sums, and leaves those out that are `margin` (log-odds) below the best one then.
  template <class Glance>
  void narrow(const LinearRanker& ranker, float margin, Glance glance);
  /// Adds to the sums what `features` of a candidate give.
  template <class Features>
  void add(const LinearRanker& ranker, Features features);
  /// The best of candidates_ by their sums, best first, at most `keep`; unlikely ones are left out.
  void choose(const LinearRanker& ranker, size_t keep);
  /// The best of candidates_, of which those are compared that are at most `margin` worse at first glance.
  template <class Glance, class Features>
  int best_edge(RankerKind kind, float margin, Glance glance, Features features);
  const std::vector<Choice>& ends_of(const ArticleView& view, int cue, int begin);
  void right_parts(const ArticleView& view, int cue, Side side);
  void left_parts(const ArticleView& view, int cue, Side side);
  /// Appends the likeliest contents of a cue to all_contents_, best first.
  void contents(const ArticleView& view, int cue);
  void weigh_contents(const ArticleView& view);
  void rank_sources(const ArticleView& view, int cue, const Content& content, size_t keep);
  void analyses(const ArticleView& view, CueReading& reading);

  const QuoteModel& model_;
  FeatureBatch batch_;
  std::vector<int> candidates_, asked_;
  std::vector<int32_t> sums_;  // of the candidates
  std::vector<Choice> choices_, sides_, begins_;
  std::vector<Content> right_, left_, found_;
  std::vector<Content> all_contents_;  // of the readings that are being read
  std::vector<size_t> contents_end_;   // of each of them
  std::span<Content> contents_;        // of one of them
  std::vector<float> mass_;
  std::vector<size_t> order_;
  // Of each token, by ranker: RightBegin, RightEnd, LeftEnd, LeftBegin; kUnknown: not yet computed.
  std::array<std::vector<int32_t>, 4> edge_sums_;
  std::vector<NextClause> next_clauses_;  // of the tokens whose sum for RightEnd is known
  // Of the cue that is being read: what does not hang on the side.
  std::vector<Ends> ends_;
  size_t ends_known_ = 0;
  std::vector<Choice> left_ends_;
  bool left_ends_known_ = false;
  std::vector<Head> heads_;
};

/// Shared words of two contents by all their words, 0 … 1.
float overlap(const ArticleView& view, const Content& a, const Content& b);

}  // namespace newsnlp
