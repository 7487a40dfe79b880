#include "boilerplate.h"

#include <gtest/gtest.h>

#include "model_file.h"
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

TEST(Boilerplate, BuiltinTableIsThatOfTheList) {
  const Boilerplate of_list(patterns());
  EXPECT_EQ(std::string(text_section(*Model::builtin(), "boilerplate.table")), of_list.table());
  const Boilerplate of_table(patterns(), true, Model::builtin()->section("boilerplate.table"));
  EXPECT_EQ(of_table.table(), of_list.table());
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
           {"Sign up for The Bell, our free morning guide to the council.", LineKind::Notice},
           {"Explore more on these topics: Ferries, Graz, Trade unions", LineKind::Notice},
           {"Follow our Telegram channel for live updates", LineKind::Notice},
           {"Follow the old channel to the harbour and turn left.", LineKind::Plain},
           {"Posted 3h ago, updated 41m ago", LineKind::Alone},
           {"If you value our journalism, please consider taking out a subscription.", LineKind::Notice},
           {"Have you got a story for us? Ring the newsdesk or message us on Facebook.", LineKind::Notice},
           {"If this story has raised issues for you, call Lifeline on 13 11 14.", LineKind::Notice},
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
           {"(With inputs from agencies)", LineKind::Alone},
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
           {"This story has been updated to include a reply.", LineKind::Alone},
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
           {"Published 14 May, 06:12 | Updated 14 May, 09:40", LineKind::Alone},
           {"Published: 08:41, 9 April | Updated: 10:02, 9 April", LineKind::Alone},
           {"Published: 08:41 GMT, 9 April 2026 | Updated: 10:02 GMT, 9 April 2026", LineKind::Alone},
           {"Published: Apr. 9, 2026 at 5:10 PM CDT | Updated: 3 hours ago", LineKind::Alone},
           {"Published 3 hours ago", LineKind::Alone},
           {"Updated - April 09, 2026 10:08 am IST - MORLEY", LineKind::Alone},
           {"Published - April 09, 2026 09:44 pm IST", LineKind::Alone},
           {"Updated Apr. 9, 2026 5:10 pm ET", LineKind::Alone},
           {"Auto-update is on. Last updated 9.12pm", LineKind::Notice},
           {"(Reporting by Jo Doe; editing by Ann Smith)", LineKind::Notice},
           {"(Reporting by Jo Doe in Oslo and the Lima bureau; Writing by Ann Smith; Editing by Al Roe)",
            LineKind::Notice},
           {"--With assistance from Ann Smith and Al Roe.", LineKind::Alone},
           {"– Additional reporting: NPA", LineKind::Alone},
           {"To contact the reporters on this story: Jo Doe in Oslo at jdoe@wire.example", LineKind::Notice},
           {"Ann Smith contributed reporting from Lima.", LineKind::Notice},
           {"A version of this article appears in print on May 3, 2026, Section A, Page 4.", LineKind::Notice},
           {"A version of this article will appear in the May 2026 issue of Ladle.", LineKind::Notice},
           {"This article appears in the May 2026 issue of Ladle & Lamp.", LineKind::Notice},
           {"This report by The Norland Press was first published May 3, 2026.", LineKind::Notice},
           {"While you're here: Every Tuesday, our editors round up the week.", LineKind::Notice},
           {"- Local Reporting is local body journalism co-funded by the Bell.", LineKind::Notice},
           {"By providing an email address, I agree to the Terms of Use and acknowledge the Privacy Policy.",
            LineKind::Notice},
           {"Kindly share this story:", LineKind::Notice},
           {"Information from a news agency was used in this report.", LineKind::Notice},
           {"jdo-asm/ar/kl", LineKind::Alone},
           {"jd/asm/ar", LineKind::Alone},
           {"($1 = 0.9210 euros)", LineKind::Alone},
           {"(1 euro = $1.0858)", LineKind::Alone},
           {"More rowing: https://wire.example/rowing", LineKind::Alone},
           {"Follow the WP's coverage of rowing at https://wire.example/rowing", LineKind::Notice},
           {"Follow our markets live blog", LineKind::Notice},
           {"Follow Wire Leeds on Wire Sounds, Facebook and Instagram.", LineKind::Notice},
           {"Our Standards: The Old Wire Principles.", LineKind::Notice},
           {"PRESS RELEASE", LineKind::Alone},
           {"ENDS", LineKind::Alone},
           {"Notes to editors: The Herring Board was set up in 1904.", LineKind::Notice},
           {"For further information: Herring Board press office, 555 0188, press@herring.example", LineKind::Notice},
           {"Send us your photos: pictures@herald.example", LineKind::Notice},
           {"Seen a heron? herons@herald.example", LineKind::Notice},
           {"Reach reporter Jo Doe at jdoe@herald.example.", LineKind::Notice},
           {"Do you know more about the dam? You can reach Jo Doe on Signal.", LineKind::Notice},
           {"Correction, May 3rd: An earlier version of this story gave a wrong date.", LineKind::Alone},
           {"Updates to the law were approved by the council.", LineKind::Plain},
           {"The camp can be reached at 3,000 metres in a day.", LineKind::Plain},
           {"An earlier version of the bill failed in May.", LineKind::Plain},
           {"Update, May 3rd: This story has a new figure.", LineKind::Notice},
           {"Update, May 3rd: Added comment from the board.", LineKind::Alone},
           {"Correction, May 3rd: An earlier version of this story said the dam had six gates.", LineKind::Alone},
           {"(Updates with shares in third paragraph.)", LineKind::Alone},
           {"(Except for the headline, this story has not been edited by Wire staff.)", LineKind::Notice},
           {"Views are personal.", LineKind::Alone},
           {"Source: AFP", LineKind::Alone},
           {"Posted Wed 8 Apr 2026 at 5:12am", LineKind::Alone},
           {"Rosa Keller can be reached at rkeller@herald.example or 555-0123.", LineKind::Notice},
           {"Send your story ideas to news@herald.example", LineKind::Notice},
           {"Copyright The Herald Limited 2026", LineKind::Notice},
           {"If you buy through our links, we may earn a small commission.", LineKind::Notice},
           {"We may earn a commission from links on this page.", LineKind::Notice},
           {"In the US, you can call or text the Roe Lifeline on 555 0144.", LineKind::Notice},
           {"In May, the queen called the line on the map a scandal.", LineKind::Plain},
           {"In Norway, the charity Roe can be contacted on 555 0144.", LineKind::Notice},
           {"In Norway, support is available from the Roe Line on 555 0144.", LineKind::Notice},
           {"If you or someone you know needs help, call the Roe helpline.", LineKind::Notice},
           {"Thank you for supporting our journalism. You can give here.", LineKind::Notice},
           {"SUBSCRIBE TO READ MORE", LineKind::Notice},
           {"Never miss a local story. Subscribe for $1.", LineKind::Notice},
           {"Get rowing news sent straight to your phone", LineKind::Notice},
           {"Listen to the latest Rowing Daily podcast", LineKind::Notice},
           {"Join WP’s Telegram channel and get the news.", LineKind::Notice},
           {"Share or comment on this article: Herons return", LineKind::Notice},
           {"61 shares   148 View comments", LineKind::Notice},
           {"Related topics: Birds, Leeds", LineKind::Notice},
           {"Read More About: Birds, Leeds", LineKind::Notice},
           {"READ: Where the herons went", LineKind::Notice},
           {"Jump to comments", LineKind::Notice},
           {"Birds & Lakes | 4 min read", LineKind::Notice},
           {"Image credits: Roe / stock photo", LineKind::Notice},
           {"©2026 Old Wire L.P.", LineKind::Notice},
           {"< Copyright The Old Wire. Unauthorized reproduction prohibited. >", LineKind::Notice},
           {"Corrections and clarifications | Submit a news tip", LineKind::Notice},
           {"This column is for general use and is not legal advice.", LineKind::Notice},
           {"With files from the Lima bureau", LineKind::Alone},
           {"(With agency reports)", LineKind::Alone},
           {"Additional reporting by Jo Doe", LineKind::Alone},
           {"Additional reporting by the Courier led to a trial, and the trial to a law that ended the trade.",
            LineKind::Plain},
           {"Ann Smith contributed from Lima.", LineKind::Notice},
           {"Jo Doe contributed reporting from Oslo. Ann Smith reported from Lima.", LineKind::Notice},
           {"Published", LineKind::Alone},
           {"5 hours ago", LineKind::Alone},
           {"3 May 2026, 10:22 CET", LineKind::Alone},
           {"May 3, 2026 9:12am PT", LineKind::Alone},
           {"May 3, 2026, was the day of the flood.", LineKind::Plain},
           {"Image source, Old Wire", LineKind::Notice},
           {"(Courtesy: Roe family)", LineKind::Notice},
           {"Letters, page 26", LineKind::Notice},
           {"DOI: 10.5555/heron.2026.4", LineKind::Notice},
           {"Make the Courier your preferred source on Google", LineKind::Notice},
           {"This transcript was created by a machine and may have errors.", LineKind::Notice},
           {"A correction was made on May 3, 2026: An earlier version of this obituary said that he was 84.",
            LineKind::Alone},
           {"This story has been updated with a statement of the board, which said that it was sorry.",
            LineKind::Alone},
           {"MOST READ: Herons return to the lake", LineKind::Notice},
           {"More on herons: Where they sleep | What they eat", LineKind::Notice},
           {"Full coverage: The heron wars", LineKind::Notice},
           {"Content warning: This article discusses suicide.", LineKind::Notice},
           {"Some readers are advised that this page contains images of the dead.", LineKind::Notice},
           {"Support is available: Roe Lifeline 55 01 44", LineKind::Notice},
           {"If you have been affected by issues in this story, call the Roe Line.", LineKind::Notice},
           {"Would you like to comment on this article? Sign in now.", LineKind::Notice},
           {"Are you affected by the strike? Email us your story", LineKind::Notice},
           {"Have you ever called the police? I called them twice.", LineKind::Plain},
           {"If you have something to share, contact us confidentially.", LineKind::Notice},
           {"Local news needs you. Donate today.", LineKind::Notice},
           {"The hospital asked people to donate today.", LineKind::Plain},
           {"Subscribe to Courier alerts and never miss a heron", LineKind::Notice},
           {"Listen to “The Heron Hour” on all major podcast platforms.", LineKind::Notice},
           {"This article is republished from the Old Wire under a Creative Commons licence.", LineKind::Notice},
           {"This content was provided by the Old Wire.", LineKind::Notice},
           {"The Courier is not responsible for the content of external sites.", LineKind::Notice},
           {"The firm is not responsible for the spill.", LineKind::Plain},
           {"Trains are delayed by at least 15 minutes.", LineKind::Plain},
           {"She was a guest of the king.", LineKind::Plain},
           {"For the families, contact with the ministry was a hard road.", LineKind::Plain},
           {"Provided by nature, the lake is deep.", LineKind::Plain},
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
           {"Reporting by a local paper, and writing by its staff, led to the arrest.", LineKind::Plain},
           {"Published 14 times, the poem is his best known.", LineKind::Plain},
           {"Updated 3 days ago, the plan has met with protest.", LineKind::Plain},
           {"With assistance from the army, the town was rebuilt.", LineKind::Plain},
           {"and/or", LineKind::Plain},
           {"Update, May 3: Ministers will meet again on Thursday.", LineKind::Plain},
           {"The ministers said the line would end.", LineKind::Plain},
           {"To contact the reporter he used a borrowed phone.", LineKind::Plain},
           {"Information from the paper was used in this trial.", LineKind::Plain},
           {"Our standards are high.", LineKind::Plain},
           {"Follow the coverage of the war and you see no winner.", LineKind::Plain},
           {"Thank you for supporting the school, the mayor wrote.", LineKind::Plain},
           {"The owner can be contacted only through his lawyer.", LineKind::Plain},
           {"Support is available from the council for 300 families, she said.", LineKind::Plain},
           {"The bank may receive a commission.", LineKind::Plain},
           {"His newsletter is our rival.", LineKind::Plain},
           {"For more information the police turned to the neighbours.", LineKind::Plain},
           {"Get the tea from Kenya to your table in a week: how the trade works", LineKind::Plain},
           {"Q: What do you think of it?", LineKind::Plain},
           {"8:20 p.m.", LineKind::Plain},
           {"5 | 3 | 12", LineKind::Plain},
       })
    EXPECT_EQ(boilerplate.look(c.line), c.kind) << c.line;
  EXPECT_EQ(boilerplate.look("Sign up for our newsletter" + std::string(500, 'x')), LineKind::Plain);
}

TEST(Boilerplate, KnowsWhatClosesArticles) {
  const Boilerplate boilerplate(patterns());
  for (const char* line : {"Source: Keller to leave the team", "(Reporting by Jo Doe)", "Producer: Jo Doe",
                           "For tickets, visit herons.example.", "Smith reported from Lima.",
                           "Ann Smith is a freelance journalist based in Lima.", "The Lake is published by Roe at £9.",
                           "The book is published by a small press in Leeds.",
                           "This release contains forward-looking statements. Past performance is no guarantee.",
                           "Roe data are delayed by at least 15 minutes.",
                           "Share prices supplied by Tickerhouse and delayed by 15 minutes.",
                           "The writer travelled as a guest of Heron Tours."}) {
    EXPECT_TRUE(boilerplate.closes(line)) << line;
    EXPECT_EQ(boilerplate.look(line), LineKind::Plain) << line;
  }
  for (const char* line :
       {"Provided by nature, the lake is deep.", "Trains are delayed by at least 15 minutes.",
        "She was a guest of the king.", "For the families, contact with the ministry was a hard road.",
        "Smith reported from Lima, she said."})
    EXPECT_FALSE(boilerplate.closes(line)) << line;
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
           // when a page was published says nothing of the lines above
           {"Council closes old bridge\n\nA town waits\nPublished 3 hours ago\n\n" + body, "hbxb"},
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
           // what closes an article, and what only seems to
           {body + "\nFor tickets, visit herons.example.\n\nProducer: Jo Doe\n\nShare on X", "bxxx"},
           {body + "\nFor tickets, visit herons.example.\n\n" + body, "bbb"},
           // the author of the byline
           {"Old bridges\n\nBy Ann Smith\n\n" + body +
                "\nAnn Smith was mayor of Leeds from 2013 to 2017.\n\nShare on X",
            "hbbxx"},
           {"Old bridges\n\nANN SMITH | LEEDS\n\n" + body + "\nAnn Smith was mayor of Leeds from 2013 to 2017.",
            "hbbx"},
           {"Ann Smith missing\n\n" + body + "\nAnn Smith was last seen at the bridge on Monday.", "hbb"},
           {"Old bridges\n\nBy Ann Smith\n\n" + body + "\nAnn Moss was mayor of Leeds from 2013 to 2017.", "hbbb"},
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
