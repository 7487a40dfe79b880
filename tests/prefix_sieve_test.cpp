// What the sieve lets through must hold every match of RE2; and the patterns of the built-in model, which are compiled
// on first use, must all be good.
#include "prefix_sieve.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>
#include <string>

#include "attribution_patterns.h"
#include "boilerplate.h"
#include "entity_patterns.h"
#include "line_scan.h"
#include "newsnlp/newsnlp.h"
#include "pattern_list.h"
#include "unicode.h"

namespace newsnlp {
namespace {

std::string_view section(const char* name) {
  const auto bytes = Model::builtin()->section(name);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool may_match(const std::string& regex, RegexText text, const std::string& tested, size_t most = 16) {
  PrefixSieve sieve;
  sieve.add(regex, text, most);
  sieve.build();
  return sieve.any(tested);
}

TEST(PrefixSieve, Cases) {
  struct Case {
    const char* regex;
    RegexText text;
    const char* tested;
    bool may;
  };
  for (const Case& c : {
           Case{"share this", RegexText::Exact, "share this", true},
           {"share this", RegexText::Exact, "share it", false},
           {"share this", RegexText::Exact, "shar", false},
           {"share$", RegexText::Exact, "share", true},
           {"share$", RegexText::Exact, "shares", false},
           {"(print|e-?mail|save)$", RegexText::Exact, "email", true},
           {"(print|e-?mail|save)$", RegexText::Exact, "e-mail", true},
           {"(print|e-?mail|save)$", RegexText::Exact, "e--mail", false},
           {"[0-9]{1,2} ?%", RegexText::Exact, "12 %", true},
           {"[0-9]{1,2} ?%", RegexText::Exact, "123%", false},
           {"\\d+ (?:apples|pears)", RegexText::AnyCase, "12 PEARS", true},
           {"\\d+ (?:apples|pears)", RegexText::AnyCase, "12 plums", false},
           {"(?-i:May|MAY) \\d", RegexText::AnyCase, "may 3", false},
           {"(?-i:May|MAY) \\d", RegexText::AnyCase, "MAY 3", true},
           {"a(?i)b(?-i)c", RegexText::Exact, "aBc", true},
           {"k", RegexText::AnyCase, "\u212A", true},
           {"s", RegexText::AnyCase, "\u017F", true},
           {"[^a-z]x", RegexText::Exact, "ax", false},
           {"[^a-z]x", RegexText::Exact, "\u00E9x", true},
           {"\\bsign up\\b", RegexText::Raw, "Sign Up now", true},
           {"\\bsign up\\b", RegexText::Raw, "sign\tup", true},
           {"\\bsign up\\b", RegexText::Raw, "signs", false},
           {"editor's", RegexText::Raw, "Editor\u2019s", true},
           {"\\pLx", RegexText::Exact, "1x", true},         // classes of Unicode are not looked into
           {"a\\Qb|c", RegexText::Exact, "c", true},        // syntax that is not known
           {"[[:digit:]]a", RegexText::Exact, "zz", true},  // the same
       })
    EXPECT_EQ(may_match(c.regex, c.text, c.tested), c.may) << c.regex << " on " << c.tested;
}

// Random text made of pieces of the patterns themselves.
class Pieces {
 public:
  explicit Pieces(std::string_view patterns) {
    std::string word;
    for (const char c : patterns) {
      if (c > ' ' && std::string_view("()[]{}|?*+\\^$").find(c) == std::string_view::npos) {
        word += c;
      } else if (!word.empty()) {
        words_.push_back(word);
        word.clear();
      }
    }
    for (const char* more :
         {" ", " ", " ", ",", "-", "2019", "12", "3", "/", ".", "'", "\u2019", "\u00A0", "x", "\u2013"})
      for (int i = 0; i < 30; ++i) words_.emplace_back(more);
  }
  std::string text(std::mt19937& random) const {
    std::string out;
    for (size_t size = 1 + random() % 6; size > 0; --size) out += words_[random() % words_.size()];
    return out;
  }

 private:
  std::vector<std::string> words_;
};

TEST(PrefixSieve, LetsEveryMatchThrough) {
  const PatternList list = read_patterns(section("entity_patterns.txt"), "");
  RE2::Options options;
  options.set_case_sensitive(false);
  PrefixSieve sieve;
  std::vector<std::unique_ptr<RE2>> regexes;
  for (const PatternList::Section& s : list.sections)
    for (const PatternList::Pattern& p : s.patterns) {
      sieve.add(p.regex, RegexText::AnyCase, 8);
      regexes.push_back(std::make_unique<RE2>(p.regex, options));
    }
  sieve.build();
  const Pieces pieces(section("entity_patterns.txt"));
  std::mt19937 random(5);
  size_t matches = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = pieces.text(random);
    std::vector<bool> through(regexes.size());
    sieve.each(text, [&](uint32_t number) { through[number] = true; });
    for (size_t i = 0; i < regexes.size(); ++i) {
      const bool match = regexes[i]->Match(text, 0, text.size(), RE2::ANCHOR_START, nullptr, 0);
      matches += match;
      EXPECT_TRUE(through[i] || !match) << regexes[i]->pattern() << " on " << text;
    }
  }
  EXPECT_GT(matches, 100U);
}

TEST(PrefixSieve, BuiltinPatternsAreGood) {
  EXPECT_NO_THROW(EntityPatterns(*Model::builtin()).check());
  EXPECT_NO_THROW(Boilerplate(section("boilerplate.txt")));
  EXPECT_NO_THROW(AttributionPatterns(section("attribution_patterns.txt"), "attribution_patterns.txt"));
}

// What the scanner leaves out cannot begin with a prefix; both of its paths find the same.
TEST(LineScanner, FindsEveryPlaceWhereAPatternMayBegin) {
  static constexpr std::string_view kPatterns[] = {
      "\\bsign up (for|to)", "[?] like (the|this)", "\\bcopyright (©|[12])", "/ ?(getty|ap)", "\\bvia$", "\\bcan't"};
  static constexpr std::string_view kPieces[] = {
      "sign up for", "SIGN", "? like the", "Copyright ©", "/ getty", "/ap",  "via", "can’t", "a", "Zz",    "9",
      "_",           " ",    ".",          "\u2019",      "\u00E9",  "word", "\t",  "\n",    "|", "\u00B7"};
  KnownPrefixes known;
  std::vector<RegexPrefix> prefixes;
  PrefixSieve sieve;
  for (const std::string_view p : kPatterns) {
    const auto more = regex_prefixes(p, RegexText::Raw, 16, known);
    prefixes.insert(prefixes.end(), more.begin(), more.end());
    sieve.add(p, RegexText::Raw, 16);
  }
  sieve.build();
  const LineScanner any(prefixes, LineScanner::Path::Any);
  const LineScanner best(prefixes);
  std::mt19937 random(3);
  size_t passed = 0;
  LinePlaces found, same;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (size_t size = random() % 60; size > 0; --size) text += kPieces[random() % std::size(kPieces)];
    any.scan(text, found);
    best.scan(text, same);
    const auto has = [](const ByteSet& places, size_t at) {
      return places.any(static_cast<uint32_t>(at), static_cast<uint32_t>(at + 1));
    };
    const auto is_blank = [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; };
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (size_t i = 0; i < text.size(); ++i) {
      for (const auto set : {&LinePlaces::starts, &LinePlaces::rare})
        EXPECT_EQ(has(found.*set, i), has(same.*set, i)) << text << " at " << i;
      const bool inside = i > 0 && is_letter(text[i]) && is_letter(text[i - 1]);
      const bool may = text[i] > 0 && !inside && sieve.any(std::string_view(text).substr(i));
      passed += may;
      EXPECT_TRUE(!may || has(found.starts, i)) << text << " at " << i;
      EXPECT_FALSE(inside && has(found.starts, i)) << text << " at " << i;
      const bool pair = i > 0 && is_blank(text[i]) && is_blank(text[i - 1]);
      const bool mark = std::string_view("=@/|\t\xB7\xA2").find(text[i]) != std::string_view::npos;
      EXPECT_EQ(has(found.rare, i), pair || mark) << text << " at " << i;
    }
  }
  EXPECT_GT(passed, 1000U);
}

}  // namespace
}  // namespace newsnlp
