// Room: tools. From what a model says to the share that is right: isotonic regression, as a table of equal steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace newsnlp {

/// `judged`: result 0 … 1 and whether it was right. The table's entry k is the share that is right at k / (steps - 1),
/// in 1/65535; entries never fall. Between the blocks of the regression it runs straight.
std::vector<uint16_t> isotonic_table(std::vector<std::pair<float, bool>> judged, size_t steps);

/// What is kept in any case, beside the items that a threshold is chosen for.
struct Kept {
  size_t right = 0, all = 0;
};

/// The lowest result from which on to keep so that F1 against `gold` labelled items is at most `slack` below the best.
float best_threshold(std::vector<std::pair<float, bool>> judged, size_t gold, double slack = 0, Kept kept = {});

}  // namespace newsnlp
