// Readings as a list: text order, one a cue.
#include "cue_readings.h"

#include <gtest/gtest.h>

#include <string>

namespace newsnlp {
namespace {

// "3a 5B": cue 3, cue 5; a capital letter: certain.
std::vector<CueReading> list(const std::string& words) {
  std::vector<CueReading> out;
  for (size_t i = 0; i + 1 < words.size(); i += 3) {
    CueReading r;
    r.cue = words[i] - '0';
    r.pattern = static_cast<uint32_t>(words[i + 1]);
    r.certain = words[i + 1] < 'a';
    out.push_back(r);
  }
  return out;
}

std::string shown(const std::vector<CueReading>& readings) {
  std::string out;
  for (const CueReading& r : readings)
    out += std::string(out.empty() ? "" : " ") + std::to_string(r.cue) + static_cast<char>(r.pattern);
  return out;
}

TEST(CueReadings, AreOrderedAndLeftOneACue) {
  struct Row {
    const char* given;
    const char* ordered;
    const char* one;
  };
  for (const Row& row : {Row{"", "", ""}, Row{"5a 3b 5c", "3b 5a 5c", "3b 5a"},
                         Row{"5a 3b 5C 5D", "3b 5a 5C 5D", "3b 5C"}, Row{"1a 2b", "1a 2b", "1a 2b"}}) {
    std::vector<CueReading> readings = list(row.given);
    put_in_text_order(readings);
    EXPECT_EQ(shown(readings), row.ordered);
    readings = list(row.given);
    keep_one_a_cue(readings);
    EXPECT_EQ(shown(readings), row.one);
  }
}

TEST(CueReadings, ACertainOneOnTheLeft) {
  const CueReading r = certain_left_reading(9, {7, 8}, {1, 5}, 0.8F);
  EXPECT_TRUE(r.certain);
  EXPECT_EQ(r.cue, 9);
  EXPECT_TRUE(r.analysis().content.left() && !r.analysis().content.right());
  EXPECT_TRUE(r.analysis().content.covers(1) && r.analysis().content.covers(5) && !r.analysis().content.covers(6));
  EXPECT_EQ(r.analysis().source_begin, 7);
  EXPECT_EQ(r.analysis().source, 8);
}

}  // namespace
}  // namespace newsnlp
