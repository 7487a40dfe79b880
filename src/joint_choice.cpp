#include "joint_choice.h"

#include <algorithm>
#include <numeric>

#include "quote_spans.h"

namespace newsnlp {
namespace {

constexpr float kSwapCost = 0.2F;     // a reading must beat this to be worth its place
constexpr int kReach = 64;            // readings on each side that may clash
constexpr float kSpeechFirst = 0.2F;  // what is said goes before what is thought
constexpr float kWholeFirst = 0.3F;   // "According to the indictment, X said …": the whole goes before what X said
constexpr float kReport = 0.4F;       // a report at least as likely is not hidden by "according to" whom it was heard

}  // namespace

bool clash(const ArticleView& v, const CueReading& a, const CueReading& b) {
  const Content& x = a.analysis().content;
  const Content& y = b.analysis().content;
  if (y.covers(a.cue) || x.covers(b.cue)) return true;
  int words = 0;
  int in = 0;
  x.each([&](int s, int e) {
    words += v.count(ArticleView::kWords, s, e);
    y.each([&](int c, int d) { in += v.count(ArticleView::kWords, std::max(s, c), std::min(e, d)); });
  });
  int others = 0;
  y.each([&](int c, int d) { others += v.count(ArticleView::kWords, c, d); });
  return in * 2 > std::min(words, others);
}

namespace {

// "According to the indictment, X said …": what a thing says holds what others said.
bool holds_reports(const ArticleView& v, const CueReading& according) {
  const Analysis& y = according.analysis();
  return y.content.right() && !y.content.left() && according.cue <= v.at(according.cue).sentence_begin + 1 &&
         y.source >= 0 && v.at(y.source).noun() && !v.at(y.source).is(CueWord::kCapital) &&
         !v.at(y.source).is(CueWord::kRole);
}

// "X said …, according to Y": the statement is X's, and the record fields find Y's part in it.
bool yields(const ArticleView& v, const CueReading& according, const CueReading& report) {
  if (report.score < kReport || holds_reports(v, according)) return false;
  const ViewToken& t = v.at(report.cue);
  return t.verb && t.is(CueWord::kSpeech) && report.analysis().source >= 0 &&
         t.sentence == v.at(according.cue).sentence && clash(v, according, report);
}

}  // namespace

std::vector<uint32_t> choose(const ArticleView& v, const std::vector<CueReading>& readings, float least) {
  const auto n = static_cast<uint32_t>(readings.size());
  struct Extent {
    int begin, end;  // of the cue and the content
  };
  std::vector<Extent> extents;
  extents.reserve(n);
  for (const CueReading& r : readings) {
    Extent e{r.cue, r.cue};
    r.analysis().content.each([&](int a, int b) { e = {std::min(e.begin, a), std::max(e.end, b)}; });
    extents.push_back(e);
  }
  // Readings that lie apart do not clash: the others near each one, listed without a branch.
  std::vector<uint32_t> near;
  std::vector<size_t> near_end;
  near_end.reserve(n);
  size_t listed = 0;
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t begin = i > kReach ? i - kReach : 0;
    const uint32_t end = std::min(n, i + kReach + 1);
    near.resize(listed + end - begin);
    for (uint32_t k = begin; k < end; ++k) {
      near[listed] = k;
      listed += k != i && extents[i].begin <= extents[k].end && extents[k].begin <= extents[i].end ? 1 : 0;
    }
    near_end.push_back(listed);
  }
  const auto collide = [&](uint32_t a, uint32_t b) { return clash(v, readings[a], readings[b]); };
  std::vector<uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<float> rank(n);
  for (uint32_t i = 0; i < n; ++i) {
    rank[i] = readings[i].score + (reports_speech(v, readings[i]) ? kSpeechFirst : 0.0F);
    if (v.at(readings[i].cue).junction == kAccordingJunction && holds_reports(v, readings[i])) rank[i] += kWholeFirst;
  }
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return rank[a] > rank[b]; });
  enum class State : uint8_t { Below, Out, In };
  std::vector<State> state(n, State::Below);
  const auto around = [&](uint32_t i, auto visit) {
    for (size_t k = i == 0 ? 0 : near_end[i - 1]; k < near_end[i]; ++k) visit(near[k]);
  };
  for (const uint32_t i : order) {
    if (readings[i].score < least) continue;
    bool blocked = false;
    if (v.at(readings[i].cue).junction == kAccordingJunction && !readings[i].certain)
      around(i, [&](uint32_t k) { blocked |= yields(v, readings[i], readings[k]); });
    if (blocked) continue;  // stays Below: no reading is given up for it either
    around(i, [&](uint32_t k) { blocked |= state[k] == State::In && collide(i, k); });
    state[i] = blocked ? State::Out : State::In;
  }
  // One reading against several that exclude it and not each other.
  std::vector<uint32_t> instead;
  for (const uint32_t i : order) {
    if (state[i] != State::In) continue;
    instead.clear();
    float gain = 0;
    around(i, [&](uint32_t r) {
      if (state[r] != State::Out || readings[r].score <= kSwapCost || !collide(r, i)) return;
      bool bad = false;
      around(r, [&](uint32_t k) { bad |= k != i && state[k] == State::In && collide(r, k); });
      for (const uint32_t k : instead) bad |= collide(r, k) || collide(k, r);
      if (bad) return;
      instead.push_back(r);
      gain += readings[r].score - kSwapCost;
    });
    if (instead.size() < 2 || gain <= readings[i].score - kSwapCost) continue;
    state[i] = State::Out;
    for (const uint32_t r : instead) state[r] = State::In;
  }
  std::vector<uint32_t> chosen;
  for (const uint32_t i : order)
    if (state[i] == State::In) chosen.push_back(i);
  return chosen;
}

}  // namespace newsnlp
