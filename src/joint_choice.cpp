#include "joint_choice.h"

#include <algorithm>
#include <numeric>

#include "transcript_turns.h"

namespace newsnlp {
namespace {

constexpr float kSwapCost = 0.2F;    // a reading must beat this to be worth its place
constexpr uint32_t kReach = 64;      // readings on each side that may clash
constexpr float kWholeFirst = 0.3F;  // "According to the indictment, X said …": the whole goes before what X said
constexpr float kTurnFirst = 1;      // a turn of a transcript goes before what others said, which is nested in it
constexpr float kReport = 0.4F;      // a report at least as likely is not hidden by "according to" whom it was heard

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

// "According to the indictment, X said …": it holds what others said.
bool holds_reports(const ArticleView& v, const CueReading& according) {
  const Analysis& y = according.analysis();
  return y.content.right() && !y.content.left() && according.cue <= v.at(according.cue).sentence_begin + 1 &&
         y.source >= 0 && v.at(y.source).noun() && !v.at(according.cue).inside();
}

// "X said …, according to Y": the statement is X's, and the record fields find Y's part in it.
bool yields(const ArticleView& v, const CueReading& according, const CueReading& report) {
  if (report.score < kReport || holds_reports(v, according)) return false;
  const ViewToken& t = v.at(report.cue);
  return t.verb && t.is(CueWord::kSpeech) && report.analysis().source >= 0 &&
         t.sentence == v.at(according.cue).sentence && clash(v, according, report);
}

}  // namespace

// Readings that lie apart do not clash: the others near each one, listed without a branch.
void JointChoice::find_near(const std::vector<CueReading>& readings, float least) {
  live_.clear();
  extents_.clear();
  for (uint32_t i = 0; i < readings.size(); ++i) {
    const CueReading& r = readings[i];
    if (r.score < least) continue;
    Extent e{r.cue, r.cue};
    r.analysis().content.each([&](int a, int b) { e = {std::min(e.begin, a), std::max(e.end, b)}; });
    live_.push_back(i);
    extents_.push_back(e);
  }
  const size_t count = live_.size();
  // How far what stands before, and what stands behind, reaches: beyond that nothing overlaps.
  ends_.resize(count);
  begins_.resize(count);
  for (size_t k = 0; k < count; ++k) ends_[k] = k > 0 ? std::max(ends_[k - 1], extents_[k].end) : extents_[k].end;
  for (size_t k = count; k-- > 0;)
    begins_[k] = k + 1 < count ? std::min(begins_[k + 1], extents_[k].begin) : extents_[k].begin;
  near_end_.clear();
  size_t listed = 0;
  for (size_t k = 0; k < count; ++k) {
    size_t begin = k;
    size_t end = k + 1;
    while (begin > 0 && live_[begin - 1] + kReach >= live_[k] && ends_[begin - 1] >= extents_[k].begin) --begin;
    while (end < count && live_[end] <= live_[k] + kReach && begins_[end] <= extents_[k].end) ++end;
    near_.resize(std::max(near_.size(), listed + end - begin));
    for (size_t n = begin; n < end; ++n) {
      near_[listed] = static_cast<uint32_t>(n);
      listed += n != k && extents_[k].begin <= extents_[n].end && extents_[n].begin <= extents_[k].end ? 1 : 0;
    }
    near_end_.push_back(listed);
  }
}

std::span<const uint32_t> JointChoice::choose(const ArticleView& v, const std::vector<CueReading>& readings,
                                              float least) {
  find_near(readings, least);
  const auto n = static_cast<uint32_t>(live_.size());
  const auto reading = [&](uint32_t k) -> const CueReading& { return readings[live_[k]]; };
  const auto collide = [&](uint32_t a, uint32_t b) { return clash(v, reading(a), reading(b)); };
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0U);
  ranks_.clear();
  for (uint32_t k = 0; k < n; ++k) {
    const CueReading& r = reading(k);
    float rank = r.score;
    if (v.at(r.cue).junction == kAccordingJunction && holds_reports(v, r)) rank += kWholeFirst;
    if (is_turn(v, r)) rank += kTurnFirst;
    ranks_.push_back(rank);
  }
  std::sort(order_.begin(), order_.end(),
            [&](uint32_t a, uint32_t b) { return ranks_[a] != ranks_[b] ? ranks_[a] > ranks_[b] : a < b; });
  states_.assign(n, State::Below);
  for (const uint32_t k : order_) {
    bool blocked = false;
    if (v.at(reading(k).cue).junction == kAccordingJunction && !reading(k).certain)
      around(k, [&](uint32_t other) { blocked |= yields(v, reading(k), reading(other)); });
    if (blocked) continue;  // stays Below: no reading is given up for it either
    around(k, [&](uint32_t other) { blocked |= states_[other] == State::In && collide(k, other); });
    states_[k] = blocked ? State::Out : State::In;
  }
  // One reading against several that exclude it and not each other.
  for (const uint32_t k : order_) {
    if (states_[k] != State::In || is_turn(v, reading(k))) continue;
    instead_.clear();
    float gain = 0;
    around(k, [&](uint32_t r) {
      if (states_[r] != State::Out || reading(r).score <= kSwapCost || !collide(r, k)) return;
      bool bad = false;
      around(r, [&](uint32_t other) { bad |= other != k && states_[other] == State::In && collide(r, other); });
      for (const uint32_t other : instead_) bad |= collide(r, other) || collide(other, r);
      if (bad) return;
      instead_.push_back(r);
      gain += reading(r).score - kSwapCost;
    });
    if (instead_.size() < 2 || gain <= reading(k).score - kSwapCost) continue;
    states_[k] = State::Out;
    for (const uint32_t r : instead_) states_[r] = State::In;
  }
  chosen_.clear();
  for (uint32_t k = 0; k < n; ++k)
    if (states_[k] == State::In) chosen_.push_back(live_[k]);
  return chosen_;
}

}  // namespace newsnlp
