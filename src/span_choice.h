// Room: recognizer. Which of the candidates of a region are names: the set without overlap whose sum is largest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "span_candidate.h"

namespace newsnlp {

class SpanChoice {
 public:
  /// A candidate that stands, its type, and how surely it does, in the unit of `sums`.
  struct Chosen {
    uint32_t candidate = 0;
    uint32_t type = 0;
  };

  /// `sums` holds a number a type for each candidate; only those of open ones are read, 0 is as good as no name.
  /// Certain candidates stand. Appends what stands, in text order. Linear; ties go to less and lower.
  void choose(const std::vector<SpanCandidate>& candidates, std::span<const int32_t> sums, uint32_t types,
              std::vector<Chosen>& out);

 private:
  static constexpr uint32_t kNotTaken = 0xFFFFFFFF;
  struct Likely {
    uint32_t candidate;
    uint32_t type;
    uint32_t end;
    int32_t sum;
  };
  std::vector<Likely> by_end_;
  std::vector<int64_t> best_;     // of the first k candidates by end
  std::vector<uint32_t> before_;  // those that end before the k-th begins; kNotTaken where the best is without it
  std::vector<uint32_t> chosen_;  // of each candidate: its type
};

}  // namespace newsnlp
