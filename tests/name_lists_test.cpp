// A person's lists of names: what is forced, helped and forbidden.
#include "name_lists.h"

#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

// "0-3 LOCATION force; …" by tokens.
std::string matches(const std::vector<NameEntry>& entries, const std::string& text) {
  const auto model = Model::builtin();
  const Segmenter segmenter(*model);
  const NameLists lists(entries, segmenter);
  Layers layers;
  Workspace workspace(nullptr);
  layers.text = text;
  segmenter.segment(layers, workspace);
  std::vector<NameLists::Match> found;
  lists.match(layers, workspace, found);
  std::string out;
  for (const auto& m : found) {
    if (!out.empty()) out += "; ";
    out += layers.text.substr(layers.tokens[m.tokens.begin].span.begin,
                              layers.tokens[m.tokens.end - 1].span.end - layers.tokens[m.tokens.begin].span.begin);
    out += m.rule == NameRule::Force ? " force" : m.rule == NameRule::Help ? " help" : " never";
  }
  return out;
}

TEST(NameLists, LongestEntryWins) {
  const std::vector<NameEntry> entries = {
      {"Port Ellis", EntityType::Location, NameRule::Force},
      {"Port Ellis Ferry Company", EntityType::Organization, NameRule::Help},
      {"O'Brien-Smith", EntityType::Person, NameRule::Force},
      {"Quill", EntityType::Person, NameRule::Never},
  };
  const struct {
    const char* text;
    const char* expected;
  } kCases[] = {
      {"He left Port Ellis on Monday.", "Port Ellis force"},
      {"The Port Ellis Ferry Company said so.", "Port Ellis Ferry Company help"},
      {"The Port Ellis Ferry left.", "Port Ellis force"},
      {"port ellis", ""},
      {"Ms O'Brien-Smith and Quill", "O'Brien-Smith force; Quill never"},
      {"Quill\nPort\nEllis", "Quill never"},
      {"", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(matches(entries, c.text), c.expected) << c.text;
}

TEST(NameLists, RefusesBrokenNames) {
  const auto model = Model::builtin();
  const Segmenter segmenter(*model);
  EXPECT_THROW(NameLists({{"a\nb", EntityType::Person, NameRule::Force}}, segmenter), ListError);
  EXPECT_THROW(NameLists({{"\xFF", EntityType::Person, NameRule::Force}}, segmenter), ListError);
}

std::string mentions(Options options, const std::string& text) {
  const Analyzer analyzer(Model::builtin(), std::move(options));
  const Document d = analyzer.analyze(text);
  std::string out;
  for (const Mention& m : d.mentions()) {
    if (!out.empty()) out += "; ";
    out += std::string(to_string(m.type)) + " " + std::string(d.text(m.span));
  }
  return out;
}

TEST(NameLists, ForceAddsAndNeverForbids) {
  Options options;
  options.names = {{"blue lantern", EntityType::Organization, NameRule::Force},
                   {"Maria Keller", EntityType::Person, NameRule::Never}};
  EXPECT_EQ(mentions(options, "The blue lantern met Maria Keller in Berlin."),
            "ORGANIZATION blue lantern; LOCATION Berlin");
}

TEST(NameLists, AHundredThousandEntriesAreTaken) {
  Options options;
  for (int i = 0; i < 100000; ++i)
    options.names.push_back({"Zorbatek " + std::to_string(i), EntityType::Organization, NameRule::Force});
  EXPECT_EQ(mentions(options, "Shares of Zorbatek 4711 rose."), "ORGANIZATION Zorbatek 4711");
}

}  // namespace
}  // namespace newsnlp
