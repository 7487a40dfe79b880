#include <gtest/gtest.h>

#include <chrono>

#include "newsnlp/newsnlp.h"
#include "speaker_table.h"

namespace newsnlp {
namespace {

TEST(Linker, CanonicalNameIsTheFullest) {
  SpeakerTable table;
  const Layers layers = table.read(read_marks("<1 Novak> waved. <1 President Karel Novak> left. <1 Mr. Novak> slept."));
  ASSERT_EQ(layers.entities.size(), 1U);
  EXPECT_EQ(layers.of(layers.entities[0].name), "Karel Novak");
  EXPECT_EQ(layers.entities[0].gender, Gender::Male);
}

TEST(Linker, AliasesNeedNoTraining) {
  Options options;
  options.aliases = {{"the Iron Baker", "Ida Holm", EntityType::Person, "baker"}};
  const Analyzer analyzer(Model::builtin(), options);
  const Document d = analyzer.analyze("Ida Holm baked bread on Monday. Nobody in the town likes the Iron Baker.");
  ASSERT_GE(d.mentions().size(), 2U);
  EXPECT_EQ(d.text(d.mentions().back().span), "the Iron Baker");
  EXPECT_EQ(d.mentions().front().entity, d.mentions().back().entity);
}

TEST(Linker, AliasCircleIsAnError) {
  Options options;
  options.aliases = {
      {"A", "B", EntityType::Person, ""}, {"B", "C", EntityType::Person, ""}, {"C", "A", EntityType::Person, ""}};
  try {
    const Analyzer analyzer(Model::builtin(), options);
    FAIL() << "no error";
  } catch (const ListError& e) {
    EXPECT_NE(std::string(e.what()).find("aliases:1:"), std::string::npos) << e.what();
  }
}

// Text that is one list of names: twice the names, at most about twice the time.
TEST(Linker, ManyNamesAreLinear) {
  SpeakerTable table;
  const auto seconds = [&](size_t count) {
    MarkedArticle a;
    for (size_t i = 0; i < count; ++i) {
      const auto at = static_cast<uint32_t>(a.text.size());
      a.text += (i % 2 == 0 ? "Ann" + std::to_string(i) : std::string("John")) + " Smith";
      a.names.push_back({{at, static_cast<uint32_t>(a.text.size())}, '1'});
      a.text += i % 10 == 9 ? ".\n" : ", ";
    }
    const auto begin = std::chrono::steady_clock::now();
    const Layers layers = table.read(a);
    EXPECT_EQ(check_invariants(layers), "");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  seconds(1000);
  const double one = seconds(10000);
  const double two = seconds(20000);
  EXPECT_LT(two, 3.5 * one + 0.2);
}

}  // namespace
}  // namespace newsnlp
