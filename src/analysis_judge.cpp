#include "analysis_judge.h"

#include <algorithm>
#include <array>

#include "attribution_features.h"
#include "clause.h"
#include "cue_reader.h"
#include "quote_spans.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr uint32_t kReach = 32;    // readings on each side that are looked at
constexpr size_t kMostSeen = 200;  // readings of one source that are added up
constexpr float kAlike = 0.5F;
constexpr float kPreference = 0.01F;  // by which a later analysis must beat an earlier one

// Twice the log-odds of p, rounded, -18 … 18.
int log_odds_step(float p) {
  constexpr int kMost = 18;
  static const std::array<float, 2 * kMost> kEdges = [] {
    std::array<float, 2 * kMost> edges{};
    for (int k = 0; k < 2 * kMost; ++k)
      edges[static_cast<size_t>(k)] = static_cast<float>(sigmoid((k - kMost + 0.5) / 2));
    return edges;
  }();
  return static_cast<int>(std::upper_bound(kEdges.begin(), kEdges.end(), p) - kEdges.begin()) - kMost;
}

int steps(float x, float scale, int most) {
  return std::clamp(static_cast<int>(x * scale), 0, most);
}

struct ContentCounts {
  int words = 0, quoted = 0, verbs = 0, cues = 0, opens = 0, closes = 0;
  bool that = false;
};

ContentCounts count(const ArticleView& v, const Content& k) {
  ContentCounts c;
  k.each([&](int a, int b) {
    c.words += v.count(V::kWords, a, b);
    c.quoted += v.count(V::kQuoted, a, b);
    c.verbs += v.count(V::kVerbs, a, b);
    c.cues += v.count(V::kCues, a, b);
    constexpr int kMarkWindow = 400;
    for (int j = a; j <= b && j < a + kMarkWindow; ++j) {
      c.opens += v.at(j).opens();
      c.closes += v.at(j).closes();
    }
    c.that |= v.at(a).is(W::kThat);
  });
  return c;
}

void part_features(const ArticleView& v, int cue, const Content& k, FeatureList& f) {
  const auto word = [&](int i) { return v.at(i).word; };
  const auto tag = [&](int i) { return static_cast<int>(v.at(i).tag); };
  const auto mark = [&](int i) { return v.valid(i) ? static_cast<int>(v.at(i).quotation) : 9; };
  const uint32_t lemma = v.at(cue).lemma;
  const bool listed = v.at(cue).is(W::kListed);
  if (k.right()) {
    const int b = k.right_begin;
    const int e = k.right_end;
    const int verbs = std::min(v.count(V::kVerbs, b, e), 3);
    const bool at_end = e == v.at(b).sentence_end;
    f(20, word(b), word(b - 1), lemma);
    f(21, tag(b), tag(e + 1), std::min(verbs, 2));
    f(22, word(e + 1));
    f(23, mark(b), mark(e), v.at(b).mate == e);
    f(24, at_end, bucket(b - cue));
    f(25, word(b), at_end);
    f(26, tag(b), lemma);
    f(27, mark(b), mark(e), mark(b - 1), mark(e + 1));
    f(307, verbs, b == cue + 1, tag(b));
    f(308, verbs, word(b), listed);
    f(309, lemma, std::min(verbs, 2), b - cue < 3);
    f(310, bucket(b - cue), word(b - 1), std::min(verbs, 2));
  }
  if (k.left()) {
    const int b = k.left_begin;
    const int e = k.left_end;
    f(30, word(b - 1), v.at(b).sentence_begin == b);
    f(31, tag(b), word(e + 1), tag(e));
    f(32, mark(b), mark(e), v.at(b).mate == e, static_cast<int>(k.side));
    f(33, word(e), bucket(cue - e));
    f(34, word(e), static_cast<int>(k.side), word(e + 1));
    f(35, mark(b - 1), mark(b), mark(e), mark(e + 1));
  }
}

void source_part_features(const ArticleView& v, int cue, const Analysis& y, FeatureList& f) {
  const auto tag = [&](int i) { return static_cast<int>(v.at(i).tag); };
  const ViewToken& c = v.at(cue);
  const int side = static_cast<int>(y.content.side);
  if (y.source < 0) {
    f(50, c.lemma);
    f(51, tag(cue), side);
    f(52, tag(cue), tag(cue - 1));
    return;
  }
  const int h = y.source;
  const ViewToken& t = v.at(h);
  f(40, t.word);
  f(41, t.class_256);
  f(42, tag(h), bucket(h - cue));
  f(43, tag(h), tag(cue), h > cue);
  f(44, t.word, c.lemma);
  f(45, t.class_256, c.lemma);
  f(47, side, h > cue, bucket(h - cue));
  f(48, t.phrase_end == h, tag(h));
}

// The other readings near this one: is its cue in their contents, or theirs in its content?
void neighbour_features(const ArticleView& v, const std::vector<CueReading>& readings, uint32_t index,
                        const Analysis& y, FeatureList& f) {
  const CueReading& x = readings[index];
  const uint32_t lemma = v.at(x.cue).lemma;
  float within = 0;
  float holds = 0;
  int near = 9;
  float same_paragraph = 0;
  float next_paragraph = 0;
  const CueReading* outer = nullptr;
  const uint32_t begin = index > kReach ? index - kReach : 0;
  const auto end = std::min<uint32_t>(static_cast<uint32_t>(readings.size()), index + kReach + 1);
  for (uint32_t i = begin; i < end; ++i) {
    if (i == index) continue;
    const CueReading& z = readings[i];
    if (z.analysis().content.covers(x.cue) && z.cue_probability > within) {
      within = z.cue_probability;
      outer = &z;
    }
    if (y.content.covers(z.cue)) holds = std::max(holds, z.cue_probability);
    const int distance = std::abs(z.cue - x.cue);
    if (distance < 4 && z.cue_probability > 0.3F) near = std::min(near, distance);
    const float alike = overlap(v, y.content, z.analysis().content);
    if (alike > 0.3F) f(60, steps(alike, 5, 5), log_odds_step(z.score) > log_odds_step(x.score), z.score >= 0.5F);
    const int paragraphs = std::abs(v.at(z.cue).paragraph - v.at(x.cue).paragraph);
    if (paragraphs == 0) same_paragraph = std::max(same_paragraph, z.score);
    if (paragraphs == 1) next_paragraph = std::max(next_paragraph, z.score);
  }
  const int p = log_odds_step(x.cue_probability);
  const int in = log_odds_step(within);
  const int has = log_odds_step(holds);
  f(61, in);
  f(62, has);
  f(63, near);
  f(64, in > p, within > 0);
  f(65, has > p, holds > 0);
  f(66, in / 2, p / 2);
  f(67, has / 2, p / 2);
  if (outer != nullptr) {
    f(68, v.at(outer->cue).lemma, lemma);
    f(69, outer->cue < x.cue, bucket(outer->cue - x.cue));
  }
  f(70, within > 0, lemma);
  f(71, holds > 0, lemma);
  f(324, steps(same_paragraph, 5, 5), v.at(x.cue).paragraph_end - v.at(x.cue).paragraph_begin < 40);
  f(325, steps(next_paragraph, 5, 5));
}

}  // namespace

SourceEvidence::SourceEvidence(const ArticleView& view, const std::vector<CueReading>& readings) {
  for (uint32_t i = 0; i < readings.size(); ++i) {
    total_ += readings[i].score;
    const int source = readings[i].analysis().source;
    if (source >= 0) rows_.push_back({view.at(source).word, i, readings[i].score});
  }
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.word < b.word; });
}

SourceEvidence::Seen SourceEvidence::elsewhere(const ArticleView& view, uint32_t reading, int source) const {
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

void analysis_features(const ArticleView& v, const std::vector<CueReading>& readings, uint32_t index, size_t which,
                       const SourceEvidence& evidence, FeatureList& f) {
  const CueReading& x = readings[index];
  const Analysis& y = x.analyses[which];
  const Content& k = y.content;
  const ViewToken& c = v.at(x.cue);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(k.side);
  const int tag = static_cast<int>(c.tag);
  const int cue_odds = log_odds_step(x.cue_probability);
  const int mass_odds = log_odds_step(y.mass);
  const int source_odds = log_odds_step(y.source_probability);
  f(1);
  f(2, cue_odds);
  f(3, mass_odds);
  f(4, source_odds);
  f(5, log_odds_step(x.cue_probability * y.mass * y.source_probability));
  f(6, log_odds_step(k.probability));
  f(7, side, lemma);
  f(8, lemma, tag);
  f(9, cue_odds / 2, mass_odds / 2, source_odds / 2);
  const ContentCounts n = count(v, k);
  const int type = n.quoted == 0 ? 0 : n.quoted == n.words ? 2 : 1;
  f(10, type, side);
  f(11, bucket(n.words), type);
  f(12, std::min(n.verbs, 3), type, side);
  f(13, std::min(n.cues, 3), type);
  f(14, type, lemma);
  f(15, std::min(n.verbs, 2), lemma);
  f(16, bucket(n.words), lemma);
  part_features(v, x.cue, k, f);
  source_part_features(v, x.cue, y, f);
  neighbour_features(v, readings, index, y, f);
  edge_features(v, x.cue, f);
  edge_cue_features(v, x.cue, x.cue, f);
  if (x.pattern != CueReading::kNoPattern) {
    f(340, x.pattern);
    f(341, x.pattern, which == 0, type);
    f(342, x.pattern, y.source < 0, cue_odds / 4);
  }
  const int odds = log_odds_step(x.score);
  f(330, odds);
  f(331, odds / 2, side, c.is(W::kListed));
  f(332, odds / 2, lemma);
  float rival = 0;
  for (const Analysis& z : x.analyses)
    if (z.content.probability > rival && overlap(v, z.content, k) < kAlike) rival = z.content.probability;
  f(333, mass_odds / 2, log_odds_step(rival) / 2);
  f(304, std::min(n.opens, 4), std::min(n.closes, 4), side);
  f(305, n.that, bucket(n.words));
  f(306, n.opens == n.closes, k.right() && k.right_end == c.sentence_end, side);
  if (y.source >= 0) {
    const ViewToken& t = v.at(y.source);
    const SourceEvidence::Seen seen = evidence.elsewhere(v, index, y.source);
    f(320, steps(seen.best, 5, 5), t.is(W::kCapital), t.tag == Tag::PRP);
    f(321, steps(seen.sum, 2, 8), t.is(W::kCapital));
    f(322, steps(seen.sum, 2, 8), lemma);
  }
  f(323, steps((evidence.total() - x.score) * 300 / static_cast<float>(v.size()), 1, 10));
}

void judge(const ArticleView& view, const LinearRanker& ranker, std::vector<CueReading>& readings) {
  const SourceEvidence evidence(view, readings);
  struct Verdict {
    uint32_t best;
    float score;
  };
  std::vector<Verdict> verdicts;
  FeatureList f;
  for (uint32_t i = 0; i < readings.size(); ++i) {
    const CueReading& x = readings[i];
    Verdict verdict{x.best, x.score};
    if (!x.certain) {
      verdict.score = -1;
      for (uint32_t k = 0; k < std::min(x.analyses.size(), kJudged); ++k) {
        f.clear();
        analysis_features(view, readings, i, k, evidence, f);
        const float p = ranker.probability(ranker.sum(f));
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
    }
    verdicts.push_back(verdict);
  }
  for (uint32_t i = 0; i < readings.size(); ++i) {
    readings[i].best = verdicts[i].best;
    readings[i].score = verdicts[i].score;
  }
}

}  // namespace newsnlp
