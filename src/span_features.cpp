#include "span_features.h"

#include <algorithm>
#include <bit>

#include "hash.h"

namespace newsnlp {
namespace {

// Template numbers are part of the model format.
enum Template : uint32_t {
  kMarginal = 1,
  kNone,
  kBest,
  kSecond,
  kDomain,
  kRival = 10,
  kRivalBelief,
  kRivalType,
  kRivalWords,
  kRivalShapes,
  kList = 20,
  kLists,
  kListsLength,
  kListsBelief,
  kLength,
  kLastWord,
  kFirstWord,
  kName,
  kLastClass,
  kFirstClass = kLastClass + 2,
  kHits = kFirstClass + 2,
  kShapes,
  kEdgeShapes,
  kLeft = 40,
  kRight,
  kLeftShape,
  kRightShape,
  kAround,
  kLeftClass,
  kRightClass,
  kTitle,
  kRole,
  kAllCapitals,
  kLeftName,
  kRightName,
  kSeen = 60,
  kSeenBelief,
  kVoteWhole = 70,
  kVoteBegins = 80,
  kVoteEnds = 90,
  kVoteFirst = 100,
  kVoteLast = 110,
};

constexpr uint64_t kEdge = 1;

uint64_t feature(uint32_t tmpl, uint64_t value) {
  return mix(mix(0x7370616E, tmpl), value);
}
uint64_t feature(uint32_t tmpl, uint64_t a, uint64_t b) {
  return mix(feature(tmpl, a), b);
}

template <size_t N>
uint32_t place(const float (&bounds)[N], float p) {
  return static_cast<uint32_t>(std::upper_bound(std::begin(bounds), std::end(bounds), p) - std::begin(bounds));
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
  const NameWord* left;  // null at the edge of the sentence
  const NameWord* right;
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
               c.tokens.begin > sentence.begin ? &article_.word(c.tokens.begin - 1) : nullptr,
               c.tokens.end < sentence.end ? &article_.word(c.tokens.end) : nullptr,
               c.best,
               c.best * 16U + coarse(c.top())};
  beliefs(v, out);
  rivals(v, out);
  words(v, out);
  context(v, out);
  neighbours(v, out);
  out.push_back(feature(kSeen, seen));
  out.push_back(feature(kSeenBelief, seen == 0 ? 0 : 1 + (seen - 1) / 4, v.belief));
  elsewhere(v, out);
}

void SpanFeatures::beliefs(const View& v, Out& out) const {
  uint32_t second = 0;
  float most = 0;
  for (uint32_t t = 0; t < types_; ++t) {
    const float p = v.c.marginal[t];
    out.push_back(feature(kMarginal, t, fine(p)));
    if (t != v.c.best && p > most) {
      most = p;
      second = t;
    }
  }
  out.push_back(feature(kNone, fine(std::max(0.0F, 1 - v.c.sum))));
  out.push_back(feature(kBest, v.belief));
  out.push_back(feature(kSecond, second * 16 + coarse(most), v.belief));
  out.push_back(feature(kDomain, static_cast<uint64_t>(domain_), v.best));
}

// The likeliest candidate that cannot stand beside this one.
void SpanFeatures::rivals(const View& v, Out& out) const {
  const SpanCandidate* rival = nullptr;
  for_each_rival(candidates_, v.index, [&](size_t j) {
    if (rival == nullptr || candidates_[j].sum > rival->sum) rival = &candidates_[j];
  });
  if (rival == nullptr) {
    out.push_back(feature(kRival, 0));
    out.push_back(feature(kRivalBelief, 0, v.belief));
    return;
  }
  const IndexRange a = v.c.tokens;
  const IndexRange b = rival->tokens;
  const uint64_t relation = b.begin <= a.begin && b.end >= a.end ? 1 : b.begin >= a.begin && b.end <= a.end ? 2 : 3;
  const uint64_t strength = relation * 16 + coarse(rival->sum);
  out.push_back(feature(kRival, strength));
  out.push_back(feature(kRivalBelief, strength, v.belief));
  out.push_back(feature(kRivalType, relation * 16 + rival->best, v.best));
  const auto between = [&](uint32_t from, uint32_t to, uint64_t side) {  // what one has and the other has not
    constexpr uint32_t kMost = 4;
    for (uint32_t i = from; i < std::min(to, from + kMost); ++i) {
      const NameWord& w = article_.word(i);
      out.push_back(feature(kRivalWords, w.lower, relation * 2 + side));
      out.push_back(feature(kRivalShapes, w.collapsed, relation * 2 + side));
    }
  };
  between(std::min(a.begin, b.begin), std::max(a.begin, b.begin), 0);
  between(std::min(a.end, b.end), std::max(a.end, b.end), 1);
}

void SpanFeatures::words(const View& v, Out& out) const {
  const NameWord& first = article_.word(v.c.tokens.begin);
  const NameWord& last = article_.word(v.c.tokens.end - 1);
  uint64_t name = 0;
  uint64_t shapes = 0;
  for (uint32_t i = v.c.tokens.begin; i < v.c.tokens.end; ++i) {
    name = Gazetteer::extend(name, article_.word(i).key);
    shapes = mix(shapes, article_.word(i).collapsed);
  }
  const uint32_t lists =
      v.c.tokens.size() <= Gazetteer::kMaxWords ? resources_.gazetteer().find(name) & ~Gazetteer::kLonger : 0;
  for (uint32_t rest = lists; rest != 0; rest &= rest - 1)
    out.push_back(feature(kList, static_cast<uint64_t>(std::countr_zero(rest)), v.length > 1));
  out.push_back(feature(kLists, lists));
  out.push_back(feature(kListsLength, lists, v.length));
  out.push_back(feature(kListsBelief, (lists != 0 ? 8U : 0U) | v.length, v.belief));
  out.push_back(feature(kLength, v.length, v.best));
  out.push_back(feature(kLastWord, last.lower));
  out.push_back(feature(kFirstWord, first.lower));
  if (v.length > 1) out.push_back(feature(kName, name));
  for (uint32_t k = 0; k < 2; ++k) {
    out.push_back(feature(kLastClass + k, last.classes[k]));
    out.push_back(feature(kFirstClass + k, first.classes[k]));
  }
  out.push_back(feature(kHits, article_.hit_hash(v.c.tokens.begin), article_.hit_hash(v.c.tokens.end - 1)));
  out.push_back(feature(kShapes, shapes));
  out.push_back(feature(kEdgeShapes, first.collapsed, last.collapsed));
}

void SpanFeatures::context(const View& v, Out& out) const {
  const auto lower = [](const NameWord* w) { return w != nullptr ? w->lower : kEdge; };
  out.push_back(feature(kLeft, lower(v.left)));
  out.push_back(feature(kRight, lower(v.right)));
  out.push_back(feature(kLeftShape, v.left != nullptr ? v.left->collapsed : kEdge));
  out.push_back(feature(kRightShape, v.right != nullptr ? v.right->collapsed : kEdge));
  out.push_back(feature(kAround, lower(v.left), lower(v.right)));
  if (v.left != nullptr) {
    out.push_back(feature(kLeftClass, v.left->classes[0]));
    if (v.left->is(NameWord::kTitle)) out.push_back(feature(kTitle, v.best));
    if (v.left->is(NameWord::kRole)) out.push_back(feature(kRole, v.best));
  }
  if (v.right != nullptr) out.push_back(feature(kRightClass, v.right->classes[0]));
  out.push_back(feature(kAllCapitals, article_.all_capitals(v.c.tokens.begin), v.belief));
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
  out.push_back(feature(tmpl + 2, fine(sum.none / sum.count)));
  const uint32_t most = likeliest(sum.types);
  const uint32_t share = coarse(sum.types[most] / sum.count);
  out.push_back(feature(tmpl + 3, most, share));
  out.push_back(feature(tmpl + 4, most * 8 + share / 2, v.belief));
  out.push_back(feature(tmpl + 5, most * 8 + share / 3, std::min(static_cast<uint32_t>(sum.count), 4U)));
  out.push_back(feature(tmpl + 6, most, v.best));
}

void SpanFeatures::elsewhere(const View& v, Out& out) const {
  const IndexRange t = v.c.tokens;
  vote(kVoteWhole, v, votes_.sum(t, SpanVotes::Place::Whole, v.index), out);
  const auto part = [&](uint32_t tmpl, IndexRange tokens, SpanVotes::Place place) {
    const SpanVotes::Sum sum = votes_.sum(tokens, place, v.index);
    if (sum.count > 0) vote(tmpl, v, sum, out);
  };
  part(kVoteBegins, t, SpanVotes::Place::Begins);
  part(kVoteEnds, t, SpanVotes::Place::Ends);
  if (t.size() < 2) return;
  part(kVoteFirst, {t.begin, t.begin + 1}, SpanVotes::Place::Whole);
  part(kVoteLast, {t.end - 1, t.end}, SpanVotes::Place::Whole);
}

}  // namespace newsnlp
