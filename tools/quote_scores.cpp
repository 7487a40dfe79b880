#include "quote_scores.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

namespace newsnlp {
namespace {

constexpr double kJaccard = 0.5;

struct Judged {
  WordSet content, source, cue;
  int head = -1;
  size_t type = 0;  // QuoteType + 1
  bool cares = true;
  float score = 1;
  const LabelledQuote* quote = nullptr;
};

std::vector<Judged> judge(const ScoredText& text, const std::vector<LabelledQuote>& quotes, bool predicted,
                          bool only_speech) {
  std::vector<Judged> out;
  for (const LabelledQuote& q : quotes) {
    if (predicted && (q.nested || (only_speech && !q.speech))) continue;
    Judged j;
    j.content = text.words(q.content);
    if (j.content.empty()) continue;
    j.source = text.words(q.source);
    j.cue = text.words(q.cue);
    j.head = text.source_head(q.source);
    j.type = static_cast<size_t>(text.type(j.content)) + 1;
    j.cares = predicted || !only_speech || q.speech;
    j.score = q.score;
    j.quote = &q;
    out.push_back(std::move(j));
  }
  return out;
}

size_t shared(const WordSet& a, const WordSet& b) {
  WordSet both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

bool has(const WordSet& words, int word) {
  return word >= 0 && std::binary_search(words.begin(), words.end(), static_cast<uint32_t>(word));
}

bool same_head(const Judged& g, const Judged& p) {
  if (g.source.empty() && p.source.empty()) return true;
  return !g.source.empty() && !p.source.empty() && has(p.source, g.head) && has(g.source, p.head);
}

constexpr size_t kNone = SIZE_MAX;

// Pairs by falling Jaccard of contents, one to one: the partner of each predicted quote, or kNone.
std::vector<size_t> pair_up(const std::vector<Judged>& gold, const std::vector<Judged>& predicted) {
  std::vector<std::tuple<double, int64_t, size_t, size_t>> pairs;
  for (size_t i = 0; i < gold.size(); ++i)
    for (size_t j = 0; j < predicted.size(); ++j) {
      const size_t in = shared(gold[i].content, predicted[j].content);
      if (in == 0) continue;
      const double jaccard =
          static_cast<double>(in) / static_cast<double>(gold[i].content.size() + predicted[j].content.size() - in);
      if (jaccard >= kJaccard)
        pairs.emplace_back(-jaccard, -static_cast<int64_t>(shared(gold[i].source, predicted[j].source)), i, j);
    }
  std::sort(pairs.begin(), pairs.end());
  std::vector<size_t> partner(predicted.size(), kNone);
  std::vector<bool> taken(gold.size());
  for (const auto& [jaccard, source, i, j] : pairs) {
    if (taken[i] || partner[j] != kNone) continue;
    taken[i] = true;
    partner[j] = i;
  }
  return partner;
}

std::string joined(const LabelledArticle& a, const std::vector<Span>& spans) {
  std::string out;
  for (const Span s : spans) out += (out.empty() ? "" : " … ") + a.text.substr(s.begin, s.size());
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string described(const LabelledArticle& a, const Judged& j) {
  return joined(a, j.quote->source) + " | " + joined(a, j.quote->cue) + " | " + joined(a, j.quote->content);
}

}  // namespace

void score_article(const LabelledArticle& gold, const std::vector<LabelledQuote>& predicted, bool only_speech,
                   QuoteScores& scores, std::vector<QuoteError>* errors) {
  const ScoredText text(gold.text);
  const std::vector<Judged> g = judge(text, gold.quotes, false, only_speech);
  const std::vector<Judged> p = judge(text, predicted, true, only_speech);
  const std::vector<size_t> partner = pair_up(g, p);

  std::set<uint32_t> ignored;
  for (const Judged& x : g)
    if (!x.cares) ignored.insert(x.content.begin(), x.content.end());
  std::vector<bool> keep(p.size(), true);
  for (size_t j = 0; j < p.size(); ++j) {
    if (partner[j] != kNone) {
      keep[j] = g[partner[j]].cares;
      continue;
    }
    size_t in = 0;
    for (const uint32_t w : p[j].content) in += ignored.contains(w);
    keep[j] = ignored.empty() || in * 2 < p[j].content.size();
  }
  std::map<WordSet, std::vector<size_t>> by_content;  // kept predictions, last first
  for (size_t j = p.size(); j-- > 0;)
    if (keep[j]) by_content[p[j].content].push_back(j);
  std::vector<size_t> exact(p.size(), kNone);
  for (size_t i = 0; i < g.size(); ++i) {
    if (!g[i].cares) continue;
    const auto it = by_content.find(g[i].content);
    if (it == by_content.end() || it->second.empty()) continue;
    exact[it->second.back()] = i;
    it->second.pop_back();
  }
  std::vector<bool> found(g.size());
  std::vector<bool> right(g.size());
  for (size_t j = 0; j < p.size(); ++j) {
    if (!keep[j]) continue;
    const size_t i = partner[j];
    const bool pair = i != kNone;
    const bool whole = pair && same_head(g[i], p[j]);
    const size_t type = pair ? g[i].type : exact[j] != kNone ? g[exact[j]].type : p[j].type;
    scores.judged.emplace_back(p[j].score, whole);
    for (const size_t t : {size_t{0}, type}) {
      ++scores.overlap[t].predicted;
      ++scores.whole[t].predicted;
      ++scores.exact[t].predicted;
      scores.overlap[t].right += pair;
      scores.whole[t].right += whole;
      scores.exact[t].right += exact[j] != kNone;
    }
    ++scores.all_parts.predicted;
    if (exact[j] != kNone) {
      const Judged& e = g[exact[j]];
      const bool all = e.source == p[j].source && e.cue == p[j].cue;
      scores.all_parts.right += all;
      scores.all_parts.found += all;
      ++scores.exact[0].found;
      ++scores.exact[e.type].found;
    }
    if (pair) {
      found[i] = true;
      right[i] = whole;
    }
    if (errors != nullptr && !whole)
      errors->push_back({pair ? ErrorKind::Source : ErrorKind::False, gold.id, pair ? described(gold, g[i]) : "",
                         described(gold, p[j]), p[j].score});
  }
  for (size_t i = 0; i < g.size(); ++i) {
    if (!g[i].cares) continue;
    for (const size_t t : {size_t{0}, g[i].type}) {
      ++scores.overlap[t].gold;
      ++scores.whole[t].gold;
      ++scores.exact[t].gold;
      scores.overlap[t].found += found[i];
      scores.whole[t].found += right[i];
    }
    ++scores.all_parts.gold;
    if (errors == nullptr || found[i]) continue;
    const Judged* other = nullptr;  // a predicted quote with another content and the same cue
    for (size_t j = 0; j < p.size() && other == nullptr; ++j)
      if (partner[j] == kNone && shared(p[j].cue, g[i].cue) > 0) other = &p[j];
    errors->push_back({other == nullptr ? ErrorKind::Missed : ErrorKind::Content, gold.id, described(gold, g[i]),
                       other == nullptr ? "" : described(gold, *other), other == nullptr ? 0.0F : other->score});
  }
}

CurveFigures curve_figures(const QuoteScores& scores) {
  CurveFigures f;
  auto items = scores.judged;
  if (items.empty() || scores.whole[0].gold == 0) return f;
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto gold = static_cast<double>(scores.whole[0].gold);
  std::vector<double> share(items.size());  // right, shared out among equal scores
  double right = 0;
  double before = 0;
  size_t right_90 = 0;
  for (size_t a = 0; a < items.size();) {
    size_t b = a;
    double ties = 0;
    while (b < items.size() && items[b].first == items[a].first) ties += items[b++].second;
    for (size_t i = a; i < b; ++i) share[i] = ties / static_cast<double>(b - a);
    right += ties;
    const double recall = right / gold;
    const double precision = right / static_cast<double>(b);
    f.average_precision += (recall - before) * precision;
    if (before < 0.57 && recall >= 0.57 - 1e-9) f.precision_at_57 = precision;
    before = recall;
    if (items[a].first >= 0.9F) {
      f.from_90 = b;
      right_90 = static_cast<size_t>(right);
    }
    a = b;
  }
  if (f.from_90 > 0) f.precision_from_90 = static_cast<double>(right_90) / static_cast<double>(f.from_90);
  constexpr size_t kBins = 10;
  for (size_t bin = 0; bin < kBins; ++bin) {
    double gap = 0;
    for (size_t i = items.size() * bin / kBins; i < items.size() * (bin + 1) / kBins; ++i)
      gap += static_cast<double>(items[i].first) - share[i];
    f.calibration_error += std::abs(gap) / static_cast<double>(items.size());
  }
  return f;
}

}  // namespace newsnlp
