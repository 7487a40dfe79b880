// The report to read, the table and the columns, from a document that is made by hand.
#include "text_report.h"

#include <gtest/gtest.h>

#include "columns_report.h"
#include "csv_report.h"
#include "layers.h"
#include "page.h"

namespace newsnlp {
namespace {

const std::string kText =
    "Bridge to close\n"
    "“We have no \"choice\",” mayor Ann Lee told reporters, according to the Gazette.\n"
    "She denied that Ben Ode had warned her.";

class TextReportTest : public ::testing::Test {
 protected:
  static Span find(std::string_view words, size_t from = 0) {
    const auto begin = static_cast<uint32_t>(kText.find(words, from));
    return {begin, begin + static_cast<uint32_t>(words.size())};
  }
  static Document document() {
    Layers l;
    l.text = kText;
    l.tokens = {
        {find("Bridge to close")}, {find("“We have no \"choice\",”")}, {find("Ann")}, {find("Lee")}, {find("She")}};
    uint32_t token = 0;
    for (const auto kind : {ParagraphKind::Headline, ParagraphKind::Body}) {
      const uint32_t end = token == 0 ? 1 : 5;
      const Span span = {l.tokens[token].span.begin, l.tokens[end - 1].span.end};
      const auto i = static_cast<uint32_t>(l.sentences.size());
      l.sentences.push_back({span, {token, end}});
      l.paragraphs.push_back({span, {i, i + 1}, kind});
      token = end;
    }
    l.mentions = {{find("Ann Lee"), EntityType::Person, 0, 1}};
    l.entities = {{EntityType::Person, find("Ann Lee"), {0, 1}, Gender::Female, true, false},
                  {EntityType::Person, find("Ben Ode"), {1, 1}, Gender::Unknown, true, false}};
    l.roles = {{find("mayor"), 0}};
    Quote told;
    told.type = QuoteType::Direct;
    told.content = l.add_spans({find("“We have no \"choice\",”")});
    told.cue = l.add_spans({find("told")});
    told.source = l.add_spans({find("mayor Ann Lee")});
    told.addressee = l.add_spans({find("reporters")});
    told.relay = l.add_spans({find("the Gazette")});
    told.speaker = 0;
    told.role = 0;
    told.resolution = Resolution::Named;
    told.score = 0.974F;
    Quote denied;
    denied.content = l.add_spans({find("that Ben Ode had warned her")});
    denied.cue = l.add_spans({find("denied")});
    denied.source = l.add_spans({find("She")});
    denied.speaker = 0;
    denied.resolution = Resolution::Pronoun;
    denied.polarity = Polarity::Denied;
    denied.score = 0.8F;
    Quote warned;
    warned.content = l.add_spans({find("her", kText.find("warned"))});
    warned.cue = l.add_spans({find("had warned")});
    warned.source = l.add_spans({find("Ben Ode")});
    warned.nested_in = 1;
    warned.abstention = Abstention::NotAsked;
    warned.certainty = Certainty::Hedged;
    warned.score = 0.5F;
    l.quotes = {told, denied, warned};
    return make_document(std::move(l));
  }
  static Article article() {
    Article a;
    a.record.id = "bridge.txt";
    return a;
  }
  const Analyzer analyzer_;
};

TEST_F(TextReportTest, ReadsLikeThis) {
  TextReport report({}, analyzer_);
  EXPECT_EQ(report.article(article(), document()),
            "Bridge to close\n"
            "bridge.txt · 3 quotes, 1 speaker                                        how sure\n"
            "\n"
            "Ann Lee (mayor) · told · to reporters · direct · via the Gazette             97%\n"
            "    “We have no \"choice\",”\n"
            "\n"
            "Ann Lee · She denied · indirect · denied                                     80%\n"
            "    that Ben Ode had warned her\n"
            "\n"
            "    Ben Ode · had warned · indirect · hedged                                 50%\n"
            "        her\n");
}

TEST_F(TextReportTest, GroupsBySpeaker) {
  ReportSettings settings;
  settings.by_speaker = true;
  TextReport report(settings, analyzer_);
  EXPECT_EQ(report.article(article(), document()),
            "Bridge to close\n"
            "bridge.txt · 3 quotes, 1 speaker                                        how sure\n"
            "\n"
            "Ann Lee (mayor) · 2 quotes\n"
            "    told · to reporters · direct · via the Gazette                           97%\n"
            "        “We have no \"choice\",”\n"
            "    She denied · indirect · denied                                           80%\n"
            "        that Ben Ode had warned her\n"
            "\n"
            "Ben Ode · 1 quote\n"
            "    had warned · indirect · hedged                                           50%\n"
            "        her\n");
}

TEST_F(TextReportTest, TheTableQuotesItsFields) {
  CsvReport report(Offsets::Codepoint);
  EXPECT_EQ(report.article(article(), document()),
            "bridge.txt,0,direct,true,Ann Lee,mayor,told,\"“We have no \"\"choice\"\",”\",mayor Ann Lee,reporters,"
            "the Gazette,affirmed,asserted,,named,0.9740,16,38\n"
            "bridge.txt,1,indirect,true,Ann Lee,,denied,that Ben Ode had warned her,She,,,denied,asserted,,pronoun,"
            "0.8000,106,133\n"
            "bridge.txt,2,indirect,true,,,had warned,her,Ben Ode,,,affirmed,hedged,1,none,0.5000,130,133\n");
}

TEST_F(TextReportTest, GivenColumnsComeBackWithTheTag) {
  Article given;
  given.lines = {"-DOCSTART- -X-", "", "Bridge\tNN", "Ann NNP", "Lee NNP", ""};
  given.tokens = {{0, 0}, {0, 0}, find("Bridge"), find("Ann"), find("Lee"), {0, 0}};
  EXPECT_EQ(ColumnsReport().article(given, document()),
            "-DOCSTART- -X- O\n\nBridge\tNN\tO\nAnn NNP B-PER\nLee NNP I-PER\n\n");
}

TEST(Page, WrapsAndObeysNothing) {
  struct Case {
    const char* text;
    size_t width;
    const char* out;
  };
  for (const Case& c : {
           Case{"one two three", 10, "  one two\n    three\n"},
           Case{"a\n\tb  c", 20, "  a b c\n"},
           Case{"incomprehensibilities", 10, "  incomprehensibilities\n"},
           Case{"\x1B[31mred\x07", 40, "  \uFFFD[31mred\uFFFD\n"},
           Case{"日本 日本", 8, "  日本\n    日本\n"},
           Case{"", 10, ""},
       }) {
    Page page(c.width, false);
    EXPECT_EQ(page.add(c.text).set(2, 4).take(), c.out);
  }
  EXPECT_EQ(Page(20, true).add("Ann", Style::Bold).add("said").set(0, 0, "9%").take(),
            "\x1B[1mAnn\x1B[0m said          \x1B[2m9%\x1B[0m\n");
}

}  // namespace
}  // namespace newsnlp
