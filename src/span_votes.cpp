#include "span_votes.h"

#include <algorithm>

#include "asked_keys.h"
#include "hash.h"

namespace newsnlp {

uint64_t SpanVotes::key(const NameArticle& article, IndexRange tokens) {
  uint64_t key = 0;
  for (uint32_t i = tokens.begin; i < tokens.end; ++i) key = mix(key, article.core(i).key);
  return key;
}

uint64_t SpanVotes::placed(uint64_t key, Place place) {
  return key + static_cast<uint64_t>(place) * 0x9E3779B97F4A7C15ULL;
}

void SpanVotes::count(Sum& sum, Place place, const SpanCandidate& c, float sign) const {
  constexpr uint32_t kTogether = 4;  // behind the types are zeros
  static_assert(Crf::kMaxTypes % kTogether == 0);
  for (uint32_t t = 0; t < types_; t += kTogether)
    for (uint32_t k = t; k < t + kTogether; ++k) sum.types[k] += sign * c.marginal[k];
  if (place == Place::Whole) {
    sum.count += sign;
    sum.none += sign * std::max(0.0F, 1 - c.sum);
  } else {
    sum.count += sign * c.sum;
  }
}

// Where the slot of a key is noted, or may be.
size_t SpanVotes::place(uint64_t key) const {
  const size_t last = places_.size() - 1;
  size_t i = key & last;
  while (places_[i] != 0 && slots_[places_[i] - 1].key != key) i = (i + 1) & last;
  return i;
}

SpanVotes::Slot& SpanVotes::slot(uint64_t key) {
  size_t i = place(key);
  if (places_[i] == 0) {
    if ((slots_.size() + 1) * 2 > places_.size()) {
      places_.assign(places_.size() * 2, 0);
      for (uint32_t s = 0; s < slots_.size(); ++s) places_[place(slots_[s].key)] = s + 1;
      i = place(key);
    }
    slots_.push_back({key, {}});
    places_[i] = static_cast<uint32_t>(slots_.size());
  }
  return slots_[places_[i] - 1];
}

const SpanVotes::Slot* SpanVotes::find(uint64_t key) const {
  const uint32_t s = places_[place(key)];
  return s == 0 ? nullptr : &slots_[s - 1];
}

void SpanVotes::read_keys(const NameArticle& article, const std::vector<SpanCandidate>& candidates,
                          std::vector<uint64_t>& keys) {
  const AskedWords asked(article, candidates);
  keys.clear();
  for (const SpanCandidate& c : candidates)
    keys.push_back(c.open || (asked.may_begin(c) && asked.may_end(c)) ? key(article, c.tokens) : kNotAsked);
}

void SpanVotes::read(const NameArticle& article, const std::vector<SpanCandidate>& candidates,
                     std::span<const uint64_t> keys, uint32_t types) {
  types_ = types;
  article_ = &article;
  candidates_ = &candidates;
  slots_.clear();
  places_.assign(kPlaces, 0);
  const AskedKeys asked(candidates, keys);
  const AskedWords words(article, candidates);
  const auto vote = [&](uint64_t key, Place place, const SpanCandidate& c) {
    if (asked.may_have(key)) count(slot(placed(key, place)).sum, place, c, 1);
  };
  for (size_t k = 0; k < candidates.size(); ++k) {
    const SpanCandidate& c = candidates[k];
    const auto [begin, end] = c.tokens;
    if (keys[k] != kNotAsked) vote(keys[k], Place::Whole, c);
    if (end - begin < 2 || c.sum < kLeastPart || end - begin > kLongestPart) continue;
    if (words.may_begin(c)) {
      uint64_t beginning = 0;
      for (uint32_t i = begin; i + 1 < end; ++i) {
        beginning = mix(beginning, article.core(i).key);
        vote(beginning, Place::Begins, c);
      }
    }
    if (words.may_end(c))
      for (uint32_t i = begin + 1; i < end; ++i) vote(key(article, {i, end}), Place::Ends, c);
  }
}

SpanVotes::Sum SpanVotes::sum(uint64_t key, IndexRange tokens, Place place, size_t except) const {
  const Slot* s = find(placed(key, place));
  if (s == nullptr) return {};
  Sum sum = s->sum;
  const auto leave_out = [&](size_t j) {
    const SpanCandidate& c = (*candidates_)[j];
    const bool counted =
        place == Place::Whole
            ? c.tokens == tokens
            : c.tokens.size() > tokens.size() && c.sum >= kLeastPart && c.tokens.size() <= kLongestPart &&
                  (place == Place::Begins ? c.tokens.begin == tokens.begin : c.tokens.end == tokens.end);
    if (counted) count(sum, place, c, -1);
  };
  leave_out(except);
  for_each_rival(*candidates_, except, leave_out);
  if (sum.count < 1e-3F) return {};
  return sum;
}

}  // namespace newsnlp
