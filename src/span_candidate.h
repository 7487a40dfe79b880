// Room: recognizer. Spans that the name CRF thinks possible: what the second pass chooses from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "crf.h"
#include "name_article.h"

namespace newsnlp {

struct SpanCandidate {
  static constexpr float kLeast = 0.02F;    // marginal of one type from which on a span is a candidate
  static constexpr uint32_t kLongest = 15;  // tokens
  static constexpr float kCertain = 0.95F;  // from here on the first pass decides alone

  IndexRange tokens;
  IndexRange sentence;
  std::array<float, Crf::kMaxTypes> marginal{};  // of each type of the CRF; 0 where below kLeast
  float sum = 0;                                 // of them
  uint8_t best = 0;                              // likeliest type
  bool open = true;  // the second pass judges it; else it is certain itself, or excluded by one that is

  float top() const noexcept { return marginal[best]; }
  bool overlaps(const SpanCandidate& c) const noexcept {
    return tokens.begin < c.tokens.end && c.tokens.begin < tokens.end;
  }
};

/// Appends the candidates of a sequence, whose tokens are those from `first` on, in this sentence.
void append_candidates(std::span<const Crf::Marginal> marginals, uint32_t types, uint32_t first, IndexRange sentence,
                       std::vector<SpanCandidate>& out);

/// Mean doubt of the first pass about the likely names among candidates: how hard the article is.
float doubtful_share(const std::vector<SpanCandidate>& all);

/// Calls `visit` with the number of each other candidate that shares a token with candidate i.
template <class Visit>
void for_each_rival(const std::vector<SpanCandidate>& all, size_t i, Visit visit) {
  const SpanCandidate& c = all[i];
  for (size_t j = i; j-- > 0 && all[j].tokens.begin + SpanCandidate::kLongest > c.tokens.begin;)
    if (all[j].overlaps(c)) visit(j);
  for (size_t j = i + 1; j < all.size() && all[j].tokens.begin < c.tokens.end; ++j) visit(j);
}

}  // namespace newsnlp
