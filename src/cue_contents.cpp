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

const CueReader::Ends* CueReader::ends_of(int begin) const {
  for (size_t i = 0; i < ends_known_; ++i)
    if (ends_[i].begin == begin) return &ends_[i];
  return nullptr;
}

// The likeliest ends of contents, for all begins side by side.
void CueReader::find_ends(const ArticleView& view, int cue) {
  constexpr RankerKind kKind = RankerKind::RightEnd;
  const LinearRanker& ranker = model_.ranker(kKind);
  const size_t first = ends_known_;
  for (const Choice& b : begins_) {
    if (b.probability < kMinBegin) break;
    if (ends_of(b.token) != nullptr) continue;
    if (ends_known_ == ends_.size()) ends_.emplace_back();
    Ends& ends = ends_[ends_known_++];
    ends.begin = b.token;
    right_ends(view, b.token, ends.candidates.tokens);
    ask_edges(view, kKind, ends.candidates.tokens);
  }
  know_edges(kKind);
  for (size_t k = first; k < ends_known_; ++k) {
    Candidates& c = ends_[k].candidates;
    c.sum([&](size_t i) { return edge_sum(kKind, c.tokens[i]); });
    c.narrow(ranker, kMargin);
    for (const int e : c.tokens)
      batch_.add(ranker, [&](FeatureGather f) {
        return right_end_features(view, cue, ends_[k].begin, e, next_clauses_[static_cast<size_t>(e)], f);
      });
  }
  batch_.sum_up(ranker);
  size_t place = 0;
  for (size_t k = first; k < ends_known_; ++k) {
    ends_[k].candidates.add([&](size_t) { return batch_.sum(place++); });
    ends_[k].candidates.choose(ranker, kEnds, ends_[k].choices);
  }
  batch_.clear();
}

void CueReader::right_parts(const ArticleView& view, int cue, Side side) {
  right_.clear();
  const std::vector<int>& tokens = candidates_.tokens;
  right_begins(view, cue, candidates_.tokens);
  const LinearRanker& ranker = model_.ranker(RankerKind::RightBegin);
  candidates_.sum([&](size_t i) { return right_begin_glance(view, cue, side, tokens[i], FeatureSum(ranker)).sum(); });
  candidates_.narrow(ranker, kMargin);
  ask_edges(view, RankerKind::RightBegin, tokens);
  know_edges(RankerKind::RightBegin);
  candidates_.add([&](size_t i) { return edge_sum(RankerKind::RightBegin, tokens[i]); });
  candidates_.narrow(ranker, kBeginMargin);
  add(ranker, [&](int b, FeatureGather edge) { return right_begin_features(view, cue, side, b, edge); });
  candidates_.choose(ranker, kBegins, begins_);
  find_ends(view, cue);
  for (const Choice& b : begins_) {
    if (b.probability < kMinBegin) break;
    for (const Choice& e : ends_of(b.token)->choices)
      if (e.probability > kMinEnd) right_.push_back({side, -1, -1, b.token, e.token, b.probability * e.probability});
  }
  sort_stably(right_, by_probability);
  if (right_.size() > kParts) right_.resize(kParts);
}

void CueReader::left_parts(const ArticleView& view, int cue, Side side) {
  left_.clear();
  const auto look_at_edges = [&](RankerKind kind) {
    ask_edges(view, kind, candidates_.tokens);
    know_edges(kind);
    candidates_.sum([&](size_t i) { return edge_sum(kind, candidates_.tokens[i]); });
    candidates_.narrow(model_.ranker(kind), kMargin);
  };
  if (!left_ends_known_) {
    left_ends(view, cue, candidates_.tokens);
    const LinearRanker& ranker = model_.ranker(RankerKind::LeftEnd);
    look_at_edges(RankerKind::LeftEnd);
    add(ranker, [&](int e, FeatureGather edge) { return left_end_features(view, cue, e, edge); });
    candidates_.choose(ranker, kBegins, left_ends_);
    left_ends_known_ = true;
  }
  for (const Choice& e : left_ends_) {
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

void CueReader::ask_side(const ArticleView& view, int cue, size_t place) {
  if (place == 0) sides_batch_.clear();
  sides_batch_.add<SideGather>(model_.ranker(RankerKind::Side),
                               [&](SideGather f) { return side_features(view, cue, f); });
}

void CueReader::contents(const ArticleView& view, int cue, size_t place) {
  found_.clear();
  ends_known_ = 0;
  left_ends_known_ = false;
  const LinearRanker& ranker = model_.ranker(RankerKind::Side);
  const auto sides = sides_batch_.sums<3>(ranker, place);
  candidates_.tokens.assign({0, 1, 2});
  candidates_.sum([&](size_t i) { return sides[i]; });
  candidates_.choose(ranker, sides.size(), sides_);
  for (const Choice& choice : sides_) {
    if (choice.probability < kMinSide) break;
    const auto side = static_cast<Side>(choice.token);
    right_.clear();
    left_.clear();
    if (side != Side::Left) right_parts(view, cue, side);
    if (side != Side::Right) left_parts(view, cue, side);
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
