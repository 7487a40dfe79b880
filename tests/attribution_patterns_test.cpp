#include "attribution_patterns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "newsnlp/newsnlp.h"
#include "processor_time.h"
#include "symbol_window.h"
#include "tagged_article.h"
#include "verb_forms.h"

namespace newsnlp {
namespace {

const AttributionPatterns& builtin() {
  static const auto model = Model::builtin();
  static const auto section = model->section("attribution_patterns.txt");
  static const std::string_view text(reinterpret_cast<const char*>(section.data()), section.size());
  static const AttributionPatterns base(text, "attribution_patterns.txt");
  // As a person's own list, which is looked at in plain reports, too.
  static const AttributionPatterns patterns(text, "attribution_patterns.txt", &base);
  return patterns;
}

struct Row {
  const char* article;
  const char* pattern;
  const char* source;
  const char* cue;
  const char* content;
  const char* content2 = "";
};

// Their numbers are features of the model.
TEST(AttributionPatterns, ThoseTheModelKnowsKeepTheirNumbers) {
  struct Case {
    uint32_t number;
    const char* name;
  };
  for (const Case& c : {Case{0, "quote-said-who"}, {20, "headline-name-colon"}, {40, "would-not"}, {67, "thinks"}})
    EXPECT_EQ(builtin().name(c.number), c.name);
}

TEST(AttributionPatterns, BuiltinListFinds) {
  const Row rows[] = {
      {"“ We won , ” said/VBD [C the/DT mayor/NN ] of/IN [L Turin/NNP ] .", "quote-said-who", "the mayor of Turin",
       "said", "“ We won , ”"},
      {"“ We won , ” [R she/PRP ] told/VBD [C reporters/NNS ] .", "quote-who-told", "she", "told", "“ We won , ”"},
      {"“ No , ” [P Ana/NNP Ruiz/NNP ] said/VBD , “ not yet . ”", "interrupted-inverted", "Ana Ruiz", "said",
       "“ No , ”", "“ not yet . ”"},
      {"“ No , ” said/VBD [P Ana/NNP Ruiz/NNP ] . | “ Not yet . ”", "interrupted-sentence-inverted", "Ana Ruiz", "said",
       "“ No , ”", "“ Not yet . ”"},
      {"[R She/PRP ] added/VBD : || “ It rains . ”", "who-said-colon-next", "She", "added", "“ It rains . ”"},
      {"“ Peace now . ” — [P Ana/NNP Ruiz/NNP ]", "quote-break-dash-name", "Ana Ruiz", "", "“ Peace now . ”"},
      {"“ Peace now . ” || — [P Ana/NNP Ruiz/NNP ] , [C engineer/NN ]", "quote-break-dash-name", "Ana Ruiz", "",
       "“ Peace now . ”"},
      {"[P Ruiz/NNP ] on/IN [C the/DT budget/NN ] : “ A disgrace . ”", "who-on-topic", "Ruiz", "", "“ A disgrace . ”"},
      {"[P RUIZ/NNP ] : [R We/PRP ] sailed/VBD at/IN dawn/NN .", "turn", "RUIZ", "", "We sailed at dawn"},
      {"According/VBG to/TO [C the/DT police/NN ] , [C two/CD men/NNS ] fled/VBD .", "according-first", "the police",
       "According to", "two men fled"},
      {"[C Two/CD men/NNS ] fled/VBD , according/VBG to/TO [C the/DT police/NN ] .", "according-last", "the police",
       "according to", "Two men fled"},
      {"[P Ruiz/NNP ] told/VBD [O Reuters/NNP ] that/IN [R it/PRP ] rained/VBD .", "who-told-np-that", "Ruiz", "told",
       "that it rained"},
      {"[P Ruiz/NNP ] is/VBZ quoted/VBN as/IN saying/VBG that/IN [R it/PRP ] rained/VBD .", "who-quoted-as-saying",
       "Ruiz", "is quoted as saying", "that it rained"},
      {"[P Ruiz/NNP ] took/VBD to/TO Twitter/NNP to/TO say/VB : “ Shame . ”", "took-to-feed", "Ruiz",
       "took to Twitter to say", "“ Shame . ”"},
      {"[P Ruiz/NNP ] made/VBD it/PRP clear/JJ that/IN [R she/PRP ] would/MD run/VB .", "made-clear", "Ruiz",
       "made it clear", "that she would run"},
      {"[C The/DT firm/NN ] said/VBD in/IN a/DT statement/NN that/IN [R it/PRP ] was/VBD sorry/JJ .", "in-a-statement",
       "The firm", "said", "that it was sorry"},
      {"Asked/VBN whether/IN [R it/PRP ] rained/VBD , [P Ruiz/NNP ] replied/VBD : “ It did . ”", "asked-replied",
       "Ruiz", "replied", "“ It did . ”"},
      {"[P Ruiz/NNP ] , 61 , [C a/DT former/JJ judge/NN ] , said/VBD that/IN [R it/PRP ] rained/VBD .", "who-said-that",
       "Ruiz , 61 , a former judge ,", "said", "that it rained"},
      {"[P Ruiz/NNP ] accused/VBD [C the/DT council/NN ] of/IN [C theft/NN ] .", "accused-of", "Ruiz", "accused",
       "the council", "theft"},
      {"[C Its/PRP$ accusation/NN ] that/IN [R he/PRP ] lied/VBD", "claim-that", "Its", "accusation", "that he lied"},
      {"[C The/DT firm/NN ] declined/VBD to/TO comment/VB .", "declined", "The firm", "declined", "to comment"},
      {"[P Ruiz/NNP ] is/VBZ expected/VBN to/TO announce/VB [C a/DT vote/NN ] .", "expected-to-say", "Ruiz",
       "is expected to announce", "a vote"},
      {"[C Rain/NN ] likely/JJ , [O Met/NNP Office/NNP ] says/VBZ", "headline-comma-say", "Met Office", "says",
       "Rain likely"},
      {"“ [R She/PRP ] said/VBD that/IN [R it/PRP ] rained/VBD , ” [P Ruiz/NNP ] said/VBD .", "who-said-that", "She",
       "said", "that it rained ,"},
  };
  for (const Row& row : rows) {
    const TaggedArticle a(row.article);
    PatternScratch scratch;
    std::vector<Proposal> found;
    builtin().match(a.layers, a.workspace, scratch, found);
    const bool hit = std::any_of(found.begin(), found.end(), [&](const Proposal& p) {
      return builtin().name(p.pattern) == row.pattern && a.text(p.source) == row.source && a.text(p.cue) == row.cue &&
             a.text(p.content[0]) == row.content && a.text(p.content[1]) == row.content2;
    });
    std::string all;
    for (const Proposal& p : found)
      all += "\n  " + std::string(builtin().name(p.pattern)) + ": source [" + a.text(p.source) + "] cue [" +
             a.text(p.cue) + "] content [" + a.text(p.content[0]) + "] [" + a.text(p.content[1]) + "]";
    EXPECT_TRUE(hit) << row.pattern << " in " << row.article << "; found:" << all;
  }
}

TEST(AttributionPatterns, NothingToReportGivesNothing) {
  for (const char* article :
       {"[C The/DT figures/NNS ] rose/VBD again/RB .", "[C The/DT said/VBD property/NN ] was/VBD sold/VBN .",
        "[P Ruiz/NNP ] reads/VBZ [C the/DT statement/NN ] .", "[R He/PRP ] went/VBD home/NN ."}) {
    const TaggedArticle a(article);
    PatternScratch scratch;
    std::vector<Proposal> found;
    builtin().match(a.layers, a.workspace, scratch, found);
    EXPECT_TRUE(found.empty()) << article << ": " << (found.empty() ? "" : builtin().name(found[0].pattern));
  }
}

TEST(AttributionPatterns, OwnListsExtendTheBuiltinOnes) {
  const AttributionPatterns own(
      "verbs CHIRP = chirp\ncertain own = (?P<source>{WHO}) (?P<cue>{CHIRP}|{SAY}) (?P<content>{QUOTE})\n", "mine.txt",
      &builtin());
  const TaggedArticle a("[P Ruiz/NNP ] chirped/VBD “ Shame . ” | [P Bo/NNP ] said/VBD “ Yes . ”");
  PatternScratch scratch;
  std::vector<Proposal> found;
  own.match(a.layers, a.workspace, scratch, found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].certain);
  EXPECT_EQ(a.text(found[0].cue), "chirped");
  EXPECT_EQ(a.text(found[1].content[0]), "“ Yes . ”");
}

TEST(AttributionPatterns, BrokenLinesNameFileLineColumnAndRemedy) {
  const struct {
    const char* list;
    const char* place;
    const char* words;
  } rows[] = {
      {"# a comment\nnonsense\n", "p.txt:2:1: ", "expected \"verbs NAME"},
      {"pattern x =\n", "p.txt:1:12: ", "nothing behind"},
      {"pattern x = (?P<cue>said) {NPS}\n", "p.txt:1:27: ", "unknown slot {NPS}"},
      {"pattern x = (?P<who>{NP}) said\n", "p.txt:1:17: ", "unknown group \"who\""},
      {"pattern x = (?P<cue>said\n", "p.txt:1:", "refused"},
      {"pattern x = (?P<cue>said(?=x))\n", "p.txt:1:", "look-around"},
      {"pattern x = (?P<cue>Said)\n", "p.txt:1:21: ", "lower case"},
      {"pattern x = {NP} said\n", "p.txt:1:13: ", "neither a cue nor a content"},
      {"pattern x = (?P<cue\n", "p.txt:1:13: ", "not closed"},
  };
  for (const auto& row : rows) {
    try {
      const AttributionPatterns patterns(row.list, "p.txt");
      ADD_FAILURE() << row.list << " was accepted";
    } catch (const ListError& e) {
      EXPECT_TRUE(std::string_view(e.what()).starts_with(row.place)) << e.what();
      EXPECT_NE(std::string_view(e.what()).find(row.words), std::string_view::npos) << e.what();
    }
  }
}

TEST(AttributionPatterns, WindowsAreSymbols) {
  const TaggedArticle a("“ We won , ” [C the/DT mayor/NN ] of/IN [L Turin/NNP ] told/VBD [C reporters/NNS ] .");
  const AttributionPatterns patterns(
      "words HEAD = mayor reporters\nverbs TELL = tell/told\n"
      "pattern told = (?P<source>{NP} of {NP}) (?P<cue>{TELL}) {HEAD}\n",
      "p.txt");
  PatternWords words;
  patterns.update(a.workspace.types, words);
  std::vector<IndexRange> quotations;
  find_quotations(a.layers, a.workspace, quotations);
  SymbolWindow w;
  w.clear();
  w.add_tokens(a.layers, a.workspace, words, a.layers.sentences[0].tokens, quotations, 0);
  EXPECT_EQ(w.write(a.layers, a.workspace), " Q NCthe EmayorZ of NLturinZ VAtold NCEreportersZ ");
}

// A copy of each pattern is written such that nothing can be told of it: RE2 looks for its matches alone.
TEST(AttributionPatterns, WhereMatchesBeginIsWhereRe2FindsThem) {
  const auto model = Model::builtin();
  const auto section = model->section("attribution_patterns.txt");
  std::istringstream list(std::string(reinterpret_cast<const char*>(section.data()), section.size()));
  std::string plain, doubled;
  for (size_t k = 0; k < 2100; ++k) plain += "x{0}";
  for (std::string line; std::getline(list, line);) {
    doubled += line + "\n";
    const size_t body = line.find("= ") + 2;
    if (!line.starts_with("pattern") && !line.starts_with("certain")) continue;
    const bool begins = line[body] == '^';
    doubled += line.substr(0, body) + (begins ? "^" : "") + plain + line.substr(body + (begins ? 1 : 0)) + "\n";
  }
  const AttributionPatterns patterns(doubled, "doubled.txt", &builtin());
  constexpr const char* kPieces[] = {"“ No . ”",
                                     "“ Go , ”",
                                     "said/VBD",
                                     "told/VBD",
                                     "says/VBZ",
                                     "asked/VBD",
                                     "would/MD",
                                     "n't/RB",
                                     "commented/VBD",
                                     "[P Ana/NNP Ruiz/NNP ]",
                                     "[C the/DT mayor/NN ]",
                                     "[R she/PRP ]",
                                     "[D 9/CD ]",
                                     "[O Met/NNP Office/NNP ]",
                                     "of/IN",
                                     "in/IN",
                                     "a/DT statement/NN",
                                     "[C the/DT report/NN ]",
                                     "that/IN",
                                     "to/TO",
                                     ",",
                                     ":",
                                     "—",
                                     "61/CD",
                                     "| So/RB",
                                     "it/PRP",
                                     "[C its/PRP$ claim/NN ]",
                                     "later/RB",
                                     "according/VBG to/TO",
                                     "as/IN saying/VBG",
                                     "is/VBZ quoted/VBN",
                                     "rain/NN",
                                     "[R she/PRP ] said/VBD",
                                     "said/VBD [P Ana/NNP Ruiz/NNP ] ,",
                                     "of/IN [C the/DT city/NN ]",
                                     ": “ No . ”",
                                     "[C the/DT mayor/NN ] would/MD n't/RB",
                                     "told/VBD [R her/PRP ] that/IN",
                                     ", “ Go , ”",
                                     "“ No . ” —"};
  uint64_t random = 7;
  size_t found_in_all = 0;
  for (size_t n = 0; n < 6000; ++n) {
    std::string article = "It/PRP";
    for (size_t k = 0; k < (n % 50 == 0 ? 60 : 4 + n % 12); ++k) {
      random = random * 6364136223846793005 + 1442695040888963407;
      article += std::string(" ") + kPieces[(random >> 33) % std::size(kPieces)];
    }
    const TaggedArticle a(n % 2 == 0 && article[7] != '|' ? article.substr(7) : article);
    PatternScratch scratch;
    std::vector<Proposal> found;
    patterns.match(a.layers, a.workspace, scratch, found);
    std::string by[2];
    for (const Proposal& p : found)
      by[p.pattern % 2] += "\n  " + std::string(patterns.name(p.pattern)) + ": [" + a.text(p.source) + "] [" +
                           a.text(p.cue) + "] [" + a.text(p.content[0]) + "] [" + a.text(p.content[1]) + "]";
    EXPECT_EQ(by[0], by[1]) << article;
    found_in_all += found.size();
  }
  EXPECT_GT(found_in_all, 2000U);
}

TEST(AttributionPatterns, LongSentencesTakeLinearTime) {
  const auto seconds = [](int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += "“ Go ! ” said/VBD [P Ruiz/NNP ] , ";
    const TaggedArticle a(text);
    PatternScratch scratch;
    std::vector<Proposal> found;
    const double time = processor_seconds([&] { builtin().match(a.layers, a.workspace, scratch, found); });
    EXPECT_LE(found.size(), 64U);
    return time;
  };
  seconds(1000);
  EXPECT_LT(seconds(40000), 4 * seconds(20000) + 0.05);
}

// A pattern that may begin and end nearly everywhere is no dearer for what its sketch tells.
TEST(AttributionPatterns, VaguePatternsCostWhatRe2Costs) {
  const std::string vague = "{TEXT} {TEXT} {TEXT} (?P<cue>{VERB}) [a-z]+zzq\n";
  std::string plain;
  for (size_t k = 0; k < 2100; ++k) plain += "x{0}";
  const AttributionPatterns sketched("pattern a = " + vague, "own.txt", &builtin());
  const AttributionPatterns bare("pattern a = " + plain + vague, "own.txt", &builtin());
  std::string text;
  for (int i = 0; i < 100; ++i) {
    for (int k = 0; k < 28; ++k) text += "[P Ruiz/NNP ] went/VBD to/TO [L Turin/NNP ] ";
    text += i + 1 < 100 ? ": | " : ":";
  }
  const TaggedArticle a(text);
  const auto seconds = [&](const AttributionPatterns& patterns) {
    PatternScratch scratch;
    std::vector<Proposal> found;
    const double time = processor_seconds([&] { patterns.match(a.layers, a.workspace, scratch, found); });
    EXPECT_TRUE(found.empty());
    return time;
  };
  double best_sketched = 1e9, best_bare = 1e9;  // of five: a busy machine makes single ones slow
  for (int attempt = 0; attempt < 5; ++attempt) {
    best_bare = std::min(best_bare, seconds(bare));
    best_sketched = std::min(best_sketched, seconds(sketched));
  }
  EXPECT_LT(best_sketched, 6 * best_bare + 0.05);
}

TEST(VerbForms, AllFormsOfAnEntry) {
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"deny", {"deny", "denies", "denied", "denying"}},
      {"say/said", {"say", "says", "said", "saying"}},
      {"write/wrote/written", {"write", "writes", "wrote", "written", "writing"}},
      {"admit/admitted", {"admit", "admits", "admitted", "admitting"}},
      {"reply/replied", {"reply", "replies", "replied", "replying"}},
      {"tie", {"tie", "ties", "tied", "tying"}},
      {"agree", {"agree", "agrees", "agreed", "agreeing"}},
      {"tell/told off", {"tell off", "tells off", "told off", "telling off"}},
      {"vow", {"vow", "vows", "vowed", "vowing"}},
  };
  for (const auto& [entry, forms] : rows) EXPECT_EQ(verb_forms(entry), forms) << entry;
}

}  // namespace
}  // namespace newsnlp
