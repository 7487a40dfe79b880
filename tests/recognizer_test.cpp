// Names of the built-in model on sentences written for this test, and label files that are refused.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "ner_corpus.h"
#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

std::string names(const std::string& text, Layout layout = Layout::Article) {
  static const Analyzer analyzer;
  const Document d = analyzer.analyze(text, layout);
  std::string out;
  for (const Mention& m : d.mentions()) {
    if (!out.empty()) out += "; ";
    out += std::string(to_string(m.type)).substr(0, 3) + " " + std::string(d.text(m.span));
  }
  return out;
}

TEST(Recognizer, FindsNames) {
  const struct {
    const char* text;
    const char* expected;
  } kCases[] = {
      {"Angela Merkel met Emmanuel Macron in Paris.", "PER Angela Merkel; PER Emmanuel Macron; LOC Paris"},
      {"The European Commission said on Monday that German exports fell.",
       "ORG European Commission; DAT Monday; MIS German"},
      {"Sen. Elizabeth Warren, D-Mass., spoke.", "PER Elizabeth Warren; LOC Mass."},
      {"“London’s mayor,” said President Putin.", "LOC London; PER Putin"},
      {"Write to info@example.org for $3 million.", "EMA info@example.org; MON $3 million"},
      {"They met Julian von Bibra and Isabel dos Santos. “No,” said Mr von Bibra.",
       "PER Julian von Bibra; PER Isabel dos Santos; PER von Bibra"},
      {"It went to the Ministry of Agriculture, Livestock and Fisheries on Monday.",
       "ORG Ministry of Agriculture, Livestock and Fisheries; DAT Monday"},
      {"nothing here is a name", ""},
      {"", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(names(c.text), c.expected) << c.text;
}

TEST(Recognizer, ScoresAreProbabilities) {
  const Analyzer analyzer;
  const Document d = analyzer.analyze("Angela Merkel met the Jupiter Brass of Velm and Okello's Tarn.");
  ASSERT_FALSE(d.mentions().empty());
  for (const Mention& m : d.mentions()) {
    EXPECT_GE(m.score, 0.0F);
    EXPECT_LE(m.score, 1.0F);
  }
  EXPECT_GT(d.mentions()[0].score, 0.9F);
}

TEST(Recognizer, SameResultTwiceAndAfterOtherTexts) {
  const Analyzer analyzer;
  const std::string text = "Reuters reported from Nairobi that Grace Okello of Acme Corp. had left for the U.N.";
  const std::string first = to_json(analyzer.analyze(text));
  analyzer.analyze("EU\nrejects German call", Layout::SentencePerLine);
  EXPECT_EQ(to_json(analyzer.analyze(text)), first);
}

class LabelFile : public ::testing::Test {
 protected:
  // "line: …" of the error that a file with this content gives; "" for none.
  std::string error(const std::string& content) const {
    std::ofstream(path_, std::ios::binary) << content;
    std::string what;
    try {
      read_ner_corpus(path_);
    } catch (const ListError& e) {
      what = e.what();
      EXPECT_EQ(what.rfind(path_, 0), 0U) << what;
      what = what.substr(std::min(what.size(), path_.size() + 1));
    }
    std::filesystem::remove(path_);
    return what;
  }
  std::string path_ = (std::filesystem::temp_directory_path() /
                       ("newsnlp_labels_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
                        ::testing::UnitTest::GetInstance()->current_test_info()->name()))
                          .string();
};

TEST_F(LabelFile, BrokenLinesAreNamed) {
  const struct {
    const char* content;
    const char* begins;
  } kCases[] = {
      {"{\"id\": 1, \"text\": \"Ann left.\", \"entities\": [[0, 3, \"PER\"]]}\n", ""},
      {"{\"text\": \"Ann left.\", \"entities\": [[0, 3, \"PER\"], [2, 5, \"LOC\"]]}\n", "1: two spans overlap"},
      {"{\"text\": \"Ann left.\", \"entities\": [[0, 30, \"PER\"]]}\n", "1: span [0, 30]"},
      {"{\"text\": \"Ann left.\", \"entities\": [[0, 3, \"WIZARD\"]]}\n", "1: unknown type \"WIZARD\""},
      {"{\"text\": \"Ann left.\", \"entities\": []}\n{\"text\": 5}\n", "2: no record"},
      {"{\"text\": \"Ann", "1: no record"},
      {"Ann B-PER\nleft O\n\nBob U-PER\n", ""},
      {"Ann B-PER\nleft\n", "2: one column"},
      {"Ann B-PER\nleft X\n", "2: unknown tag \"X\""},
      {"Ann B-WIZARD\n", "1: unknown type"},
      {"\n\n", " no labelled sentence"},
  };
  for (const auto& c : kCases) {
    const std::string what = error(c.content);
    EXPECT_EQ(what.substr(0, std::string(c.begins).size()), c.begins) << c.content << " gives " << what;
    EXPECT_TRUE(*c.begins != '\0' || what.empty()) << what;
  }
}

TEST_F(LabelFile, TagSchemesMeanTheSame) {
  const char* kFiles[] = {
      "Ann I-PER\nLee I-PER\nBob B-PER\nin O\nRome I-LOC\n",  // IOB1
      "Ann B-PER\nLee I-PER\nBob B-PER\nin O\nRome B-LOC\n",  // IOB2
      "Ann B-PER\nLee L-PER\nBob U-PER\nin O\nRome U-LOC\n",  // BILOU
      "Ann B-PER\nLee E-PER\nBob S-PER\nin O\nRome S-LOC\n",  // BIOES
  };
  for (const char* content : kFiles) {
    std::ofstream(path_, std::ios::binary) << content;
    const auto articles = read_ner_corpus(path_);
    std::filesystem::remove(path_);
    ASSERT_EQ(articles.size(), 1U);
    EXPECT_EQ(articles[0].text, "Ann Lee Bob in Rome\n");
    const std::vector<LabelledName> expected = {
        {{0, 7}, EntityType::Person}, {{8, 11}, EntityType::Person}, {{15, 19}, EntityType::Location}};
    EXPECT_EQ(articles[0].names, expected) << content;
  }
}

TEST(LabelEdges, AreTrimmedAsTheScorerDoes) {
  const struct {
    const char* text;
    const char* expected;
  } kCases[] = {{"the White House", "White House"},
                {"“Hamlet”", "Hamlet"},
                {"Ann’s", "Ann"},
                {"The", "The"},
                {"Ann's ", "Ann"},
                {"'s", "s"}};
  for (const auto& c : kCases) {
    const std::string text = c.text;
    const Span s = trimmed(text, {0, static_cast<uint32_t>(text.size())});
    EXPECT_EQ(text.substr(s.begin, s.size()), c.expected);
  }
}

}  // namespace
}  // namespace newsnlp
