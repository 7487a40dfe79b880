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

/// The result from which on to keep for the best F1 against `gold` labelled items.
float best_threshold(std::vector<std::pair<float, bool>> judged, size_t gold);

}  // namespace newsnlp
