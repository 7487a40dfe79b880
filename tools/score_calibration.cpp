#include "score_calibration.h"

#include <algorithm>
#include <cmath>

namespace newsnlp {
namespace {

constexpr size_t kLeastBlock = 150;  // items, so that no block is chance

struct Block {
  double result = 0;  // sums
  double right = 0;
  double count = 0;

  double share() const { return right / count; }
  double at() const { return result / count; }
};

std::vector<Block> isotonic_blocks(const std::vector<std::pair<float, bool>>& sorted) {
  std::vector<Block> blocks;
  for (size_t i = 0; i < sorted.size();) {
    Block b;
    for (; i < sorted.size() && (b.count < kLeastBlock || sorted[i].first == sorted[i - 1].first); ++i) {
      b.result += static_cast<double>(sorted[i].first);
      b.right += sorted[i].second;
      ++b.count;
    }
    blocks.push_back(b);
    while (blocks.size() > 1 && blocks[blocks.size() - 2].share() >= blocks.back().share()) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back().result += last.result;
      blocks.back().right += last.right;
      blocks.back().count += last.count;
    }
  }
  return blocks;
}

}  // namespace

std::vector<uint16_t> isotonic_table(std::vector<std::pair<float, bool>> judged, size_t steps) {
  std::sort(judged.begin(), judged.end());
  const std::vector<Block> blocks = isotonic_blocks(judged);
  std::vector<uint16_t> table(steps);
  size_t b = 0;
  for (size_t k = 0; k < steps; ++k) {
    const double x = static_cast<double>(k) / static_cast<double>(steps - 1);
    double y = x;
    if (!blocks.empty()) {
      while (b < blocks.size() && blocks[b].at() < x) ++b;
      if (b == 0)
        y = blocks.front().at() > 0 ? blocks.front().share() * x / blocks.front().at() : blocks.front().share();
      else if (b == blocks.size())
        y = blocks.back().share();
      else
        y = blocks[b - 1].share() + (blocks[b].share() - blocks[b - 1].share()) * (x - blocks[b - 1].at()) /
                                        (blocks[b].at() - blocks[b - 1].at());
    }
    table[k] = static_cast<uint16_t>(std::lround(std::clamp(y, 0.0, 1.0) * 65535));
    if (k > 0) table[k] = std::max(table[k], table[k - 1]);
  }
  return table;
}

float best_threshold(std::vector<std::pair<float, bool>> judged, size_t gold, double slack, Kept kept) {
  std::sort(judged.begin(), judged.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  auto right = static_cast<double>(kept.right);
  double best = 0;
  std::vector<std::pair<float, double>> steps;  // results, falling, and the F1 from there on
  for (size_t i = 0; i < judged.size(); ++i) {
    right += judged[i].second;
    if (i + 1 < judged.size() && judged[i + 1].first == judged[i].first) continue;
    steps.emplace_back(judged[i].first, 2 * right / static_cast<double>(i + 1 + kept.all + gold));
    best = std::max(best, steps.back().second);
  }
  const auto last = std::find_if(steps.rbegin(), steps.rend(), [&](const auto& s) { return s.second >= best - slack; });
  return last == steps.rend() ? 0 : last->first;
}

}  // namespace newsnlp
