#include "cue_reader.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "attribution_candidates.h"
#include "attribution_features.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int32_t kUnknown = std::numeric_limits<int32_t>::min();
constexpr float kMinSide = 0.08F;
constexpr float kMinBegin = 0.07F;
constexpr float kMinEnd = 0.02F;
constexpr float kMinSource = 0.02F;
constexpr size_t kBegins = 3;
constexpr size_t kEnds = 5;
constexpr size_t kParts = 8;
constexpr size_t kPartsOfBoth = 4;
constexpr size_t kContents = 16;
constexpr size_t kAnalysed = 3;  // contents for which sources are ranked
constexpr float kAlike = 0.5F;
constexpr float kMassShare = 0.6F;
constexpr float kRuleProbability = 0.97F;
constexpr float kRuleScore = 0.9F;
constexpr float kOwnCue = 0.9F;  // a person's own cue is at least as likely
constexpr int kNameLength = 6;

bool by_probability(const Content& a, const Content& b) {
  return a.probability > b.probability;
}

// Words of [a, b] that lie in [c, d].
int shared(const ArticleView& v, int a, int b, int c, int d) {
  return v.count(ArticleView::kWords, std::max(a, c), std::min(b, d));
}

}  // namespace

float overlap(const ArticleView& v, const Content& a, const Content& b) {
  int in = 0;
  int words_a = 0;
  int words_b = 0;
  b.each([&](int c, int d) { words_b += v.count(ArticleView::kWords, c, d); });
  a.each([&](int x, int y) {
    words_a += v.count(ArticleView::kWords, x, y);
    b.each([&](int c, int d) { in += shared(v, x, y, c, d); });
  });
  const int all = words_a + words_b - in;
  return all == 0 ? 0.0F : static_cast<float>(in) / static_cast<float>(all);
}

void CueReader::forget(const ArticleView& view) {
  for (auto& sums : edge_sums_) sums.assign(static_cast<size_t>(view.size()), kUnknown);
  edge_ranges_.assign(static_cast<size_t>(view.size()), EdgeRange{0, 0});
  edge_hashes_.clear();
}

void CueReader::read(const ArticleView& view, std::vector<CueReading>& out) {
  out.clear();
  forget(view);
  read(view, 0, view.size() - 1, out);
}

void CueReader::read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts,
                     std::vector<CueReading>& out) {
  out.clear();
  forget(view);
  for (const auto& x : excerpts) read(view, x.begin, x.end, out);
}

void CueReader::read(const ArticleView& view, int begin, int end, std::vector<CueReading>& out) {
  const LinearRanker& cues = model_.ranker(RankerKind::Cue);
  for (int i = begin; i <= end; ++i) {
    if (!is_cue_candidate(view, i) || read_rule(view, i, out)) continue;
    features_.clear();
    cue_features(view, model_, i, features_);
    float p = cues.probability(cues.sum(features_));
    if (view.at(i).is(W::kOwn)) p = std::max(p, kOwnCue);
    if (p >= kMinCue) read_cue(view, i, p, out);
  }
}

void CueReader::read_cue(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) {
  contents(view, cue);
  if (contents_.empty()) return;
  CueReading reading;
  reading.cue = cue;
  reading.cue_probability = probability;
  reading.own = view.at(cue).is(W::kOwn);
  analyses(view, reading);
  const Analysis& first = reading.analyses.front();
  reading.score = probability * first.mass * first.source_probability;
  source_edges(view, reading);
  cue_edges(view, reading);
  out.push_back(std::move(reading));
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
        v.at(i - 1).mate != a || !v.at(i + 1).is(W::kCapital) || v.count(ArticleView::kVerbs, i + 1, b) > 0)
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

int32_t CueReader::edge_sum(const ArticleView& view, RankerKind kind, int cue, int token) {
  const LinearRanker& ranker = model_.ranker(kind);
  int32_t& known = edge_sums_[static_cast<size_t>(kind)][static_cast<size_t>(token)];
  if (known == kUnknown) {
    EdgeRange& range = edge_ranges_[static_cast<size_t>(token)];
    if (range.begin == range.end) {
      features_.clear();
      edge_features(view, token, features_);
      range.begin = static_cast<uint32_t>(edge_hashes_.size());
      edge_hashes_.insert(edge_hashes_.end(), features_.hashes().begin(), features_.hashes().end());
      range.end = static_cast<uint32_t>(edge_hashes_.size());
    }
    known = ranker.sum(std::span(edge_hashes_).subspan(range.begin, range.end - range.begin));
  }
  features_.clear();
  edge_cue_features(view, cue, token, features_);
  return known + ranker.sum(features_);
}

// Ranks candidates_ into choices_, best first, at most `keep`. `features` adds to features_ for one candidate.
template <class Features>
void CueReader::rank(const ArticleView& view, RankerKind kind, int cue, size_t keep, Features features) {
  const LinearRanker& ranker = model_.ranker(kind);
  const bool edges = kind != RankerKind::Source && kind != RankerKind::Side;
  sums_.clear();
  for (const int c : candidates_) {
    const int32_t base = edges ? edge_sum(view, kind, cue, c) : 0;
    features_.clear();
    features(c);
    sums_.push_back(base + ranker.sum(features_));
  }
  ranker.probabilities(sums_, probabilities_);
  choices_.clear();
  for (size_t i = 0; i < candidates_.size(); ++i) choices_.push_back({probabilities_[i], candidates_[i]});
  keep = std::min(keep, choices_.size());
  std::partial_sort(choices_.begin(), choices_.begin() + static_cast<ptrdiff_t>(keep), choices_.end(),
                    [](const Choice& a, const Choice& b) {
                      return a.probability != b.probability ? a.probability > b.probability : a.token > b.token;
                    });
  choices_.resize(keep);
}

void CueReader::right_parts(const ArticleView& view, int cue, Side side) {
  right_.clear();
  right_begins(view, cue, candidates_);
  rank(view, RankerKind::RightBegin, cue, kBegins, [&](int b) { right_begin_features(view, cue, side, b, features_); });
  begins_ = choices_;
  for (const Choice& b : begins_) {
    if (b.probability < kMinBegin) continue;
    right_ends(view, b.token, candidates_);
    rank(view, RankerKind::RightEnd, cue, kEnds,
         [&](int e) { right_end_features(view, cue, side, b.token, e, features_); });
    for (const Choice& e : choices_)
      if (e.probability > kMinEnd) right_.push_back({side, -1, -1, b.token, e.token, b.probability * e.probability});
  }
  std::stable_sort(right_.begin(), right_.end(), by_probability);
  if (right_.size() > kParts) right_.resize(kParts);
}

void CueReader::left_parts(const ArticleView& view, int cue, Side side) {
  left_.clear();
  left_ends(view, cue, candidates_);
  rank(view, RankerKind::LeftEnd, cue, kBegins, [&](int e) { left_end_features(view, cue, side, e, features_); });
  begins_ = choices_;
  for (const Choice& e : begins_) {
    if (e.probability < kMinBegin) continue;
    left_begins(view, e.token, candidates_);
    rank(view, RankerKind::LeftBegin, cue, kEnds,
         [&](int b) { left_begin_features(view, cue, side, e.token, b, features_); });
    for (const Choice& b : choices_)
      if (b.probability > kMinEnd) left_.push_back({side, b.token, e.token, -1, -1, e.probability * b.probability});
  }
  std::stable_sort(left_.begin(), left_.end(), by_probability);
  if (left_.size() > kParts) left_.resize(kParts);
}

void CueReader::contents(const ArticleView& view, int cue) {
  contents_.clear();
  candidates_ = {0, 1, 2};
  rank(view, RankerKind::Side, cue, 3, [&](int s) { side_features(view, cue, static_cast<Side>(s), features_); });
  const std::vector<Choice> sides = choices_;
  for (const Choice& choice : sides) {
    if (choice.probability < kMinSide) continue;
    const auto side = static_cast<Side>(choice.token);
    right_.clear();
    left_.clear();
    if (side != Side::Left) right_parts(view, cue, side);
    if (side != Side::Right) left_parts(view, cue, side);
    if (side != Side::Both) {
      for (Content c : side == Side::Right ? right_ : left_) {
        c.probability *= choice.probability;
        contents_.push_back(c);
      }
      continue;
    }
    for (size_t a = 0; a < std::min(left_.size(), kPartsOfBoth); ++a)
      for (size_t b = 0; b < std::min(right_.size(), kPartsOfBoth); ++b)
        contents_.push_back({side, left_[a].left_begin, left_[a].left_end, right_[b].right_begin, right_[b].right_end,
                             choice.probability * left_[a].probability * right_[b].probability});
  }
  std::stable_sort(contents_.begin(), contents_.end(), by_probability);
  if (contents_.size() > kContents) contents_.resize(kContents);
}

void CueReader::analyses(const ArticleView& view, CueReading& reading) {
  const size_t n = contents_.size();
  mass_.assign(n, 0);
  for (size_t a = 0; a < n; ++a)
    for (size_t b = 0; b < n; ++b)
      if (a == b || overlap(view, contents_[a], contents_[b]) >= kAlike) mass_[a] += contents_[b].probability;
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  const auto value = [&](size_t i) { return mass_[i] * kMassShare + contents_[i].probability * (1 - kMassShare); };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return value(a) > value(b); });
  for (size_t k = 0; k < std::min(n, kAnalysed); ++k) {
    const Content& content = contents_[order[k]];
    sources(view, reading.cue, content, candidates_);
    rank(view, RankerKind::Source, reading.cue, k < 2 ? 4 : 2,
         [&](int h) { source_features(view, reading.cue, content, h, features_); });
    for (size_t i = 0; i < choices_.size(); ++i)
      if (i == 0 || choices_[i].probability > kMinSource)
        reading.analyses.push_back({content, choices_[i].token, -1, -1, choices_[i].probability, mass_[order[k]]});
  }
}

void CueReader::source_edges(const ArticleView& view, CueReading& reading) {
  for (size_t i = 0; i < reading.analyses.size(); ++i) {
    Analysis& y = reading.analyses[i];
    if (y.source < 0) continue;
    const auto same = std::find_if(reading.analyses.begin(), reading.analyses.begin() + static_cast<ptrdiff_t>(i),
                                   [&](const Analysis& z) { return z.source == y.source; });
    if (same != reading.analyses.begin() + static_cast<ptrdiff_t>(i)) {
      y.source_begin = same->source_begin;
      y.source_end = same->source_end;
      continue;
    }
    source_begins(view, y.source, candidates_);
    rank(view, RankerKind::SourceBegin, reading.cue, 1,
         [&](int x) { source_edge_features(view, reading.cue, y.content, y.source, x, true, features_); });
    y.source_begin = choices_.empty() ? y.source : choices_.front().token;
    source_ends(view, reading.cue, y.content, y.source, candidates_);
    rank(view, RankerKind::SourceEnd, reading.cue, 1,
         [&](int x) { source_edge_features(view, reading.cue, y.content, y.source, x, false, features_); });
    y.source_end = choices_.empty() ? y.source : choices_.front().token;
  }
}

void CueReader::cue_edges(const ArticleView& view, CueReading& reading) {
  cue_begins(view, reading.cue, candidates_);
  rank(view, RankerKind::CueBegin, reading.cue, 1,
       [&](int x) { cue_edge_features(view, reading.cue, x, true, features_); });
  reading.cue_begin = choices_.front().token;
  cue_ends(view, reading.cue, candidates_);
  rank(view, RankerKind::CueEnd, reading.cue, 1,
       [&](int x) { cue_edge_features(view, reading.cue, x, false, features_); });
  reading.cue_end = choices_.front().token;
}

}  // namespace newsnlp
