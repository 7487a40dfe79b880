// Room: attributor. The chain: cue, side, edges of the content, source, edges of source and cue. Each link keeps its
// best few; the analyses of a cue are their combinations.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "attribution_features.h"
#include "candidates.h"
#include "content_judge.h"
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
    searches_[0].cue = cue;
    begin_searches(view, {searches_.data(), 1});
    contents(view, searches_[0]);
    return all_contents_;
  }

  static constexpr float kMinCue = 0.12F;

 private:
  struct Ends {  // of contents that begin at one token
    int begin;
    Candidates candidates;
    std::vector<Choice> choices;
  };
  struct Search {  // for the contents of a cue
    int cue;
    std::vector<Choice> sides;
    Side right_side;  // for which the begins are known
    Candidates candidates;
    std::vector<Choice> begins;
    // Whatever the side.
    std::vector<Ends> ends;
    size_t ends_known, ends_asked;  // of them
    bool left_ends_known;
    std::vector<Choice> left_ends;

    const Ends* ends_of(int begin) const {  // nullptr: none
      const auto e = std::find_if(ends.begin(), ends.begin() + static_cast<ptrdiff_t>(ends_asked),
                                  [&](const Ends& x) { return x.begin == begin; });
      return e == ends.begin() + static_cast<ptrdiff_t>(ends_asked) ? nullptr : &*e;
    }
  };
  struct Head {
    int token;
    int32_t sum;  // whatever the content; kUnknown: not yet computed
  };
  struct Weighed {  // the contents of a cue
    std::array<float, kMostContents> mass;
    size_t best, second;  // the same if there is only one
    std::vector<Head> heads;
  };
  struct Edge {  // of a cue or a source
    Candidates candidates;
    FeatureBatch batch;
  };
  struct Asked {  // a cue whose features were asked for
    int token;
    int32_t sum;  // at first glance
  };
  using EdgeSums = std::array<int32_t, 4>;
  static constexpr int32_t kUnknown = std::numeric_limits<int32_t>::min();
  static constexpr int32_t kAskedFor = kUnknown + 1;
  static constexpr EdgeSums kUnknownSums = {kUnknown, kUnknown, kUnknown, kUnknown};
  static constexpr size_t kAtOnce = 4;  // cues or readings whose weights are fetched together

  void read(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out);
  /// Begins readings of those asked_cues_ that are likely enough.
  void take_cues(const ArticleView& view, std::vector<CueReading>& out);
  void begin_reading(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) const;
  /// Finds the analyses of the readings from `from` on that have none; those for which there are none go.
  void finish_readings(const ArticleView& view, std::vector<CueReading>& out, size_t from);
  bool read_rule(const ArticleView& view, int cue, std::vector<CueReading>& out) const;
  /// Makes known what the tokens look like as edges of contents: ask_edges() for each list of them, then know_edges().
  void ask_edges(const ArticleView& view, RankerKind kind, std::span<const int> tokens);
  void know_edges(RankerKind kind);
  int32_t& edge_sum(RankerKind kind, int token) noexcept {
    return edge_sums_[static_cast<size_t>(token)]
                     [static_cast<size_t>(kind) - static_cast<size_t>(RankerKind::RightBegin)];
  }
  /// Adds to the sums of candidates_ what `features` of a token give.
  template <class Features>
  void add(const LinearRanker& ranker, Features features);
  template <class Features>
  void ask(Edge& edge, RankerKind kind, Features features);
  /// Finds the likeliest sides of the cues, and what can stand to the right on the first of them that asks for it.
  void begin_searches(const ArticleView& view, std::span<Search> searches);
  /// The begins on each one's right_side, and the ends for each of them.
  void find_right(const ArticleView& view, std::span<Search> searches);
  void right_parts(const ArticleView& view, Search& search, Side side);
  void left_parts(const ArticleView& view, Search& search, Side side);
  /// Appends the likeliest contents of a cue to all_contents_, best first.
  void contents(const ArticleView& view, Search& search);
  /// Weighs the contents of a cue, and asks for the sources that its best content leaves.
  void weigh(const ArticleView& view, int cue, std::span<const Content> contents, Weighed& to);
  void ask_heads(const ArticleView& view, int cue, const Content& content, std::vector<Head>& heads,
                 FeatureBatch& batch) const;
  /// `first`: the place of the first of them in the batch. Returns the one behind the last.
  size_t know_heads(std::vector<Head>& heads, const FeatureBatch& batch, size_t first) const;
  void add_analyses(const ArticleView& view, const Content& content, float mass, const std::vector<Head>& heads,
                    CueReading& reading);
  /// The heads were asked for from place `first` of batch_ on; returns the place behind them.
  size_t analyses(const ArticleView& view, CueReading& reading, std::span<const Content> contents, Weighed& weighed,
                  size_t first);

  const QuoteModel& model_;
  FeatureBatch batch_;  // empty but between asking and summing
  FeatureBatch rivals_batch_;
  std::array<Search, kAtOnce> searches_;
  std::array<Weighed, kAtOnce> weighed_;
  std::vector<Asked> asked_cues_;
  std::array<Edge, 4> edges_;
  Candidates candidates_;
  std::vector<int> asked_;
  std::vector<int32_t> sums_;
  std::vector<Choice> choices_;
  std::vector<Content> right_, left_, found_;
  std::vector<Content> all_contents_;  // of the readings that are being read
  std::vector<size_t> contents_end_;   // of each of them
  // Of each token, by ranker: RightBegin, RightEnd, LeftEnd, LeftBegin; kUnknown: not yet computed.
  std::vector<EdgeSums> edge_sums_;
  std::vector<NextClause> next_clauses_;  // of the tokens whose sum for RightEnd is known
};

/// Shared words of two contents by all their words, 0 … 1.
float overlap(const ArticleView& view, const Content& a, const Content& b);

}  // namespace newsnlp
