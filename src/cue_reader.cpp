#include "cue_reader.h"

#include <algorithm>

#include "attribution_candidates.h"
#include "attribution_glances.h"
#include "content_judge.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kMinGlance = -0.8F;  // log-odds of a cue at first glance
constexpr float kMinSource = 0.02F;
constexpr float kSourceMargin = 2.4F;  // in log-odds, by which a source may look worse than the best one
constexpr float kRival = 0.3F;         // of the best content's probability: a second one is worth it
constexpr size_t kSources = 4;
constexpr float kMassShare = 0.6F;
constexpr float kRuleProbability = 0.97F;
constexpr float kRuleScore = 0.9F;
constexpr float kOwnCue = 0.9F;  // a person's own cue is at least as likely
constexpr int kNameLength = 6;
constexpr size_t kFetched = 8;  // cue words ahead
constexpr size_t kNear = 2048;  // cue words read together: what belongs to them fits into the machine's cache

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
  end_sums_.assign(static_cast<size_t>(view.size()), kUnknown);
  if (next_clauses_.size() < end_sums_.size()) next_clauses_.resize(end_sums_.size());
}

void CueReader::read(const ArticleView& view, std::vector<CueReading>& out) {
  min_cue_ = kMinCue;
  clear(out);
  start(view);
  read(view, view.cue_words(0, view.size() - 1), out);
}

void CueReader::read(const ArticleView& view, std::span<const ArticleView::Excerpt> excerpts, std::span<const int> cues,
                     float least, std::vector<CueReading>& out) {
  clear(out);
  min_cue_ = least;
  for (const auto& x : excerpts) std::fill(end_sums_.begin() + x.begin, end_sums_.begin() + x.end + 1, kUnknown);
  read(view, cues, out);
}

void CueReader::read(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out) {
  for (size_t k = 0; k < cues.size(); k += kNear)
    read_some(view, cues.subspan(k, std::min(kNear, cues.size() - k)), out);
}

void CueReader::read_some(const ArticleView& view, std::span<const int> cues, std::vector<CueReading>& out) {
  const size_t known = out.size();
  const LinearRanker& ranker = model_.ranker(RankerKind::Cue);
  const int32_t least = min_cue_ < kMinCue ? std::numeric_limits<int32_t>::min() : ranker.units(kMinGlance);
  candidates_.tokens.clear();
  rivals_batch_.clear();
  for (size_t k = 0; k < cues.size(); ++k) {
    const int i = cues[k];
    view.prefetch(cues[std::min(k + kFetched, cues.size() - 1)]);
    if (!is_cue_candidate(view, i)) continue;
    candidates_.tokens.push_back(i);
    rivals_batch_.add(ranker, [&](FeatureGather f) { return cue_glance(view, i, f); });
  }
  rivals_batch_.sum_up(ranker);
  for (size_t k = 0; k < candidates_.tokens.size(); ++k) {
    const int i = candidates_.tokens[k];
    const bool sign = is_sign(view.at(i));
    if (sign) {
      take_cues(view, out);
      if (read_rule(view, i, out)) continue;
    }
    const int32_t first = rivals_batch_.sum(k);
    if (first < least && !view.at(i).is(W::kOwn) && !sign) continue;
    if (asked_cues_.size() == kAtOnce) take_cues(view, out);
    batch_.add(ranker, [&](FeatureGather f) { return cue_features(view, model_, i, f); });
    asked_cues_.push_back({i, first});
  }
  take_cues(view, out);
  finish_readings(view, out, known);
}

void CueReader::take_cues(const ArticleView& view, std::vector<CueReading>& out) {
  const LinearRanker& ranker = model_.ranker(RankerKind::Cue);
  batch_.sum_up(ranker);
  for (size_t k = 0; k < asked_cues_.size(); ++k) {
    const int cue = asked_cues_[k].token;
    float p = ranker.probability(asked_cues_[k].sum + batch_.sum(k));
    if (view.at(cue).is(W::kOwn)) p = std::max(p, kOwnCue);
    if (p >= min_cue_) begin_reading(view, cue, p, out);
  }
  asked_cues_.clear();
  batch_.clear();
}

void CueReader::read_cue(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) {
  begin_reading(view, cue, probability, out);
  finish_readings(view, out, out.size() - 1);
}

void CueReader::begin_reading(const ArticleView& view, int cue, float probability, std::vector<CueReading>& out) {
  CueReading& reading = out.emplace_back();
  if (!spare_.empty()) {
    reading.analyses = std::move(spare_.back());
    spare_.pop_back();
  }
  reading.cue = cue;
  reading.cue_begin = reading.cue_end = -1;
  reading.cue_probability = probability;
  reading.own = view.at(cue).is(W::kOwn);
}

// Link by link for all of them, not cue by cue: the code of one link fits into the machine's cache, that of all does
// not. And some at once: while the weights of one are fetched, the features of the next are hashed.
void CueReader::finish_readings(const ArticleView& view, std::vector<CueReading>& out, size_t from) {
  all_contents_.clear();
  contents_end_.clear();
  for (size_t i = from; i < out.size(); i += kAtOnce) {
    const std::span readings(out.data() + i, std::min(kAtOnce, out.size() - i));
    size_t n = 0;
    for (const CueReading& r : readings)
      if (r.analyses.empty()) searches_[n++].cue = r.cue;
    begin_searches(view, {searches_.data(), n});
    n = 0;
    for (const CueReading& r : readings) {
      if (r.analyses.empty()) contents(view, searches_[n++]);
      contents_end_.push_back(all_contents_.size());
    }
  }
  const auto contents_of = [&](size_t reading) {
    const size_t begin = reading == from ? 0 : contents_end_[reading - from - 1];
    return std::span(all_contents_).subspan(begin, contents_end_[reading - from] - begin);
  };
  const auto some = [&](const LinearRanker& ranker, auto ask, auto take) {
    for (size_t i = from; i < out.size(); i += kAtOnce) {
      const size_t end = std::min(i + kAtOnce, out.size());
      for (size_t k = i; k < end; ++k) ask(k, k - i);
      batch_.sum_up(ranker);
      for (size_t k = i; k < end; ++k) take(k, k - i);
      batch_.clear();
    }
  };
  const LinearRanker& wholes = model_.ranker(RankerKind::Content);
  size_t first = 0;
  some(
      wholes,
      [&](size_t i, size_t place) {
        if (place == 0) first = 0;
        ask_contents(view, wholes, out[i].cue, contents_of(i), batch_);
      },
      [&](size_t i, size_t) { judge_contents(wholes, contents_of(i), batch_, first); });
  some(
      model_.ranker(RankerKind::Source),
      [&](size_t i, size_t place) {
        if (place == 0) first = 0;
        if (const auto contents = contents_of(i); !contents.empty()) weigh(view, out[i].cue, contents, weighed_[place]);
      },
      [&](size_t i, size_t place) {
        if (const auto contents = contents_of(i); !contents.empty())
          analyses(view, out[i], contents, weighed_[place], first);
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

// The mass of a content: the probability of all that are much like it.
void CueReader::weigh(const ArticleView& view, int cue, std::span<const Content> contents, Weighed& to) {
  const size_t n = contents.size();
  for (size_t a = 0; a < n; ++a) to.mass[a] = contents[a].probability;
  for (size_t a = 0; a < n; ++a)
    for (size_t b = a + 1; b < n; ++b) {
      const Shares s = shares(view, contents[a], contents[b]);
      if (s.in == 0 || s.in * 2 < s.all) continue;
      to.mass[a] += contents[b].probability;
      to.mass[b] += contents[a].probability;
    }
  const auto value = [&](size_t i) { return to.mass[i] * kMassShare + contents[i].probability * (1 - kMassShare); };
  to.best = to.second = 0;
  for (size_t i = 1; i < n; ++i)
    if (value(i) > value(to.best)) to.best = i;
  for (size_t i = 1; i < n; ++i)
    if (i != to.best && (to.second == to.best || value(i) > value(to.second))) to.second = i;
  sources(view, cue, to.heads);
  list_sources(view, cue, contents[to.best], to.heads, to.sources);
  ask(to.sources, RankerKind::Source, batch_,
      [&](int head, FeatureGather f) { return source_features(view, cue, contents[to.best].side, head, f); });
}

void CueReader::list_sources(const ArticleView& view, int cue, const Content& content, std::span<const int> heads,
                             Candidates& sources) const {
  const LinearRanker& ranker = model_.ranker(RankerKind::Source);
  sources.tokens.clear();
  for (const int head : heads)
    if (!content.covers(head)) sources.tokens.push_back(head);
  sources.sum(
      [&](size_t i) { return source_glance(view, cue, content.side, sources.tokens[i], FeatureSum(ranker)).sum(); });
  sources.narrow(ranker, kSourceMargin);
}

// What the features say of a head whatever the content was asked for the best one already.
void CueReader::compare_sources(const ArticleView& view, int cue, Side side, Side best_side,
                                std::span<const int> best_sources, size_t place) {
  const LinearRanker& ranker = model_.ranker(RankerKind::Source);
  const std::vector<int>& heads = candidates_.tokens;
  if (heads.size() < 2) return;
  rivals_batch_.clear();
  known_sums_.clear();
  size_t k = 0;
  for (const int head : heads) {  // both lists stand in the same order
    const size_t next = static_cast<size_t>(
        std::find(best_sources.begin() + static_cast<ptrdiff_t>(k), best_sources.end(), head) - best_sources.begin());
    const bool known = next < best_sources.size() && (head >= 0 || side == best_side);
    if (next < best_sources.size()) k = next + 1;
    known_sums_.push_back(known ? batch_.sum(place + next) : kUnknown);
    if (!known) rivals_batch_.add(ranker, [&](FeatureGather f) { return source_features(view, cue, side, head, f); });
  }
  rivals_batch_.sum_up(ranker);
  size_t asked = 0;
  candidates_.add([&](size_t i) { return known_sums_[i] != kUnknown ? known_sums_[i] : rivals_batch_.sum(asked++); });
}

void CueReader::add_analyses(const Content& content, float mass, Candidates& sources, CueReading& reading) {
  sources.choose(model_.ranker(RankerKind::Source), kSources, kMinSource, choices_);
  for (const Choice& c : choices_) reading.analyses.push_back({content, c.token, -1, -1, c.probability, mass});
}

void CueReader::analyses(const ArticleView& view, CueReading& reading, std::span<const Content> contents,
                         Weighed& weighed, size_t& place) {
  const Content& best = contents[weighed.best];
  const Content& second = contents[weighed.second];
  reading.analyses.reserve(2 * kSources);
  const size_t asked = place;
  add(weighed.sources, batch_, place);
  add_analyses(best, weighed.mass[weighed.best], weighed.sources, reading);
  if (contents.size() > 1 && second.probability >= kRival * best.probability) {
    list_sources(view, reading.cue, second, weighed.heads, candidates_);
    const std::span<const int> known = weighed.sources.tokens;
    compare_sources(view, reading.cue, second.side, best.side, known.first(place - asked), asked);
    add_analyses(second, weighed.mass[weighed.second], candidates_, reading);
  }
  const Analysis& y = reading.analyses.front();
  reading.score = reading.cue_probability * y.mass * y.source_probability;
}

}  // namespace newsnlp
