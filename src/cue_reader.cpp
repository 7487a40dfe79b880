#include "cue_reader.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "attribution_candidates.h"
#include "content_judge.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int32_t kUnknown = std::numeric_limits<int32_t>::min();
constexpr float kMinGlance = -0.5F;  // log-odds of a cue at first glance
constexpr float kMinSide = 0.15F;
constexpr float kMinBegin = 0.1F;
constexpr float kMinEnd = 0.02F;
constexpr float kMinSource = 0.02F;
constexpr float kMargin = 3;  // in log-odds, by which an edge may look worse than the best one
constexpr float kBeginMargin = 2.6F;
constexpr float kUnlikely = 4;  // log-odds below the best candidate: below all of the probabilities above
constexpr size_t kBegins = 3;
constexpr size_t kEnds = 5;
constexpr size_t kMostKept = kEnds;
constexpr size_t kParts = 8;
constexpr size_t kPartsOfBoth = 4;
constexpr size_t kAnalysed = 2;  // contents for which sources are ranked
constexpr float kRival = 0.3F;   // of the best content's probability: a second one is worth it
constexpr size_t kSources = 4;
constexpr float kMassShare = 0.6F;
constexpr float kRuleProbability = 0.97F;
constexpr float kRuleScore = 0.9F;
constexpr float kOwnCue = 0.9F;  // a person's own cue is at least as likely
constexpr int kNameLength = 6;

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
  int32_t top = kUnknown;
  for (const int32_t s : sums) top = std::max(top, s);
  return top;
}

struct Shares {
  int in = 0;   // words of both
  int all = 0;  // words of either
};

Shares shares(const ArticleView& v, const Content& a, const Content& b) {
  const auto words = [&](int begin, int end) { return v.count(ArticleView::kWords, begin, end); };
  Shares s;
  b.each([&](int c, int d) { s.all += words(c, d); });
  a.each([&](int x, int y) {
    s.all += words(x, y);
    b.each([&](int c, int d) { s.in += words(std::max(x, c), std::min(y, d)); });
  });
  s.all -= s.in;
  return s;
}

}  // namespace

float overlap(const ArticleView& v, const Content& a, const Content& b) {
  const Shares s = shares(v, a, b);
  return s.in == 0 ? 0.0F : static_cast<float>(s.in) / static_cast<float>(s.all);
}

void CueReader::start(const ArticleView& view) {
  for (auto& sums : edge_sums_) sums.assign(static_cast<size_t>(view.size()), kUnknown);
  next_clauses_.resize(static_cast<size_t>(view.size()));
}

void CueReader::read(const ArticleView& view, std::vector<CueReading>& out) {
  out.clear();
  start(view);
  read(view, view.cue_words(0, view.size() - 1), out);
}

void CueReader::read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts, std::span<const int> cues,
                     std::vector<CueReading>& out) {
  out.clear();
  for (const auto& x : excerpts)
    for (auto& sums : edge_sums_) std::fill(sums.begin() + x.begin, sums.begin() + x.end + 1, kUnknown);
  read(view, cues, out);
}

void CueReader::read(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out) {
  const LinearRanker& ranker = model_.ranker(RankerKind::Cue);
  const int32_t least = ranker.units(kMinGlance);
  for (const int i : cues) {
    if (!is_cue_candidate(view, i) || read_rule(view, i, out)) continue;
    const FeatureSum first = cue_glance(view, i, FeatureSum(ranker));
    const bool own = view.at(i).is(W::kOwn);
    if (first.sum() < least && !own && !is_sign(view.at(i))) continue;
    batch_.clear();
    batch_.add(ranker, [&](FeatureGather f) { return cue_features(view, model_, i, f); });
    float p = ranker.probability(first.sum() + batch_.sum(ranker, 0));
    if (own) p = std::max(p, kOwnCue);
    if (p >= kMinCue) begin_reading(view, i, p, out);
  }
  finish_readings(view, out, 0);
}

void CueReader::read_cue(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) {
  begin_reading(view, cue, probability, out);
  finish_readings(view, out, out.size() - 1);
}

void CueReader::begin_reading(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) const {
  CueReading& reading = out.emplace_back();
  reading.cue = cue;
  reading.cue_begin = reading.cue_end = -1;
  reading.cue_probability = probability;
  reading.own = view.at(cue).is(W::kOwn);
}

// Link by link for all of them, not cue by cue: the code of one link fits into the machine's cache, that of all does
// not.
void CueReader::finish_readings(const ArticleView& view, std::vector<CueReading>& out, size_t from) {
  all_contents_.clear();
  contents_end_.clear();
  for (size_t i = from; i < out.size(); ++i) {
    if (out[i].analyses.empty()) contents(view, out[i].cue);
    contents_end_.push_back(all_contents_.size());
  }
  const auto each = [&](auto visit) {
    size_t begin = 0;
    for (size_t i = from; i < out.size(); ++i) {
      const size_t end = contents_end_[i - from];
      contents_ = std::span(all_contents_).subspan(begin, end - begin);
      if (begin < end) visit(out[i]);
      begin = end;
    }
  };
  const LinearRanker& wholes = model_.ranker(RankerKind::Content);
  each([&](const CueReading& r) { judge_contents(view, wholes, r.cue, contents_); });
  each([&](CueReading& r) {
    analyses(view, r);
    const Analysis& first = r.analyses.front();
    r.score = r.cue_probability * first.mass * first.source_probability;
  });
  const auto has_none = [](const CueReading& r) { return r.analyses.empty(); };
  out.erase(std::remove_if(out.begin() + static_cast<ptrdiff_t>(from), out.end(), has_none), out.end());
}

// Transcripts and signed quotations are certain: "NAME: …" where the name opens several paragraphs, `"…" -- Name`.
bool CueReader::read_rule(const ArticleView& v, int i, std::vector<CueReading>& out) const {
  const ViewToken& t = v.at(i);
  if (!is_sign(t)) return false;
  const int a = t.paragraph_begin;
  CueReading r;
  Analysis y;
  if (!t.is(W::kColon)) {
    int b = t.sentence_end;
    if (b > i && v.at(b).tag == Tag::Period) --b;
    if (i <= a || !v.at(i - 1).closes() || !v.at(a).opens() || b - i < 1 || b - i > kNameLength ||
        v.at(i - 1).mate() != a || !v.at(i + 1).is(W::kCapital) || v.count(ArticleView::kVerbs, i + 1, b) > 0)
      return false;
    y.content = {Side::Left, a, i - 1, -1, -1, 1};
    y.source = b;
    for (int j = i + 1; j <= b; ++j) {
      if (!v.at(j).is(W::kComma)) continue;
      y.source = j - 1;
      break;
    }
    while (y.source > i + 1 && !v.at(y.source).is(W::kAlnum)) --y.source;
    y.source_begin = i + 1;
    y.source_end = b;
  } else {
    int s = a;
    while (s < i && v.at(s).opens()) ++s;
    if (i - a < 1 || i - a > 4 || t.paragraph_end - i < 2 || s >= i || v.turns() < 2) return false;
    bool upper = v.count(ArticleView::kWords, s, i - 1) > 0;
    for (int j = s; j < i; ++j) upper &= v.at(j).is(W::kFullUpper);
    if (!upper) return false;
    y.content = {Side::Right, -1, -1, i + 1, t.paragraph_end, 1};
    y.source = i - 1;
    y.source_begin = s;
    y.source_end = i - 1;
  }
  y.mass = y.source_probability = kRuleProbability;
  r.cue = r.cue_begin = r.cue_end = i;
  r.cue_probability = kRuleProbability;
  r.score = kRuleScore;
  r.certain = true;
  r.analyses.push_back(y);
  out.push_back(std::move(r));
  return true;
}

void CueReader::add_edges(const ArticleView& view, const LinearRanker& ranker, RankerKind kind) {
  constexpr auto kFirst = static_cast<size_t>(RankerKind::RightBegin);
  std::vector<int32_t>& known = edge_sums_[static_cast<size_t>(kind) - kFirst];
  batch_.clear();
  asked_.clear();
  for (const int token : candidates_) {
    if (known[static_cast<size_t>(token)] != kUnknown) continue;
    NextClause& next = next_clauses_[static_cast<size_t>(token)];
    if (kind == RankerKind::RightEnd) next = NextClause(view, token);
    asked_.push_back(token);
    batch_.add(ranker, [&](FeatureGather f) { return content_edge_features(view, kind, token, next, f); });
  }
  for (size_t k = 0; k < asked_.size(); ++k) known[static_cast<size_t>(asked_[k])] = batch_.sum(ranker, k);
  for (size_t i = 0; i < candidates_.size(); ++i) sums_[i] += known[static_cast<size_t>(candidates_[i])];
}

void CueReader::look_at_edges(const ArticleView& view, const LinearRanker& ranker, RankerKind kind) {
  sums_.assign(candidates_.size(), 0);
  add_edges(view, ranker, kind);
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
  batch_.clear();
  for (const int c : candidates_) batch_.add(ranker, [&](FeatureGather f) { return features(c, f); });
  for (size_t i = 0; i < candidates_.size(); ++i) sums_[i] += batch_.sum(ranker, i);
}

void CueReader::choose(const LinearRanker& ranker, size_t keep) {
  choices_.clear();
  if (sums_.empty()) return;
  const int32_t top = highest(sums_);
  double total = 0;
  for (const int32_t s : sums_) total += ranker.weight(top - s);
  narrow(ranker, kUnlikely, [](int, FeatureSum f) { return f; });
  struct Best {
    int32_t sum;
    int token;
  };
  std::array<Best, kMostKept> best;
  size_t n = 0;
  for (size_t i = 0; i < sums_.size(); ++i) {
    const Best b{sums_[i], candidates_[i]};
    const auto before = [&](const Best& other) {
      return b.sum > other.sum || (b.sum == other.sum && b.token > other.token);
    };
    if (n == keep && !before(best[n - 1])) continue;
    size_t k = n < keep ? n++ : n - 1;
    for (; k > 0 && before(best[k - 1]); --k) best[k] = best[k - 1];
    best[k] = b;
  }
  for (size_t k = 0; k < n; ++k)
    choices_.push_back({static_cast<float>(ranker.weight(top - best[k].sum) / total), best[k].token});
}

// The likeliest ends of a content that begins at `begin`.
const std::vector<CueReader::Choice>& CueReader::ends_of(const ArticleView& view, int cue, int begin) {
  for (size_t i = 0; i < ends_known_; ++i)
    if (ends_[i].begin == begin) return ends_[i].choices;
  if (ends_known_ == ends_.size()) ends_.emplace_back();
  Ends& ends = ends_[ends_known_++];
  ends.begin = begin;
  right_ends(view, begin, candidates_);
  const LinearRanker& ranker = model_.ranker(RankerKind::RightEnd);
  look_at_edges(view, ranker, RankerKind::RightEnd);
  add(ranker, [&](int e, FeatureGather edge) {
    return right_end_features(view, cue, begin, e, next_clauses_[static_cast<size_t>(e)], edge);
  });
  choose(ranker, kEnds);
  ends.choices = choices_;
  return ends.choices;
}

void CueReader::right_parts(const ArticleView& view, int cue, Side side) {
  right_.clear();
  right_begins(view, cue, candidates_);
  const LinearRanker& ranker = model_.ranker(RankerKind::RightBegin);
  sums_.assign(candidates_.size(), 0);
  narrow(ranker, kMargin, [&](int b, FeatureSum f) { return right_begin_glance(view, cue, side, b, f); });
  add_edges(view, ranker, RankerKind::RightBegin);
  narrow(ranker, kBeginMargin, [](int, FeatureSum f) { return f; });
  add(ranker, [&](int b, FeatureGather edge) { return right_begin_features(view, cue, side, b, edge); });
  choose(ranker, kBegins);
  begins_ = choices_;
  for (const Choice& b : begins_) {
    if (b.probability < kMinBegin) break;
    for (const Choice& e : ends_of(view, cue, b.token))
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

void CueReader::contents(const ArticleView& view, int cue) {
  found_.clear();
  ends_known_ = 0;
  left_ends_known_ = false;
  const LinearRanker& ranker = model_.ranker(RankerKind::Side);
  const SideSums sides = side_features(view, cue, SideSums(ranker));
  candidates_.assign({0, 1, 2});
  sums_.assign(sides.sums().begin(), sides.sums().end());
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

// mass_: the probability of all contents that are much like each one.
void CueReader::weigh_contents(const ArticleView& view) {
  const size_t n = contents_.size();
  mass_.resize(n);
  for (size_t a = 0; a < n; ++a) mass_[a] = contents_[a].probability;
  for (size_t a = 0; a < n; ++a)
    for (size_t b = a + 1; b < n; ++b) {
      const Shares s = shares(view, contents_[a], contents_[b]);
      if (s.in == 0 || s.in * 2 < s.all) continue;
      mass_[a] += contents_[b].probability;
      mass_[b] += contents_[a].probability;
    }
}

void CueReader::rank_sources(const ArticleView& view, int cue, const Content& content, size_t keep) {
  const LinearRanker& ranker = model_.ranker(RankerKind::Source);
  candidates_.clear();
  sums_.clear();
  batch_.clear();
  const auto asked = [&](const Head& h) { return h.sum == kUnknown && !content.covers(h.token); };
  for (const Head& h : heads_)
    if (asked(h)) batch_.add(ranker, [&](FeatureGather f) { return source_features(view, cue, h.token, f); });
  size_t k = 0;
  for (Head& h : heads_)
    if (asked(h)) h.sum = batch_.sum(ranker, k++);
  for (const Head& h : heads_) {
    if (content.covers(h.token)) continue;
    candidates_.push_back(h.token);
    sums_.push_back(source_side_features(view, cue, content.side, h.token, FeatureSum(ranker, h.sum)).sum());
  }
  choose(ranker, keep);
}

void CueReader::analyses(const ArticleView& view, CueReading& reading) {
  weigh_contents(view);
  const size_t n = contents_.size();
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0U);
  const auto value = [&](size_t i) { return mass_[i] * kMassShare + contents_[i].probability * (1 - kMassShare); };
  sort_stably(order_, [&](size_t a, size_t b) { return value(a) > value(b); });
  heads_.clear();
  sources(view, reading.cue, candidates_);
  for (const int h : candidates_) heads_.push_back({h, kUnknown});
  reading.analyses.reserve(kAnalysed * kSources);
  for (size_t k = 0; k < std::min(n, kAnalysed); ++k) {
    const Content& content = contents_[order_[k]];
    if (content.probability < kRival * contents_[order_[0]].probability) break;
    rank_sources(view, reading.cue, content, kSources);
    for (size_t i = 0; i < choices_.size(); ++i)
      if (i == 0 || choices_[i].probability > kMinSource)
        reading.analyses.push_back({content, choices_[i].token, -1, -1, choices_[i].probability, mass_[order_[k]]});
  }
}

}  // namespace newsnlp
