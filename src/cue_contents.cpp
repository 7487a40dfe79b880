// The likeliest contents of a cue: on which side, where they begin, where they end.
#include <algorithm>
#include <memory>
#include <utility>

#include "attribution_candidates.h"
#include "attribution_glances.h"
#include "content_judge.h"
#include "cue_reader.h"

namespace newsnlp {
namespace {

constexpr float kMinSide = 0.2F;
constexpr float kMinBegin = 0.1F;
constexpr float kMinEnd = 0.05F;
// In log-odds, by which an edge may look worse than the best one at first glance.
constexpr float kRightBegin = 2.3F, kRightEnd = 1.7F, kLeftEnd = 2, kLeftBegin = 2.2F;
constexpr size_t kBegins = 3;
constexpr size_t kEnds = 3;
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

int32_t CueReader::sum_end(const ArticleView& view, int token) {
  // In its place: a copy would wait for what was just written in small pieces.
  const NextClause& next = *std::construct_at(&next_clauses_[static_cast<size_t>(token)], view, token);
  return end_sums_[static_cast<size_t>(token)] =
             right_end_edge(view, token, next, FeatureSum(model_.ranker(RankerKind::RightEnd))).sum();
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
    s.candidates.choose(ranker, sums.size(), kMinSide, s.sides);
    s.right_side = Side::Left;
    for (const Choice& side : s.sides)
      if (s.right_side == Side::Left) s.right_side = static_cast<Side>(side.token);
    s.ends_known = s.ends_asked = 0;
    s.left_ends_known = false;
  }
  batch_.clear();
  find_right(view, searches);
}

// Link by link for all of them.
void CueReader::find_right(const ArticleView& view, std::span<Search> searches) {
  const LinearRanker& begins = model_.ranker(RankerKind::RightBegin);
  const LinearRanker& ends = model_.ranker(RankerKind::RightEnd);
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
    c.narrow(begins, kRightBegin);
    ask(c, RankerKind::RightBegin, batch_,
        [&](int b, FeatureGather f) { return right_begin_features(view, s.cue, s.right_side, b, f); });
  });
  batch_.sum_up(begins);
  each([&](Search& s, Candidates& c) {
    add(c, batch_, place);
    c.choose(begins, kBegins, kMinBegin, s.begins);
  });
  batch_.clear();
  each([&](Search& s, Candidates&) {
    s.ends_asked = s.ends_known;
    for (const Choice& b : s.begins) {
      if (s.ends_of(b.token) != nullptr) continue;
      if (s.ends_asked == s.ends.size()) s.ends.emplace_back();
      Ends& e = s.ends[s.ends_asked++];
      Candidates& c = e.candidates;
      e.begin = b.token;
      right_ends(view, b.token, c.tokens);
      c.sum([&](size_t i) {
        const int x = c.tokens[i];
        const FeatureSum edge(ends, end_sum(view, x));
        return right_end_glance(view, b.token, x, edge).sum();
      });
      c.narrow(ends, kRightEnd);
      ask(c, RankerKind::RightEnd, batch_, [&](int x, FeatureGather f) {
        return right_end_features(view, s.cue, b.token, x, next_clauses_[static_cast<size_t>(x)], f);
      });
    }
  });
  batch_.sum_up(ends);
  place = 0;
  each_ends([&](Search&, Ends& e) {
    add(e.candidates, batch_, place);
    e.candidates.choose(ends, kEnds, kMinEnd, e.choices);
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
  for (const Choice& b : search.begins)
    for (const Choice& e : search.ends_of(b.token)->choices)
      right_.push_back({side, -1, -1, b.token, e.token, b.probability * e.probability});
  sort_stably(right_, by_probability);
  if (right_.size() > kParts) right_.resize(kParts);
}

void CueReader::left_parts(const ArticleView& view, Search& search, Side side) {
  const int cue = search.cue;
  left_.clear();
  const auto choose = [&](RankerKind kind, float margin, size_t keep, float least, auto glance, auto features,
                          std::vector<Choice>& chosen) {
    const LinearRanker& ranker = model_.ranker(kind);
    Candidates& c = candidates_;
    // Few lines of these tables are at hand, since most contents stand right of their cues: all are asked for first.
    for (const int x : c.tokens) batch_.add(ranker, [&](FeatureGather f) { return glance(x, f); });
    batch_.sum_up(ranker);
    c.sum([&](size_t i) { return batch_.sum(i); });
    batch_.clear();
    c.narrow(ranker, margin);
    ask(c, kind, batch_, features);
    batch_.sum_up(ranker);
    size_t place = 0;
    add(c, batch_, place);
    batch_.clear();
    c.choose(ranker, keep, least, chosen);
  };
  if (!search.left_ends_known) {
    left_ends(view, cue, candidates_.tokens);
    choose(
        RankerKind::LeftEnd, kLeftEnd, kBegins, kMinBegin,
        [&](int e, FeatureGather f) { return left_end_glance(view, cue, e, f); },
        [&](int e, FeatureGather f) { return left_end_features(view, cue, e, f); }, search.left_ends);
    search.left_ends_known = true;
  }
  for (const Choice& e : search.left_ends) {
    left_begins(view, e.token, candidates_.tokens);
    choose(
        RankerKind::LeftBegin, kLeftBegin, kEnds, kMinEnd,
        [&](int b, FeatureGather f) { return left_begin_glance(view, e.token, b, f); },
        [&](int b, FeatureGather f) { return left_begin_features(view, cue, side, e.token, b, f); }, choices_);
    for (const Choice& b : choices_) left_.push_back({side, b.token, e.token, -1, -1, e.probability * b.probability});
  }
  sort_stably(left_, by_probability);
  if (left_.size() > kParts) left_.resize(kParts);
}

void CueReader::contents(const ArticleView& view, Search& search) {
  found_.clear();
  for (const Choice& choice : search.sides) {
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
