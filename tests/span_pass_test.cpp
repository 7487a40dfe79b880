// The second pass over spans: candidates, votes, the choice without overlap, the section.
#include <gtest/gtest.h>

#include <algorithm>

#include "layers.h"
#include "newsnlp/error.h"
#include "segmenter.h"
#include "span_choice.h"
#include "span_model.h"
#include "span_votes.h"

namespace newsnlp {
namespace {

SpanCandidate candidate(uint32_t begin, uint32_t end, uint32_t type, float p) {
  SpanCandidate c;
  c.tokens = {begin, end};
  c.marginal[type] = c.sum = p;
  c.best = static_cast<uint8_t>(type);
  return c;
}

TEST(SpanCandidates, TypesOfOneSpanAreSummedAndCertainOnesCloseWhatTheyOverlap) {
  const std::vector<Crf::Marginal> marginals = {
      {0, 1, {0.2F}},         {0, 2, {0.25F, 0.5F}},   // one inside of a span of two types
      {3, 5, {0, 0, 0.992F}}, {4, 5, {0, 0, 0.006F}},  // certain, and what it excludes
      {6, 7, {0.6F}},
  };
  std::vector<SpanCandidate> out;
  append_candidates(marginals, 3, 100, {90, 120}, out);
  struct Row {
    IndexRange tokens;
    uint8_t best;
    float sum;
    bool open;
  };
  const Row rows[] = {{{100, 101}, 0, 0.2F, true},
                      {{100, 102}, 1, 0.75F, true},
                      {{103, 105}, 2, 0.992F, false},
                      {{104, 105}, 2, 0.006F, false},
                      {{106, 107}, 0, 0.6F, true}};
  ASSERT_EQ(out.size(), std::size(rows));
  for (size_t i = 0; i < out.size(); ++i) {
    EXPECT_EQ(out[i].tokens, rows[i].tokens) << i;
    EXPECT_EQ(out[i].best, rows[i].best) << i;
    EXPECT_FLOAT_EQ(out[i].sum, rows[i].sum) << i;
    EXPECT_EQ(out[i].open, rows[i].open) << i;
    EXPECT_EQ(out[i].sentence, (IndexRange{90, 120})) << i;
  }
}

TEST(SpanChoice, TakesTheSetWithoutOverlapWhoseSumIsLargest) {
  uint64_t state = 1;
  const auto next = [&](uint32_t range) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<uint32_t>(state >> 33) % range;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<SpanCandidate> all;
    std::vector<int32_t> sums;
    for (uint32_t begin = 0; begin < 8; ++begin)
      for (uint32_t end = begin + 1; end <= std::min(8U, begin + 3); ++end)
        if (next(3) == 0) {
          all.push_back(candidate(begin, end, next(2), 0.5F));
          for (uint32_t t = 0; t < 2; ++t) sums.push_back(static_cast<int32_t>(next(200)) - 100);
        }
    if (all.size() > 14) continue;
    int64_t most = 0;
    for (uint32_t set = 0; set < 1U << all.size(); ++set) {
      int64_t sum = 0;
      bool apart = true;
      for (uint32_t i = 0; i < all.size(); ++i) {
        if ((set >> i & 1) == 0) continue;
        sum += std::max(sums[2 * i], sums[2 * i + 1]);
        for (uint32_t j = 0; j < i; ++j) apart &= (set >> j & 1) == 0 || !all[i].overlaps(all[j]);
      }
      if (apart) most = std::max(most, sum);
    }
    SpanChoice choice;
    std::vector<SpanChoice::Chosen> chosen;
    choice.choose(all, sums, 2, chosen);
    int64_t sum = 0;
    for (size_t k = 0; k < chosen.size(); ++k) {
      sum += sums[2 * chosen[k].candidate + chosen[k].type];
      if (k > 0) {
        EXPECT_LE(all[chosen[k - 1].candidate].tokens.end, all[chosen[k].candidate].tokens.begin);
      }
    }
    EXPECT_EQ(sum, most) << "round " << round;
  }
}

TEST(SpanChoice, CertainCandidatesStandWhateverTheSums) {
  std::vector<SpanCandidate> all = {candidate(0, 1, 0, 0.4F), candidate(1, 2, 1, 0.995F), candidate(2, 3, 0, 0.4F)};
  all[1].open = false;
  SpanChoice choice;
  std::vector<SpanChoice::Chosen> chosen;
  choice.choose(all, std::vector<int32_t>{5, -5, -9, -9, -1, -1}, 2, chosen);
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].candidate, 0U);
  EXPECT_EQ(chosen[1].candidate, 1U);
  EXPECT_EQ(chosen[1].type, 1U);
}

TEST(SpanVotes, AreOfTheSameWordsElsewhere) {
  const auto model = Model::builtin();
  const Segmenter segmenter(*model);
  const NameResources resources(model->section("names.bin"));
  Workspace workspace(nullptr);
  NameArticle article(resources, Casing::Kept);
  Layers layers;
  layers.text = "Anna Brill left . Brill smiled . Anna Brill sang";  // tokens 0 …
  segmenter.segment(layers, workspace, Layout::Article);
  article.read(layers, workspace);
  const std::vector<SpanCandidate> all = {candidate(0, 1, 1, 0.25F), candidate(0, 2, 0, 0.5F),
                                          candidate(1, 2, 1, 0.125F), candidate(4, 5, 0, 0.75F),
                                          candidate(7, 9, 0, 1.0F)};
  SpanVotes votes;
  std::vector<uint64_t> keys;
  for (const SpanCandidate& c : all) keys.push_back(SpanVotes::key(article, c.tokens));
  votes.read(article, all, keys, 2);
  struct Row {
    const char* what;
    IndexRange tokens;
    SpanVotes::Place place;
    size_t except;
    float type0, type1, count;
  };
  using enum SpanVotes::Place;
  const Row rows[] = {
      {"Brill alone, not inside the first name", {4, 5}, Whole, 3, 0, 0.125F, 1},
      {"Brill alone, asked by the first name", {1, 2}, Whole, 1, 0.75F, 0, 1},
      {"Brill at the end of others", {4, 5}, Ends, 3, 1.5F, 0, 1.5F},
      {"Brill at the end of others, asked inside one", {1, 2}, Ends, 2, 1.0F, 0, 1.0F},
      {"Anna at the beginning of others", {0, 1}, Begins, 0, 1.0F, 0, 1.0F},
      {"Anna Brill elsewhere", {0, 2}, Whole, 1, 1.0F, 0, 1},
      {"nothing begins with Brill", {4, 5}, Begins, 3, 0, 0, 0},
  };
  for (const Row& r : rows) {
    const SpanVotes::Sum sum = votes.sum(r.tokens, r.place, r.except);
    EXPECT_FLOAT_EQ(sum.types[0], r.type0) << r.what;
    EXPECT_FLOAT_EQ(sum.types[1], r.type1) << r.what;
    EXPECT_FLOAT_EQ(sum.count, r.count) << r.what;
  }
}

SpanModel::Content content() {
  SpanModel::Content c;
  c.types = 3;
  c.bias = 7;
  for (uint64_t f = 1; f <= 500; ++f) {
    c.features.push_back(f * 0x9E3779B97F4A7C15ULL);
    for (int t = 0; t < 3; ++t) c.weights.push_back(static_cast<int8_t>(static_cast<int>(f % 100) - 50 + t));
  }
  for (uint64_t n = 1; n <= 200; ++n)
    c.seen.emplace_back(n * 0xD1B54A32D192ED03ULL, SeenName::code(static_cast<uint32_t>(n % 3), 2, 1));
  for (uint32_t l = 0; l + 1 < SpanModel::kLevels; ++l) c.bounds[l] = 0.125F * static_cast<float>(l + 1);
  for (uint32_t d = 0; d < 2; ++d)
    for (uint32_t l = 0; l < SpanModel::kLevels; ++l)
      for (uint32_t k = 0; k < SpanModel::kKnots; ++k)
        c.calibration[d][l].push_back(static_cast<uint16_t>(k * (200 + d * 10 + l)));
  return c;
}

TEST(SpanModel, ComesBackFromItsSection) {
  const SpanModel::Content c = content();
  SectionWriter out;
  SpanModel::write(c, out);
  const SpanModel model(std::as_bytes(std::span(out.bytes())), "ner_spans.bin");
  EXPECT_EQ(model.types(), 3U);
  EXPECT_EQ(model.bias(), 7);
  for (size_t f = 0; f < c.features.size(); ++f) {
    int32_t sums[3] = {1, 1, 1};
    model.add(std::span(&c.features[f], 1), sums);
    for (size_t t = 0; t < 3; ++t) EXPECT_EQ(sums[t], 1 + c.weights[3 * f + t]) << f;
  }
  for (const auto& [key, code] : c.seen) EXPECT_EQ(model.seen(key), code);
  EXPECT_EQ(model.seen(12345), 0);
  EXPECT_NEAR(model.calibrated(0.5, NameDomain::Raw, model.level(0.3F)), 128 * 212 / 65535.0, 1e-4);
  EXPECT_NEAR(model.calibrated(0.25, NameDomain::Given, model.level(0.4F)), 64 * 203 / 65535.0, 1e-4);
}

TEST(SpanModel, RefusesADamagedSection) {
  struct Row {
    const char* what;
    void (*damage)(SpanModel::Content&);
  };
  const Row rows[] = {
      {"no types", [](SpanModel::Content& c) { c.types = 0, c.features.clear(), c.weights.clear(); }},
      {"too many types", [](SpanModel::Content& c) { c.types = 99, c.features.clear(), c.weights.clear(); }},
      {"wild bias", [](SpanModel::Content& c) { c.bias = 1 << 20; }},
      {"a seen name of an unknown type", [](SpanModel::Content& c) { c.seen[0].second = SeenName::code(3, 0, 1); }},
      {"half a calibration", [](SpanModel::Content& c) { c.calibration[1][2].resize(3); }},
  };
  for (const Row& r : rows) {
    SpanModel::Content c = content();
    r.damage(c);
    SectionWriter out;
    SpanModel::write(c, out);
    EXPECT_THROW(SpanModel(std::as_bytes(std::span(out.bytes())), "ner_spans.bin"), ModelError) << r.what;
  }
}

}  // namespace
}  // namespace newsnlp
