// Files of entity patterns: broken ones, one's own, and what the conditions of sections may not change.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "entity_finder.h"
#include "model_file.h"
#include "newsnlp/error.h"

namespace newsnlp {
namespace {

TEST(EntityPatternFiles, BrokenFilesNameTheLine) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {"0.9 x", "entity_patterns.txt:1: a pattern before the first [TYPE]"},
      {"# a\n\n[DAT] begins digit", "entity_patterns.txt:3: unknown type"},
      {"[DATE] digit", "entity_patterns.txt:1: expected \"begins\""},
      {"[DATE] begins ", "entity_patterns.txt:1: "},
      {"[DATE] begins may then ", "entity_patterns.txt:1: nothing stands behind \"then\""},
      {"[DATE] begins digit over , ", "entity_patterns.txt:1: expected \"over WORDS then WORDS\""},
      {"[DATE] begins digit over then of", "entity_patterns.txt:1: expected \"over WORDS then WORDS\""},
      {"[DATE] begins digit needs ", "entity_patterns.txt:1: nothing stands behind \"needs\""},
      {"[DATE] begins then digit", "entity_patterns.txt:1: nothing stands behind \"begins\""},
      {"[DATE] begins digit then s?", "entity_patterns.txt:1: only \"ab?\""},
      {"[DATE] begins {MONTH}", "entity_patterns.txt:1: unknown block {MONTH}"},
      {"[DATE] begins digit\n1.5 x", "entity_patterns.txt:2: "},
      {"[DATE] begins digit\nx", "entity_patterns.txt:2: "},
      {"[DATE] begins digit\n0.9 (x", "entity_patterns.txt:2: "},
      {"[DATE] begins digit\n0.9 19[9-0]", "entity_patterns.txt:2: "},
      {"[DATE] begins digit\n0.9 (?:19[5-4])", "entity_patterns.txt:2: "},
      {"[DATE] begins digit\n0.9 {NAME}", "entity_patterns.txt:2: unknown block {NAME}"},
      {"[DATE] begins digit\n0.9 (?<=in x", "entity_patterns.txt:2: the look-behind does not close"},
      {"{A} = x\n{A} = y", "entity_patterns.txt:2: block {A} is defined twice"},
      {"{A} x", "entity_patterns.txt:1: expected \"=\""},
      {"{A} = (x)\n[DATE] begins {A}", "entity_patterns.txt:2: only a plain list"},
      {"[DATE", "entity_patterns.txt:1: "},
      {"{A", "entity_patterns.txt:1: "},
  };
  for (const auto& c : cases) {
    const auto model = Model::from_bytes(pack_model({{"entity_patterns.txt", c.text}}), "test");
    try {
      const EntityPatterns patterns(*model);
      ADD_FAILURE() << "no error: " << c.text;
    } catch (const ModelError& e) {
      EXPECT_EQ(std::string(e.what()).substr(0, std::string(c.message).size()), c.message) << c.text;
    }
  }
}

TEST(EntityPatternFiles, BlocksThatGrowAreAnError) {
  std::string text = "{A} = xxxxxxxxxxxxxxxxxxxx\n";
  for (char name = 'B'; name <= 'Z'; ++name) {
    const std::string before = std::string("{") + static_cast<char>(name - 1) + "}";
    text += std::string("{") + name + "} = " + before + before + before + before + "\n";
  }
  EXPECT_THROW(EntityPatterns(*Model::from_bytes(pack_model({{"entity_patterns.txt", text}}), "test")), ModelError);
}

TEST(EntityPatternFiles, AFileOfOnesOwn) {
  const char* text =
      "{FRUIT} = apples|pears\n"
      "[QUANTITY] begins digit\n"
      "0.5 (?<=of) \\d+ {FRUIT}\n"
      "0.5 (?<!no|of) \\d+ plums\n"
      "[NONE] begins digit\n"
      "0.5 \\d+ plums a day\n"
      "{NUT} = wal nuts?|pecans?\n"
      "[QUANTITY] begins few many then - {NUT} digit\n"
      "0.5 \\w+(?:-| )(?:{NUT}|\\d+|figs)\n"
      "[QUANTITY] begins few\n"
      "0.5 few\\.\n"
      "[PERCENT] begins Apple pear figs kiwi\n"
      "0.5 (?<!no) Apple|(?:pear|KIWI)\n"
      "[MONEY] begins apple figs\n"
      "0.5 apple\n"
      "0.5 apple pie|figs\n"
      "[QUANTITY] begins dozen needs eggs?\n"
      "0.5 dozen \\w+(?: eggs?)?\n"
      "[DATE] begins digit\n"
      "0.5 (?<=year) (?:19|2[0-1])\\d\n"
      "0.5 (?<=bus) 1\\d\\d\\d|2\\d\\d\\d|3000\n";
  EntityFinder finder(Model::from_bytes(pack_model({{"entity_patterns.txt", text}}), "test"));
  EXPECT_EQ(finder.mark("Out of 3 apples, 3 pears are left."), "Out of [QUANTITY 3 apples], 3 pears are left.");
  EXPECT_EQ(finder.mark("I ate 3 plums."), "I ate [QUANTITY 3 plums].");
  EXPECT_EQ(finder.mark("I ate no 3 plums."), "I ate no 3 plums.");
  EXPECT_EQ(finder.mark("I ate 3 plums a day."), "I ate 3 plums a day.");
  EXPECT_EQ(finder.mark("Few pecans, many wal nut: many-figs, few pecan many 7, few figs, few"),
            "[QUANTITY Few pecans], [QUANTITY many wal nut]: [QUANTITY many-figs], [QUANTITY few pecan] "
            "[QUANTITY many 7], few [MONEY figs], few");
  EXPECT_EQ(finder.mark("Year 212, year 199, year 222, year 2125, year 21, year 212a, 212."),
            "Year [DATE 212], year [DATE 199], year 222, year 2125, year 21, year 212a, 212.");
  EXPECT_EQ(finder.mark("Bus 1234, bus 2999, bus 3000, bus 3001."),
            "Bus [DATE 1234], bus [DATE 2999], bus [DATE 3000], bus 3001.");
  EXPECT_EQ(finder.mark("There are few."), "There are [QUANTITY few.]");
  EXPECT_EQ(finder.mark("A dozen ducks."), "A dozen ducks.");
  EXPECT_EQ(finder.mark("A dozen fresh eggs."), "A [QUANTITY dozen fresh eggs].");
  EXPECT_EQ(finder.mark("A dozen ducks for one egg."), "A [QUANTITY dozen ducks] for one egg.");
  EXPECT_EQ(finder.mark("A dozen 5km."), "A dozen 5km.");
  EXPECT_EQ(finder.mark("A dozen 5eggs."), "A [QUANTITY dozen 5eggs].");
  EXPECT_EQ(
      finder.mark("An apple, a pear, no kiwi, no apple, apple pies, apple pie."),
      "An [PERCENT apple], a [PERCENT pear], no kiwi, no [MONEY apple], [PERCENT apple] pies, [MONEY apple pie].");
  EntityFinder nothing(Model::from_bytes(pack_model({}), "test"));
  EXPECT_EQ(nothing.mark("On Nov. 3 at 9 a.m."), "On Nov. 3 at 9 a.m.");
}

// What sections say of the tokens behind the first spares tries and changes nothing.
TEST(EntityPatternFiles, ConditionsOfSectionsChangeNothing) {
  const auto builtin = Model::builtin()->section("entity_patterns.txt");
  std::istringstream list(std::string(reinterpret_cast<const char*>(builtin.data()), builtin.size()));
  std::string bare;
  for (std::string line; std::getline(list, line); bare += line + "\n")
    if (line.starts_with('['))
      for (const char* condition : {" over ", " then ", " needs "}) line = line.substr(0, line.find(condition));
  EntityFinder all(Model::from_bytes(pack_model({{"entity_patterns.txt", bare}}), "test"));
  EntityFinder finder;
  constexpr const char* kPieces[] = {
      "5",       "12",      "20",    "2015",    "1990s",   "3.5",    "10:30",   "5pm",   "21st", "5km",    "1,000",
      "5th",     "May",     "Sept.", "Jan",     "July",    "Monday", "Sat.",    "$",     "€",    "US",     "USD",
      "Rs.",     "S/.",     "%",     "pct.",    "per",     "cent",   "percent", "miles", "sq",   "km",     "°C",
      "deg",     "feet",    "6'2",   "'",       "’",       "½",      "a.m.",    "pm",    "ET",   "local",  "time",
      "o'clock", "in",      "the",   "morning", "million", "bn",     "half",    "a",     "two",  "dozens", "won",
      "pounds",  "dollars", "Hong",  "Kong",    "-",       "–",      "/",       ",",     ".",    "of",     "to",
      "and",     "the",     "at",    "night",   "between", "noon"};
  uint64_t random = 11;
  const auto any = [&](size_t n) {
    random = random * 6364136223846793005 + 1442695040888963407;
    return (random >> 33) % n;
  };
  size_t found = 0;
  for (size_t n = 0; n < 6000; ++n) {
    std::string text = "So";
    for (size_t k = 0; k < 8; ++k) {
      const std::string piece = kPieces[any(std::size(kPieces))];
      const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
      const bool words = (is_letter(text.back()) || text.back() == '.') && is_letter(piece.front());
      text += (words || any(3) != 0 ? " " : "") + piece;
    }
    const std::string marked = finder.mark(text);
    EXPECT_EQ(marked, all.mark(text));
    found += static_cast<size_t>(std::count(marked.begin(), marked.end(), ']'));
  }
  EXPECT_GT(found, 4000U);
}

}  // namespace
}  // namespace newsnlp
