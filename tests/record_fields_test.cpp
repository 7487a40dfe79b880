#include "record_fields.h"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "newsnlp/analyzer.h"
#include "record_bench.h"
#include "tagged_article.h"

namespace newsnlp {
namespace {

/// Where quotes stand, as a table's judge needs it: spans of a field, and which quote is the judged one.
struct Judged {
  const Layers& layers;
  const Quote& quote;
  const MarkedStatement& gold;
  const std::string& expected;

  std::vector<Span> spans(IndexRange range) const {
    return {layers.spans.begin() + range.begin, layers.spans.begin() + range.end};
  }
  std::vector<Span> gold_spans(char letter) const {
    const auto it = gold.spans.find(letter);
    return it == gold.spans.end() ? std::vector<Span>{} : it->second;
  }
};

bool right_addressee(const Judged& j) {
  return same_phrase(j.spans(j.quote.addressee), j.gold_spans('a'));
}
bool right_relay(const Judged& j) {
  return same_phrase(j.spans(j.quote.relay), j.gold_spans('r'));
}
bool right_polarity(const Judged& j) {
  return to_string(j.quote.polarity) == j.expected;
}
bool right_certainty(const Judged& j) {
  return to_string(j.quote.certainty) == j.expected;
}

const struct Table {
  const char* name;
  bool (*right)(const Judged&);
} kTables[] = {{"addressee", right_addressee},
               {"relay", right_relay},
               {"polarity", right_polarity},
               {"certainty", right_certainty}};

std::string joined(const Layers& layers, IndexRange range) {
  std::string out;
  for (uint32_t i = range.begin; i < range.end; ++i)
    out += (out.empty() ? "" : " … ") + std::string(layers.of(layers.spans[i]));
  return out;
}

std::string found(const Layers& layers, const Quote& q) {
  return "addressee [" + joined(layers, q.addressee) + "] relay [" + joined(layers, q.relay) + "] " +
         std::string(to_string(q.polarity)) + " " + std::string(to_string(q.certainty)) +
         (q.speech ? "" : " no speech") + "; source [" + joined(layers, q.source) + "] cue [" + joined(layers, q.cue) +
         "]";
}

// The span of words of the article; none of no words.
IndexRange add_field(Layers& layers, const std::string& words) {
  if (words.empty()) return {};
  const size_t at = layers.text.find(words);
  EXPECT_NE(at, std::string::npos) << words << " in " << layers.text;
  return layers.add_spans({{static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())}});
}

struct Row {
  const char* article;
  const char* source;
  const char* cue;
  const char* content;
  const char* addressee;
  const char* relay;
  const char* rest;  // polarity, certainty, type, "thought" when it is no speech
};

/// Documents built by hand: the rules without a model.
TEST(RecordFields, RulesOverGivenTags) {
  const Row rows[] = {
      {"[P Ruiz/NNP ] told/VBD [C reporters/NNS ] that/IN [R it/PRP ] rained/VBD .", "Ruiz", "told", "that it rained",
       "reporters", "", "affirmed asserted indirect"},
      {"“ No/UH , ” [P Ruiz/NNP ] told/VBD [O Reuters/NNP ] .", "Ruiz", "told", "“ No , ”", "Reuters", "Reuters",
       "affirmed asserted direct"},
      {"[P Ruiz/NNP ] may/MD have/VB told/VBN [C staff/NNS ] to/TO leave/VB .", "Ruiz", "may have told", "to leave",
       "staff", "", "affirmed hedged indirect"},
      {"[P Ruiz/NNP ] will/MD tell/VB [C staff/NNS ] to/TO leave/VB .", "Ruiz", "will tell", "to leave", "staff", "",
       "affirmed expected indirect"},
      {"[P Ruiz/NNP ] is/VBZ expected/VBN to/TO say/VB that/IN [R it/PRP ] rained/VBD .", "Ruiz", "say",
       "that it rained", "", "", "affirmed expected indirect"},
      {"[P Ruiz/NNP ] did/VBD n't/RB say/VB whether/IN [R it/PRP ] rained/VBD .", "Ruiz", "say", "whether it rained",
       "", "", "denied asserted indirect"},
      {"[P Ruiz/NNP ] did/VBD not/RB deny/VB [C the/DT charge/NN ] .", "Ruiz", "did not deny", "the charge", "", "",
       "affirmed asserted indirect"},
      {"[C The/DT firm/NN ] declined/VBD to/TO comment/VB .", "The firm", "declined", "to comment", "", "",
       "denied asserted indirect"},
      {"[P Ruiz/NNP ] was/VBD told/VBN that/IN [R it/PRP ] rained/VBD .", "Ruiz", "was told", "that it rained", "Ruiz",
       "", "affirmed asserted indirect"},
      {"[P Ruiz/NNP ] was/VBD told/VBN by/IN [C police/NNS ] to/TO leave/VB .", "police", "was told", "to leave",
       "Ruiz", "", "affirmed asserted indirect"},
      {"[P Ruiz/NNP ] said/VBD that/IN [R it/PRP ] rained/VBD , according/VBG to/TO [O Interfax/NNP ] .", "Ruiz",
       "said", "that it rained", "", "Interfax", "affirmed asserted indirect"},
      {"“ No/UH , ” [O Xinhua/NNP ] quoted/VBD [C the/DT mayor/NN ] as/IN saying/VBG .", "the mayor", "quoted",
       "“ No , ”", "", "Xinhua", "affirmed asserted direct"},
      {"[P Ruiz/NNP ] said/VBD through/IN [C his/PRP$ lawyer/NN ] that/IN [R it/PRP ] rained/VBD .", "Ruiz", "said",
       "that it rained", "", "his lawyer", "affirmed asserted indirect"},
      {"[P Ruiz/NNP ] said/VBD through/IN [C tears/NNS ] that/IN [R it/PRP ] rained/VBD .", "Ruiz", "said",
       "that it rained", "", "", "affirmed asserted indirect"},
      {"[P Ruiz/NNP ] fears/VBZ that/IN [R it/PRP ] is/VBZ “ over/RB ” .", "Ruiz", "fears", "that it is “ over ”", "",
       "", "affirmed asserted mixed thought"},
      {"[C The/DT relay/NN ] is/VBZ believed/VBN to/TO be/VB old/JJ .", "", "is believed", "to be old", "", "",
       "affirmed hedged indirect thought"},
      {"[P Ruiz/NNP ] reportedly/RB left/VBD .", "", "reportedly", "left", "", "", "affirmed hedged indirect thought"},
      {"“ [P Bo/NNP ] said/VBD [R it/PRP ] rained/VBD , ” [P Ruiz/NNP ] said/VBD .", "Bo", "said", "it rained", "", "",
       "affirmed asserted indirect"},
      {"[C Critics/NNS ] fear/NN that/IN [R it/PRP ] rained/VBD .", "Critics", "fear", "that it rained", "", "",
       "affirmed asserted indirect thought"},
      {"[P Ruiz/NNP ] was/VBD not/RB amused/VBN : “ No/UH . ”", "Ruiz", "was not amused", "“ No . ”", "", "",
       "affirmed asserted direct"},
      {"[P Ruiz/NNP ] urged/VBD [C owners/NNS ] to/TO leave/VB .", "Ruiz", "urged", "owners to leave", "owners", "",
       "affirmed asserted indirect"},
      {"[P Ruiz/NNP ] is/VBZ alleged/VBN to/TO have/VB told/VBN [C staff/NNS ] that/IN [R it/PRP ] rained/VBD .",
       "Ruiz", "is alleged", "to have told staff that it rained", "staff", "", "affirmed hedged indirect"},
      {"[P Ruiz/NNP ] said/VBD [R it/PRP ] rained/VBD , according/VBG to/TO [O Interfax/NNP ] .", "Ruiz", "said",
       "it rained , according to Interfax", "", "Interfax", "affirmed asserted indirect"},
      {"“ No/UH , ” [O Xinhua/NNP ] quoted/VBD [C the/DT mayor/NN ] as/IN saying/VBG .", "Xinhua", "quoted", "“ No , ”",
       "", "Xinhua", "affirmed asserted direct"},
      {"[P RUIZ/NNP ] : [R We/PRP ] sailed/VBD .", "RUIZ", "", "We sailed", "", "", "affirmed asserted direct"},
  };
  static const RecordFields fields(*Model::builtin());
  for (const Row& row : rows) {
    TaggedArticle a(row.article);
    Quote q;
    const auto field = [&](const std::string& words) { return add_field(a.layers, words); };
    q.content = field(row.content);
    q.cue = field(row.cue);
    q.source = field(row.source);
    a.layers.quotes.push_back(q);
    Statements statements;
    fields.fill(a.layers, a.workspace, statements);
    const Quote& filled = a.layers.quotes[0];
    EXPECT_EQ(joined(a.layers, filled.addressee), row.addressee) << row.article;
    EXPECT_EQ(joined(a.layers, filled.relay), row.relay) << row.article;
    const std::string rest = std::string(to_string(filled.polarity)) + " " + std::string(to_string(filled.certainty)) +
                             " " + std::string(to_string(filled.type)) + (filled.speech ? "" : " thought");
    EXPECT_EQ(rest, row.rest) << row.article;
  }
}

/// Cues that the model's labels count as thoughts or deeds: what is said all the same, and what is not.
TEST(RecordFields, TellsSpeechFromThought) {
  struct Case {
    const char* article;
    const char* source;
    const char* cue;
    const char* content;
    bool said_before, said;
  };
  const Case cases[] = {
      {"[C The/DT bank/NN ] refused/VBD to/TO pay/VB .", "The bank", "refused", "to pay", false, true},
      {"[C Police/NNS ] put/VBD [C the/DT crowd/NN ] at/IN 900/CD .", "Police", "put", "the crowd at 900", false, true},
      {"[C Police/NNS ] put/VBD [C the/DT bag/NN ] on/IN a/DT shelf/NN .", "Police", "put", "the bag on a shelf", false,
       false},
      {"[C The/DT crew/NN ] was/VBD ordered/VBN to/TO leave/VB .", "", "was ordered", "to leave", false, true},
      {"[C The/DT firm/NN ] did/VBD n't/RB return/VB [C calls/NNS ] .", "The firm", "did n't return", "calls", false,
       true},
      {"[C The/DT cook/NN ] wanted/VBD to/TO know/VB why/WRB .", "The cook", "wanted to know", "why", false, true},
      {"[C The/DT cook/NN ] came/VBD to/TO know/VB why/WRB .", "The cook", "came to know", "why", false, false},
      {"[C Suggestions/NNS ] that/IN [R it/PRP ] rained/VBD .", "", "Suggestions", "that it rained", false, true},
      {"[C Hopes/NNS ] that/IN [R it/PRP ] rained/VBD .", "", "Hopes", "that it rained", false, false},
      {"[C The/DT minutes/NNS ] show/VBP that/IN [R it/PRP ] rained/VBD .", "The minutes", "show", "that it rained",
       false, true},
      {"[C The/DT figures/NNS ] show/VBP that/IN [R it/PRP ] rained/VBD .", "The figures", "show", "that it rained",
       false, false},
      {"[C The/DT results/NNS ] show/VBP that/IN [R it/PRP ] rained/VBD .", "The results", "show", "that it rained",
       true, false},
      {"[C The/DT court/NN ] held/VBD that/IN [R it/PRP ] rained/VBD .", "The court", "held", "that it rained", false,
       true},
      {"[C The/DT critic/NN ] found/VBD it/PRP “ dull/JJ ” .", "The critic", "found", "it “ dull ”", false, true},
      {"[C The/DT study/NN ] found/VBD it/PRP “ dull/JJ ” .", "The study", "found", "it “ dull ”", false, false},
      {"[C The/DT crown/NN ] feared/VBD “ a/DT flood/NN ” .", "The crown", "feared", "“ a flood ”", true, false},
      {"[C The/DT cook/NN ] refused/VBD to/TO give/VB [C his/PRP$ name/NN ] .", "The cook", "refused to give",
       "his name", false, true},
      {"[C Police/NNS ] did/VBD not/RB identify/VB [C the/DT cook/NN ] .", "Police", "did not identify", "the cook",
       false, true},
      {"[C Voters/NNS ] who/WP identify/VBP as/IN cooks/NNS .", "Voters", "identify as", "cooks", false, false},
      {"[C The/DT cook/NN ] did/VBD not/RB want/VB to/TO comment/VB .", "The cook", "did not want", "to comment", false,
       true},
      {"[C The/DT cook/NN ] did/VBD not/RB want/VB to/TO sleep/VB .", "The cook", "did not want", "to sleep", false,
       false},
      {"[C She/PRP ] made/VBD it/PRP clear/JJ that/IN [R it/PRP ] rained/VBD .", "She", "made it clear",
       "that it rained", false, true},
      {"[C She/PRP ] made/VBD it/PRP likely/JJ that/IN [R it/PRP ] rained/VBD .", "She", "made it likely",
       "that it rained", false, false},
      {"[C The/DT cost/NN ] is/VBZ estimated/VBN at/IN 900/CD .", "", "is estimated", "at 900", false, false},
      {"[C The/DT cook/NN ] wondered/VBD whether/IN [R it/PRP ] rained/VBD .", "The cook", "wondered",
       "whether it rained", true, false},
      {"[C The/DT cook/NN ] wondered/VBD aloud/RB whether/IN [R it/PRP ] rained/VBD .", "The cook", "wondered aloud",
       "whether it rained", true, true},
      {"[C A/DT poll/NN ] suggests/VBZ that/IN [R it/PRP ] rained/VBD .", "A poll", "suggests", "that it rained", true,
       false},
      {"[C The/DT cook/NN ] suggests/VBZ that/IN [R it/PRP ] rained/VBD .", "The cook", "suggests", "that it rained",
       true, true},
  };
  static const RecordFields fields(*Model::builtin());
  for (const Case& c : cases) {
    TaggedArticle a(c.article);
    Quote q;
    const auto field = [&](const std::string& words) { return add_field(a.layers, words); };
    q.content = field(c.content);
    q.cue = field(c.cue);
    q.source = field(c.source);
    q.speech = c.said_before;
    a.layers.quotes.push_back(q);
    Statements statements;
    fields.fill(a.layers, a.workspace, statements);
    EXPECT_EQ(a.layers.quotes[0].speech, c.said) << c.article;
  }
}

/// Given the spans of who said what, the fields of nine sentences in ten are right.
TEST(RecordFields, TablesGivenTheSpans) {
  RecordBench bench;
  for (const Table& table : kTables) {
    const auto cases = read_record_cases(table.name);
    ASSERT_GE(cases.size(), 60U) << table.name;
    size_t right = 0;
    std::string misses;
    for (const RecordCase& c : cases) {
      const MarkedText marked(c.marked);
      std::vector<MarkedStatement> statements;
      for (const auto& [number, statement] : marked.statements) statements.push_back(statement);
      const Layers layers = bench.fill(marked.text, statements);
      const size_t judged = c.expected == "2" ? 1 : 0;
      ASSERT_LT(judged, statements.size()) << "no such statement in the row: " << c.marked;
      const Quote& q = layers.quotes[judged];
      if (table.right({layers, q, statements[judged], c.expected})) {
        ++right;
      } else {
        misses += "\n  " + c.expected + " " + marked.text + "\n      " + found(layers, q);
      }
    }
    EXPECT_GE(right * 10, cases.size() * 9) << table.name << ": " << right << " of " << cases.size() << misses;
    std::cout << "[ given    ] " << table.name << ": " << right << " of " << cases.size() << misses << '\n';
  }
}

/// One article of score_records.py's form, spans from code points to bytes.
std::vector<MarkedStatement> read_statements(const nlohmann::json& record, std::vector<nlohmann::json>& gold) {
  const std::string text = record["text"];
  std::vector<uint32_t> byte_of;
  for (uint32_t b = 0; b < text.size(); ++b)
    if ((static_cast<unsigned char>(text[b]) & 0xC0) != 0x80) byte_of.push_back(b);
  byte_of.push_back(static_cast<uint32_t>(text.size()));
  std::map<std::string, int> number;
  for (const auto& a : record["attributions"]) number.emplace(a["id"], static_cast<int>(number.size()) + 1);
  std::vector<MarkedStatement> out;
  for (const auto& a : record["attributions"]) {
    MarkedStatement m;
    for (const auto& [key, letter] :
         {std::pair{"content", 'q'}, {"cue", 'c'}, {"source", 's'}, {"addressee", 'a'}, {"relay", 'r'}})
      if (a.contains(key) && a[key].is_array())
        for (const auto& s : a[key]) m.spans[letter].push_back({byte_of[s[0]], byte_of[s[1]]});
    if (a.contains("nested_in") && a["nested_in"].is_string()) m.nested_in = number[a["nested_in"]];
    out.push_back(m);
    gold.push_back(a);
  }
  return out;
}

/// Given the spans, how many fields of labelled articles are right.
TEST(RecordFields, LabelledArticlesGivenTheSpans) {
  RecordBench bench;
  std::map<std::string, std::array<int, 3>> counts;  // right, gold, found
  std::ifstream in(NEWSNLP_SOURCE_DIR "/tests/records/records.jsonl");
  for (std::string line; std::getline(in, line);) {
    const auto record = nlohmann::json::parse(line);
    std::vector<nlohmann::json> gold;
    const auto statements = read_statements(record, gold);
    const Layers layers = bench.fill(record["text"], statements);
    for (size_t i = 0; i < gold.size(); ++i) {
      const Quote& q = layers.quotes[i];
      const Judged j{layers, q, statements[i], line};
      std::string wrong;
      const auto count = [&](const char* field, bool is_gold, bool is_found, bool right) {
        counts[field][0] += is_gold && is_found && right ? 1 : 0;
        counts[field][1] += is_gold ? 1 : 0;
        counts[field][2] += is_found ? 1 : 0;
        if (!right) wrong += std::string(" ") + field;
      };
      const bool speech = gold[i].value("speech", true);
      count("thought", !speech, !q.speech, speech == q.speech);
      if (speech) {
        count("addressee", !j.gold_spans('a').empty(), !q.addressee.empty(), right_addressee(j));
        count("relay", !j.gold_spans('r').empty(), !q.relay.empty(), right_relay(j));
        const std::string polarity = gold[i].value("polarity", "affirmed");
        count("denied", polarity == "denied", q.polarity == Polarity::Denied, polarity == to_string(q.polarity));
        const std::string certainty = gold[i].value("certainty", "asserted");
        count("certainty", certainty != "asserted", q.certainty != Certainty::Asserted,
              certainty == to_string(q.certainty));
        count("direct", gold[i]["type"] == "direct", q.type == QuoteType::Direct, gold[i]["type"] == to_string(q.type));
      }
      if (!wrong.empty())
        std::cout << record["id"] << wrong << ": " << found(layers, q) << " content [" << joined(layers, q.content)
                  << "]\n";
    }
  }
  for (const auto& [field, n] : counts)
    std::cout << "[ given    ] " << field << ": right " << n[0] << " of gold " << n[1] << ", found " << n[2] << '\n';
  struct Floor {
    const char* field;
    int right;
    int found;  // at most
  };
  for (const auto& [field, right, found] :
       {Floor{"addressee", 75, 80}, Floor{"relay", 24, 26}, Floor{"denied", 34, 38}, Floor{"certainty", 17, 20},
        Floor{"thought", 27, 30}, Floor{"direct", 117, 121}}) {
    EXPECT_GE(counts[field][0], right) << field;
    EXPECT_LE(counts[field][2], found) << field;
  }
}

/// The name of a relay is that of the body or person in it, not of where they are from.
TEST(RecordFields, RelaysHaveTheNameOfTheBody) {
  struct Case {
    const char* text;
    const char* name;
  };
  const Analyzer analyzer;
  for (const Case& r :
       {Case{"“We won,” Ann Moss told Britain’s ITV.", "ITV"}, Case{"“We won,” Ann Moss told Reuters.", "Reuters"},
        Case{"Ann Moss resigned on Monday, according to two Malian officials. She left at once.", ""}}) {
    const Document d = analyzer.analyze(r.text);
    ASSERT_FALSE(d.quotes().empty()) << r.text;
    const std::string_view name = d.relay_name(d.quotes()[0]);
    EXPECT_EQ(name, r.name) << r.text;
  }
}

}  // namespace
}  // namespace newsnlp
