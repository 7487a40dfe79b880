#include "pattern_needs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hash.h"

namespace newsnlp {
namespace {

// Each need as the words of kWords that satisfy it, joined by '|', needs by ' '.
std::string needs_of(std::string_view pattern) {
  static const std::vector<std::string> kWords = {"aired", "broke", "by", "news", "of", "read", "told", ":", "word"};
  const ListWords own = {{"AIR", {hash_bytes("aired"), hash_bytes("broke")}}};
  const ListWords base = {{"TELL", {hash_bytes("told")}}};
  std::string out;
  for (const AnyOf& any : pattern_needs(pattern, own, &base)) {
    out += out.empty() ? "" : " ";
    std::string one;
    const auto add = [&](uint64_t key, const std::string& word) {
      if (std::find(any.begin(), any.end(), key) != any.end()) one += (one.empty() ? "" : "|") + word;
    };
    for (const std::string& w : kWords) add(hash_bytes(w), w);
    add(kQuotationKey, "Q");
    add(kDashKey, "-");
    out += one.empty() ? "?" : one;
  }
  return out;
}

TEST(PatternNeeds, WholeWordsThatMustBeThere) {
  const struct {
    const char* pattern;
    const char* needs;
  } rows[] = {
      {"(?P<cue>told) {NP}", "told"},
      {"{WHO} {AIR} word of {QUOTE}", "aired|broke word of Q"},
      {"{NP} {TELL} {NP}", "told"},
      {"(?P<cue>(?:word|news)) by {NP}", "word|news by"},
      {"(?P<cue>read|told by|{AIR}) {NP}", "aired|broke|read|told"},
      {"{NP} {DASH} {QUOTE}", "- Q"},
      {"{NP} : {REST}$", ":"},
      {"^{QUOTE} ,? ?(?P<cue>{AIR}) {NP}", "Q aired|broke"},
      // Left out or not.
      {"(?:news )?(?P<cue>told)", "told"},
      {"{NP} (?P<cue>told)(?: by {NP})?", "told"},
      {"{NP} (?P<cue>told)(?: by)* of", "told of"},
      {"(?P<cue>{REST}|told)", ""},
      {"{QUOTE}?(?P<cue>{NP})", ""},
      {"(?:told ){0,3}(?P<cue>read)", "read"},
      // Parts of words.
      {"(?P<cue>news?) {NP}", ""},
      {"(?P<cue>re{AIR}) {NP}", ""},
      {"(?P<cue>{AIR}ly) {NP}", ""},
      {"(?P<cue>told[a-z]*) {NP}", ""},
      {"(?P<cue>(?:un)?told) {NP}", ""},
      {"(?P<cue>told)(?:s|r) {NP}", ""},
      {"(?P<cue>told.) {NP}", ""},
      {"(?P<cue>told\\w) {NP}", ""},
      // Broken patterns are somebody else's business.
      {"(?P<cue>told", ""},
      {"told)", ""},
      {"{told", ""},
      {"[", ""},
      {"\\", ""},
      {"", ""},
  };
  for (const auto& row : rows) {
    std::string got = needs_of(row.pattern);
    const auto parts = [](std::string s) {
      std::replace(s.begin(), s.end(), ' ', '|');
      std::vector<std::string> words;
      for (size_t i = 0; i <= s.size();) {
        const size_t end = std::min(s.find('|', i), s.size());
        words.push_back(s.substr(i, end - i));
        i = end + 1;
      }
      std::sort(words.begin(), words.end());
      return words;
    };
    EXPECT_EQ(parts(got), parts(row.needs)) << row.pattern << " needs " << got;
  }
}

TEST(PatternNeeds, EndsOnNestedGroups) {
  std::string pattern = "told";
  for (int i = 0; i < 200; ++i) pattern += "(?:(?:a)? b)?";
  EXPECT_LE(pattern_needs(pattern, {}, nullptr).size(), 1U);
  EXPECT_TRUE(pattern_needs(std::string(5000, '('), {}, nullptr).empty());
}

}  // namespace
}  // namespace newsnlp
