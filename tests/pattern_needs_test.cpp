#include "pattern_needs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "hash.h"

namespace newsnlp {
namespace {

// A need as the words of kWords that satisfy it, joined by '|'.
std::string words_of(const AnyOf& any) {
  static const std::vector<std::string> kWords = {"aired", "broke", "by", "news", "of", "read", "told", ":", "word"};
  std::string one;
  const auto add = [&](uint64_t key, const std::string& word) {
    if (std::find(any.begin(), any.end(), key) != any.end()) one += (one.empty() ? "" : "|") + word;
  };
  for (const std::string& w : kWords) add(hash_bytes(w), w);
  add(kQuotationKey, "Q");
  add(kDashKey, "-");
  return one.empty() ? "?" : one;
}

PatternNeeds needs_of(std::string_view pattern) {
  const ListWords own = {{"AIR", {{hash_bytes("aired"), hash_bytes("broke")}, false}},
                         {"SHORT", {{hash_bytes("word"), hash_bytes("news")}, true}}};
  const ListWords base = {{"TELL", {{hash_bytes("told")}, false}}};
  return pattern_needs(pattern, own, &base);
}

std::string word_needs(std::string_view pattern) {
  std::string out;
  for (const AnyOf& any : needs_of(pattern).words) out += (out.empty() ? "" : " ") + words_of(any);
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
    std::string got = word_needs(row.pattern);
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

TEST(PatternNeeds, PairsThatMustStandSideBySide) {
  const struct {
    const char* pattern;
    const char* pairs;
  } rows[] = {
      {"{WHO} (?P<cue>{AIR}) (?P<content>of {REST})$", "aired|broke+of"},
      {"(?P<cue>{AIR}) (?P<content>(?:by|of) {REST})", "aired|broke+by|of"},
      {"(?P<cue>(?:{TELL} )?{AIR}) (?P<content>of {REST})", "aired|broke+of"},
      {"told by word", "told+by by+word"},
      {"(?P<content>{QUOTE}|of {REST}) told", ""},
      {"(?P<cue>{AIR}) (?P<content>{QUOTE}|of {REST})", "aired|broke+of|Q"},
      // Signs and breaks between them do not count.
      {"{QUOTE} ,? ?(?P<cue>{AIR})", "Q+aired|broke"},
      {"{QUOTE} , (?P<cue>{AIR})", "Q+aired|broke"},
      {"(?P<cue>{AIR}) [,:]? ?(?P<content>{QUOTE})", "aired|broke+Q"},
      {"(?P<cue>{AIR}) :(?: {BREAK})? (?P<content>{QUOTE})", ""},
      {"(?P<cue>{AIR}) {BREAK} (?P<content>{QUOTE})", "aired|broke+Q"},
      {"{QUOTE} {DASH} told", "Q+- -+told"},
      // Something may stand between them.
      {"{AIR} {NP} of", ""},
      {"{AIR}(?: word)? of", ""},
      {"{AIR} (?:word )*of", ""},
      {"{AIR} .*of", ""},
      {"{SHORT} of", ""},
      {"of {SHORT}", "of+news|word"},
      // Not in each of several ways.
      {"(?:told by|read) of", "by|read+of"},
      {"(?:told by|read) {NP}", ""},
      {"(?:told by)+ of", ""},
      {"(?:told by)? of", ""},
      {"(?:told|{NP}) of", ""},
      {"(?:told|news?) of", ""},
  };
  for (const auto& row : rows) {
    std::string got;
    for (const AnyPair& pair : needs_of(row.pattern).pairs)
      got += (got.empty() ? "" : " ") + words_of(pair.first) + "+" + words_of(pair.second);
    EXPECT_EQ(got, row.pairs) << row.pattern;
  }
}

TEST(PatternNeeds, EndsOnNestedGroups) {
  std::string pattern = "told";
  for (int i = 0; i < 200; ++i) pattern += "(?:(?:a)? b)?";
  EXPECT_LE(pattern_needs(pattern, {}, nullptr).words.size(), 1U);
  EXPECT_TRUE(pattern_needs(std::string(5000, '('), {}, nullptr).words.empty());
}

}  // namespace
}  // namespace newsnlp
