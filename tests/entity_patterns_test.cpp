// Dates, times, amounts and addresses. One row a case: "[DATE Nov. 3]" is the mention that must be found, and what
// stands outside of brackets must not be one.
#include "entity_patterns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>

#include "model_file.h"
#include "newsnlp/error.h"
#include "newsnlp/json.h"
#include "segmenter.h"
#include "workspace.h"

namespace newsnlp {
namespace {

class Finder {
 public:
  explicit Finder(std::shared_ptr<const Model> model = Model::builtin())
      : model_(std::move(model)), segmenter_(*Model::builtin()), patterns_(*model_), workspace_(nullptr) {}

  /// The text with each mention in brackets.
  std::string mark(const std::string& text) {
    Layers layers;
    layers.text = text;
    segmenter_.segment(layers, workspace_);
    std::vector<FoundName> found;
    patterns_.match(layers, workspace_, memo_, found);
    std::string out;
    uint32_t at = 0;
    for (const FoundName& m : found) {
      const Span span{layers.tokens[m.tokens.begin].span.begin, layers.tokens[m.tokens.end - 1].span.end};
      EXPECT_LE(at, span.begin) << text;
      EXPECT_TRUE(m.score > 0 && m.score <= 1) << text;
      out += text.substr(at, span.begin - at) + "[" + std::string(to_string(m.type)) + " " +
             std::string(layers.of(span)) + "]";
      at = span.end;
    }
    return out + text.substr(at);
  }

 private:
  std::shared_ptr<const Model> model_;
  Segmenter segmenter_;
  EntityPatterns patterns_;
  Workspace workspace_;
  EntityPatterns::Memo memo_;
};

std::string plain(const std::string& marked) {
  std::string out;
  for (size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == '[')
      i = marked.find(' ', i);
    else if (marked[i] != ']')
      out += marked[i];
  }
  return out;
}

const char* const kCases[] = {
    // calendar dates
    "The vote is on [DATE Nov. 3] in Delby.",
    "She resigned on [DATE November 3, 2020], he said.",
    "It opened on [DATE 3 November 2020] in Delby.",
    "It opened on [DATE 3rd November 2020] in Delby.",
    "It opened on the [DATE 3rd of November] in Delby.",
    "It opened on the [DATE 21st of March, 2019] in Delby.",
    "It ends [DATE July 4th], they say.",
    "On [DATE July20] it began.",
    "It ends [DATE July 4th, 2022].",
    "On [DATE Monday, July 18], the plan changed.",
    "On [DATE Monday, July 18, 2022], the plan changed.",
    "On [DATE Monday July 18] the plan changed.",
    "On [DATE Monday 18 July] the plan changed.",
    "On [DATE Tuesday, 26 July 2022] the court met.",
    "On [DATE Sunday the 26 June, 2022] the court met.",
    "On [DATE Tuesday 26/07/2022] the court met.",
    "He came on [DATE Feb. 25] and left on [DATE March 2].",
    "He came on [DATE Feb.25] and left.",
    "He came on [DATE Sept. 1, 1999], alone.",
    "He came on [DATE Sep 1, 1999], alone.",
    "DELBY, [DATE Jun 3 2022] (ANN) - The harbour is closed.",
    "DELBY, [DATE 26 March] - The harbour is closed.",
    "From [DATE July 21 to 23] the road is closed.",
    "From [DATE July 21-23] the road is closed.",
    "From [DATE July 21–23] the road is closed.",
    "From [DATE July 24/25] the road is closed.",
    "From [DATE 25-26 July] the road is closed.",
    "From [DATE 25 to 26 July 2021] the road is closed.",
    "From [DATE January 31-February 6] the road is closed.",
    "The [DATE January 31 - February 6] break is over.",
    "The [DATE July 7 and 8] talks failed.",
    "The [DATE 29th & 30th December 2022] fair is off.",
    "Filed [DATE 2020-11-03] by the clerk.",
    "Filed [DATE 03/11/2020] by the clerk.",
    "Filed [DATE 3/11/20] by the clerk.",
    "Filed [DATE 03.11.2020] by the clerk.",
    "Filed [DATE 31-12-1999] by the clerk.",
    "Prices rose in [DATE December 2018].",
    "Prices rose in [DATE December, 2018].",
    "Prices rose in [DATE December of 2018].",
    "Prices rose in [DATE Dec. 2018].",
    "Prices rose in [DATE July-August 2018].",
    // months and days alone
    "In [DATE May] the bridge was closed.",
    "Since [DATE March] the bridge is closed.",
    "Last [DATE May] the bridge was closed.",
    "By late [DATE March] the bridge was closed.",
    "In [DATE June] and [DATE July] it rained.",
    "From [DATE July] to [DATE September] it rained.",
    "The [DATE June] quarter was weak.",
    "Until the end of [DATE August] it rained.",
    "He spoke on [DATE Monday].",
    "He spoke last [DATE Monday].",
    "He spoke [DATE Thursday] in Delby.",
    "[DATE Friday]'s vote was close.",
    "[DATE Friday]’s vote was close.",
    "On [DATE Mondays] and [DATE Thursdays] it is shut.",
    "On [DATE Monday] and [DATE Wednesday] it is shut.",
    "MILL FIRE: WHAT WE KNOW ON [DATE MONDAY]",
    "the meeting is on [DATE monday] in delby.",
    "It rained on [DATE Sun., July 4], they said.",
    // years
    "It began in [DATE 2012].",
    "It began in late [DATE 2012].",
    "The [DATE 2012] budget was short.",
    "Between [DATE 1999] and [DATE 2003] he was mayor.",
    "From [DATE 2004] to [DATE 2007] he was mayor.",
    "The harvest of [DATE 2021-22] was poor.",
    "The harvest of [DATE 2021/22] was poor.",
    "The harvest of [DATE 2021–2022] was poor.",
    "The [DATE 1976-1983] rule ended.",
    "His term ([DATE 1990-1995]) was calm.",
    "In the fiscal year [DATE 2022-2023] it grew.",
    "It was built in [DATE 1887].",
    "It was built in [DATE 1066].",
    "the third quarter of [DATE 2019] was weak.",
    "In the first half of [DATE 2022] sales fell.",
    "The [DATE 2018] vote, like the [DATE 2014] vote, was close.",
    // decades, centuries, eras
    "In the [DATE 1990s] the mill closed.",
    "In the late [DATE 1990s] the mill closed.",
    "Music of the [DATE 70s] is back.",
    "Music of the [DATE '70s] is back.",
    "Music of the [DATE ’70s] is back.",
    "In the early [DATE nineties] the mill closed.",
    "In the [DATE 19th century] the mill closed.",
    "In the [DATE eighteenth century] the mill closed.",
    "A [DATE 19th-century] mill burned.",
    "From 200 to [DATE 538 A.D.] they ruled.",
    "They ruled until [DATE 44 BC].",
    "Growth in [DATE Q3 2021] was flat.",
    "Growth in [DATE FY2021] was flat.",
    "They met on [DATE Christmas Eve].",
    "They met on [DATE New Year's Day].",
    // no dates
    "He spoke today.",
    "He spoke yesterday and will speak tomorrow.",
    "She may go.",
    "May he rest.",
    "May Lindqvist will march on.",
    "Protesters march on the town hall.",
    "Theresa Maywood said so.",
    "Mar Vista is a district.",
    "The sun is out.",
    "They sat down.",
    "He wed her.",
    "About 2000 people came.",
    "Some 1999 homes were flooded.",
    "The 2022 World Cup begins.",
    "The 2014 Winter Olympic Games ended.",
    "Resolution 1546 was passed.",
    "The Mining Act, 2016 was passed.",
    "The Mining Act of 1960 was passed.",
    "Flight 1951 was late.",
    "Room 2012 was empty.",
    "It holds 1,999 seats.",
    "It sold 20199 copies.",
    "The ratio was 1.2019 then.",
    "A 16-year-old was hurt.",
    "He is in his early youth.",
    "The team won 3-2.",
    "The decision was taken.",
    "Covid-19 spread again.",
    "The second man left.",
    "He finished third.",
    "An augustan age began.",
    "Rows 12 to 14 are free.",
    "He was 47.",
    "Article 19 protects speech.",
    // times
    "The talks begin at [TIME 9 a.m.] in Delby.",
    "The talks begin at [TIME 9 a.m. EST] in Delby.",
    "The talks begin at [TIME 9:30 a.m. ET] in Delby.",
    "The talks begin at [TIME 9.30 am] in Delby.",
    "The talks begin at [TIME 10:30pm] in Delby.",
    "The talks begin at [TIME 10.30pm] in Delby.",
    "The talks begin at [TIME 7pm] in Delby.",
    "The talks begin at [TIME 7 PM] in Delby.",
    "The talks begin at [TIME 16:30] in Delby.",
    "The talks begin at [TIME 16:30 GMT] in Delby.",
    "The talks begin at [TIME 1630 GMT] in Delby.",
    "The talks begin at [TIME 0800 hours] in Delby.",
    "The talks begin at [TIME 8:15 p.m. local time] in Delby.",
    "The talks begin at [TIME 12:30:15] in Delby.",
    "The talks begin at [TIME 9 o'clock] in Delby.",
    "The talks begin at [TIME nine o’clock] in Delby.",
    "The talks begin at [TIME noon] in Delby.",
    "The talks went on until [TIME midnight].",
    "Open from [TIME 8 a.m.] to [TIME 3:30 p.m.] daily.",
    "He spoke on [TIME Tuesday night].",
    "He spoke on [TIME Sunday evening].",
    "He spoke [TIME late Sunday].",
    "He spoke [TIME early on Wednesday].",
    "It opens at [TIME 9 a.m.] on [DATE Monday].",
    "At [TIME 10.30 am] [DATE Monday, July 4], it opened.",
    // no times
    "It was high noon for the firm.",
    "The midnight train left.",
    "The score was 3:7 then.",
    "He read Luke 12:75 aloud.",
    "The early bird left late.",
    "I am here.",
    "They asked 3 questions.",
    // money
    "It cost [MONEY $5].",
    "It cost [MONEY $1.2 billion].",
    "It cost [MONEY $1.2bn].",
    "It cost [MONEY $40m].",
    "It cost [MONEY €40m] then.",
    "It cost [MONEY $100,000].",
    "It cost [MONEY $12.50].",
    "It cost [MONEY $30 million], he said.",
    "It cost [MONEY $30million], he said.",
    "It cost [MONEY $100K] a year.",
    "It cost [MONEY £250,000] a year.",
    "It cost [MONEY ¥4 million].",
    "It cost [MONEY ₹50 crore].",
    "It cost [MONEY ₹5 lakh].",
    "It cost [MONEY ₡1600].",
    "It cost [MONEY US$2.3 billion].",
    "It cost [MONEY US$ 300 million].",
    "It cost [MONEY US $2 million].",
    "It cost [MONEY U.S.$5].",
    "It cost [MONEY HK$50].",
    "It cost [MONEY NT$1 million].",
    "It cost [MONEY S$1.5 billion].",
    "It cost [MONEY N$200 million].",
    "It cost [MONEY A$12,000].",
    "It cost [MONEY USD 4.5 million].",
    "It cost [MONEY USD600,000].",
    "It cost [MONEY EUR 12,000].",
    "It cost [MONEY Rs 500].",
    "It cost [MONEY Tk 1.25 crore].",
    "It cost [MONEY Dh5,000].",
    "It cost [MONEY Dh 5,000].",
    "It cost [MONEY SR3.5 billion].",
    "It cost [MONEY KD 200].",
    "It cost [MONEY LE 769 million].",
    "It cost [MONEY RM1.5 million].",
    "It cost [MONEY RM500,000].",
    "It cost [MONEY GHS1.5 billion].",
    "It cost [MONEY R25 million].",
    "It cost [MONEY R4.5 billion].",
    "It cost [MONEY N5 billion].",
    "It cost [MONEY ZAR12 million].",
    "It cost [MONEY QR330.7mn].",
    "It cost [MONEY $10-20 million].",
    "It cost [MONEY $10–$20] a head.",
    "It cost [MONEY $5 million] to [MONEY $6 million].",
    "It cost [MONEY 300 rubles].",
    "It cost [MONEY 300 roubles] a day.",
    "It cost [MONEY 5 dollars].",
    "It cost [MONEY 1.5 million US dollars].",
    "It cost [MONEY 2 million Australian dollars].",
    "It cost [MONEY 40 billion yuan].",
    "It cost [MONEY 40,000 yen].",
    "It cost [MONEY 3 billion euros].",
    "It cost [MONEY 12 million pounds].",
    "It cost [MONEY 50 pence].",
    "It cost [MONEY 60 cents].",
    "It cost [MONEY 90 million baht].",
    "It cost [MONEY 40,000 shekels].",
    "It cost [MONEY 2 trillion rupiah].",
    "It cost [MONEY 1.3 billion pesos].",
    "It cost [MONEY 2,000 won].",
    "It cost [MONEY 5 billion South Korean won].",
    "It cost [MONEY 500 Rs].",
    "It cost [MONEY 500 €] then.",
    "It cost [MONEY five dollars].",
    "It cost [MONEY two million dollars].",
    "It cost [MONEY half a million dollars].",
    "It cost [MONEY several million dollars].",
    "It cost [MONEY billions of dollars].",
    "It cost [MONEY tens of billions of dollars].",
    "It cost [MONEY thousands of euros].",
    "A [MONEY $40-million] loan was paid.",
    "A [MONEY 10-million-dollar] loan was paid.",
    "A [MONEY multimillion-dollar] loan was paid.",
    "A [MONEY trillion-dollar] hole is left.",
    "The [MONEY US dollar] rose.",
    "It cost 300\xC2\xA0people their jobs and [MONEY 300\xC2\xA0rubles] each.",
    // no money
    "The team of 12 won.",
    "In [DATE 2019] won the mayor.",
    "The dollar store is shut.",
    "He paid 5 visits.",
    "COP26 ended.",
    "The G20 met.",
    "R2 is a robot.",
    "Euro zone ministers met.",
    "A million people came.",
    "Ten million people came.",
    "The pound was weak.",
    // percent
    "It fell [PERCENT 5%].",
    "It fell [PERCENT 5.2 %].",
    "It fell [PERCENT 5 percent].",
    "It fell [PERCENT 5 per cent].",
    "It fell [PERCENT 5 pct] then.",
    "It fell [PERCENT five percent].",
    "It fell [PERCENT twenty-five per cent].",
    "It fell [PERCENT half a percent].",
    "It fell [PERCENT 2 percentage points].",
    "It fell [PERCENT 25 basis points].",
    "It fell [PERCENT 5-7%].",
    "It fell [PERCENT 5% to 7%].",
    "It fell [PERCENT 10 to 12 percent].",
    "A [PERCENT 5-percent] cut was made.",
    "It rose from 3 in [DATE 2014] to [PERCENT 42 percent].",
    "It fell 5 points.",
    "The percentage was low.",
    // quantities
    "The road is [QUANTITY 12 km] long.",
    "The road is [QUANTITY 12km] long.",
    "The road is [QUANTITY 7.5 miles] long.",
    "The road is [QUANTITY 300 metres] long.",
    "A [QUANTITY 30-metre] wall fell.",
    "A [QUANTITY six-foot] wall fell.",
    "The farm has [QUANTITY 200 hectares].",
    "The farm has [QUANTITY 1,200 acres].",
    "It weighs [QUANTITY 40 kg].",
    "It weighs [QUANTITY 40 tonnes].",
    "It weighs [QUANTITY two tons].",
    "They sold [QUANTITY 2 million barrels per day].",
    "They sold [QUANTITY thousands of tonnes] of wheat.",
    "The wind blew at [QUANTITY 100 km/h].",
    "The wind blew at [QUANTITY 90 mph].",
    "It was [QUANTITY 40 degrees Celsius].",
    "It was [QUANTITY 40°C] in the shade.",
    "It covers [QUANTITY 1,020 square kilometres].",
    "The plant has [QUANTITY 500 MW].",
    "He ran [QUANTITY 10 kilometres].",
    "He took 12 steps.",
    "He met 12 mayors.",
    "He read 5 lines of nothing and [QUANTITY 5 inches] of news.",
    // addresses
    "See [URL https://www.delbynews.example/a?b=1] for more.",
    "See [URL http://delby.example].",
    "See [URL www.delby.example], he said.",
    "Write to [EMAIL news@delby.example].",
    "Write to [EMAIL first.last+tips@mail.delby.example], please.",
    "Follow [HANDLE @DelbyNews] for more.",
    "Follow [HANDLE @delby_news].",
    "Thanks [HANDLE @anna] and [HANDLE @ben_99]!",
    "He sold 5 @ 3 each.",
    "An @ is a sign.",
    "The sign :// is odd.",
    // several
    "On [DATE Nov. 3], [PERCENT 40%] paid [MONEY $5 million] at [TIME 9 a.m.] for [QUANTITY 3 km] of road.",
    "[DATE 2019] was better than [DATE 2018].",
    "",
    " ",
    "No amount at all here.",
};

TEST(EntityPatterns, FindsWhatIsInBracketsAndNothingElse) {
  Finder finder;
  for (const char* c : kCases) EXPECT_EQ(finder.mark(plain(c)), c);
  EXPECT_GE(std::size(kCases), 250U);
}

TEST(EntityPatterns, BrokenFilesNameTheLine) {
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

TEST(EntityPatterns, BlocksThatGrowAreAnError) {
  std::string text = "{A} = xxxxxxxxxxxxxxxxxxxx\n";
  for (char name = 'B'; name <= 'Z'; ++name) {
    const std::string before = std::string("{") + static_cast<char>(name - 1) + "}";
    text += std::string("{") + name + "} = " + before + before + before + before + "\n";
  }
  EXPECT_THROW(EntityPatterns(*Model::from_bytes(pack_model({{"entity_patterns.txt", text}}), "test")), ModelError);
}

TEST(EntityPatterns, AFileOfOnesOwn) {
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
  Finder finder(Model::from_bytes(pack_model({{"entity_patterns.txt", text}}), "test"));
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
  Finder nothing(Model::from_bytes(pack_model({}), "test"));
  EXPECT_EQ(nothing.mark("On Nov. 3 at 9 a.m."), "On Nov. 3 at 9 a.m.");
}

// What sections say of the tokens behind the first spares tries and changes nothing.
TEST(EntityPatterns, ConditionsOfSectionsChangeNothing) {
  const auto builtin = Model::builtin()->section("entity_patterns.txt");
  std::istringstream list(std::string(reinterpret_cast<const char*>(builtin.data()), builtin.size()));
  std::string bare;
  for (std::string line; std::getline(list, line); bare += line + "\n")
    if (line.starts_with('['))
      for (const char* condition : {" over ", " then ", " needs "}) line = line.substr(0, line.find(condition));
  Finder all(Model::from_bytes(pack_model({{"entity_patterns.txt", bare}}), "test"));
  Finder finder;
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

TEST(EntityPatterns, OddTextIsHarmless) {
  Finder finder;
  for (const char* unit :
       {"@", "://", "www.", "$", "1,", "1 ", "May ", "Nov. ", "@a.", "half a ", "1-", "“’70s", "9 a.m. "}) {
    std::string text;
    while (text.size() < 20000) text += unit;
    EXPECT_EQ(plain(finder.mark(text)), text) << unit;
  }
}

}  // namespace
}  // namespace newsnlp
