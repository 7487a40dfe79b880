#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "first_names.h"
#include "folding.h"
#include "list_rows.h"
#include "model_file.h"
#include "newsnlp/newsnlp.h"
#include "section.h"
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

TEST(Linker, NoPersonBehindAnArticle) {
  struct Row {
    const char* marked;
    EntityType type;
  };
  for (const Row& r : {
           Row{"The <1 Velden Courier> reported it.", EntityType::Organization},
           Row{"He lied, said the <1 Velden Courier>.", EntityType::Organization},
           Row{"The <1 Ann Lee> campaign reported it.", EntityType::Person},
           Row{"The <1 Ann Lee> of 1990 would have left.", EntityType::Person},
           Row{"The <1 Reverend Ann Lee> said no.", EntityType::Person},
           Row{"The <1 Donald> said no.", EntityType::Person},
           Row{"<1 Ann Lee> said no.", EntityType::Person},
       }) {
    SpeakerTable table;
    const Layers layers = table.read(read_marks(r.marked));
    ASSERT_EQ(layers.entities.size(), 1U) << r.marked;
    EXPECT_EQ(layers.entities[0].type, r.type) << r.marked;
  }
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

struct ManyNames {
  const char* what;
  size_t count;
  std::string (*name)(size_t);
  const char* source;  // of a quote every tenth name; "": none
};

const ManyNames kManyNames[] = {
    {"twice as many mentions as names", 100000,
     [](size_t i) { return "Ann" + std::to_string(i / 2) + " Smith" + std::to_string(i / 2 % 997); }, ""},
    {"John Smith again and again", 20000, [](size_t) { return std::string("John Smith"); }, "he"},
    {"first names of one surname", 20000, [](size_t i) { return "Ann" + std::to_string(i) + " Smith"; }, "Smith"},
    {"surnames alone behind many of one name", 20000,
     [](size_t i) { return i % 2 == 0 ? "Ann" + std::to_string(i) + " Smith" : std::string("Smith"); }, "she"},
    {"names of 500 words", 300,
     [](size_t i) {
       std::string name;
       for (int w = 0; w < 500; ++w) name += "Ann" + std::to_string(w) + ' ';
       return name + "Smith" + std::to_string(i % 7);
     },
     "they"},
    {"sources without a name", 20000, [](size_t i) { return "Ann Smith" + std::to_string(i % 100); }, "the minister"},
    {"groups, each of its own", 20000, [](size_t i) { return "Ann Smith" + std::to_string(i % 100); }, "two officials"},
};

MarkedArticle list_of(const ManyNames& names, size_t count) {
  MarkedArticle a;
  const auto mark = [&](std::vector<MarkedArticle::Name>& where, const std::string& words, char sign) {
    const auto at = static_cast<uint32_t>(a.text.size());
    a.text += words;
    where.push_back({{at, static_cast<uint32_t>(a.text.size())}, sign});
  };
  for (size_t i = 0; i < count; ++i) {
    mark(a.names, names.name(i), '1');
    if (i % 10 == 9 && *names.source != 0) {
      a.text += " came. ";
      mark(a.sources, names.source, '-');
      a.has_source.push_back(true);
      a.text += " said no";
    }
    a.text += i % 10 == 9 ? ".\n" : ", ";
  }
  return a;
}

// Twice the input, at most 2.5 times the time, once names are compared with as many others as they ever are. The best
// of up to twelve tries count: only the machine's other work makes a linear run slow.
TEST(Linker, ManyNamesAreLinear) {
  SpeakerTable table;
  for (const ManyNames& names : kManyNames) {
    EXPECT_EQ(check_invariants(table.read(list_of(names, names.count / 10))), "") << names.what;
    const MarkedArticle half = list_of(names, names.count);
    const MarkedArticle whole = list_of(names, 2 * names.count);
    double one = table.seconds(half);
    double two = table.seconds(whole);
    for (int attempt = 1; attempt < 12 && two > 2.5 * one + 0.01; ++attempt) {
      one = std::min(one, table.seconds(half));
      two = std::min(two, table.seconds(whole));
    }
    EXPECT_LE(two, 2.5 * one + 0.01) << names.what << ": " << one << " s, then " << two;
  }
}

// A person's list gives a role that the article does not: "the baker" is hers.
TEST(Linker, ListedRoleIsUsed) {
  Options options;
  options.aliases = {{"Ida Holm", "Ida Holm", EntityType::Person, "master baker"}};
  const Analyzer analyzer(Model::builtin(), options);
  const Document d = analyzer.analyze(
      "Tom Becker met Ida Holm on Monday. A hundred people came and it rained all day.\n\n"
      "“Bread is dear,” the baker said.");
  ASSERT_EQ(d.quotes().size(), 1U);
  ASSERT_TRUE(d.quotes()[0].speaker.has_value());
  EXPECT_EQ(d.text(d.entities()[*d.quotes()[0].speaker].name), "Ida Holm");
}

TEST(Linker, BrokenAliasLineIsNamed) {
  for (const char* lines : {"a\tb\tPERSON\tc\nonly two\tfields\n", "a\tb\tPERSON\tc\nd\te\tPLANET\tf\n"}) {
    try {
      read_aliases(lines, "mine.tsv");
      ADD_FAILURE() << lines;
    } catch (const ListError& e) {
      EXPECT_NE(std::string(e.what()).find("mine.tsv:2:"), std::string::npos) << e.what();
    }
  }
}

TEST(Resolver, ThresholdIsTheUsers) {
  const char* text = "Tom Becker met Olaf Lund in the rain. “It was late,” he said.";
  Options never;
  never.min_speaker_score = 1.0F;
  const Document silent = Analyzer(Model::builtin(), never).analyze(text);
  const Document sure = Analyzer().analyze(text);
  ASSERT_EQ(silent.quotes().size(), 1U);
  EXPECT_FALSE(silent.quotes()[0].speaker.has_value());
  EXPECT_TRUE(silent.quotes()[0].abstention == Abstention::BelowThreshold ||
              silent.quotes()[0].abstention == Abstention::TooClose);
  EXPECT_TRUE(sure.quotes()[0].speaker.has_value());
  EXPECT_GE(silent.candidates(0).size(), 2U);
  EXPECT_GE(silent.candidates(0)[0].score, silent.candidates(0)[1].score);
}

TEST(Entities, KeyIsOfTheName) {
  struct Row {
    EntityType type;
    const char* name;
    const char* key;
  };
  for (const Row& row :
       {Row{EntityType::Person, "José  García", "PERSON:jose garcia"},
        Row{EntityType::Person, "Jean-Paul O’Brien", "PERSON:jean paul obrien"},
        Row{EntityType::Organization, "U.S. Steel", "ORGANIZATION:us steel"},
        Row{EntityType::Location, "Łódź", "LOCATION:lodz"}, Row{EntityType::Location, "北京", "LOCATION:北京"}})
    EXPECT_EQ(entity_key(row.type, row.name), row.key);
}

// The list of the repository, packed as a section of its own.
std::shared_ptr<const Model> first_name_list() {
  std::ifstream in(std::string(NEWSNLP_SOURCE_DIR) + "/data/en/first_names.tsv", std::ios::binary);
  const std::string list(std::istreambuf_iterator<char>(in), {});
  EXPECT_FALSE(list.empty());
  return Model::from_bytes(pack_model({{"first_names.tsv", list}}), "test");
}

// "Agnès" and "Agnes" have one key: the list may not call one of them a man.
TEST(FirstNames, HaveOneGenderWhateverTheirDiacritics) {
  std::map<uint64_t, std::string> genders;
  std::string both, scratch;
  each_list_row(*first_name_list(), "first_names.tsv", 3, [&](const std::vector<std::string_view>& f) {
    each_word(f[2], ' ', [&](std::string_view name) {
      const auto [known, is_new] = genders.emplace(folded_hash(name, scratch), f[0]);
      if (!is_new && known->second != f[0]) both.append(name).append(" ");
    });
    return true;
  });
  EXPECT_EQ(both, "");
  EXPECT_GT(genders.size(), 60000U);
}

TEST(FirstNames, TheModelHasTheTableOfTheList) {
  const auto model = Model::builtin();
  EXPECT_EQ(std::string(text_section(*model, "first_names.table")), FirstNames::section(*first_name_list()));
  EXPECT_TRUE(model->section("first_names.tsv").empty());
  const FirstNames names(model->section("first_names.table"));
  std::string scratch;
  EXPECT_LT(names.find(folded_hash("maria", scratch)), -50);
  EXPECT_GT(names.find(folded_hash("joseph", scratch)), 50);
  EXPECT_EQ(names.find(folded_hash("joseph the", scratch)), 0);
  EXPECT_EQ(FirstNames().find(folded_hash("maria", scratch)), 0);
}

TEST(FirstNames, RefuseBrokenListsAndTables) {
  const auto broken = Model::from_bytes(pack_model({{"first_names.tsv", "f\t70\tann\nx\t70\tbo\n"}}), "test");
  EXPECT_THROW(FirstNames::section(*broken), ModelError);
  struct Row {
    const char* what;
    std::vector<uint32_t> keys;
    std::vector<int8_t> sure;
  };
  for (const Row& r : {Row{"no slot is free", {1, 2}, {70, 70}}, Row{"columns of two lengths", {1, 0}, {70}}}) {
    SectionWriter out;
    out.array(r.keys);
    out.array(r.sure);
    const auto model = Model::from_bytes(pack_model({{"first_names.table", out.bytes()}}), "test");
    EXPECT_THROW(FirstNames{model->section("first_names.table")}, ModelError) << r.what;
  }
}

}  // namespace
}  // namespace newsnlp
