// A case is a text in which ⟦ ⟧ stand around each stretch that the outermost pairs of marks cover, and a list of all
// pairs: "(" an opening mark that closes, "<" one that does not, "+" when it goes on with the quotation before.
#include "quotation_marks.h"

#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"
#include "segmenter.h"

namespace newsnlp {
namespace {

struct Marked {
  explicit Marked(std::string text) : workspace(nullptr) {
    layers.text = std::move(text);
    static const Segmenter segmenter(*Model::builtin());
    segmenter.segment(layers, workspace);
  }
  std::string states() const {
    std::string out;
    uint32_t done = 0;
    const auto upto = [&](uint32_t byte) {
      out += layers.text.substr(done, byte - done);
      done = byte;
    };
    for (size_t i = 0; i < layers.tokens.size(); ++i) {
      const Quotation q = workspace.quotation[i];
      const bool before =
          i > 0 && workspace.quotation[i - 1] != Quotation::Outside && workspace.quotation[i - 1] != Quotation::Closes;
      if (before && (q == Quotation::Outside || q == Quotation::Opens)) {
        upto(layers.tokens[i - 1].span.end);
        out += "⟧";
      }
      if (q == Quotation::Opens) {
        upto(layers.tokens[i].span.begin);
        out += "⟦";
      }
      if (q == Quotation::Closes || (i + 1 == layers.tokens.size() && q != Quotation::Outside)) {
        upto(layers.tokens[i].span.end);
        out += "⟧";
      }
    }
    upto(static_cast<uint32_t>(layers.text.size()));
    return out;
  }
  std::string pairs() const {
    std::string out;
    for (const QuotationPair& p : workspace.quotation_pairs) {
      if (!out.empty()) out += ' ';
      out += std::string(p.continued ? "+" : "") + (p.close == QuotationPair::kNone ? "<" : "(") +
             std::to_string(p.depth) + (p.single ? "s" : "");
    }
    return out;
  }
  Layers layers;
  Workspace workspace;
};

std::string without_brackets(std::string s) {
  for (const char* bracket : {"⟦", "⟧"})
    for (size_t at = s.find(bracket); at != std::string::npos; at = s.find(bracket)) s.erase(at, 3);
  return s;
}

TEST(QuotationMarks, ArePaired) {
  struct Case {
    const char* text;
    const char* pairs;
  };
  for (const Case& c : {
           Case{"No marks at all.", ""},
           // one style each
           {"⟦“We won,”⟧ she said. ⟦“We did.”⟧", "(0 (0"},
           {"⟦\"We won,\"⟧ she said. ⟦\"We did.\"⟧", "(0 (0"},
           {"⟦''We won,''⟧ she said. ⟦''We did.''⟧", "(0 (0"},
           {"⟦``We won,''⟧ she said.", "(0"},
           {"⟦‘‘We won,’’⟧ she said.", "(0"},
           {"⟦«We won»⟧, she said. ⟦„We did“⟧, he said.", "(0 (0"},
           {"He called it ⟦“a day”⟧; she, ⟦\"a night\"⟧ (⟦\"long\"⟧)—⟦\"dark\"⟧.", "(0 (0 (0 (0"},
           // mixed and reversed
           {"⟦“We won,\"⟧ she said. ⟦\"We did.”⟧ Then ⟦“all left.“⟧", "(0 (0 (0"},
           {"They would not ⟦”get close”⟧ to it.", "(0"},
           // nested
           {"⟦“He shouted ‘Go!’ and I went,”⟧ she said.", "(0 (1s"},
           {"⟦\"He shouted 'Go!' and I went,\"⟧ she said.", "(0 (1s"},
           {"⟦“He said “no” to us”⟧, she said.", "(0 (1"},
           {"⟦“I read ‘The “Big” One’ twice.”⟧", "(0 (1s (2"},
           // left open
           {"⟦“We won. We did.⟧\n⟦“We won again,”⟧ she said.", "<0 +(0"},
           {"⟦\"We won. We did.⟧\n⟦\"We won again.⟧\n⟦\"And again,\"⟧ she said.", "<0 +<0 +(0"},
           {"⟦“We won.⟧\nShe left.\n⟦“We did,”⟧ he said.", "<0 (0"},
           {"⟦“We won. We did.⟧ ⟦“We won again,”⟧ she said. ⟦“Yes.”⟧", "<0 +(0 (0"},
           {"⟦\"We won. We did.⟧ ⟦\"We won again,\"⟧ she said. ⟦\"Yes.\"⟧", "<0 +(0 (0"},
           {"He said he was ⟦“glad, he said, and⟧ ⟦“happy.”⟧", "<0 (0"},
           // strays
           {"We won,” she said. ⟦“We did.”⟧", "(0"},
           {"We won,\" she said. ⟦\"We did.\"⟧", "(0"},
           // apostrophes, feet and inches, cut words
           {"The workers’ rights and the dogs' dinner of ’99, they said.", ""},
           {"⟦“The workers’ rights,”⟧ he said, ⟦“are ours.”⟧", "(0 (0"},
           {"⟦“He spoke of ‘the workers’ rights’ there.”⟧", "(0 (1s"},
           {"It caught ‘em in the '90s, rock 'n' roll.", ""},
           {"He is 6'2\" tall. ⟦\"I am 6'3\" tall,\"⟧ she said.", "(0"},
           {"⟦\"It was a 12\" record,\"⟧ he said.", "(0"},
           {"⟦\"I scored 12\"⟧, he said, ⟦\"or 13.\"⟧", "(0 (0"},
           // single marks: a name of a work, a headline, an article that has no other
           {"First line here\n\nShe sang ‘The Rose’ at noon. ⟦“Yes,”⟧ he said.", "(0s (0"},
           {"Head\n\n⟦‘We won,’⟧ she said. ⟦‘He said “no” to it.⟧\n\n⟦‘The workers’ rights,’⟧ he said.",
            "(0s <0s (1 +(0s"},
           {"⟦‘We won’⟧, says minister\n\nThe council voted on Monday.", "(0s"},
           // both kinds in one article: single marks are as good as double ones where a statement stands in them
           {"Head\n\n⟦‘It’s our pier,’⟧ said Jo Ames, 52. ⟦‘They won’t sell it.’⟧\n\nA rise ⟦“of 12%”⟧ and ⟦“no "
            "more”⟧.",
            "(0s (0s (0 (0"},
           {"Head\n\nThe road was needed. ⟦'It can't wait,'⟧ he told them. ⟦\"No\"⟧, ⟦\"no\"⟧.", "(0s (0 (0"},
           {"Head\n\nShe asked: ⟦‘Why did they go there?’⟧ He had ⟦“no idea”⟧, ⟦“none”⟧.", "(0s (0 (0"},
           {"Head\n\n⟦‘He said “no” to us,’⟧ she said.\n\n⟦“Go,”⟧ he said. ⟦“Please.”⟧", "(0s (1 (0 (0"},
           {"Head\n\n⟦‘We lost,’⟧ she said.\n\n⟦‘We saw it.⟧\n\n⟦‘We left,’⟧ she said. It was ⟦“dark”⟧, ⟦“cold”⟧.",
            "(0s <0s +(0s (0 (0"},
           {"Head\n\n⟦‘The dogs’ home is ours,’⟧ she said of the ’90s. He is ⟦“sad”⟧, ⟦“so sad”⟧.", "(0s (0 (0"},
           {"Head\n\nShe said: ⟦‘It was too dark there.’⟧\n\n⟦‘We left.’⟧\n\nIt was ⟦“dark”⟧, ⟦“cold”⟧, ⟦“wet”⟧.",
            "(0s (0s (0 (0 (0"},
           // there they are none
           {"Head\n\n‘The Long Winter,’ a film by Jo Ames, opens on Friday. ⟦“Go,”⟧ he said.", "(0s (0"},
           {"Head\n\n⟦“We won,”⟧ she said.\n\n‘We have waited so long.’\n\n⟦“Go,”⟧ he said.", "(0 (0s (0"},
           {"Head\n\nShe sang in shows like ‘Grease,’ ‘Cats,’ and ‘hello.’ ⟦“Go,”⟧ he said. ⟦“Now.”⟧",
            "(0s (0s (0s (0 (0"},
           {"Head\n\n‘Smart’ meters, ‘so to speak’, are the dogs’ dinner, said the players’ union. ⟦“Go,”⟧ he said.",
            "(0s (0s (0"},
           {"Head\n\n⟦“He told me, ‘We will not go there,’ and left,”⟧ she said. ⟦“Then ‘why?’”⟧", "(0 (1s (0 (1s"},
           {"Dwayne ⟦\"The Rock\"⟧ Johnson spoke.", "(0"},
       }) {
    const Marked m(without_brackets(c.text));
    EXPECT_EQ(m.states(), c.text);
    EXPECT_EQ(m.pairs(), c.pairs) << c.text;
  }
}

TEST(QuotationMarks, AreBoundedInAnyText) {
  for (const char* unit :
       {"“", "“ ", "\" ", "\"a ", "a\" ", "'a ", "‘a ", "a’ ", "“a”", "1\"", "‘“a", "''", "workers’ x "}) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += unit;
    const Marked m(text);
    for (const QuotationPair& p : m.workspace.quotation_pairs) {
      ASSERT_LT(p.open, p.end);
      ASSERT_LE(p.end, m.layers.tokens.size());
      ASSERT_LT(p.depth, 8);
      if (p.close != QuotationPair::kNone) {
        ASSERT_EQ(p.close + 1, p.end);
      }
    }
  }
}

}  // namespace
}  // namespace newsnlp
