#include "span_features.h"

#include <algorithm>

#include "hash.h"

namespace newsnlp {
namespace {

// Template numbers are part of the model format.
enum Template : uint32_t {
  kMarginal = 1,
  kNone = 2,
  kBest = 3,
  kRivalType = 12,
  kRivalWords = 13,
  kLists = 21,
  kListsLength = 22,
  kListsBelief = 23,
  kName = 27,
  kLeft = 40,
  kRight = 41,
  kTitle = 47,
  kRole = 48,
  kLeftName = 50,
  kRightName = 51,
  kSeenBelief = 61,
  kVoteWhole = 70,
  kVoteBegins = 80,
  kVoteEnds = 90,
};

constexpr uint64_t kEdge = 1;

uint64_t feature(uint32_t tmpl, uint64_t value) {
  return mix(mix(0x7370616E, tmpl), value);
}
uint64_t feature(uint32_t tmpl, uint64_t a, uint64_t b) {
  return mix(feature(tmpl, a), b);
}

// How many bounds it reaches; all are compared, without branches.
template <size_t N>
uint32_t place(const float (&bounds)[N], float p) {
  uint32_t reached = 0;
  for (const float b : bounds) reached += p >= b ? 1 : 0;
  return reached;
}
// Fine steps of a probability, and coarse ones for conjunctions.
uint32_t fine(float p) {
  if (p == 0) return 0;
  static constexpr float kBounds[] = {0.002F, 0.005F, 0.01F, 0.02F, 0.03F, 0.05F, 0.075F, 0.1F, 0.15F, 0.2F,
                                      0.25F,  0.3F,   0.35F, 0.4F,  0.45F, 0.5F,  0.55F,  0.6F, 0.65F, 0.7F,
                                      0.75F,  0.8F,   0.85F, 0.9F,  0.93F, 0.96F, 0.98F,  0.99F};
  return place(kBounds, p);
}
uint32_t coarse(float p) {
  static constexpr float kBounds[] = {0.02F, 0.05F, 0.1F, 0.2F, 0.35F, 0.5F, 0.65F, 0.8F, 0.9F, 0.96F, 0.99F};
  return place(kBounds, p);
}

uint32_t likeliest(const std::array<float, Crf::kMaxTypes>& p) {
  return static_cast<uint32_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

}  // namespace

struct SpanFeatures::View {
  uint32_t index;
  const SpanCandidate& c;
  IndexRange sentence;
  uint32_t length;
  uint64_t name;         // SpanVotes::key() of the words
  const NameCore* left;  // null at the edge of the sentence
  const NameCore* right;
  uint64_t best;    // type
  uint64_t belief;  // type and how likely it is
};

void SpanFeatures::append(uint32_t candidate, uint8_t seen, Out& out) const {
  const SpanCandidate& c = candidates_[candidate];
  const IndexRange sentence = c.sentence;
  const View v{candidate,
               c,
               sentence,
               std::min(c.tokens.size(), 6U),
               SpanVotes::key(article_, c.tokens),
               c.tokens.begin > sentence.begin ? &article_.core(c.tokens.begin - 1) : nullptr,
               c.tokens.end < sentence.end ? &article_.core(c.tokens.end) : nullptr,
               c.best,
               c.best * 16U + coarse(c.top())};
  beliefs(v, out);
  rivals(v, out);
  words(v, out);
  context(v, out);
  neighbours(v, out);
  out.push_back(feature(kSeenBelief, seen == 0 ? 0 : 1 + (seen - 1) / 4, v.belief));
  elsewhere(v, out);
}

void SpanFeatures::beliefs(const View& v, Out& out) const {
  for (uint32_t t = 0; t < types_; ++t) out.push_back(feature(kMarginal, t, fine(v.c.marginal[t])));
  out.push_back(feature(kNone, fine(std::max(0.0F, 1 - v.c.sum))));
  out.push_back(feature(kBest, v.belief));
}

// The likeliest candidate that cannot stand beside this one.
void SpanFeatures::rivals(const View& v, Out& out) const {
  const SpanCandidate* rival = nullptr;
  for_each_rival(candidates_, v.index, [&](size_t j) {
    if (rival == nullptr || candidates_[j].sum > rival->sum) rival = &candidates_[j];
  });
  if (rival == nullptr) return;
  const IndexRange a = v.c.tokens;
  const IndexRange b = rival->tokens;
  const uint64_t relation = b.begin <= a.begin && b.end >= a.end ? 1 : b.begin >= a.begin && b.end <= a.end ? 2 : 3;
  out.push_back(feature(kRivalType, relation * 16 + rival->best, v.best));
  const auto between = [&](uint32_t from, uint32_t to, uint64_t side) {  // what one has and the other has not
    constexpr uint32_t kMost = 4;
    for (uint32_t i = from; i < std::min(to, from + kMost); ++i)
      out.push_back(feature(kRivalWords, article_.core(i).lower, relation * 2 + side));
  };
  between(std::min(a.begin, b.begin), std::max(a.begin, b.begin), 0);
  between(std::min(a.end, b.end), std::max(a.end, b.end), 1);
}

void SpanFeatures::words(const View& v, Out& out) const {
  const uint32_t lists =
      v.c.tokens.size() <= Gazetteer::kMaxWords ? resources_.gazetteer().find(v.name) & ~Gazetteer::kLonger : 0;
  out.push_back(feature(kLists, lists));
  out.push_back(feature(kListsLength, lists, v.length));
  out.push_back(feature(kListsBelief, (lists != 0 ? 8U : 0U) | v.length, v.belief));
  if (v.length > 1) out.push_back(feature(kName, v.name));
}

void SpanFeatures::context(const View& v, Out& out) const {
  out.push_back(feature(kLeft, v.left != nullptr ? v.left->lower : kEdge));
  out.push_back(feature(kRight, v.right != nullptr ? v.right->lower : kEdge));
  if (v.left == nullptr) return;
  const NameDigest& left = article_.digest(v.c.tokens.begin - 1);
  if (left.is(NameWord::kTitle)) out.push_back(feature(kTitle, v.best));
  if (left.is(NameWord::kRole)) out.push_back(feature(kRole, v.best));
}

// The likely names right before and behind, at most one word between.
void SpanFeatures::neighbours(const View& v, Out& out) const {
  constexpr float kLikely = 0.5F;
  constexpr uint32_t kGap = 2;
  const IndexRange t = v.c.tokens;
  for (uint32_t j = v.index; j-- > 0;) {
    const SpanCandidate& c = candidates_[j];
    if (c.tokens.begin + SpanCandidate::kLongest + kGap < t.begin || c.tokens.begin < v.sentence.begin) break;
    if (c.tokens.end > t.begin || c.sum <= kLikely || t.begin - c.tokens.end > kGap) continue;
    const uint32_t gap = t.begin - c.tokens.end;
    out.push_back(feature(kLeftName, mix(c.best, gap == 1 ? v.left->lower : gap), v.best));
    break;
  }
  for (uint32_t j = v.index + 1; j < candidates_.size(); ++j) {
    const SpanCandidate& c = candidates_[j];
    if (c.tokens.begin > t.end + kGap || c.tokens.begin >= v.sentence.end) break;
    if (c.tokens.begin < t.end || c.sum <= kLikely) continue;
    const uint32_t gap = c.tokens.begin - t.end;
    out.push_back(feature(kRightName, mix(c.best, gap == 1 ? v.right->lower : gap), v.best));
    break;
  }
}

void SpanFeatures::vote(uint32_t tmpl, const View& v, const SpanVotes::Sum& sum, Out& out) const {
  if (sum.count <= 0) {
    out.push_back(feature(tmpl, kEdge, v.best));
    return;
  }
  for (uint32_t t = 0; t < types_; ++t) out.push_back(feature(tmpl + 1, t, fine(sum.types[t] / sum.count)));
  const uint32_t most = likeliest(sum.types);
  const uint32_t share = coarse(sum.types[most] / sum.count);
  out.push_back(feature(tmpl + 3, most, share));
  out.push_back(feature(tmpl + 4, most * 8 + share / 2, v.belief));
}

void SpanFeatures::elsewhere(const View& v, Out& out) const {
  const IndexRange t = v.c.tokens;
  vote(kVoteWhole, v, votes_.sum(v.name, t, SpanVotes::Place::Whole, v.index), out);
  for (const auto& [tmpl, place] :
       {std::pair(kVoteBegins, SpanVotes::Place::Begins), std::pair(kVoteEnds, SpanVotes::Place::Ends)}) {
    const SpanVotes::Sum sum = votes_.sum(v.name, t, place, v.index);
    if (sum.count > 0) vote(tmpl, v, sum, out);
  }
}

}  // namespace newsnlp
