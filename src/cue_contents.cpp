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
constexpr float kUnlikely = 4;  // log-odds below the best candidate: below all of the probabilities above
constexpr size_t kBegins = 3;
constexpr size_t kEnds = 5;
constexpr size_t kMostKept = kEnds;
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

// Without a branch on the values.
int32_t highest(const std::vector<int32_t>& sums) {
  int32_t top = std::numeric_limits<int32_t>::min();
  for (const int32_t s : sums) top = std::max(top, s);
  return top;
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

void CueReader::add_edges(const ArticleView& view, RankerKind kind) {
  ask_edges(view, kind, candidates_);
  know_edges(kind);
  for (size_t i = 0; i < candidates_.size(); ++i) sums_[i] += edge_sum(kind, candidates_[i]);
}

void CueReader::look_at_edges(const ArticleView& view, const LinearRanker& ranker, RankerKind kind) {
  sums_.assign(candidates_.size(), 0);
  add_edges(view, kind);
  narrow(ranker, kMargin, [](int, FeatureSum f) { return f; });
}

template <class Glance>
void CueReader::narrow(const LinearRanker& ranker, float margin, Glance glance) {
  if (sums_.empty()) return;
  for (size_t i = 0; i < candidates_.size(); ++i) sums_[i] = glance(candidates_[i], FeatureSum(ranker, sums_[i])).sum();
  const int64_t least = int64_t{highest(sums_)} - ranker.units(margin);
  size_t n = 0;
  for (size_t i = 0; i < candidates_.size(); ++i) {  // no branch on what nobody can foretell
    const int32_t sum = sums_[i];
    sums_[n] = sum;
    candidates_[n] = candidates_[i];
    n += sum >= least ? 1 : 0;
  }
  candidates_.resize(n);
  sums_.resize(n);
}

template <class Features>
void CueReader::add(const LinearRanker& ranker, Features features) {
  for (const int c : candidates_) batch_.add(ranker, [&](FeatureGather f) { return features(c, f); });
  batch_.sum_up(ranker);
  for (size_t i = 0; i < candidates_.size(); ++i) sums_[i] += batch_.sum(i);
  batch_.clear();
}

void CueReader::choose(const LinearRanker& ranker, size_t keep) {
  choices_.clear();
  if (sums_.empty()) return;
  const int32_t top = highest(sums_);
  double total = 0;
  for (const int32_t s : sums_) total += ranker.weight(top - s);
  // Of each the sum and the token in one number. Every candidate runs down the list of the best, without a branch.
  std::array<int64_t, kMostKept> best;
  best.fill(std::numeric_limits<int64_t>::min());
  for (size_t i = 0; i < sums_.size(); ++i) {
    int64_t rank = (int64_t{sums_[i]} << 32) + candidates_[i];
    for (int64_t& b : best) {
      const int64_t lower = std::min(b, rank);
      b = std::max(b, rank);
      rank = lower;
    }
  }
  const int64_t least = int64_t{top} - ranker.units(kUnlikely);
  for (size_t k = 0; k < std::min(sums_.size(), keep); ++k) {
    const auto token = static_cast<int32_t>(best[k]);
    const int64_t sum = (best[k] - token) >> 32;
    if (sum < least) break;
    choices_.push_back({static_cast<float>(ranker.weight(static_cast<int32_t>(top - sum)) / total), token});
  }
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
    right_ends(view, b.token, ends.candidates);
    ask_edges(view, kKind, ends.candidates);
  }
  know_edges(kKind);
  for (size_t k = first; k < ends_known_; ++k) {
    Ends& ends = ends_[k];
    candidates_.swap(ends.candidates);
    sums_.clear();
    for (const int e : candidates_) sums_.push_back(edge_sum(kKind, e));
    narrow(ranker, kMargin, [](int, FeatureSum f) { return f; });
    for (const int e : candidates_)
      batch_.add(ranker, [&](FeatureGather f) {
        return right_end_features(view, cue, ends.begin, e, next_clauses_[static_cast<size_t>(e)], f);
      });
    candidates_.swap(ends.candidates);
    sums_.swap(ends.sums);
  }
  batch_.sum_up(ranker);
  size_t place = 0;
  for (size_t k = first; k < ends_known_; ++k) {
    Ends& ends = ends_[k];
    candidates_.swap(ends.candidates);
    sums_.swap(ends.sums);
    for (int32_t& sum : sums_) sum += batch_.sum(place++);
    choose(ranker, kEnds);
    ends.choices = choices_;
  }
  batch_.clear();
}

void CueReader::right_parts(const ArticleView& view, int cue, Side side) {
  right_.clear();
  right_begins(view, cue, candidates_);
  const LinearRanker& ranker = model_.ranker(RankerKind::RightBegin);
  sums_.assign(candidates_.size(), 0);
  narrow(ranker, kMargin, [&](int b, FeatureSum f) { return right_begin_glance(view, cue, side, b, f); });
  add_edges(view, RankerKind::RightBegin);
  narrow(ranker, kBeginMargin, [](int, FeatureSum f) { return f; });
  add(ranker, [&](int b, FeatureGather edge) { return right_begin_features(view, cue, side, b, edge); });
  choose(ranker, kBegins);
  begins_ = choices_;
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
  if (!left_ends_known_) {
    left_ends(view, cue, candidates_);
    const LinearRanker& ranker = model_.ranker(RankerKind::LeftEnd);
    look_at_edges(view, ranker, RankerKind::LeftEnd);
    add(ranker, [&](int e, FeatureGather edge) { return left_end_features(view, cue, e, edge); });
    choose(ranker, kBegins);
    left_ends_ = choices_;
    left_ends_known_ = true;
  }
  for (const Choice& e : left_ends_) {
    if (e.probability < kMinBegin) break;
    left_begins(view, e.token, candidates_);
    const LinearRanker& ranker = model_.ranker(RankerKind::LeftBegin);
    look_at_edges(view, ranker, RankerKind::LeftBegin);
    add(ranker, [&](int b, FeatureGather edge) { return left_begin_features(view, cue, side, e.token, b, edge); });
    choose(ranker, kEnds);
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
  candidates_.assign({0, 1, 2});
  sums_.assign(sides.begin(), sides.end());
  choose(ranker, 3);
  sides_ = choices_;
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
