// Room: recognizer. One article seldom means two things by one name: occurrences of the same words lend each other what
// they say of the type.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "span_candidate.h"

namespace newsnlp {

class SpanAgreement {
 public:
  /// Part of the others' mean that an occurrence takes over, in sixteenths.
  static constexpr int32_t kShare = 8;
  /// Sums from which on a candidate is likely enough to be asked; what a certain one says against other types.
  static constexpr int32_t kLikely = -32;
  static constexpr int32_t kCertain = 128;

  /// Changes the sums of open candidates, a number a type each. `keys` holds SpanVotes::key() of each candidate. The
  /// largest sum of a candidate stays as large as it was: only types change places.
  void settle(const std::vector<SpanCandidate>& candidates, std::span<const uint64_t> keys, uint32_t types,
              std::span<int32_t> sums);

 private:
  std::vector<uint32_t> order_;
  std::vector<int32_t> preferences_;  // of each candidate and type: 0 for its best, below for the others
};

}  // namespace newsnlp
