#include "boilerplate.h"

#include <gtest/gtest.h>

#include "newsnlp/newsnlp.h"
#include "segmenter.h"

namespace newsnlp {
namespace {

std::string patterns() {
  const auto model = Model::builtin();
  const auto bytes = model->section("boilerplate.txt");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string broken_line(const std::string& text) {
  try {
    const Boilerplate read(text);
  } catch (const ModelError& e) {
    const std::string what = e.what();
    return what.substr(0, what.find(": "));
  }
  return "";
}

TEST(Boilerplate, LooksAtLines) {
  const Boilerplate boilerplate(patterns());
  struct Case {
    const char* line;
    LineKind kind;
  };
  for (const Case& c : {
           Case{"Share this article on Facebook", LineKind::Notice},
           {"Tweet", LineKind::Notice},
           {"Facebook Twitter WhatsApp", LineKind::Notice},
           {"12 Shares", LineKind::Notice},
           {"Published in the Herald, May 3rd, 2026", LineKind::Notice},
           {"Published in London, the book sold well.", LineKind::Plain},
           {"Updated 6.41pm AEDT", LineKind::Notice},
           {"Updated figures show a fall.", LineKind::Plain},
           {"Got a problem with a shop? Email help@herald.example with a phone number.", LineKind::Notice},
           {"rkeller@herald.example", LineKind::Notice},
           {"Staff writer Rosa Keller contributed to this report.", LineKind::Notice},
           {"The paper contributed to this report on bees by sending photographs.", LineKind::Plain},
           {"Reporting by the Herald showed that the dam was weak.", LineKind::Plain},
           {"(With inputs from agencies)", LineKind::Notice},
           {"Heard on Morning Mirror", LineKind::Notice},
           {"Transcript text may be revised. Accuracy and availability of transcripts may vary.", LineKind::Plain},
           {"Accuracy and availability of transcripts may vary.", LineKind::Notice},
           {"This interview has been edited for length and clarity.", LineKind::Notice},
           {"The views expressed are the author’s own.", LineKind::Notice},
           {"The views expressed by the minister drew criticism.", LineKind::Plain},
           {"Contact the writer at rkeller@herald.example or 555-0123.", LineKind::Notice},
           {"Rosa Keller covers schools for the Herald. Reach her at rkeller@herald.example.", LineKind::Notice},
           {"Correction: An earlier version misspelled the name of the mayor.", LineKind::Notice},
           {"The correction: a shift of ten votes.", LineKind::Plain},
           {"Published in 1990, the book sold well.", LineKind::Plain},
           {"Follow Jo Doe on Twitter @jodoe.", LineKind::Notice},
           {"READ ALSO: Ten ways to cook a herring", LineKind::Notice},
           {"Related: Mayor leaves office after vote", LineKind::Notice},
           {"Sign up for our daily newsletter", LineKind::Notice},
           {"We and our 12 partners store cookies on your device.", LineKind::Notice},
           {"Photo: Jo Doe/The Courier", LineKind::Notice},
           {"Jo Doe via Getty Images", LineKind::Notice},
           {"© 2020 The Courier. All rights reserved.", LineKind::Notice},
           {"ADVERTISEMENT", LineKind::Notice},
           {"This story has been updated to include a reply.", LineKind::Notice},
           {"___", LineKind::Notice},
           {"https://example.org/a/b", LineKind::Notice},
           {"Sign up here for our daily newsletter", LineKind::Notice},
           {"What is 3 + 4?", LineKind::Notice},
           {"Join our Telegram channel", LineKind::Notice},
           {"Load more comments", LineKind::Notice},
           {"Terms and Conditions", LineKind::Notice},
           {"Reuters/Jo Doe", LineKind::Notice},
           {"Have something to add? Share it in the comments.", LineKind::Notice},
           {"This content is not available in your region.", LineKind::Notice},
           {"Most read", LineKind::List},
           {"Related articles:", LineKind::List},
           {"Leave a Reply", LineKind::Form},
           {"Please enter your name here", LineKind::Form},
           {"seven + two =", LineKind::Form},
           {"3 × = 12", LineKind::Form},
           {"News | Sport | Food | Property", LineKind::Menu},
           {"Home · World · Contact us", LineKind::Menu},
           // part of the article
           {"The mayor said she would share the money with the poor.", LineKind::Plain},
           {"We used to read the papers on the train.", LineKind::Plain},
           {"Subscribers to the paper were told on Monday that it would close.", LineKind::Plain},
           {"The photo shows a bridge over the river.", LineKind::Plain},
           {"Related companies in Norway were not searched, police said.", LineKind::Plain},
           {"BRUSSELS, March 11 — Ministers will meet again on Thursday.", LineKind::Plain},
           {"By Jo Doe and Ann Smith", LineKind::Plain},
           {"Published 14 May, 06:12 | Updated 14 May, 09:40", LineKind::Plain},
           {"Council closes old bridge", LineKind::Plain},
           {"Read the letter, he told them, and they read it.", LineKind::Plain},
           {"Follow the money, the judge said.", LineKind::Plain},
           {"Comment was not available on Monday.", LineKind::Plain},
           {"“Read more books,” the minister said.", LineKind::Plain},
           {"Sign up for the army, they were told, and see the world.", LineKind::Plain},
           {"Reuters reported that the talks had failed.", LineKind::Plain},
           {"Terms of the deal were not disclosed.", LineKind::Plain},
           {"By signing up 500 doctors, the state hopes to end the shortage.", LineKind::Plain},
           {"Photographs by the artist will be sold on Friday, the gallery said.", LineKind::Plain},
           {"Credit: a lender of last resort", LineKind::Plain},
           {"Home secretary resigns", LineKind::Plain},
           {"Additional reporting by Jo Doe", LineKind::Plain},
           {"(Reporting by Jo Doe; editing by Ann Smith)", LineKind::Plain},
           {"Q: What do you think of it?", LineKind::Plain},
           {"8:20 p.m.", LineKind::Plain},
           {"5 | 3 | 12", LineKind::Plain},
       })
    EXPECT_EQ(boilerplate.look(c.line), c.kind) << c.line;
  EXPECT_EQ(boilerplate.look("Sign up for our newsletter" + std::string(500, 'x')), LineKind::Plain);
}

TEST(Boilerplate, SeesLinesInOneForm) {
  EXPECT_EQ(Boilerplate::normalized("  ** READ  MORE:\u00A0»"), "read more");
  EXPECT_EQ(Boilerplate::normalized("Don’t miss | this…"), "don't miss | this");
  EXPECT_EQ(Boilerplate::normalized("- [Read\tMORE @ x{Z}] \x7F."), "read more @ x{z}");
  EXPECT_EQ(Boilerplate::normalized("Read \t MORE"), "read more");
  EXPECT_EQ(Boilerplate::normalized(" .:"), "");
  EXPECT_EQ(Boilerplate::normalized("…"), "");
}

TEST(Boilerplate, NamesBrokenLines) {
  EXPECT_EQ(broken_line(patterns()), "");
  EXPECT_EQ(broken_line("# c\n[line]\nread more\n"), "");
  EXPECT_EQ(broken_line("read more\n"), "boilerplate.txt:1");
  EXPECT_EQ(broken_line("[line]\n\nread (more\n"), "boilerplate.txt:3");
  EXPECT_EQ(broken_line("[line]\nRead more\n"), "boilerplate.txt:2");
  EXPECT_EQ(broken_line("[line]\n\xFF\n"), "boilerplate.txt:2");
  EXPECT_EQ(broken_line("[lines]\n"), "boilerplate.txt:1");
}

// A text and the kind of each line that is not blank: h(eadline), b(ody), x (boilerplate).
TEST(ParagraphKinds, FollowWhatLinesSayAndWhereTheyStand) {
  const std::string body = "The council voted on Monday to close the old bridge for two years.\n";
  struct Case {
    std::string text;
    const char* kinds;
  };
  for (const Case& c : {
           Case{"Council closes old bridge\n\n" + body, "hb"},
           {"Council Closes Old Bridge For Two Years.\n\n" + body, "hb"},
           {body + body, "bb"},
           {"By Jo Doe\n\n" + body, "bb"},
           {"LONDON — The council closes the old bridge\n\n" + body, "bb"},
           {"Council closes bridge;\nShopkeepers protest\n\n" + body, "hhb"},
           {"Council closes old bridge", "b"},
           // above the article
           {"The Courier\nNews | Sport | Food | Jobs\n\nCouncil closes old bridge\n\nShare on Facebook\nShare on "
            "X\n\n" +
                body,
            "xxhxxb"},
           {"Share on Facebook\n\nCouncil closes old bridge\n\n" + body, "xhb"},
           // a list of links ends with its block, or with a sentence
           {body + "\nMost read\n1. Where to see the herons\n2. A house on a hill\n\nA title\n" + body, "bxxxbb"},
           {body + "\nRelated articles\n\nHerons return to the lake\n\nMayor to leave office\n\n" + body, "bxxxb"},
           // a form, and the link above it
           {body + body +
                "\nMayor of the old town to leave office\n\nPlease enter your comment!\nPlease enter your name\n\ntwo "
                "+ 3 =",
            "bbxxxx"},
           {body + body + "\nLeave a reply\n\nWebsite", "bbxx"},
           {"Mayor of the old town leaves\n\nPlease enter your comment!\n\n" + body + body, "hxbb"},
           {body + "\nRead also: Mayor leaves\n\n" + body, "bxb"},
       }) {
    static const Segmenter segmenter(*Model::builtin());
    Layers layers;
    layers.text = c.text;
    Workspace workspace(nullptr);
    segmenter.segment(layers, workspace);
    std::string kinds;
    for (const Paragraph& p : layers.paragraphs) kinds += "bhx"[static_cast<int>(p.kind)];
    EXPECT_EQ(kinds, c.kinds) << c.text;
  }
}

}  // namespace
}  // namespace newsnlp
