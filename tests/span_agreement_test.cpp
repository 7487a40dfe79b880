// Occurrences of one name settle on a type together.
#include "span_agreement.h"

#include <gtest/gtest.h>

#include <vector>

namespace newsnlp {
namespace {

SpanCandidate open_candidate(uint32_t at) {
  SpanCandidate c;
  c.tokens = {at, at + 1};
  c.marginal[0] = c.sum = 0.5F;
  return c;
}

SpanCandidate certain_candidate(uint32_t at, uint8_t type) {
  SpanCandidate c;
  c.tokens = {at, at + 1};
  c.marginal[type] = c.sum = 0.995F;
  c.best = type;
  c.open = false;
  return c;
}

struct Row {
  const char* what;
  std::vector<SpanCandidate> candidates;
  std::vector<uint64_t> keys;
  std::vector<int32_t> before, after;  // two types
};

TEST(SpanAgreement, MovesTypesAndKeepsTheLargestSum) {
  const auto open = open_candidate;
  const Row rows[] = {
      {"alone: nothing moves", {open(0), open(2)}, {1, 2}, {20, 10, 5, 30}, {20, 10, 5, 30}},
      {"a doubtful one goes with a clear one", {open(0), open(2)}, {1, 1}, {20, 14, -30, 50}, {-14, 20, -27, 50}},
      {"a certain one speaks for its type", {open(0), certain_candidate(2, 1)}, {1, 1}, {20, 0, 0, 0}, {-24, 20, 0, 0}},
      {"unlikely names are not asked", {open(0), open(2)}, {1, 1}, {20, 10, -90, -40}, {20, 10, -90, -40}},
  };
  for (const Row& r : rows) {
    std::vector<int32_t> sums = r.before;
    SpanAgreement().settle(r.candidates, r.keys, 2, sums);
    EXPECT_EQ(sums, r.after) << r.what;
  }
}

}  // namespace
}  // namespace newsnlp
