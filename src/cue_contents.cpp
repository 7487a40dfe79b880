// The likeliest contents of a cue: on which side, where they begin, where they end.
#include <algorithm>
#include <utility>

#include "attribution_candidates.h"
#include "content_judge.h"
#include "cue_reader.h"

namespace newsnlp {
namespace {

constexpr float kMinSide = 0.15F;
constexpr float kMinBegin = 0.1F;
constexpr float kMinEnd = 0.02F;
constexpr float kMargin = 3;  // in log-odds, by which an edge may look worse than the best one
constexpr float kBeginMargin = 2.6F;
constexpr size_t kBegins = 3;
constexpr size_t kEnds = 5;
constexpr size_t kParts = 8;
constexpr size_t kPartsOfBoth = 4;

bool by_probability(const Content& a, const Content& b) {
  return a.probability > b.probability;
}

// The lists are short: no sort that allocates.
template <class T, class Before>
void sort_stably(std::vector<T>& list, Before before) {
  for (size_t i = 1; i < list.size(); ++i)
    for (size_t k = i; k > 0 && before(list[k], list[k - 1]); --k) std::swap(list[k], list[k - 1]);
}

}  // namespace

void CueReader::ask_edges(const ArticleView& view, RankerKind kind, std::span<const int> tokens) {
  for (const int token : tokens) {
    int32_t& sum = edge_sum(kind, token);
    if (sum != kUnknown) continue;
    sum = kAskedFor;
    NextClause& next = next_clauses_[static_cast<size_t>(token)];
    if (kind == RankerKind::RightEnd) next = NextClause(view, token);
    asked_.push_back(token);
    batch_.add(model_.ranker(kind), [&](FeatureGather f) { return content_edge_features(view, kind, token, next, f); });
  }
}

void CueReader::know_edges(RankerKind kind) {
  batch_.sum_up(model_.ranker(kind));
  for (size_t k = 0; k < asked_.size(); ++k) edge_sum(kind, asked_[k]) = batch_.sum(k);
  asked_.clear();
  batch_.clear();
}

template <class Features>
void CueReader::add(const LinearRanker& ranker, Features features) {
  for (const int c : candidates_.tokens) batch_.add(ranker, [&](FeatureGather f) { return features(c, f); });
  batch_.sum_up(ranker);
  candidates_.add([&](size_t i) { return batch_.sum(i); });
  batch_.clear();
}

void CueReader::begin_searches(const ArticleView& view, std::span<Search> searches) {
  const LinearRanker& ranker = model_.ranker(RankerKind::Side);
  for (const Search& s : searches)
    batch_.add<SideGather>(ranker, [&](SideGather f) { return side_features(view, s.cue, f); });
  for (size_t k = 0; k < searches.size(); ++k) {
    Search& s = searches[k];
    const auto sums = batch_.sums<3>(ranker, k);
    s.candidates.tokens.assign({0, 1, 2});
    s.candidates.sum([&](size_t i) { return sums[i]; });
    s.candidates.choose(ranker, sums.size(), s.sides);
    s.right_side = Side::Left;
    for (const Choice& side : s.sides)
      if (s.right_side == Side::Left && side.probability >= kMinSide) s.right_side = static_cast<Side>(side.token);
    s.ends_known = s.ends_asked = 0;
    s.left_ends_known = false;
  }
  batch_.clear();
  find_right(view, searches);
}

// Link by link for all of them.
void CueReader::find_right(const ArticleView& view, std::span<Search> searches) {
  constexpr RankerKind kBegin = RankerKind::RightBegin;
  constexpr RankerKind kEnd = RankerKind::RightEnd;
  const LinearRanker& begins = model_.ranker(kBegin);
  const LinearRanker& ends = model_.ranker(kEnd);
  size_t place = 0;
  const auto each = [&](auto visit) {
    for (Search& s : searches)
      if (s.right_side != Side::Left) visit(s, s.candidates);
  };
  const auto each_ends = [&](auto visit) {  // those that are not known yet
    each([&](Search& s, Candidates&) {
      for (size_t k = s.ends_known; k < s.ends_asked; ++k) visit(s, s.ends[k]);
    });
  };
  each([&](Search& s, Candidates& c) {
    right_begins(view, s.cue, c.tokens);
    c.sum(
        [&](size_t i) { return right_begin_glance(view, s.cue, s.right_side, c.tokens[i], FeatureSum(begins)).sum(); });
    c.narrow(begins, kMargin);
    ask_edges(view, kBegin, c.tokens);
  });
  know_edges(kBegin);
  each([&](Search& s, Candidates& c) {
    c.add([&](size_t i) { return edge_sum(kBegin, c.tokens[i]); });
    c.narrow(begins, kBeginMargin);
    for (const int b : c.tokens)
      batch_.add(begins, [&](FeatureGather f) { return right_begin_features(view, s.cue, s.right_side, b, f); });
  });
  batch_.sum_up(begins);
  each([&](Search& s, Candidates& c) {
    c.add([&](size_t) { return batch_.sum(place++); });
    c.choose(begins, kBegins, s.begins);
  });
  batch_.clear();
  each([&](Search& s, Candidates&) {
    s.ends_asked = s.ends_known;
    for (const Choice& b : s.begins) {
      if (b.probability < kMinBegin) break;
      if (s.ends_of(b.token) != nullptr) continue;
      if (s.ends_asked == s.ends.size()) s.ends.emplace_back();
      Ends& e = s.ends[s.ends_asked++];
      e.begin = b.token;
      right_ends(view, b.token, e.candidates.tokens);
      ask_edges(view, kEnd, e.candidates.tokens);
    }
  });
  know_edges(kEnd);
  each_ends([&](Search& s, Ends& e) {
    Candidates& c = e.candidates;
    c.sum([&](size_t i) { return edge_sum(kEnd, c.tokens[i]); });
    c.narrow(ends, kMargin);
    for (const int x : c.tokens)
      batch_.add(ends, [&](FeatureGather f) {
        return right_end_features(view, s.cue, e.begin, x, next_clauses_[static_cast<size_t>(x)], f);
      });
  });
  batch_.sum_up(ends);
  place = 0;
  each_ends([&](Search&, Ends& e) {
    e.candidates.add([&](size_t) { return batch_.sum(place++); });
    e.candidates.choose(ends, kEnds, e.choices);
  });
  batch_.clear();
  each([&](Search& s, Candidates&) { s.ends_known = s.ends_asked; });
}

void CueReader::right_parts(const ArticleView& view, Search& search, Side side) {
  right_.clear();
  if (search.right_side != side) {
    search.right_side = side;
    find_right(view, {&search, 1});
  }
  for (const Choice& b : search.begins) {
    if (b.probability < kMinBegin) break;
    for (const Choice& e : search.ends_of(b.token)->choices)
      if (e.probability > kMinEnd) right_.push_back({side, -1, -1, b.token, e.token, b.probability * e.probability});
  }
  sort_stably(right_, by_probability);
  if (right_.size() > kParts) right_.resize(kParts);
}

void CueReader::left_parts(const ArticleView& view, Search& search, Side side) {
  const int cue = search.cue;
  left_.clear();
  const auto look_at_edges = [&](RankerKind kind) {
    ask_edges(view, kind, candidates_.tokens);
    know_edges(kind);
    candidates_.sum([&](size_t i) { return edge_sum(kind, candidates_.tokens[i]); });
    candidates_.narrow(model_.ranker(kind), kMargin);
  };
  if (!search.left_ends_known) {
    left_ends(view, cue, candidates_.tokens);
    const LinearRanker& ranker = model_.ranker(RankerKind::LeftEnd);
    look_at_edges(RankerKind::LeftEnd);
    add(ranker, [&](int e, FeatureGather edge) { return left_end_features(view, cue, e, edge); });
    candidates_.choose(ranker, kBegins, search.left_ends);
    search.left_ends_known = true;
  }
  for (const Choice& e : search.left_ends) {
    if (e.probability < kMinBegin) break;
    left_begins(view, e.token, candidates_.tokens);
    const LinearRanker& ranker = model_.ranker(RankerKind::LeftBegin);
    look_at_edges(RankerKind::LeftBegin);
    add(ranker, [&](int b, FeatureGather edge) { return left_begin_features(view, cue, side, e.token, b, edge); });
    candidates_.choose(ranker, kEnds, choices_);
    for (const Choice& b : choices_)
      if (b.probability > kMinEnd) left_.push_back({side, b.token, e.token, -1, -1, e.probability * b.probability});
  }
  sort_stably(left_, by_probability);
  if (left_.size() > kParts) left_.resize(kParts);
}

void CueReader::contents(const ArticleView& view, Search& search) {
  found_.clear();
  for (const Choice& choice : search.sides) {
    if (choice.probability < kMinSide) break;
    const auto side = static_cast<Side>(choice.token);
    right_.clear();
    left_.clear();
    if (side != Side::Left) right_parts(view, search, side);
    if (side != Side::Right) left_parts(view, search, side);
    if (side != Side::Both) {
      for (Content c : side == Side::Right ? right_ : left_) {
        c.probability *= choice.probability;
        found_.push_back(c);
      }
      continue;
    }
    for (size_t a = 0; a < std::min(left_.size(), kPartsOfBoth); ++a)
      for (size_t b = 0; b < std::min(right_.size(), kPartsOfBoth); ++b)
        found_.push_back({side, left_[a].left_begin, left_[a].left_end, right_[b].right_begin, right_[b].right_end,
                          choice.probability * left_[a].probability * right_[b].probability});
  }
  sort_stably(found_, by_probability);
  if (found_.size() > kMostContents) found_.resize(kMostContents);
  all_contents_.insert(all_contents_.end(), found_.begin(), found_.end());
}

}  // namespace newsnlp
