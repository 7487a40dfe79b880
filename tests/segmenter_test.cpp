// Tables of texts: '|' stands where a token, sentence or paragraph ends.
#include "segmenter.h"

#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"
#include "sentence_breaks.h"

namespace newsnlp {
namespace {

struct Segmented {
  explicit Segmented(std::string text, Layout layout = Layout::Article) : workspace(nullptr) {
    layers.text = std::move(text);
    static const Segmenter segmenter(*Model::builtin());
    segmenter.segment(layers, workspace, layout);
    EXPECT_EQ(check_invariants(layers), "");
  }
  template <class List>
  std::string joined(const List& list) const {
    std::string out;
    for (const auto& item : list) out += std::string(out.empty() ? "" : "|") + std::string(layers.of(item.span));
    return out;
  }
  Layers layers;
  Workspace workspace;
};

std::string without_bars(std::string_view s) {
  std::string out;
  for (char c : s)
    if (c != '|') out += c;
  return out;
}

std::string without_blanks(std::string_view s) {
  std::string out;
  for (char c : s)
    if (c != ' ') out += c;
  return out;
}

// '|' also stands at blanks, which belong to no token.
TEST(Segmenter, CutsTokens) {
  for (const char* row :
       {// clitics
        "Russia|'s| plan", "They| did|n't| go", "they|'ll| say| we|'re| ready", "I|’m| sure| he|’d| go", "DO|N'T",
        "The| U.S.|'s| plan", "the| 1990|'s", "dogs|'| dinner", "rock| '|n|'| roll", "O'Neill|’s", "He| ca|n't",
        // full stops
        "the| U.S.| Senate", "J.| Edgar", "Sen.| Smith| spoke|.", "He| spoke|.", "World| War| I|.",
        "at| 5| p.m.| today", "No.| 5| is| alive", "No.|  5", "No.|  5", "He| said| no|.", "SEN.| SMITH",
        "Acme| Inc.| grew", "etc|...", "Critics| replied| on| X|.", "she| wrote| on| X|.| He| left",
        "written| by| J.| Smith", "Police| named| Ali| B.", "a| Ph.D.| thesis", "in| St.| Louis| v.| Smith",
        // hyphens, joins, runs
        "US|-|led| talks", "in| 2018-19|,", "555-0123-44", "AT&T|,| R&D| &| more", "#MeToo| @name| #1",
        "wait| --| no|...", "''|Go|''| ``|Stop|''", "a|_|b", "___", "and|/|or",
        // addresses
        "see| https://a.example/b?c=d#e|,| now", "(|www.example.org/x|)|.", "write| to| jo.doe+x@mail.example.org|.",
        "HTTP://EXAMPLE.ORG",
        // numbers
        "$|10.5| million|,| 3,000|;| 50|%", "5|:|30", "“|Yes|,|”| she| said|.", "naïve| Zoë|’s| café"}) {
    const Segmented s(without_bars(row));
    EXPECT_EQ(without_blanks(s.joined(s.layers.tokens)), without_blanks(row));
  }
}

TEST(Segmenter, EndsSentences) {
  for (const char* row :
       {"he left.| she met sen. smith in the u.s. capitol.| was it late?| yes.", "He left. she stayed.",
        "He spoke.| She left.", "What?!| Nothing…| And yet… it moves.| Really...| Yes.", "He left!| 50 stayed.",
        "(He left.)| She stayed.", "A line.|\nAnother line|\nno stop", "He left?|She stayed.", "He left.|She stayed.",
        "Buy it on Amazon.Com today.", "He met Prof.Lee.| He left.",
        // abbreviations and initials
        "Sen. Smith met J. Edgar in the U.S. Capitol.| He left at 5 p.m. Monday.",
        "He lives in the U.S.| The law is old.", "It was 5 p.m.| He slept.",
        "Acme Inc. Chairman Jo Doe quit Acme Inc.| She is 50.", "They took Plan B.| But it failed.",
        "She wrote it on X.| Her office denied it.", "Gen. The O Quang spoke.", "In No. 5 they live.",
        "He said no.| They left.",
        // quotations and their cues
        "“Go!” she cried.| He went.", "“Go!” Ann Smith cried.| He went.",
        "\"Why now?\" White House spokesman Jo Doe asked.", "He yelled “Go!”| Ann Smith left.",
        "“We won.| We won twice,” he said.", "“We won.”| The crowd roared.",
        "He said: “We won.”| “Did you?” she asked.", "“Did we?| Did we win?” Mr. Doe asked.| ‘No!’ Jo said.",
        "''We won.''| ''Go!'' said Jo.",
        // the time before an entry of a live blog
        "14:32| Police say the road is closed.| It is wet.", "9.15pm GMT –| Mayor Ann Lee has left.",
        "6:01 p.m. —| “We won,” she said.", "9:30 was too late.", "12.50 Euro is the price."}) {
    std::string expected = row;
    for (const char* end : {"| ", "|\n"})
      for (size_t at = expected.find(end); at != std::string::npos; at = expected.find(end)) expected.erase(at + 1, 1);
    const Segmented s(without_bars(row));
    std::string found = s.joined(s.layers.sentences);
    for (char& c : found)
      if (c == '\n') c = '/';
    EXPECT_EQ(found, expected);
  }
}

TEST(Segmenter, ALineIsASentenceWhenAsked) {
  const Segmented s("He left . She stayed .\n\nA. B\nLast", Layout::SentencePerLine);
  EXPECT_EQ(s.joined(s.layers.sentences), "He left . She stayed .|A. B|Last");
}

TEST(Segmenter, AnEndlessSentenceIsCut) {
  for (const uint32_t count :
       {kLongestSentence, kLongestSentence + 1, 2 * kLongestSentence, 2 * kLongestSentence + 7}) {
    std::string text;
    for (uint32_t i = 0; i < count; ++i) text += "word ";
    const Segmented s(text);
    ASSERT_EQ(s.layers.sentences.size(), (count + kLongestSentence - 1) / kLongestSentence);
    EXPECT_EQ(s.layers.sentences.front().tokens.size(), kLongestSentence);
    EXPECT_EQ(s.layers.paragraphs.size(), 1U);
  }
}

TEST(Segmenter, ALineIsAParagraph) {
  const Segmented s("Head\n\nOne. Two.\nThree\r\nFour\u2029Five");
  EXPECT_EQ(s.joined(s.layers.paragraphs), "Head|One. Two.|Three|Four|Five");
}

TEST(Segmenter, WrappedLinesAreOneParagraph) {
  const std::string first =
      "The council voted on Monday to close the old bridge over\n"
      "the river for two years, a decision that the shopkeepers\n"
      "on both banks had feared since the spring.";
  const std::string second =
      "“We will be ruined by then,” said a baker whose shop lies\n"
      "next to the bridge.";
  const std::string list =
      "Open all day:\n"
      "the bakery\n"
      "the library";
  const Segmented s(first + "\n\n" + second + "\n\n" + list);
  EXPECT_EQ(s.joined(s.layers.paragraphs), first + "|" + second + "|Open all day:|the bakery|the library");
  EXPECT_EQ(s.layers.sentences.size(), 5U);
}

TEST(Segmenter, ALineThatIsSetInBeginsAParagraph) {
  const std::string first =
      "NORWICK, Aug. 4 (AWN) - Rain has closed the old bridge\n"
      "over the river, the mayor said on Sunday.";
  const std::string second =
      "The head of the harbour agency in the town, Dr. J. Van\n"
      "Meer, said the quay was dry.";
  const std::string third =
      "He added that the shops on both banks of the river and\n"
      "the market would open.";
  const Segmented s(first + "\n   " + second + "\n   " + third);
  EXPECT_EQ(s.joined(s.layers.paragraphs), first + "|" + second + "|" + third);
}

TEST(Segmenter, FillsTheWorkspace) {
  const Segmented s("He left. He slept.\nNo.");
  EXPECT_EQ(s.workspace.sentence, (std::vector<uint32_t>{0, 0, 0, 1, 1, 1, 2, 2}));
  EXPECT_EQ(s.workspace.paragraph, (std::vector<uint32_t>{0, 0, 0, 0, 0, 0, 1, 1}));
  EXPECT_EQ(s.workspace.word[0], s.workspace.word[3]);
  EXPECT_EQ(s.workspace.quotation.size(), 8U);
}

TEST(Segmenter, AnyTextGivesADocument) {
  std::string letters;
  for (int i = 0; i < 300000; ++i) letters += "é";
  std::string marks;
  for (int i = 0; i < 10000; ++i) marks += "“";
  for (int i = 0; i < 10000; ++i) marks += "\" ";
  for (const std::string& text :
       {std::string(), std::string(" \n\t\n"), std::string(5, '\0'), std::string("a\0b", 3), letters, marks,
        std::string(1 << 20, 'x'), std::string(1 << 20, '-'), std::string(1 << 20, '.'), std::string(1 << 20, '\n'),
        std::string("\uFEFFText\u200B 😀👍🏽 한국 中文字 ไทย \U0001F1E9\U0001F1EA")}) {
    const Segmented s(text);
    EXPECT_EQ(s.workspace.word.size(), s.layers.tokens.size());
  }
}

}  // namespace
}  // namespace newsnlp
