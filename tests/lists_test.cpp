// The tab-separated lists that a person adds: what is read, and how a broken line is reported.
#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"
#include "processor_time.h"

namespace newsnlp {
namespace {

TEST(Lists, NamesAreReadWithTheirRule) {
  const auto names = read_names(
      "# a comment\n"
      "\n"
      "Acme Freight\tORGANIZATION\tforce\r\n"
      "Quill\tPERSON\tnever\n"
      "Port Ellis\tLOCATION\n",
      "names.tsv");
  ASSERT_EQ(names.size(), 3U);
  EXPECT_EQ(names[0].name, "Acme Freight");
  EXPECT_EQ(names[0].type, EntityType::Organization);
  EXPECT_EQ(names[0].rule, NameRule::Force);
  EXPECT_EQ(names[1].rule, NameRule::Never);
  EXPECT_EQ(names[2].rule, NameRule::Help);
  EXPECT_EQ(names[2].type, EntityType::Location);
}

TEST(Lists, AliasesAndCuesAreRead) {
  const auto aliases =
      read_aliases("the Iron Lady\tMargaret Thatcher\tPERSON\tprime minister\nBig Blue\tIBM\tORGANIZATION", "a");
  ASSERT_EQ(aliases.size(), 2U);
  EXPECT_EQ(aliases[0].alias, "the Iron Lady");
  EXPECT_EQ(aliases[0].name, "Margaret Thatcher");
  EXPECT_EQ(aliases[0].role, "prime minister");
  EXPECT_EQ(aliases[1].role, "");
  const auto cues = read_cues("tweet\tspeech\nin the words of\tpreposition\ncite\tnever\n", "c");
  ASSERT_EQ(cues.size(), 3U);
  EXPECT_EQ(cues[0].kind, CueKind::Speech);
  EXPECT_EQ(cues[1].cue, "in the words of");
  EXPECT_EQ(cues[1].kind, CueKind::Preposition);
  EXPECT_EQ(cues[2].kind, CueKind::Never);
}

TEST(Lists, ABrokenLineIsNamed) {
  struct Case {
    const char* list;
    const char* text;
    const char* place;
    const char* remedy;
  };
  const auto message = [](const Case& c) -> std::string {
    try {
      if (c.list == std::string_view("names")) read_names(c.text, "f.tsv");
      if (c.list == std::string_view("aliases")) read_aliases(c.text, "f.tsv");
      if (c.list == std::string_view("cues")) read_cues(c.text, "f.tsv");
    } catch (const ListError& e) {
      return e.what();
    }
    return "no error";
  };
  for (const Case& c : {
           Case{"names", "Acme", "f.tsv:1: ", "separated by tabs"},
           Case{"names", "\n# x\nAcme\tORGANIZATION\nBell ORGANIZATION\n", "f.tsv:4: ", "separated by tabs"},
           Case{"names", "Acme\tCompany", "f.tsv:1: ", "use PERSON, ORGANIZATION, LOCATION or MISC"},
           Case{"names", "Acme\tORGANIZATION\talways", "f.tsv:1: ", "use force, help or never"},
           Case{"names", "\tORGANIZATION\tforce", "f.tsv:1: ", "separated by tabs"},
           Case{"aliases", "a\tb\tPERSON\tc\td", "f.tsv:1: ", "separated by tabs"},
           Case{"aliases", "a\t\tPERSON", "f.tsv:1: ", "empty"},
           Case{"aliases", "ok\tOk\tPERSON\nthe boss\tAnn\n", "f.tsv:2: ", "separated by tabs"},
           Case{"names", "Ann\tPERSON\rTom\tPERSON\r", "f.tsv:1: ", "end lines with"},
           Case{"names", "ok\tPERSON\nAnn \xF0\x9F\tPERSON", "f.tsv:2: ", "convert the file to UTF-8"},
           Case{"aliases", "a\tb\tPERSON\n\xE2\x80\tb\tPERSON", "f.tsv:2: ", "convert the file to UTF-8"},
           Case{"aliases", "a\t\t\t\t\t\t\t\t\t\t\t", "f.tsv:1: ", "separated by tabs"},
           Case{"cues", "said\xF0\tspeech", "f.tsv:1: ", "convert the file to UTF-8"},
           Case{"cues", "tweet\tverb", "f.tsv:1: ", "use speech, thought, noun, preposition or never"},
           Case{"cues", "a\tspeech\n\n\nb", "f.tsv:4: ", "separated by tabs"},
       }) {
    const std::string what = message(c);
    EXPECT_EQ(what.find(c.place), 0U) << c.list << ": " << what;
    EXPECT_NE(what.find(c.remedy), std::string::npos) << c.list << ": " << what;
  }
}

TEST(Lists, AByteOrderMarkBelongsToNoName) {
  const auto names = read_names(
      "\xEF\xBB\xBF"
      "Ann Moss\tPERSON\tforce\r\n",
      "f.tsv");
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].name, "Ann Moss");
  Options options;
  options.patterns = "\xEF\xBB\xBFpattern mine = (?P<cue>quoth) (?P<source>{NP})\r\n";
  EXPECT_NO_THROW(Analyzer(Model::builtin(), options));
}

// What a program hands over has no file; its entry is named.
TEST(Lists, AnEntryThatIsNoTextIsNamed) {
  const auto message = [](const Options& options) -> std::string {
    try {
      const Analyzer analyzer(Model::builtin(), options);
    } catch (const ListError& e) {
      return e.what();
    }
    return "no error";
  };
  const std::string cut = "caf\xC3";
  Options names, aliases, cues, patterns;
  names.names = {{"Ann", EntityType::Person}, {cut, EntityType::Person}};
  aliases.aliases = {{"Ann", "Ann Moss", EntityType::Person, ""}, {"Tom", cut, EntityType::Person, ""}};
  cues.cues = {{"quoth", CueKind::Speech}, {cut, CueKind::Speech}};
  patterns.patterns = "words W = a\nverbs V = " + cut;
  EXPECT_EQ(message(names).find("name 2: "), 0U) << message(names);
  EXPECT_EQ(message(aliases).find("aliases:2: "), 0U) << message(aliases);
  EXPECT_EQ(message(cues).find("cues:2: "), 0U) << message(cues);
  EXPECT_EQ(message(patterns).find("patterns:2:14: "), 0U) << message(patterns);
}

TEST(Lists, AChainOfAliasesIsFollowedOnce) {
  Options options;
  constexpr size_t kAliases = 20000;  // each one stands for the next one
  for (size_t i = 0; i < kAliases; ++i)
    options.aliases.push_back({"Boss" + std::to_string(i), "Boss" + std::to_string(i + 1), EntityType::Person, ""});
  const double all = processor_seconds([&] { EXPECT_NO_THROW(Analyzer(Model::builtin(), options)); });
  options.aliases.resize(kAliases / 8);
  const double some = processor_seconds([&] { EXPECT_NO_THROW(Analyzer(Model::builtin(), options)); });
  EXPECT_LE(all, 20 * some);
}

}  // namespace
}  // namespace newsnlp
