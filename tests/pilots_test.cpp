// Features in groups: each where its pilot sends it, groups never too full, nearly all rows taken.
#include "pilots.h"

#include <gtest/gtest.h>

#include <set>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

std::vector<uint64_t> hashes(uint64_t count) {
  std::vector<uint64_t> out;
  for (uint64_t i = 1; i <= count; ++i) {
    uint64_t z = i * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    out.push_back(z ^ (z >> 27));
  }
  return out;
}

TEST(Pilots, SendEachFeatureToItsGroup) {
  for (const uint32_t together : {1U, 3U, 8U})
    for (const uint64_t count : {0U, 1U, 2U, 50U, 3000U, 90000U}) {
      if (together == 1 && count > 3000) continue;
      const std::vector<uint64_t> features = hashes(count);
      const Pilots::Placement p = Pilots::place(features, together);
      ASSERT_EQ(p.pilots.size(), Pilots::count(p.buckets));
      std::vector<std::set<uint32_t>> keys(p.groups);
      for (size_t i = 0; i < features.size(); ++i) {
        const uint8_t pilot = p.pilots[Pilots::number(features[i], p.buckets)];
        ASSERT_EQ(p.group[i], Pilots::group(features[i], pilot, p.groups));
        ASSERT_TRUE(keys[p.group[i]].insert(static_cast<uint32_t>(features[i])).second);
      }
      for (const std::set<uint32_t>& group : keys) ASSERT_LE(group.size(), together);
      if (count >= 3000 && together == 3) {
        EXPECT_LT(static_cast<double>(p.groups * together), 1.06 * static_cast<double>(count));
      }
    }
}

TEST(Pilots, TellNoTwinsApart) {
  const std::vector<uint64_t> features = {7, 7, 8};
  const Pilots::Placement p = Pilots::place(features, 3);
  EXPECT_NE(p.group[0], Pilots::Placement::kNowhere);
  EXPECT_EQ(p.group[1], Pilots::Placement::kNowhere);
  EXPECT_NE(p.group[2], Pilots::Placement::kNowhere);
}

TEST(Pilots, RefuseWhatIsNoHash) {
  std::vector<uint64_t> features;
  for (const uint64_t hash : hashes(4000)) features.push_back(hash >> 32);
  EXPECT_THROW(Pilots::place(features, 1), ModelError);
}

}  // namespace
}  // namespace newsnlp
