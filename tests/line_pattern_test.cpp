// The same answers as RE2's.
#include "line_pattern.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>
#include <string>

#include "newsnlp/newsnlp.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// "yes", "no", or "-" where it gives no answer.
std::string answer(std::string_view regex, std::string_view line, bool anchored) {
  const auto pattern = LinePattern::read(regex);
  if (!pattern) return "-";
  const auto found = pattern->match(line, anchored);
  return !found ? "-" : *found ? "yes" : "no";
}

std::string answer_of_re2(const std::string& regex, std::string_view line, bool anchored) {
  const RE2 re2(regex, RE2::Quiet);
  if (!re2.ok()) return "broken";
  const bool found = re2.Match(re2::StringPiece(line.data(), line.size()), 0, line.size(),
                               anchored ? RE2::ANCHOR_START : RE2::UNANCHORED, nullptr, 0);
  return found ? "yes" : "no";
}

TEST(LinePattern, AnswersLikeRe2) {
  for (const char* regex : {"share this",
                            "(a|b)*c",
                            "(?:a|bc)+$",
                            "a?b?c?$",
                            ".{2,4}x",
                            "[^a-c]{2}",
                            "[]x-]+$",
                            "\\bab\\b",
                            "^b",
                            "a$|b",
                            "(ab){1,3}$",
                            "(a|){2}b",
                            "(a(b|c)?){2,}x",
                            "é+[–—]",
                            "[à-é]x",
                            "[^é]$",
                            "a{0}b",
                            "a{2,}",
                            "\\(a\\)",
                            "",
                            "(|a)b",
                            "x*",
                            "(a*)b",
                            "[a\\]]+x",
                            "\\b",
                            "[.]a",
                            "éa?b",
                            "(share|shared|sh) (this|x)"})
    for (const char* line :
         {"",   "a",   "ab",  "abc", "aabc", "xabab",  "abab", "ababx", "share this", "share thi", "bcbcbc", "éé–",
          "áx", "(a)", "a]x", "a b", "x-]",  "cab ab", "aaab", ".a",    "é",          "acabx",     "bb"})
      for (const bool anchored : {false, true})
        EXPECT_EQ(answer(regex, line, anchored), answer_of_re2(regex, line, anchored)) << regex << " on " << line;
}

TEST(LinePattern, LeavesToRe2WhatItDoesNotKnow) {
  for (const char* regex : {"\\d", "(?i)a", "a*?", "[[:alpha:]]", "(ab){30}", "a**", "(a", "a)", "[a", "\\b*", "a{3,2}",
                            "a{x}", "*a", "\\", "[b-a]", "a{2000}"})
    EXPECT_EQ(answer(regex, "a", false), "-") << regex;
  EXPECT_EQ(answer("(a?b?)+c", "aab", true), "-");               // a loop that takes nothing
  EXPECT_EQ(answer("(a*)*b", std::string(60, 'a'), true), "-");  // too many ways
  EXPECT_EQ(answer("(.*,){11}x", std::string(400, ','), true), "-");
}

// The patterns of the product on lines that are put together from their own words.
TEST(LinePattern, AnswersLikeRe2OnBoilerplate) {
  const auto bytes = Model::builtin()->section("boilerplate.txt");
  std::string_view list(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::string> words = {" ",       ":", "|", "-", "é", "@", "12",  "'", "x",
                                    "http://", "/", "=", "?", "<", ">", "the", "©"};
  std::vector<std::string> regexes;
  while (!list.empty()) {
    const std::string_view line = list.substr(0, list.find('\n'));
    list.remove_prefix(std::min(list.size(), line.size() + 1));
    if (line.empty() || line.front() == '#' || (line.front() == '[' && line.back() == ']')) continue;
    regexes.emplace_back(line);
    std::string word;
    for (const char c : std::string(line) + " ") {
      if (c >= 'a' && c <= 'z') {
        word += c;
      } else {
        if (word.size() > 1) words.push_back(word);
        word.clear();
      }
    }
  }
  ASSERT_GT(regexes.size(), 100U);
  std::mt19937 random(9);
  size_t matches = 0;
  for (const std::string& regex : regexes) {
    const RE2 re2("(?:" + regex + ")$", RE2::Quiet);
    const auto own = LinePattern::read("(?:" + regex + ")$");
    ASSERT_TRUE(own.has_value()) << regex;
    // words of the pattern first
    std::vector<std::string> near;
    for (const std::string& w : words)
      if (regex.find(w) != std::string::npos) near.push_back(w);
    for (int round = 0; round < 600; ++round) {
      std::string line;
      for (size_t size = 1 + random() % 6; size > 0; --size) {
        const auto& from = random() % 5 != 0 && !near.empty() ? near : words;
        line += from[random() % from.size()];
        if (random() % 4 != 0 && size > 1) line += ' ';
      }
      for (const bool anchored : {true, false}) {
        const bool expected =
            re2.Match(line, 0, line.size(), anchored ? RE2::ANCHOR_START : RE2::UNANCHORED, nullptr, 0);
        matches += expected;
        const auto found = own->match(line, anchored);
        EXPECT_EQ(found.value_or(expected), expected) << regex << " on " << line;
      }
    }
  }
  EXPECT_GT(matches, 1000U);
}

}  // namespace
}  // namespace newsnlp
