#include "analysis_judge.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "clause.h"
#include "cue_reader.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr uint32_t kReach = 32;    // readings on each side that are looked at
constexpr size_t kMostSeen = 200;  // readings of one source that are added up
constexpr float kAlike = 0.5F;
constexpr float kPreference = 0.01F;  // by which a later analysis must beat an earlier one
constexpr float kLeastShare = 0.3F;   // of the likeliest analysis: what is less likely is not asked about

float likelihood(const Analysis& y) {
  return y.mass * y.source_probability;
}

int steps(float x, float scale, int most) {
  return std::clamp(static_cast<int>(x * scale), 0, most);
}

struct ContentCounts {
  int words = 0, quoted = 0, verbs = 0;
};

ContentCounts count(const ArticleView& v, const Content& k) {
  ContentCounts c;
  k.each([&](int a, int b) {
    c.words += v.count(V::kWords, a, b);
    c.quoted += v.count(V::kQuoted, a, b);
    c.verbs += v.count(V::kVerbs, a, b);
  });
  return c;
}

template <class Sink>
Sink source_part_features(const ArticleView& v, int cue, const Analysis& y, Sink f) {
  const auto tag = [&](int i) { return static_cast<int>(v.at(i).tag); };
  if (y.source < 0) {
    f(50, v.at(cue).lemma);
    f(51, tag(cue), static_cast<int>(y.content.side));
    f(52, tag(cue), tag(cue - 1));
    return f;
  }
  const int h = y.source;
  const ViewToken& t = v.at(h);
  f(40, t.word);
  f(41, t.class_256);
  f(42, tag(h), bucket(h - cue));
  f(48, t.phrase_end == h, tag(h));
  return f;
}

// The other readings near this one: are their cues in its content, and are their contents like it?
template <class Sink>
Sink neighbour_features(const ArticleView& v, const std::vector<CueReading>& readings, uint32_t index,
                        const Analysis& y, const ArticleEvidence& evidence, Sink f) {
  const CueReading& x = readings[index];
  float holds = 0;
  for (const uint32_t i : evidence.near(index)) {
    const CueReading& z = readings[i];
    if (y.content.covers(z.cue)) holds = std::max(holds, z.cue_probability);
    const float alike = overlap(v, y.content, z.analysis().content);
    if (alike > 0.3F) f(60, steps(alike, 5, 5), evidence.odds(i).score > evidence.odds(index).score, z.score >= 0.5F);
  }
  f(67, log_odds_step(holds) / 2, evidence.odds(index).cue / 2);
  f(71, holds > 0, v.at(x.cue).lemma);
  return f;
}

}  // namespace

int log_odds_step(float p) {
  constexpr int kMost = 18;
  constexpr uint32_t kShift = 17;  // floats are told apart by their upper bits first
  struct Table {
    std::array<float, 2 * kMost + 2> edges{};
    std::array<uint8_t, (0x3F800000U >> kShift) + 1> below{};  // edges below the smallest float of each kind
    Table() {
      for (int k = 0; k < 2 * kMost; ++k)
        edges[static_cast<size_t>(k)] = static_cast<float>(sigmoid((k - kMost + 0.5) / 2));
      edges[2 * kMost] = edges[2 * kMost + 1] = std::numeric_limits<float>::infinity();
      for (uint32_t i = 0; i < below.size(); ++i)
        below[i] = static_cast<uint8_t>(
            std::lower_bound(edges.begin(), edges.end(), std::bit_cast<float>(i << kShift)) - edges.begin());
    }
  };
  static const Table kTable;
  size_t k = kTable.below[std::bit_cast<uint32_t>(std::clamp(p, 0.0F, 1.0F)) >> kShift];
  k += kTable.edges[k] <= p ? 1 : 0;  // as a rule there is one edge at most
  while (kTable.edges[k] <= p) ++k;
  return static_cast<int>(k) - kMost;
}

void ArticleEvidence::read(const ArticleView& view, const std::vector<CueReading>& readings) {
  rows_.clear();
  for (uint32_t i = 0; i < readings.size(); ++i) {
    const int source = readings[i].analysis().source;
    if (source >= 0) rows_.push_back({view.at(source).word, i, readings[i].score});
  }
  std::sort(rows_.begin(), rows_.end(),
            [](const Row& a, const Row& b) { return a.word != b.word ? a.word < b.word : a.reading < b.reading; });
  find_near(readings);
  odds_.clear();
  for (const CueReading& r : readings) odds_.push_back({log_odds_step(r.score), log_odds_step(r.cue_probability)});
}

void ArticleEvidence::find_near(const std::vector<CueReading>& readings) {
  const auto n = static_cast<uint32_t>(readings.size());
  best_.clear();
  for (const CueReading& r : readings) {
    best_.push_back({r.cue, r.cue});
    r.analysis().content.each([&](int a, int b) { best_.back().take(a, b); });
  }
  // How far what stands before, and what stands behind, reaches: beyond that nothing is met.
  reach_.resize(n);
  for (uint32_t i = 0; i < n; ++i) reach_[i].end = i > 0 ? std::max(reach_[i - 1].end, best_[i].end) : best_[i].end;
  for (uint32_t i = n; i-- > 0;)
    reach_[i].begin = i + 1 < n ? std::min(reach_[i + 1].begin, best_[i].begin) : best_[i].begin;
  near_.clear();
  near_begin_.assign(1, 0);
  for (uint32_t i = 0; i < n; ++i) {
    Extent all = best_[i];
    for (const Analysis& y : readings[i].analyses) y.content.each([&](int a, int b) { all.take(a, b); });
    uint32_t begin = i;
    uint32_t end = i + 1;
    while (begin > 0 && i - begin < kReach && reach_[begin - 1].end >= all.begin) --begin;
    while (end < n && end - i <= kReach && reach_[end].begin <= all.end) ++end;
    for (uint32_t k = begin; k < end; ++k)
      if (k != i && best_[k].meets(all)) near_.push_back(k);
    near_begin_.push_back(static_cast<uint32_t>(near_.size()));
  }
}

ArticleEvidence::Seen ArticleEvidence::elsewhere(const ArticleView& view, uint32_t reading, int source) const {
  const uint32_t word = view.at(source).word;
  auto it = std::lower_bound(rows_.begin(), rows_.end(), word, [](const Row& r, uint32_t w) { return r.word < w; });
  Seen seen;
  for (size_t n = 0; it != rows_.end() && it->word == word && n < kMostSeen; ++it, ++n) {
    if (it->reading == reading) continue;
    seen.best = std::max(seen.best, it->score);
    seen.sum += it->score;
  }
  return seen;
}

template <class Sink>
Sink reading_features(const ArticleView& v, const std::vector<CueReading>& readings, uint32_t index,
                      const ArticleEvidence& evidence, Sink f) {
  const CueReading& x = readings[index];
  const uint32_t lemma = v.at(x.cue).lemma;
  float within = 0;
  const CueReading* outer = nullptr;
  for (const uint32_t i : evidence.near(index)) {
    const CueReading& z = readings[i];
    if (z.cue_probability <= within || !z.analysis().content.covers(x.cue)) continue;
    within = z.cue_probability;
    outer = &z;
  }
  f(64, log_odds_step(within) > evidence.odds(index).cue, within > 0);
  if (outer != nullptr) {
    f(68, v.at(outer->cue).lemma, lemma);
    f(69, outer->cue < x.cue, bucket(outer->cue - x.cue));
  }
  const int odds = evidence.odds(index).score;
  f(330, odds);
  f(332, odds / 2, lemma);
  return f;
}

template <class Sink>
Sink analysis_features(const ArticleView& v, const std::vector<CueReading>& readings, uint32_t index, size_t which,
                       const ArticleEvidence& evidence, Sink f) {
  const CueReading& x = readings[index];
  const Analysis& y = x.analyses[which];
  const Content& k = y.content;
  const ViewToken& c = v.at(x.cue);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(k.side);
  const int cue_odds = evidence.odds(index).cue;
  const int mass_odds = log_odds_step(y.mass);
  const int source_odds = log_odds_step(y.source_probability);
  f(3, mass_odds);
  f(4, source_odds);
  f(5, log_odds_step(x.cue_probability * y.mass * y.source_probability));
  f(9, cue_odds / 2, mass_odds / 2, source_odds / 2);
  const ContentCounts n = count(v, k);
  const int type = n.quoted == 0 ? 0 : n.quoted == n.words ? 2 : 1;
  f(11, bucket(n.words), type);
  f(12, std::min(n.verbs, 3), type, side);
  f(16, bucket(n.words), lemma);
  if (k.left())
    f(31, static_cast<int>(v.at(k.left_begin).tag), v.at(k.left_end + 1).word, static_cast<int>(v.at(k.left_end).tag));
  f = source_part_features(v, x.cue, y, f);
  f = neighbour_features(v, readings, index, y, evidence, f);
  if (x.pattern != CueReading::kNoPattern) {
    f(341, x.pattern, which == 0, type);
    f(342, x.pattern, y.source < 0, cue_odds / 4);
  }
  f(331, evidence.odds(index).score / 2, side, c.is(W::kListed));
  float rival = 0;
  for (const Analysis& z : x.analyses)
    if (z.content.probability > rival && overlap(v, z.content, k) < kAlike) rival = z.content.probability;
  f(333, mass_odds / 2, log_odds_step(rival) / 2);
  if (y.source >= 0) {
    const ViewToken& t = v.at(y.source);
    const ArticleEvidence::Seen seen = evidence.elsewhere(v, index, y.source);
    f(320, steps(seen.best, 5, 5), t.is(W::kCapital), t.tag == Tag::PRP);
    f(321, steps(seen.sum, 2, 8), t.is(W::kCapital));
  }
  return f;
}

template FeatureWriter reading_features(const ArticleView&, const std::vector<CueReading>&, uint32_t,
                                        const ArticleEvidence&, FeatureWriter);
template FeatureWriter analysis_features(const ArticleView&, const std::vector<CueReading>&, uint32_t, size_t,
                                         const ArticleEvidence&, FeatureWriter);

namespace {

// Is the analysis likely enough to be asked about?
bool worth_asking(const CueReading& reading, uint32_t index, float likeliest) {
  return !(likelihood(reading.analyses[index]) < kLeastShare * likeliest);
}

float likeliest_of(const CueReading& reading) {
  float likeliest = 0;
  for (size_t k = 0; k < std::min(reading.analyses.size(), kJudged); ++k)
    likeliest = std::max(likeliest, likelihood(reading.analyses[k]));
  return likeliest;
}

}  // namespace

void AnalysisJudge::ask(const ArticleView& view, const LinearRanker& ranker, const std::vector<CueReading>& readings,
                        uint32_t index) {
  const CueReading& x = readings[index];
  if (x.certain) return;
  const auto add = [&](auto features) { batch_.add(ranker, features); };
  add([&](FeatureGather f) { return reading_features(view, readings, index, evidence_, f); });
  const float likeliest = likeliest_of(x);
  for (uint32_t k = 0; k < std::min(x.analyses.size(), kJudged); ++k)
    if (worth_asking(x, k, likeliest))
      add([&](FeatureGather f) { return analysis_features(view, readings, index, k, evidence_, f); });
}

AnalysisJudge::Verdict AnalysisJudge::judge(const ArticleView& view, const LinearRanker& ranker, const CueReading& x,
                                            size_t& first) const {
  Verdict verdict{x.best, x.score};
  if (x.certain) return verdict;
  verdict.score = -1;
  const int32_t base = batch_.sum(first++);
  const float likeliest = likeliest_of(x);
  for (uint32_t k = 0; k < std::min(x.analyses.size(), kJudged); ++k) {
    if (!worth_asking(x, k, likeliest)) continue;
    const float p = ranker.probability(base + batch_.sum(first++));
    if (p > verdict.score + kPreference) verdict = {k, p};
  }
  if (x.own) verdict.score = std::max(verdict.score, x.score);
  // The same source and much the same content: the likeliest edges.
  const Analysis& y = x.analyses[verdict.best];
  for (uint32_t k = 0; k < x.analyses.size(); ++k) {
    const Analysis& z = x.analyses[k];
    if (z.source == y.source && z.content.probability > x.analyses[verdict.best].content.probability &&
        overlap(view, z.content, y.content) >= kAlike)
      verdict.best = k;
  }
  return verdict;
}

void AnalysisJudge::judge(const ArticleView& view, const LinearRanker& ranker, std::vector<CueReading>& readings) {
  constexpr uint32_t kAtOnce = 4;  // readings whose weights are fetched together
  evidence_.read(view, readings);
  verdicts_.clear();
  const auto n = static_cast<uint32_t>(readings.size());
  for (uint32_t i = 0; i < n; i += kAtOnce) {
    batch_.clear();
    const uint32_t end = std::min(i + kAtOnce, n);
    for (uint32_t k = i; k < end; ++k) ask(view, ranker, readings, k);
    batch_.sum_up(ranker);
    size_t first = 0;
    for (uint32_t k = i; k < end; ++k) verdicts_.push_back(judge(view, ranker, readings[k], first));
  }
  for (uint32_t i = 0; i < n; ++i) {
    readings[i].best = verdicts_[i].best;
    readings[i].score = verdicts_[i].score;
  }
}

}  // namespace newsnlp
