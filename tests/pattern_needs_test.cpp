#include "pattern_needs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

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

// Symbols between blanks: words, Q a quotation, B a break, — a dash; [ and ] around a noun phrase of any kind, [D ]
// around a date.
bool may_match(std::string_view pattern, const std::string& window) {
  const PatternNeeds needs = needs_of(pattern);
  SymbolSets<uint64_t> sets;
  sets.of.resize(needs.sets.size());
  const auto bit_of = [](size_t at) { return at < SymbolSets<uint64_t>::kMost ? uint64_t{1} << at : 0; };
  std::istringstream in(window);
  for (std::string symbol; in >> symbol;) {
    if (symbol == "]") sets.closes |= bit_of(sets.size - 1);
    const uint64_t bit = bit_of(sets.size);
    if (symbol == "[D") sets.opens[static_cast<size_t>(PhraseKind::Date)] |= bit;
    if (symbol == "[")
      for (uint64_t& opens : sets.opens) opens |= bit;
    if (symbol == "[" || symbol == "[D" || symbol == "]") continue;
    if (symbol[0] >= '0' && symbol[0] <= '9') sets.numbers |= bit;
    const uint64_t key = symbol == "Q"   ? kQuotationKey
                         : symbol == "B" ? kBreakKey
                         : symbol == "—" ? kDashKey
                                         : hash_bytes(symbol);
    const auto among = [&](size_t set, uint64_t k) {
      return std::find(needs.sets[set].begin(), needs.sets[set].end(), k) != needs.sets[set].end();
    };
    for (size_t i = 0; i < sets.of.size(); ++i)
      if (among(i, key) || (symbol.size() >= kStartOfWord && among(i, start_key(symbol)))) sets.of[i] |= bit;
    ++sets.size;
  }
  return needs.sketch.may_match(sets);
}

TEST(PatternNeeds, SketchTellsWhatStandsInARow) {
  const struct {
    const char* pattern;
    const char* window;
    bool may;
  } rows[] = {
      {"told by word", "she told by word", true},
      {"told by word", "she told by a word", false},
      {"^told by", "told by her", true},
      {"^told by", "she told by her", false},
      {"told by$", "she told by", true},
      {"told by$", "told by her", false},
      {"(?P<cue>{AIR}) (?P<content>of {REST})$", "it aired of late", true},
      {"(?P<cue>{AIR}) (?P<content>of {REST})$", "it aired of", false},
      {"(?P<cue>{AIR}) (?P<content>of {REST})$", "of it aired", false},
      // Choices, and what may be left out.
      {"(?P<cue>(?:{TELL} )?{AIR}) (?P<content>of {REST})", "told broke of it", true},
      {"(?P<cue>(?:{TELL} )?{AIR}) (?P<content>of {REST})", "broke of it", true},
      {"(?P<cue>(?:{TELL} )?{AIR}) (?P<content>of {REST})", "told of it", false},
      {"(?:told by|read) of", "told by of", true},
      {"(?:told by|read) of", "read of", true},
      {"(?:told by|read) of", "told read by of", false},
      {"^(?:told|read|{NP}) of$", "[ the news ] of", true},
      {"^(?:told|read|{NP}) of$", "told read of", false},
      {"told(?: by word)? of", "told of", true},
      {"told(?: by word)? of", "told by word of", true},
      {"told(?: by word)? of", "told by of", false},
      {"(?:told by )+of", "told by told by of", true},
      // Parts of words, classes, and what is repeated without bounds let pass.
      {"^news? of$", "new of", true},
      {"^news? of$", "news of", true},
      {"^news? of$", "newt of", false},
      {"^retold[a-z]* of$", "retoldest of", true},
      {"^retold[a-z]* of$", "reread of", false},
      {"^told ?by$", "takby", false},
      {"^told ?{REST}$", "tolding", true},
      {"^told ?{REST}$", "read it", false},
      {"^[^ ]+ of$", "new of", true},
      {"^[^ ]+ of$", "all new of", false},
      {"^(?:[^ ]+ ){0,3}of$", "all the news of", true},
      {"^(?:[^ ]+ ){0,3}of$", "all the good news of", false},
      {"^(?:[^ ]+ ){2}of$", "all news of", true},
      {"^(?:[^ ]+ ){2,}of$", "all the good news of", true},
      {"^.* of$", "all the news of", true},
      {"^(?:re)?told by$", "retold by", true},
      {"^(?:re)?told by$", "told it by", false},
      {"told|by", "read", true},
      {"\\w+ told", "she told", true},
      // Phrases, signs, quotations, breaks.
      {"^{NP} :", "[ the mayor ] : no", true},
      {"^{NP} :", "[ the mayor ] of [ turin ] : no", false},
      {"^{NP} :", "the mayor : no", false},
      {"^{WHO} :", "[ the mayor ] of [ turin ] : no", true},
      {"^{WHO} :", "[ the mayor ] , 61 , [ a judge ] in [ turin ] , : no", true},
      {"^{WHO} :", "[ the mayor ] , old , : no", false},
      {"^{WHO} :", "[D monday ] : no", false},
      {"^{DATE} :", "[D monday ] : no", true},
      {"^{WHO} :", "[ the mayor ] told [ turin ] : no", false},
      {"^{WHO} :", "[ the mayor ] , told [ turin ] , : no", false},
      {"{QUOTE} ,? ?(?P<cue>{AIR})", "Q , aired", true},
      {"{QUOTE} ,? ?(?P<cue>{AIR})", "Q aired", true},
      {"{QUOTE} ,? ?(?P<cue>{AIR})", "Q B aired", false},
      {"{QUOTE} ,? ?(?P<cue>{AIR})", "aired , Q", false},
      {"told [,:]? ?(?P<content>{QUOTE})", "told , aired Q", false},
      {"(?P<cue>{AIR}) [,:]? ?(?P<content>{QUOTE})", "aired : Q", true},
      {"(?P<cue>{AIR}) [,:]? ?(?P<content>{QUOTE})", "aired of Q", false},
      {"(?P<cue>{AIR}) :(?: {BREAK})? (?P<content>{QUOTE})", "aired : B Q", true},
      {"(?P<cue>{AIR}) :(?: {BREAK})? (?P<content>{QUOTE})", "aired : of Q", false},
      {"^{TEXT} {DASH} {NAME}$", "it rained — [ ana ruiz ]", true},
      {"^{TEXT} {DASH} {NAME}$", "[ rain ] — [ ana ruiz ] said", false},
      // Entries of several words go on.
      {"^{SHORT} of$", "news for all of", true},
      {"^{SHORT} of$", "told for all of", false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(may_match(row.pattern, row.window), row.may) << row.pattern << " in " << row.window;
  std::string window = "told";
  for (size_t i = 0; i < SymbolSets<uint64_t>::kMost; ++i) window += " by";
  EXPECT_TRUE(may_match("of", window)) << "a window too long for bits";
}

TEST(PatternNeeds, EndsOnNestedGroups) {
  std::string pattern = "told";
  for (int i = 0; i < 200; ++i) pattern += "(?:(?:a)? b)?";
  EXPECT_LE(pattern_needs(pattern, {}, nullptr).words.size(), 1U);
  EXPECT_TRUE(pattern_needs(std::string(5000, '('), {}, nullptr).words.empty());
  EXPECT_EQ(pattern_needs("(?:(?:(?:a ){0,90}b ){0,90}c ){0,90}told", {}, nullptr).sketch.steps.size(), 2U);
}

}  // namespace
}  // namespace newsnlp
