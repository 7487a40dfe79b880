#include "name_features.h"

#include <algorithm>
#include <array>

#include "hash.h"

namespace newsnlp {
namespace {

// Template numbers are part of the model format.
enum Template : uint32_t {
  kBias = 1,
  kForm = 10,
  kShape = 20,
  kLower = 30,
  kLeftPair = 40,
  kRightPair,
  kLeftShapes,
  kRightShapes,
  kThreeShapes,
  kTwoLeft,
  kTwoRight,
  kAround,
  kPrefix = 50,
  kSuffix = 54,
  kCollapsed = 60,
  kAllCapitals,
  kAllCapitalsShape,
  kFirstShape,
  kLeftWordShape,
  kRightWordShape,
  kNeighbourSuffix = 66,
  kDomainBias = 70,
  kDomainShape,
  kDomainWord,
  kDomainHit,
  kClass = 100,
  kPath = 120,
  kClassShape = 134,
  kHit = 200,
  kRoleNear = 210,
  kTitleNear = 220,
  kTopicShape = 275,
  kTopicHit,
  kTopicClass,
  kTopicWord,
  kCounts = 300,
  kCountsPlace,
  kOccurrences,
  kElsewhereLeft,
  kElsewhereRight,
  kElsewhereLeftClass,
  kElsewhereRightClass,
  kElsewhereRole,
  kElsewhereLeftShape,
  kElsewhereRightShape,
  kLongerPlace = 320,
  kLongerLast,
  kLongerFirst,
  kLongerLeft,
  kLongerRight,
  kLongerFirstHit,
  kLongerHit,
  kLongerLastHit,
  kLongerRole,
  kLongerHere,
  kLongerLastClass,
  kLongerFirstClass,
  kSpelledOut = 340,
  kSpelledOutLast,
  kSpelledOutClass,
  kCompound = 600,
  kCompoundClass = 601,
  kCompoundShape = 605,
  kCompoundLast,
  kCompoundFirst,
  kCompoundSuffix,
  kCompoundRight,
  kCompoundLeft,
  kCompoundRightClass,
  kCompoundLeftClass,
  kCompoundRightShape,
  kFoldedHitShape = 630,
  kFoldedLeftHit,
  kFoldedRightHit,
  kFoldedLeftWordHit,
  kFoldedRightWordHit,
  kCapitals = 640,
};

uint64_t feature(uint32_t tmpl, uint64_t value) {
  return mix(mix(0x6E657773, tmpl), value);
}
uint64_t feature(uint32_t tmpl, uint64_t a, uint64_t b) {
  return mix(feature(tmpl, a), b);
}
uint32_t at(uint32_t tmpl, int offset) {
  return tmpl + static_cast<uint32_t>(offset + NameFeatures::kReach);
}

}  // namespace

void NameFeatures::word(const NameWord& w, int offset, NameDomain domain, Out& out) {
  out.push_back(feature(at(kForm, offset), w.form));
  out.push_back(feature(at(kShape, offset), w.shape));
  if (offset >= -1 && offset <= 1) out.push_back(feature(at(kLower, offset), w.lower));
  for (uint32_t k = 0; k < 3; ++k) out.push_back(feature(at(kClass + 5 * k, offset), w.classes[k]));
  if (offset != 0 && offset != 2) {
    if (w.is(NameWord::kRole)) out.push_back(feature(at(kRoleNear, offset), 1));
    if (w.is(NameWord::kTitle)) out.push_back(feature(at(kTitleNear, offset), 1));
  }
  if ((offset == -1 || offset == 1) && w.suffix[2] != 0)
    out.push_back(feature(at(kNeighbourSuffix, offset), w.suffix[2]));
  if (offset != 0) return;
  out.push_back(feature(kBias, 0));
  for (uint32_t k = 0; k < 4; ++k) {
    if (w.prefix[k] != 0) out.push_back(feature(kPrefix + k, w.prefix[k]));
    if (w.suffix[k] != 0) out.push_back(feature(kSuffix + k, w.suffix[k]));
    if (w.path[k] != 0) out.push_back(feature(kPath + k, w.path[k]));
  }
  out.push_back(feature(kCollapsed, w.collapsed));
  if (w.classes[0] != 0) out.push_back(feature(kClassShape, w.classes[0], w.collapsed));
  out.push_back(feature(kCapitals, w.capitals, w.collapsed));
  const auto d = static_cast<uint64_t>(domain);
  out.push_back(feature(kDomainBias, d));
  out.push_back(feature(kDomainShape, d, w.collapsed));
  out.push_back(feature(kDomainWord, d, w.lower));
}

void NameFeatures::edge(int offset, Out& out) {
  out.push_back(feature(at(kForm, offset), kEdge));
  out.push_back(feature(at(kShape, offset), kEdge));
  if (offset >= -1 && offset <= 1) out.push_back(feature(at(kLower, offset), kEdge));
}

void NameFeatures::hit(const GazetteerHit& hit, int offset, NameDomain domain, Out& out) {
  const std::array<uint32_t, 4> parts = {hit.begin, hit.inside, hit.last, hit.unit};
  for (uint32_t p = 0; p < 4; ++p)
    for (uint32_t l = 0; l < Gazetteer::kMaxLists; ++l)
      if ((parts[p] >> l & 1) != 0) out.push_back(feature(at(kHit, offset), l * 4 + p));
  if (offset == 0) out.push_back(feature(kDomainHit, static_cast<uint64_t>(domain), hit.hash()));
}

void NameFeatures::beside(Side side, uint64_t lower, uint64_t shape, Out& out) {
  out.push_back(feature(side == Side::Left ? kLeftWordShape : kRightWordShape, lower, shape));
}

void NameFeatures::topic_word(uint64_t topic, const NameCore& w, Out& out) {
  if (topic == 0) return;
  out.push_back(feature(kTopicClass, topic, w.class_256));
  out.push_back(feature(kTopicWord, topic, w.lower));
}

void NameFeatures::topic_hit(uint64_t topic, uint64_t hits, Out& out) {
  if (topic != 0) out.push_back(feature(kTopicHit, topic, hits));
}

void NameFeatures::occurrences(uint32_t count, Out& out) {
  out.push_back(feature(kOccurrences, std::min(count, kMostCounted)));
}

void NameFeatures::elsewhere_word(Side side, uint64_t lower, Out& out) {
  out.push_back(feature(side == Side::Left ? kElsewhereLeft : kElsewhereRight, lower));
}

void NameFeatures::elsewhere_class(Side side, uint16_t class_256, Out& out) {
  out.push_back(feature(side == Side::Left ? kElsewhereLeftClass : kElsewhereRightClass, class_256));
}

void NameFeatures::elsewhere_shape(Side side, uint64_t collapsed, Out& out) {
  out.push_back(feature(side == Side::Left ? kElsewhereLeftShape : kElsewhereRightShape, collapsed));
}

void NameFeatures::elsewhere_role(Out& out) {
  out.push_back(feature(kElsewhereRole, 1));
}

void NameFeatures::slot(const NameArticle& article, uint32_t id, Out& out) {
  struct Visit {
    const NameArticle& article;
    Out& out;
    void word(Side side, uint32_t token) {
      elsewhere_word(side, token == NameArticle::kNone ? kEdge : article.core(token).lower, out);
    }
    void word_class(Side side, uint32_t token) { elsewhere_class(side, article.core(token).class_256, out); }
    void shape(Side side, uint32_t token) { elsewhere_shape(side, article.word(token).collapsed, out); }
  } visit{article, out};
  const uint32_t count = article.slots()[id].count;
  if (count < 2) return;
  occurrences(count, out);
  if (each_elsewhere(article, id, visit)) elsewhere_role(out);
}

NameFeatures::Shapes NameFeatures::shapes_at(const NameArticle& article, uint32_t i, IndexRange sentence) noexcept {
  const auto shape = [&](uint32_t token) { return article.words().shape(article.core(token).shape_id); };
  return {i > sentence.begin ? shape(i - 1) : kEdge, shape(i), i + 1 < sentence.end ? shape(i + 1) : kEdge,
          i == sentence.begin, article.all_capitals(i)};
}

void NameFeatures::shapes(const Shapes& s, Out& out) {
  out.push_back(feature(kLeftShapes, s.left, s.own));
  out.push_back(feature(kRightShapes, s.own, s.right));
  out.push_back(feature(kThreeShapes, mix(s.left, s.own), s.right));
  if (s.all_capitals) {
    out.push_back(feature(kAllCapitals, 1));
    out.push_back(feature(kAllCapitalsShape, s.own));
  }
  if (s.first) out.push_back(feature(kFirstShape, s.own));
}

NameFeatures::Counts NameFeatures::counts_at(const NameArticle& article, uint32_t i, uint32_t slot,
                                             bool first) noexcept {
  Counts c;
  c.topic = article.topic();
  c.shape_id = article.core(i).shape_id;
  c.shape = article.words().shape(c.shape_id);
  if (slot == NameArticle::kNone) return c;
  const NameArticle::Slot& s = article.slots()[slot];
  c.counts = static_cast<uint8_t>(std::min(s.lower_case, 3U) * 4 + std::min(s.capital, 3U));
  c.place = static_cast<uint8_t>((first ? 1 : 0) | (article.all_capitals(i) ? 2 : 0));
  return c;
}

void NameFeatures::counts(const Counts& c, Out& out) {
  if (c.topic != 0) out.push_back(feature(kTopicShape, c.topic, c.shape));
  if (c.counts == Counts::kNone) return;
  out.push_back(feature(kCounts, c.counts, c.shape));
  const uint64_t seen = (c.counts / 4 > 0 ? 1U : 0U) | (c.counts % 4 > 0 ? 2U : 0U);
  out.push_back(feature(kCountsPlace, seen | uint64_t{c.place} << 2));
}

NameFeatures::Around NameFeatures::around_at_edge(const NameArticle& article, uint32_t token,
                                                  IndexRange sentence) noexcept {
  Around around;
  for (uint32_t k = 0; k < around.size(); ++k) {
    const uint32_t at = token + k - kReach;
    const bool inside = at - sentence.begin < sentence.size();
    const uint32_t number = article.type(inside ? at : token) + 1;
    around[k] = inside ? number : 0;
  }
  return around;
}

void NameFeatures::neighbours(const NameWords& words, const Around& around, uint64_t* out) noexcept {
  const auto lower = [&](size_t k) { return words.near(around[k]).lower; };
  out[0] = feature(kLeftPair, lower(1), lower(2));
  out[1] = feature(kRightPair, lower(2), lower(3));
  out[2] = feature(kTwoLeft, lower(0), lower(1));
  out[3] = feature(kTwoRight, lower(3), lower(4));
  out[4] = feature(kAround, lower(1), lower(3));
}

void NameFeatures::context(const NameArticle& article, uint32_t i, IndexRange sentence, Out& out) {
  const uint64_t hits = article.hit_hash(i);
  if (article.casing() == Casing::Folded && hits != 0) {  // lists have to stand in for capitals
    const bool has_left = i > sentence.begin;
    const bool has_right = i + 1 < sentence.end;
    out.push_back(feature(kFoldedHitShape, hits, article.words().shape(article.core(i).shape_id)));
    out.push_back(feature(kFoldedLeftHit, hits, has_left ? article.hit_hash(i - 1) : kEdge));
    out.push_back(feature(kFoldedRightHit, hits, has_right ? article.hit_hash(i + 1) : kEdge));
    out.push_back(feature(kFoldedLeftWordHit, hits, has_left ? article.core(i - 1).lower : kEdge));
    out.push_back(feature(kFoldedRightWordHit, hits, has_right ? article.core(i + 1).lower : kEdge));
  }
  if (article.compound(i) != nullptr) compound(article, i, sentence, out);
}

uint32_t NameFeatures::longer_sequence(const NameArticle& article, uint32_t i) noexcept {
  const NameArticle::Slot& slot = article.slots()[article.slot_of(i)];
  for (uint32_t id : {slot.longest, slot.second})
    if (id == NameArticle::kNone || i < article.sequence(id).begin || i >= article.sequence(id).end) return id;
  return NameArticle::kNone;
}

NameFeatures::Standing NameFeatures::stand(const NameArticle& article, uint32_t i, uint32_t sequence) noexcept {
  const NameArticle::Sequence& s = article.sequence(sequence);
  const uint32_t id = article.digest(i).lower_id;
  uint32_t here = s.begin;
  while (here + 1 < s.end && article.digest(here).lower_id != id) ++here;
  return {here, here == s.begin ? 0U : here + 1 == s.end ? 2U : 1U, std::min(s.end - s.begin, 4U)};
}

bool NameFeatures::has_role(const NameArticle& article, const NameArticle::Sequence& s) noexcept {
  if (s.begin == 0 || article.sentence(s.begin - 1) != article.sentence(s.begin)) return false;
  const NameDigest& left = article.digest(s.begin - 1);
  return left.is(NameWord::kRole) || left.is(NameWord::kTitle);
}

void NameFeatures::longer_place(const Standing& s, bool role, Out& out) {
  out.push_back(feature(kLongerPlace, s.place, s.length));
  if (role) out.push_back(feature(kLongerRole, s.place));
}

void NameFeatures::longer_words(const NameArticle& article, const NameArticle::Sequence& s, uint32_t place, Out& out) {
  out.push_back(feature(kLongerLast, article.core(s.end - 1).lower, place));
  out.push_back(feature(kLongerFirst, article.core(s.begin).lower, place));
  const bool has_left = s.begin > 0 && article.sentence(s.begin - 1) == article.sentence(s.begin);
  out.push_back(feature(kLongerLeft, has_left ? article.core(s.begin - 1).lower : kEdge));
  out.push_back(feature(kLongerRight, article.has_next(s.end - 1) ? article.core(s.end).lower : kEdge));
}

void NameFeatures::longer_hit(Part part, uint32_t place, uint64_t hits, Out& out) {
  static constexpr uint32_t kOf[] = {kLongerFirstHit, kLongerHit, kLongerLastHit};
  out.push_back(feature(kOf[static_cast<size_t>(part)], place, hits));
}

void NameFeatures::longer_class(Part part, uint32_t place, uint16_t class_256, Out& out) {
  out.push_back(feature(part == Part::First ? kLongerFirstClass : kLongerLastClass, place, class_256));
}

void NameFeatures::longer(const NameArticle& article, uint32_t i, uint32_t sequence, Out& out) {
  if (sequence == NameArticle::kNone) return;
  const NameArticle::Sequence& s = article.sequence(sequence);
  const Standing at = stand(article, i, sequence);
  longer_place(at, has_role(article, s), out);
  longer_words(article, s, at.place, out);
  longer_hit(Part::First, at.place, article.hit_hash(s.begin), out);
  longer_hit(Part::Here, at.place, article.hit_hash(at.token), out);
  longer_hit(Part::Last, at.place, article.hit_hash(s.end - 1), out);
  longer_class(Part::First, at.place, article.core(s.begin).class_256, out);
  longer_class(Part::Last, at.place, article.core(s.end - 1).class_256, out);
}

uint32_t NameFeatures::capitals_beside(const NameArticle& article, uint32_t i, IndexRange sentence) noexcept {
  const bool left = i > sentence.begin && article.digest(i - 1).is(NameWord::kCapital);
  const bool right = i + 1 < sentence.end && article.digest(i + 1).is(NameWord::kCapital);
  return (left ? 1U : 0U) | (right ? 2U : 0U);
}

void NameFeatures::longer_here(const Standing& s, uint32_t capitals_beside, Out& out) {
  out.push_back(feature(kLongerHere, s.place * 8 + s.length, capitals_beside));
}

void NameFeatures::spelled_out(const NameArticle& article, uint32_t i, Out& out) {
  const uint32_t full = article.spelled_out(i);
  if (full == NameArticle::kNone) return;
  const NameCore& last = article.core(article.sequence(full).end - 1);
  out.push_back(feature(kSpelledOut, 1));
  out.push_back(feature(kSpelledOutLast, last.lower));
  out.push_back(feature(kSpelledOutClass, last.class_256));
}

void NameFeatures::compound(const NameArticle& article, uint32_t i, IndexRange sentence, Out& out) {
  const NameArticle::Compound* c = article.compound(i);
  const NameWord& whole = article.compound_word(*c);
  const NameWord& first = article.word(c->begin);
  const NameWord& last = article.word(c->end - 1);
  const NameWord* left = c->begin > sentence.begin ? &article.word(c->begin - 1) : nullptr;
  const NameWord* right = c->end < sentence.end ? &article.word(c->end) : nullptr;
  const uint64_t part = article.digest(i).is(NameWord::kHyphen) ? 4 : i == c->begin ? 0 : i + 1 == c->end ? 1 : 2;
  out.push_back(feature(kCompound, part, whole.lower));
  for (uint32_t k = 0; k < 3; ++k) out.push_back(feature(kCompoundClass + k, part, whole.classes[k]));
  out.push_back(feature(kCompoundShape, part, whole.collapsed));
  out.push_back(feature(kCompoundLast, part, last.lower));
  out.push_back(feature(kCompoundFirst, part, first.lower));
  out.push_back(feature(kCompoundSuffix, part, last.suffix[2]));
  out.push_back(feature(kCompoundRight, part, right != nullptr ? right->lower : kEdge));
  out.push_back(feature(kCompoundLeft, part, left != nullptr ? left->lower : kEdge));
  out.push_back(feature(kCompoundRightClass, part, right != nullptr ? right->classes[0] : 0));
  out.push_back(feature(kCompoundLeftClass, part, left != nullptr ? left->classes[0] : 0));
  out.push_back(
      feature(kCompoundRightShape, mix(part, right != nullptr ? right->collapsed : kEdge), article.word(i).collapsed));
}

}  // namespace newsnlp
