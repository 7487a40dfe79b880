// The table of word breaks against ICU itself: both must cut every text at the same places, with the same kinds.
#include "word_breaks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "unicode.h"

namespace newsnlp {
namespace {

std::string shown(std::string_view text, const std::vector<Segment>& segments) {
  std::string out;
  uint32_t begin = 0;
  for (const Segment& s : segments) {
    out += std::string(text.substr(begin, s.end - begin)) + "|" + std::to_string(s.kind) + "|";
    begin = s.end;
  }
  return out;
}

// One for each kind of processor.
struct EveryPath {
  WordBreaks any{WordMasker::Path::Any};
  WordBreaks best{WordMasker::best()};
};

void expect_same(const EveryPath& breaks, std::string_view text) {
  std::vector<Segment> by_table;
  std::vector<Segment> by_icu;
  breaks.any.break_words_by_icu(text, by_icu);
  for (const WordBreaks* path : {&breaks.any, &breaks.best}) {
    path->break_words(text, by_table);
    ASSERT_EQ(shown(text, by_table), shown(text, by_icu));
  }
}

TEST(WordBreaks, AgreeWithIcuOnEveryPairOfCharacters) {
  const EveryPath breaks;
  for (const std::u32string_view neighbours : {U"a1_ .,:'\n\r-\u2019\u00E9\u0301\u200D"}) {
    for (char32_t c = 0; c < 0x2100; ++c) {
      if (c >= 0x900 && c < 0x1E00) continue;  // scripts that always go to ICU
      std::string text;
      for (char32_t left : neighbours) {
        append_utf8(left, text);
        append_utf8(c, text);
      }
      for (char32_t right : neighbours) {
        append_utf8(c, text);
        append_utf8(right, text);
        append_utf8('x', text);
      }
      expect_same(breaks, text);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(WordBreaks, AgreeWithIcuOnRandomText) {
  const EveryPath breaks;
  const char* rounds = std::getenv("NEWSNLP_FUZZ_ROUNDS");  // so many times the usual number
  const int more = rounds == nullptr ? 1 : std::max(1, std::atoi(rounds));
  std::mt19937 random(more == 1 ? 7 : std::random_device()());
  static constexpr char32_t kCommon[] = {
      'a',   'b',   'Z',     '1',     '9',    ' ',    ' ',    '.',    ',',    ':',    '\'',   '_',    '-',    '\n',
      '\r',  '@',   '"',     ';',     0xE9,   0x2019, 0x201C, 0x2014, 0xA0,   0xAD,   0x301,  0x200B, 0x200D, 0x5D0,
      0x627, 0x661, 0x1F600, 0x1F1E9, 0x30A2, 0x4E2D, 0xE01,  0xAC00, 0x2028, 0x2044, 0x203F, 0xFF10, 0xB7,   0x387};
  static constexpr char32_t kPlanes[] = {0x80, 0x800, 0x2100, 0xD000, 0x20000};
  for (int round = 0; round < 60000 * more; ++round) {
    std::string text;
    const size_t size = 1 + random() % (round % 16 == 0 ? 90 : 14);
    for (size_t i = 0; i < size; ++i) {
      const bool common = random() % 8 != 0;
      append_utf8(common ? kCommon[random() % std::size(kCommon)] : 1 + random() % (kPlanes[random() % 5] - 1), text);
    }
    if (find_invalid_utf8(text) != std::string_view::npos) continue;
    expect_same(breaks, text);
    if (HasFatalFailure()) return;
  }
}

// Runs of letters and digits of every length, at every place of a block of 64 bytes, before every kind of neighbour.
TEST(WordBreaks, AgreeWithIcuOnRunsOfEveryLength) {
  const EveryPath breaks;
  for (size_t before = 0; before < 70; ++before)
    for (size_t length = 1; length < 140; length += 1 + before % 3) {
      std::string text(before, ' ');
      for (size_t i = 0; i < length; ++i) text += "aZ9q0"[(before + i) % 5];
      for (const char* behind : {"", " ", ".", "_", "@x", "'s", ",5", "\u00E9", "\u0301", "\u4E2D", "\r\n"})
        expect_same(breaks, text + behind);
      if (HasFatalFailure()) return;
    }
}

// Marks and characters of several bytes at every place of a block.
TEST(WordBreaks, AgreeWithIcuAcrossBlocks) {
  const EveryPath breaks;
  for (size_t before = 0; before < 70; ++before)
    for (const char* piece :
         {"it’s “no”, 3,000.5", "Zoë–x … a·b", "a\u0301 b", " \u0308y", "x_y\r\n\r\n\u0301", "\u00A0\t ’s"})
      for (const char* filler : {"a", "a ", " ", "1.", "\n", "é", "“"}) {
        std::string text;
        while (text.size() < before) text += filler;
        text += piece;
        text += filler;
        text += piece;
        expect_same(breaks, text);
        if (HasFatalFailure()) return;
      }
}

// Of the examples of UAX #29 (WordBreakTest.txt): what joins, what does not, and what needs a look ahead.
TEST(WordBreaks, ExamplesOfTheStandard) {
  const EveryPath breaks;
  struct Case {
    const char* text;
    std::vector<uint32_t> ends;
  };
  for (const Case& c : {
           Case{"can't", {5}},
           {"3.2", {3}},
           {"3,456.789", {9}},
           {"a.2", {1, 2, 3}},
           {"A..A", {1, 2, 3, 4}},
           {"1..1", {1, 2, 3, 4}},
           {"a_1_b", {5}},
           {"  x", {2, 3}},
           {"\r\nx", {2, 3}},
           {"\n\r", {1, 2}},
           {"e\u0301a", {4}},
           {"x \u0308y", {1, 4, 5}},
           {"\U0001F1E6\U0001F1E7\U0001F1E8", {8, 12}},
           {"\U0001F6D1\u200D\U0001F6D1", {11}},
       }) {
    std::vector<Segment> segments;
    breaks.best.break_words(c.text, segments);
    std::vector<uint32_t> ends;
    for (const Segment& s : segments) ends.push_back(s.end);
    EXPECT_EQ(ends, c.ends) << c.text;
    expect_same(breaks, c.text);
  }
}

TEST(WordBreaks, AgreeWithIcuOnLongText) {
  const EveryPath breaks;
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "“It’s 3,000.50 … don't—stop,” Zoë’s co-op (a_b) said.\r\n😀 中文 x\u0301y ";
  expect_same(breaks, text);
}

}  // namespace
}  // namespace newsnlp
