#include "quote_scores.h"

#include <gtest/gtest.h>

#include "score_calibration.h"

namespace newsnlp {
namespace {

std::vector<Span> find(const std::string& text, const std::string& part) {
  const auto at = static_cast<uint32_t>(text.find(part));
  return {{at, at + static_cast<uint32_t>(part.size())}};
}

struct HeadRow {
  const char* source;
  const char* head;
};

class SourceHead : public testing::TestWithParam<HeadRow> {};

TEST_P(SourceHead, IsTheScorers) {
  const std::string text = std::string("Then ") + GetParam().source + " spoke.";
  const ScoredText scored(text);
  const int head = scored.source_head(find(text, GetParam().source));
  ASSERT_GE(head, 0);
  const Span s = scored.word_bytes(static_cast<uint32_t>(head));
  EXPECT_EQ(text.substr(s.begin, s.size()), GetParam().head);
}

INSTANTIATE_TEST_SUITE_P(Sources, SourceHead,
                         testing::Values(HeadRow{"she", "she"}, HeadRow{"Mayor Ana Cruz", "Cruz"},
                                         HeadRow{"the head of the union, Jo Lund", "head"},
                                         HeadRow{"one of the nurses", "nurses"}, HeadRow{"John Poe Jr.", "Poe"},
                                         HeadRow{"by the ministry", "ministry"}, HeadRow{"a man who saw it", "man"},
                                         HeadRow{"José Peña – the coach", "Peña"},
                                         HeadRow{"dozens of voters in Ohio", "voters"}));

TEST(ScoredText, TypesFollowDoubleMarks) {
  const std::string text =
      "“We won,” she said. He called it “a farce” again. They left.\n\"Open to the end\nand ''so'' on ''too''.";
  const ScoredText scored(text);
  const auto type = [&](const char* part) { return scored.type(scored.words(find(text, part))); };
  EXPECT_EQ(type("“We won,”"), QuoteType::Direct);
  EXPECT_EQ(type("it “a farce” again"), QuoteType::Mixed);
  EXPECT_EQ(type("They left"), QuoteType::Indirect);
  EXPECT_EQ(type("Open to the end"), QuoteType::Direct);
  EXPECT_EQ(type("''so'' on"), QuoteType::Mixed);
}

TEST(ScoreArticle, CountsPairsHeadsAndWhatMayBeIgnored) {
  LabelledArticle gold;
  gold.text = "Ann Lee said the road was closed. Bob Roy thinks it will rain. “No,” she said.";
  gold.quotes.push_back({find(gold.text, "the road was closed"), find(gold.text, "said"), find(gold.text, "Ann Lee")});
  gold.quotes.push_back({find(gold.text, "it will rain"), find(gold.text, "thinks"), find(gold.text, "Bob Roy")});
  gold.quotes.back().speech = false;
  gold.quotes.push_back({find(gold.text, "“No,”"), find(gold.text, "said"), find(gold.text, "she")});
  std::vector<LabelledQuote> predicted;
  predicted.push_back({find(gold.text, "road was closed"), find(gold.text, "said"), find(gold.text, "Lee")});
  predicted.push_back({find(gold.text, "it will rain"), find(gold.text, "thinks"), {}});
  predicted.push_back({find(gold.text, "“No,”"), find(gold.text, "said"), find(gold.text, "Bob Roy")});
  QuoteScores speech;
  std::vector<QuoteError> errors;
  score_article(gold, predicted, true, speech, &errors);
  EXPECT_EQ(speech.overlap[0].gold, 2U);
  EXPECT_EQ(speech.overlap[0].predicted, 2U);
  EXPECT_EQ(speech.overlap[0].right, 2U);
  EXPECT_EQ(speech.whole[0].right, 1U);
  EXPECT_EQ(speech.exact[0].right, 1U);
  EXPECT_EQ(speech.whole[1].gold, 1U);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].kind, ErrorKind::Source);
  QuoteScores all;
  score_article(gold, predicted, false, all, nullptr);
  EXPECT_EQ(all.overlap[0].gold, 3U);
  EXPECT_EQ(all.whole[0].right, 1U);
}

TEST(Calibration, TableNeverFallsAndFollowsTheShares) {
  std::vector<std::pair<float, bool>> judged;
  for (int i = 0; i < 1000; ++i) judged.emplace_back(static_cast<float>(i) / 1000, i % 4 == 0 || i > 700);
  const auto table = isotonic_table(judged, 256);
  for (size_t k = 1; k < table.size(); ++k) EXPECT_LE(table[k - 1], table[k]);
  EXPECT_NEAR(table[100] / 65535.0, 0.25, 0.07);
  EXPECT_NEAR(table[250] / 65535.0, 1.0, 0.01);
  EXPECT_GT(best_threshold(judged, 480), 0.6F);
}

}  // namespace
}  // namespace newsnlp
