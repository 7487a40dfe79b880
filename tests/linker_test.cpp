#include <gtest/gtest.h>

#include <chrono>

#include "newsnlp/newsnlp.h"
#include "speaker_table.h"

namespace newsnlp {
namespace {

constexpr const char* kNames[] = {
    "<1 Maria Lopez> opened the fair. <1 Lopez> thanked the city.",
    "<1 Lopez> opened the fair. The crowd cheered <1 Maria Lopez>.",
    "<1 President Karel Novak> arrived. <1 Karel Novak> waved. <1 Novak> left.",
    "Officials met <1 Joe Harding>. <1 Joseph Harding> was late.",
    "Officials met <1 Bill Harding>. <1 William Harding> was late.",
    "<1 Liz Arden> ran. <1 Elizabeth Arden> won.",
    "<1 J. K. Tremain> wrote it. <1 Tremain> sold it.",
    "<1 John P. Tremain> wrote it. <1 John Tremain> sold it.",
    "<1 John Tremain> and <2 Carol Tremain> wrote it.",
    "<1 Bill Foster> met <2 Hillary Foster>. <2 Mrs. Foster> smiled.",
    "<1 Bill Foster> met <2 Hillary Foster>. <1 Mr. Foster> smiled.",
    "<1 George W. Hale> followed <2 George H. Hale>.",
    "<1 Donald Marsh> arrived with <2 Donald Marsh Jr.> on Monday.",
    "<1 José García> scored. <1 Jose Garcia> celebrated.",
    "<1 Jean-Paul Mercier> spoke. <1 Mercier> sat down.",
    "<1 Sergei Ivanenko> spoke. <1 Sergey Ivanenko> sat down.",
    "<1 Andrés Manuel Ruiz Ortega> spoke. <1 Ruiz Ortega> sat down. <1 Ortega> rose.",
    "<1 Xi Wenzhou> toured the plant. <1 Xi> praised the workers.",
    "<1 Anna Kern>'s book sold well. <1 Kern> is pleased.",
    "<1 Dr. Anna Kern> spoke. <1 Dr. Kern> left.",
    "<1 Sen. Paul Whitby> voted no. <1 Whitby> explained.",
    "<1 Mr. Whitby> voted no. <2 Ms. Whitby> voted yes.",
    "<1 Peter Long> met <2 Peter Short>. <1 Long> left. <2 Short> stayed.",
    "<1 Martha Reed> met <2 Susan Reed>. <2 Susan> laughed. <1 Martha> did not.",
    "<1 Tom Alder> and <2 Tim Alder> are brothers.",
    "<1 Alexandra Stone> won. <1 Alex Stone> was surprised.",
    "<1 Alexandra Stone> won. <2 Alan Stone> lost.",
    "<a Northern Rail Agency> (<a NRA>) said so. <a NRA> declined.",
    "<a National Weather Office> warned. The <a NWO> was right.",
    "<a Lakeside Morning Journal> reported it. The <a Journal> said no more.",
    "<a Harper Lindqvist> fell 3 percent. <a Harper> cut its outlook.",
    "<a Union of Miners> met. <b Union of Teachers> met, too.",
    "The <A United States> objected. The <A U.S.> did not sign. <A US> officials left.",
    "<A Britain> agreed. The <A United Kingdom> signed.",
    "The <a European Union> agreed. The <a EU> signed.",
    "<A Graz> is cold. <A Graz> is old. <B Linz> is not.",
    "<a Trade Ministry> spoke. The <a Ministry> confirmed it.",
    "<1 Ernst Graf>, 44, lives in <A Graf>.",
    "<1 Olga Petrova> trained <2 Irina Petrova>. <1 Olga Petrova> retired.",
    "<1 Robert Vance>, <2 Henry Vance> and <3 Clara Vance> inherited it.",
    "<1 Kate O'Dell> sang. <1 O'Dell> bowed.",
    "<1 Mike Sander> ran. <1 Michael Sander> won. <1 Sander> slept.",
    "<1 Ben Carver> met <2 Dan Carver>. <1 Ben> paid.",
    "<1 Prime Minister Ida Holm> resigned. <1 Holm> gave no reason.",
    "<1 Lord Ashby> rose. <1 Ashby> spoke.",
};

constexpr const char* kSpeakers[] = {
    "<1 Maria Lopez> opened the fair. [She =1] said it was late.",
    "<1 Tom Becker> opened the fair. [He =1] said it was late.",
    "<1 Maria Lopez> met <2 Tom Becker> in Graz. [She =1] said it was late. [He =2] said it was early.",
    "<1 Tom Becker> met <2 Maria Lopez> in Graz. [She =2] said it was late.",
    "“We are late,” [<1 Maria Lopez> =1] said. “Very late,” [she =1] added.",
    "[<1 Paul Whitby> =1] said the bill was bad. <2 Karel Novak> wrote it last year. [He =1] added that it was long.",
    "[<1 Paul Whitby>, a lawyer for the town, =1] said the bill was bad.",
    "[Town lawyer <1 Paul Whitby> =1] said the bill was bad.",
    "[His lawyer, <1 Paul Whitby>, =1] said the bill was bad.",
    "<1 Karel Novak> was held on Friday. [His lawyer =u] said he was innocent.",
    "[Analysts =g] said prices would rise.",
    "[Two officials =g] said prices would rise.",
    "[Some residents =g] complained that the noise went on.",
    "[Police =g] said the road was closed.",
    "[Critics of the plan =g] say it costs too much.",
    "[Two people familiar with the matter =g] said prices would rise.",
    "[A spokeswoman =u] said the shop was closed.",
    "[A senior diplomat =u] said the talks had failed.",
    "[A spokesman for the <a Northern Rail Agency> =u] declined to comment.",
    "[The <a Northern Rail Agency> =a] said trains would stop.",
    "[<A Norway> =A] denied the report.",
    "Finance minister <1 Ida Holm> spoke on Monday. [The minister =1] said taxes would fall.",
    "<1 Ida Holm>, the finance minister, met <2 Karel Novak>. [The minister =1] said taxes would fall.",
    "Mayor <1 Ida Holm> met <2 Karel Novak>, the club's president. [The mayor =1] said no. [The president =2] said "
    "yes.",
    "Police spokeswoman <1 Ida Holm> came at noon. [The spokeswoman =1] said the road was closed.",
    "Coach <1 Karel Novak> praised striker <2 Tom Becker>. [The striker =2] said he was tired.",
    "Coach <1 Karel Novak> praised striker <2 Tom Becker>. [The coach =1] said he was proud.",
    "<a Lindqvist Motors> cut 300 jobs. [The company =a] said demand was weak.",
    "<a Lindqvist Motors> cut 300 jobs. [The carmaker =a] said demand was weak.",
    "The <a Supreme Court> met on Monday. [The court =a] said the law was void.",
    "<1 Tom Becker> came home on Sunday. [The 35-year-old =1] said he was tired.",
    "<1 Maria Lopez>, who paints, said [she =1] was told nothing.",
    "<1 Maria Lopez>, [who =1] said the town was cold, left.",
    "<1 Ms. Lopez> and <2 Mr. Becker> argued. [She =1] said no.",
    "[<1 Maria Lopez> =1] said it was late.\n\n{“We leave at noon.” =1}",
    "“Go,” [<1 Tom Becker> =1] said.\n\n{“Do not wait for me.” =1}",
    "“Go,” [she =-] said.",
    "[The report =-] said prices would rise.",
    "[A statement =-] said prices would rise.",
    "[<1 Maria Lopez> =1] told <2 Anna Kern> that it was late. [She =1] said the train was full.",
    "<1 Peter Long> won in <A Graz>. <2 Carol Tremain>, his coach, said [he =1] was told to rest.",
    "The plan by <1 Peter Long> failed. “It was mine,” [he =1] said.",
    "“It was mine,” said [<1 Peter Long>, =1] a painter. [He =1] said it was old.",
    "<1 Congresswoman Ida Holm> spoke. [She =1] said no.",
    "<1 Chairman Lee Park> spoke to <2 Ms. Holm>. [He =1] said no.",
    "<1 Ashley Doe>, a spokesman, met <2 Rose Hill>. [He =1] said no.",
    "[Economists =g] expect growth, [<1 Anna Kern> =1] said.",
    "[The <a White House> =a] said no.",
    "[Another resident =u] said the road was bad.",
    "[One neighbor =u] said the road was bad.",
    "[Residents =g] said the road was bad. [They =g] said nobody came.",
    "The <a Lakeside Council> met. [It =a] said nobody came.",
    "[Farmers in the valley =g] say the river is low.",
    "[Senator <1 Paul Whitby> =1] said no. [The senator =1] said it again.",
    "[A witness =u] said a car stopped. [The witness =u] said two men ran.",
};

struct RoleRow {
  const char* article;
  const char* role;  // of person 1; "": none
};
constexpr RoleRow kRoles[] = {
    {"Kremlin spokesman <1 Igor Belov> said no.", "Kremlin spokesman"},
    {"Voters thanked Ann Moss for beating incumbent president <1 Igor Belov> at last.", "incumbent president"},
    {"Norwegian Prime Minister <1 Ida Holm> said no.", "Norwegian Prime Minister"},
    {"<1 Ida Holm>, the mayor of Graz, said no.", "mayor of Graz"},
    {"<1 Ida Holm>, a spokeswoman for the port, said no.", "spokeswoman for the port"},
    {"The mayor of Graz, <1 Ida Holm>, said no.", "mayor of Graz"},
    {"His lawyer, <1 Paul Whitby>, said no.", "His lawyer"},
    {"<1 Paul Whitby>, 44, a crane operator, said no.", "crane operator"},
    {"<1 Sen. Paul Whitby> said no.", "Sen."},
    {"<1 Mr. Whitby> said no.", ""},
    {"<1 Dr. Anna Kern>, who led the institute, said no.", "led the institute"},
    {"Former Secretary of State <1 Paul Whitby> said no.", "Former Secretary of State"},
    {"Republican presidential candidate <1 Paul Whitby> said no.", "Republican presidential candidate"},
    {"On Monday <1 Paul Whitby> said no.", ""},
    {"The town thanked <1 Paul Whitby> for it.", ""},
    {"EU trade commissioner <1 Ilse Brandt> said no.", "EU trade commissioner"},
    {"<1 Karel Novak>, coach of the team, said no.", "coach of the team"},
    {"<1 Karel Novak>, president and owner of the club, said no.", "president"},
    {"Striker <1 Karel Novak> scored twice.", "Striker"},
    {"In the town of Graz, <1 Karel Novak> said no.", ""},
    {"She thanked her husband, <1 Karel Novak>, for it.", "her husband"},
    {"Norway's foreign minister <1 Ida Holm> said no.", "Norway's foreign minister"},
    {"The singer <1 Ida Holm> said no.", "singer"},
};

template <size_t N>
void expect_share(const char* const (&rows)[N], const char* what) {
  SpeakerTable table;
  size_t decisions = 0;
  size_t wrong = 0;
  for (const char* row : rows)
    for (const std::string& miss : table.judge(row, decisions)) {
      ++wrong;
      std::printf("  %s: %s\n    %s\n", what, miss.c_str(), row);
    }
  std::printf("%s: %zu of %zu decisions right\n", what, decisions - wrong, decisions);
  EXPECT_LE(wrong * 100, decisions * 8) << "92 in a hundred are asked for";
}

TEST(Linker, MergesAndKeepsApart) {
  expect_share(kNames, "names");
}

TEST(Resolver, FindsSpeakers) {
  expect_share(kSpeakers, "speakers");
}

TEST(Linker, FindsRoles) {
  SpeakerTable table;
  size_t wrong = 0;
  for (const RoleRow& row : kRoles) {
    const Layers layers = table.read(read_marks(row.article));
    EXPECT_EQ(check_invariants(layers), "");
    const uint32_t entity = layers.mentions.at(0).entity;
    const IndexRange roles = layers.entities.at(entity).roles;
    const std::string got = roles.empty() ? "" : std::string(layers.of(layers.roles[roles.begin].span));
    if (got == row.role) continue;
    ++wrong;
    std::printf("  role \"%s\", wanted \"%s\": %s\n", got.c_str(), row.role, row.article);
  }
  EXPECT_LE(wrong * 100, std::size(kRoles) * 8);
}

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
