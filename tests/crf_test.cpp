// Viterbi and marginals against all sequences of labels, one by one.
#include "crf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

struct Numbers {
  uint64_t state;
  int32_t next(int32_t range) {  // -range … range
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int32_t>(state >> 33) % (2 * range + 1) - range;
  }
};

struct Case {
  Crf crf;
  std::vector<int32_t> steps;
  std::vector<int16_t> emission;
  uint32_t length;
};

Case make(uint32_t types, uint32_t length, uint64_t seed) {
  Numbers numbers{seed};
  Case c;
  c.length = length;
  const uint32_t n = 1 + 4 * types;
  for (uint32_t i = 0; i < (n + 1) * n; ++i) c.steps.push_back(numbers.next(60));
  for (uint32_t i = 0; i < length * (n - 1); ++i) c.emission.push_back(static_cast<int16_t>(numbers.next(100)));
  std::vector<EntityType> names;
  for (uint32_t t = 0; t < types; ++t) names.push_back(static_cast<EntityType>(t));
  c.crf = Crf(names, c.steps);
  return c;
}

std::vector<Crf::Chunk> chunks_of(const std::vector<uint32_t>& labels) {
  std::vector<Crf::Chunk> out;
  for (uint32_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == 0) continue;
    if (Crf::may_start(labels[i])) out.push_back({i, i, (labels[i] - 1) / 4});
    out.back().end = i + 1;
  }
  return out;
}

// Calls visit(labels, score) for each possible sequence.
template <class Visit>
void each_sequence(const Case& c, std::vector<uint32_t>& labels, int32_t score, Visit visit, uint32_t last = 0) {
  const uint32_t n = c.crf.labels();
  const auto i = static_cast<uint32_t>(labels.size());
  if (i == c.length) {
    if (Crf::may_end(last)) visit(labels, score);
    return;
  }
  for (uint32_t b = 0; b < n; ++b) {
    if (i == 0 ? !Crf::may_start(b) : !Crf::may_follow(last, b)) continue;
    const int32_t s = c.steps[(i == 0 ? n : last) * n + b] + (b == 0 ? 0 : c.emission[i * (n - 1) + b - 1]);
    labels.push_back(b);
    each_sequence(c, labels, score + s, visit, b);
    labels.pop_back();
  }
}

TEST(Crf, AgreesWithAllSequences) {
  for (uint32_t types = 1; types <= 5; ++types)
    for (uint32_t length = 1; length <= (types <= 2 ? 5 : 2); ++length)
      for (uint64_t seed = 1; seed <= 6; ++seed) {
        const Case c = make(types, length, seed + 100 * types);
        int32_t best = INT32_MIN;
        std::vector<std::vector<Crf::Chunk>> best_chunks;  // several where scores tie
        double total = 0;
        std::map<std::tuple<uint32_t, uint32_t, uint32_t>, double> mass;
        std::vector<uint32_t> labels;
        each_sequence(c, labels, 0, [&](const std::vector<uint32_t>& l, int32_t score) {
          if (score > best) {
            best = score;
            best_chunks.clear();
          }
          if (score == best) best_chunks.push_back(chunks_of(l));
          const double weight = std::exp(static_cast<double>(score) / Crf::kScale);
          total += weight;
          for (const Crf::Chunk& k : chunks_of(l)) mass[{k.begin, k.end, k.type}] += weight;
        });
        constexpr float kLeast = 0.005F;
        constexpr uint32_t kLongest = 3;
        Crf::Lattice lattice;
        std::vector<Crf::Chunk> found;
        c.crf.decode(c.emission, c.length, lattice, found);
        EXPECT_NE(std::find(best_chunks.begin(), best_chunks.end(), found), best_chunks.end())
            << types << " types, length " << length << ", seed " << seed;
        std::vector<Crf::Marginal> marginals;
        c.crf.marginals(c.emission, c.length, {}, kLeast, kLongest, lattice, marginals);
        std::map<std::tuple<uint32_t, uint32_t, uint32_t>, double> listed;
        for (const Crf::Marginal& m : marginals)
          for (uint32_t t = 0; t < m.types.size(); ++t)
            if (m.types[t] > 0) listed[{m.begin, m.end, t}] = m.types[t];
        EXPECT_TRUE(std::is_sorted(marginals.begin(), marginals.end(), [](const auto& a, const auto& b) {
          return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
        }));
        for (const auto& [key, p] : listed) EXPECT_NEAR(p, mass[key] / total, 1e-5);
        for (const auto& [key, weight] : mass) {
          const auto [begin, end, type] = key;
          EXPECT_EQ(listed.count(key) == 1, weight / total >= kLeast && end - begin <= kLongest);
        }
      }
}

TEST(Crf, BordersStandForTokensThatAreOutside) {
  constexpr int16_t kNever = -20000;
  for (uint32_t length = 1; length <= 4; ++length)
    for (const CrfBorders borders : {CrfBorders{true, false}, CrfBorders{false, true}, CrfBorders{true, true}}) {
      const Case c = make(2, length, 40 + length);
      const uint32_t row = c.crf.row();
      std::vector<int16_t> longer(c.emission);
      if (borders.outside_before) longer.insert(longer.begin(), row, kNever);
      if (borders.outside_behind) longer.insert(longer.end(), row, kNever);
      const auto marginals = [&](const std::vector<int16_t>& emission, CrfBorders b, uint32_t shift) {
        Crf::Lattice lattice;
        std::vector<Crf::Marginal> found;
        const auto tokens = static_cast<uint32_t>(emission.size() / row);
        c.crf.marginals(emission, tokens, b, 1e-4F, 15, lattice, found);
        for (Crf::Marginal& m : found) {
          m.begin -= shift;
          m.end -= shift;
        }
        return found;
      };
      const auto with = marginals(longer, {}, borders.outside_before ? 1 : 0);
      const auto without = marginals(c.emission, borders, 0);
      ASSERT_EQ(with.size(), without.size());
      EXPECT_FALSE(with.empty());
      for (size_t k = 0; k < with.size(); ++k) {
        EXPECT_EQ(std::pair(with[k].begin, with[k].end), std::pair(without[k].begin, without[k].end));
        for (uint32_t t = 0; t < with[k].types.size(); ++t) EXPECT_NEAR(with[k].types[t], without[k].types[t], 1e-5);
      }
    }
}

TEST(Crf, LongSequencesNeitherOverflowNorUnderflow) {
  const Case c = make(4, 20000, 7);
  Crf::Lattice lattice;
  std::vector<Crf::Chunk> found;
  c.crf.decode(c.emission, c.length, lattice, found);
  ASSERT_GT(found.size(), 1000U);
  std::vector<Crf::Marginal> marginals;
  c.crf.marginals(c.emission, c.length, {}, 1e-9F, 15, lattice, marginals);
  for (const Crf::Chunk& k : found) {
    const auto m = std::find_if(marginals.begin(), marginals.end(),
                                [&](const Crf::Marginal& x) { return x.begin == k.begin && x.end == k.end; });
    ASSERT_TRUE(m != marginals.end() || k.end - k.begin > 15);
    if (m != marginals.end()) {
      EXPECT_GT(m->types[k.type], 0);
      EXPECT_LE(m->types[k.type], 1.0 + 1e-5);
    }
  }
}

TEST(Crf, NothingForNoTokens) {
  const Case c = make(1, 1, 1);
  Crf::Lattice lattice;
  std::vector<Crf::Chunk> found;
  c.crf.decode({}, 0, lattice, found);
  EXPECT_TRUE(found.empty());
  std::vector<Crf::Marginal> marginals;
  c.crf.marginals({}, 0, {}, 0, 15, lattice, marginals);
  EXPECT_TRUE(marginals.empty());
}

TEST(Crf, ComesBackFromASectionAndRefusesADamagedOne) {
  const Case c = make(2, 4, 3);
  SectionWriter out;
  c.crf.write(out);
  SectionReader in(std::as_bytes(std::span(out.bytes())), "ner.bin");
  const Crf copy(in);
  Crf::Lattice lattice;
  std::vector<Crf::Chunk> before, after;
  c.crf.decode(c.emission, c.length, lattice, before);
  copy.decode(c.emission, c.length, lattice, after);
  EXPECT_EQ(before, after);

  SectionWriter unknown;
  unknown.array(std::vector<uint8_t>{77});
  unknown.array(std::vector<int32_t>(30));
  SectionReader bad(std::as_bytes(std::span(unknown.bytes())), "ner.bin");
  EXPECT_THROW(Crf{bad}, ModelError);
  SectionWriter short_steps;
  short_steps.array(std::vector<uint8_t>{0});
  short_steps.array(std::vector<int32_t>(29));
  SectionReader too_short(std::as_bytes(std::span(short_steps.bytes())), "ner.bin");
  EXPECT_THROW(Crf{too_short}, ModelError);
}

}  // namespace
}  // namespace newsnlp
