// Weights of the name CRF: what is written is what is added, also where many features share a pilot; damaged sections.
#include "name_model.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string_view>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

NameModel::Content content(size_t types, const std::vector<uint64_t>& features) {
  constexpr std::array kTypes = {EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Misc,
                                 EntityType::Date};
  NameModel::Content c;
  const size_t labels = 1 + 4 * types;
  c.crf = Crf({kTypes.begin(), kTypes.begin() + static_cast<std::ptrdiff_t>(types)},
              std::vector<int32_t>((labels + 1) * labels));
  c.features = features;
  c.weights.resize(features.size() * c.crf.row());
  for (size_t i = 0; i < c.weights.size(); ++i) c.weights[i] = static_cast<int8_t>(i % 251 - 125);
  return c;
}

std::vector<uint64_t> spread(size_t count) {
  std::vector<uint64_t> features;
  for (uint64_t f = 1; f <= count; ++f) features.push_back(f * 0x9E3779B97F4A7C15ULL);
  return features;
}

// All of one pilot.
std::vector<uint64_t> crowded() {
  std::vector<uint64_t> features;
  for (uint64_t f = 40; f > 0; --f) features.push_back(f << 20);
  return features;
}

std::string section(const NameModel::Content& c) {
  SectionWriter out;
  NameModel::write(c, out);
  return out.bytes();
}

NameModel read(const std::string& bytes) {
  return {std::as_bytes(std::span(bytes)), "ner.bin"};
}

TEST(NameModel, AddsTheWeightsOfEachFeature) {
  struct Row {
    const char* what;
    size_t types;
    std::vector<uint64_t> features;
  };
  for (const Row& r :
       {Row{"one", 4, spread(1)}, Row{"many", 4, spread(3000)}, Row{"rows of other sizes", 5, spread(500)},
        Row{"one pilot", 4, crowded()}, Row{"one pilot, rows of other sizes", 3, crowded()}}) {
    const NameModel::Content c = content(r.types, r.features);
    const std::string bytes = section(c);
    const NameModel model = read(bytes);
    const uint32_t row = c.crf.row();
    std::vector<int16_t> batched(r.features.size() * row), single(row);
    NameModel::Batch batch;
    for (uint32_t f = 0; f < r.features.size(); ++f) {
      batch.features.push_back(r.features[f]);
      batch.owners.push_back(f);
      batch.features.push_back(r.features[f] ^ 0x5555555555555555);  // has no weights
      batch.owners.push_back(f);
    }
    model.add(batch, batched.data());
    for (size_t f = 0; f < r.features.size(); ++f) {
      std::fill(single.begin(), single.end(), int16_t{0});
      model.add(std::span(&r.features[f], 1), single.data());
      for (uint32_t k = 0; k < row; ++k) {
        ASSERT_EQ(single[k], c.weights[f * row + k]) << r.what << ": feature " << f;
        ASSERT_EQ(batched[f * row + k], single[k]) << r.what << ": feature " << f;
      }
    }
  }
}

TEST(NameModel, HasNoWeightsWithoutFeatures) {
  const std::string bytes = section(content(4, {}));
  const NameModel model = read(bytes);
  EXPECT_TRUE(model.empty());
  std::array<int16_t, 16> sums{};
  const uint64_t feature = 7;
  model.add(std::span(&feature, 1), sums.data());
  EXPECT_EQ(std::accumulate(sums.begin(), sums.end(), 0), 0);
}

TEST(NameModel, RefusesADamagedSection) {
  const std::string good = section(content(4, spread(50)));
  EXPECT_NO_THROW(read(good));
  EXPECT_THROW(read(good.substr(0, good.size() - 8)), ModelError) << "a word of bits is missing";
  EXPECT_THROW(read(good + std::string(8, '\0')), ModelError) << "bytes behind the end";
  EXPECT_THROW(read('\x02' + good.substr(1)), ModelError) << "an unknown casing";
  // A row behind the three of its group would be read from behind the table.
  const std::vector<uint64_t> one = spread(1);
  std::string row_too_many = section(content(4, one));
  const auto key = static_cast<uint32_t>(one[0]);
  const size_t group = row_too_many.find(std::string_view(reinterpret_cast<const char*>(&key), sizeof key));
  ASSERT_EQ(group % 64, 0U);
  row_too_many[group + 3 * sizeof key] = 1;
  EXPECT_THROW(read(row_too_many), ModelError) << "a fourth key";
}

}  // namespace
}  // namespace newsnlp
