// Room: attributor. The chain: cue, side, edges of the content, source, edges of source and cue. Each link keeps its
// best few; the analyses of a cue are their combinations.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
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
  /// The same for `cues`, ascending, in the excerpts of which the view was made, that are likelier than `least`;
  /// where that is less than kMinCue, no first glance leaves any out.
  void read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts, std::span<const int> cues,
            float least, std::vector<CueReading>& out);
  /// Takes the memory of readings that nobody needs any more, for others.
  void give_back(CueReading& reading) {
    constexpr size_t kMostSpare = 512;
    if (reading.analyses.capacity() == 0 || spare_.size() == kMostSpare) return;
    reading.analyses.clear();
    spare_.push_back(std::move(reading.analyses));
  }
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
  struct Weighed {  // the contents of a cue
    std::array<float, kMostContents> mass;
    size_t best, second;  // the same if there is only one
    std::vector<int> heads;
    Candidates sources;  // of the best content
  };
  struct Edge {  // of a cue or a source
    Candidates candidates;
    FeatureBatch batch;
  };
  struct Asked {  // a cue whose features were asked for
    int token;
    int32_t sum;  // at first glance
  };
  static constexpr int32_t kUnknown = std::numeric_limits<int32_t>::min();
  static constexpr size_t kAtOnce = 4;  // cues or readings whose weights are fetched together

  void read(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out);
  void read_some(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out);
  /// Begins readings of those asked_cues_ that are likely enough.
  void take_cues(const ArticleView& view, std::vector<CueReading>& out);
  void begin_reading(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out);
  void clear(std::vector<CueReading>& readings) {
    for (CueReading& r : readings) give_back(r);
    readings.clear();
  }
  /// Finds the analyses of the readings from `from` on that have none; those for which there are none go.
  void finish_readings(const ArticleView& view, std::vector<CueReading>& out, size_t from);
  bool read_rule(const ArticleView& view, int cue, std::vector<CueReading>& out) const;
  /// Asks for the rest of the features of candidates of which there are several, and adds it to their sums; `place`:
  /// of the first one in the batch, moves behind the last.
  template <class Features>
  void ask(const Candidates& candidates, RankerKind kind, FeatureBatch& batch, Features features) const;
  static void add(Candidates& candidates, const FeatureBatch& batch, size_t& place);
  /// What `token` looks like as the end of a content right of a cue, whatever the cue.
  int32_t end_sum(const ArticleView& view, int token) {
    const int32_t sum = end_sums_[static_cast<size_t>(token)];
    return sum != kUnknown ? sum : sum_end(view, token);
  }
  int32_t sum_end(const ArticleView& view, int token);
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
  /// Those `heads` outside a content that are likely enough at first glance.
  void list_sources(const ArticleView& view, int cue, const Content& content, std::span<const int> heads,
                    Candidates& sources) const;
  /// Sums the features of candidates_, the sources that a content on `side` leaves. Those that its best content leaves
  /// were asked for from place `place` of batch_ on.
  void compare_sources(const ArticleView& view, int cue, Side side, Side best_side, std::span<const int> best_sources,
                       size_t place);
  void add_analyses(const Content& content, float mass, Candidates& sources, CueReading& reading);
  /// The sources were asked for from place `place` of batch_ on, which moves behind them.
  void analyses(const ArticleView& view, CueReading& reading, std::span<const Content> contents, Weighed& weighed,
                size_t& place);

  const QuoteModel& model_;
  float min_cue_ = kMinCue;
  FeatureBatch batch_;  // empty but between asking and summing
  FeatureBatch rivals_batch_;
  std::vector<int32_t> known_sums_;
  std::vector<std::vector<Analysis>> spare_;  // empty, with memory
  std::array<Search, kAtOnce> searches_;
  std::array<Weighed, kAtOnce> weighed_;
  std::vector<Asked> asked_cues_;
  std::array<Edge, 4> edges_;
  Candidates candidates_;
  std::vector<Choice> choices_;
  std::vector<Content> right_, left_, found_;
  std::vector<Content> all_contents_;     // of the readings that are being read
  std::vector<size_t> contents_end_;      // of each of them
  std::vector<int32_t> end_sums_;         // of each token; kUnknown: not yet computed
  std::vector<NextClause> next_clauses_;  // of the tokens whose end_sum is known
};

template <class Features>
void CueReader::ask(const Candidates& candidates, RankerKind kind, FeatureBatch& batch, Features features) const {
  if (candidates.tokens.size() < 2) return;
  for (const int x : candidates.tokens) batch.add(model_.ranker(kind), [&](FeatureGather f) { return features(x, f); });
}

inline void CueReader::add(Candidates& candidates, const FeatureBatch& batch, size_t& place) {
  if (candidates.tokens.size() < 2) return;
  candidates.add([&](size_t) { return batch.sum(place++); });
}

/// Shared words of two contents by all their words, 0 … 1.
float overlap(const ArticleView& view, const Content& a, const Content& b);

}  // namespace newsnlp
