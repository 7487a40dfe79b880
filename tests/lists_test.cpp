// The tab-separated lists that a person adds: what is read, and how a broken line is reported.
#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"

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
           Case{"cues", "tweet\tverb", "f.tsv:1: ", "use speech, thought, noun, preposition or never"},
           Case{"cues", "a\tspeech\n\n\nb", "f.tsv:4: ", "separated by tabs"},
       }) {
    const std::string what = message(c);
    EXPECT_EQ(what.find(c.place), 0U) << c.list << ": " << what;
    EXPECT_NE(what.find(c.remedy), std::string::npos) << c.list << ": " << what;
  }
}

}  // namespace
}  // namespace newsnlp
