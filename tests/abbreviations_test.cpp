#include "abbreviations.h"

#include <gtest/gtest.h>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

TEST(Abbreviations, AreFound) {
  const Abbreviations list(
      "# comment\n[before-name]\nSen Mr # titles\n[may-end]\nInc "
      "Ph.D\n[before-number]\nNo\n[starters]\nthe\n[cues]\nsaid the\n");
  EXPECT_EQ(list.find("Sen"), Abbreviation::BeforeName);
  EXPECT_EQ(list.find("SEN"), Abbreviation::BeforeName);
  EXPECT_EQ(list.find("sen"), Abbreviation::None);
  EXPECT_EQ(list.find("Ph.D"), Abbreviation::MayEnd);
  EXPECT_EQ(list.find("No"), Abbreviation::BeforeNumber);
  EXPECT_EQ(list.find("titles"), Abbreviation::None);
  EXPECT_EQ(list.find(""), Abbreviation::None);
  EXPECT_TRUE(list.is_starter("the"));
  EXPECT_TRUE(list.is_cue("the"));
  EXPECT_FALSE(list.is_starter("said"));
}

TEST(Abbreviations, NameBrokenLines) {
  for (const auto& [text, place] : {std::pair{"Sen\n", "abbreviations.txt:1: "},
                                    {"[before-name]\n\nSen.\n", "abbreviations.txt:3: "},
                                    {"[titles]\n", "abbreviations.txt:1: "},
                                    {"[starters]\nThe\n", "abbreviations.txt:2: "},
                                    {"[starters]\n\xC3\n", "abbreviations.txt:1: "}}) {
    try {
      const Abbreviations list(text);
      ADD_FAILURE() << text;
    } catch (const ModelError& e) {
      EXPECT_EQ(std::string(e.what()).substr(0, std::string_view(place).size()), place);
    }
  }
}

}  // namespace
}  // namespace newsnlp
