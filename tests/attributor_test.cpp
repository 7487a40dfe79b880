// Who said what in a line, with the built-in model. A row is the text with its spans:
//
//   [“We won,”]content [she]source [said]cue.      a second statement of the row: content2, source2, cue2
//
// A row is right when each marked statement is found, and no other. The models are trained, so a share of the rows must
// be right; the ones that are not are printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

constexpr double kRight = 0.9;      // least share of the rows
constexpr double kLeftAlone = 0.9;  // of the near misses

using Spans = std::vector<std::string>;

struct Expected {
  Spans content, source, cue;
  friend bool operator==(const Expected&, const Expected&) = default;
};

struct Row {
  std::string text;
  std::map<char, Expected> statements;  // by digit; ' ' is the one without
};

Row read_row(const std::string& marked) {
  Row row;
  std::vector<size_t> open;
  for (size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == '[') {
      open.push_back(row.text.size());
    } else if (marked[i] == ']') {
      const std::string words = row.text.substr(open.back());
      open.pop_back();
      const std::array<std::string, 3> names = {"content", "source", "cue"};
      for (size_t n = 0; n < names.size(); ++n) {
        if (marked.compare(i + 1, names[n].size(), names[n]) != 0) continue;
        i += names[n].size();
        const bool numbered = i + 1 < marked.size() && marked[i + 1] >= '2' && marked[i + 1] <= '9';
        Expected& e = row.statements[numbered ? marked[++i] : ' '];
        (n == 0 ? e.content : n == 1 ? e.source : e.cue).push_back(words);
        break;
      }
    } else {
      row.text += marked[i];
    }
  }
  return row;
}

const Analyzer& analyzer() {
  static const Analyzer instance;
  return instance;
}

// Edges of a full stop or comma aside, which no reader minds.
std::string trimmed(std::string s) {
  while (!s.empty() && (s.back() == '.' || s.back() == ',' || s.back() == ' ')) s.pop_back();
  return s;
}

Spans texts(const Document& document, IndexRange range) {
  Spans out;
  for (const Span s : document.spans(range)) out.push_back(trimmed(std::string(document.text(s))));
  return out;
}

std::string shown(const Expected& e) {
  std::string out;
  const auto add = [&](const Spans& spans, const char* name) {
    for (const std::string& s : spans) out += "[" + s + "]" + name + " ";
  };
  add(e.source, "source");
  add(e.cue, "cue");
  add(e.content, "content");
  return out;
}

// "" when the row is right.
std::string judge(const std::string& marked) {
  Row row = read_row(marked);
  const Document document = analyzer().analyze(row.text);
  std::vector<Expected> found;
  for (const Quote& q : document.quotes())
    found.push_back({texts(document, q.content), texts(document, q.source), texts(document, q.cue)});
  std::string wrong;
  size_t right = 0;
  for (auto& [number, e] : row.statements) {
    for (Spans* spans : {&e.content, &e.source, &e.cue})
      for (std::string& s : *spans) s = trimmed(s);
    if (std::find(found.begin(), found.end(), e) != found.end()) ++right;
  }
  if (right == row.statements.size() && found.size() == right) return "";
  for (const Expected& e : found) wrong += "\n    found " + shown(e);
  return wrong.empty() ? "\n    found nothing" : wrong;
}

void expect_share(const char* table, const std::vector<std::string>& rows, double share = kRight) {
  size_t right = 0;
  std::string misses;
  for (const std::string& row : rows) {
    const std::string wrong = judge(row);
    right += wrong.empty();
    if (!wrong.empty()) misses += "\n  " + row + wrong;
  }
  std::cout << table << ": " << right << " of " << rows.size() << " rows are right" << misses << "\n";
  EXPECT_GE(static_cast<double>(right), share * static_cast<double>(rows.size())) << misses;
}

TEST(Attributor, FindsStatements) {
  expect_share(
      "statements",
      {
          "[“We won,”]content [she]source [said]cue.",
          "[“The bridge is safe,”]content [said]cue [Mayor Anna Bergman]source.",
          "[“The bus comes at ten past,”]content [said]cue [Grace]source, who works nights.",
          "[“We will rebuild the harbour,”]content [the minister]source [said]cue on Friday.",
          "[Paul Renner]source [said]cue: [“Nobody asked us.”]content",
          "[Paul Renner]source [said]cue, [“Nobody asked us.”]content",
          "[“The talks,”]content [said]cue [Ines Duarte]source, [“have failed.”]content",
          "[“We waited for hours,”]content [she]source [said]cue. [“Nobody came.”]content",
          "[The governor]source [said]cue [that taxes would rise next year]content.",
          "[The company]source [denied]cue [that it had known of the leak]content.",
          "[Officials]source [warned]cue [that the river could flood the old town]content.",
          "[The road will stay closed until Monday]content, [police]source [said]cue.",
          "[The road will stay closed until Monday]content, [according to]cue [the police]source.",
          "[According to]cue [the ministry]source, [prices fell by two percent]content.",
          "[“We are not for sale,”]content [club president Otto Lindqvist]source [told]cue reporters, according to "
          "Euronews.",
          "[“We need more nurses,”]content [hospital director Maria Lopez]source [told]cue Reuters.",
          "[She]source [told]cue reporters [that the vote would be held in May]content.",
          "[He]source [called]cue [the plan “a gift to the banks.”]content",
          "[“Is this the end?”]content [he]source [asked]cue.",
          "[“I will not resign,”]content [the chancellor]source [wrote]cue in a letter to her party.",
          "[She]source [said]cue [[the mayor]source2 [had promised]cue2 [a new school]content2]content.",
          "[Minister]source [says]cue [rail fares will rise]content\n\nThe new timetable begins in May. It has more "
          "trains at night and fewer at noon, and the last one leaves at two.",
          "[The union]source [says]cue [the offer is “an insult”]content.",
          // contents judged as wholes: the clause behind "that" has its verb, the addressee stays outside
          "[She]source [told]cue reporters [that the bridge, built in 1931, would cost “more than €40 million” to "
          "repair]content.",
          "[The prime minister]source [assured]cue President Okonjo [that the border would stay open]content.",
          "[The professor]source [said]cue via video link [that the sample was too small]content.",
          "[The bank]source [refused]cue [to comment on the matter]content.",
          "[The broker]source [said]cue [he [had been told]cue2 by [his boss]source2 [to sell]content2]content.",
          "[According to]cue [the indictment]source, [[the broker]source2 [told]cue2 clients [that the bonds were "
          "safe]content2]content.",
          "[Mr Lund]source [recalled]cue [how [his father]source2 [told]cue2 him [never to borrow]content2]content.",
          // single marks, in articles that have double ones as well
          "[Asked]cue by [a radio host]source in 2011 [how it felt to be a legend]content, [Mr. Framer]source2 "
          "[answered]cue2, [“Tired.”]content2",
          "[The Port Ministry, quoted by the Ostra news agency,]source [said]cue [most of the boats had sunk]content.",
          "[The keeper]source [said]cue [it all went wrong]content.",
          "[Residents]source [called]cue [it “a gift”, “a joke”]content.\n\n[‘It’s our pier, and they won’t sell "
          "it,’]content2 [said]cue2 [Joan Ames]source2. [‘Nobody wrote to us.’]content2",
          "[Mayor Tom Lund]source [called]cue [it “a gift”, “a joke”]content. [‘Rents have doubled in three "
          "years,’]content2 [he]source2 [told]cue2 the Harbour Gazette. [‘We can’t do nothing.’]content2",
      });
}

// Verbs that the training articles hardly have, and longer ways to say "said".
TEST(Attributor, FindsRareCues) {
  expect_share("rare cues", {
                                "[Coach Tom Lund]source [enthused]cue: [“What a night.”]content",
                                "[“We have no water in the valley,”]content [fumed]cue [Joan Petrie]source.",
                                "[Counsel]source [submitted]cue [that the clerk had no choice]content.",
                                "[The witness]source [deposed]cue [that he had seen the lamp]content.",
                                "[He]source [regretted]cue [that no bus served the valley]content.",
                                "[“It was our best summer,”]content [the singer]source [reminisced]cue.",
                                "[The minister]source [intimated]cue [that the school would close]content.",
                                "[The wells had run dry]content, [the farmer]source [rued]cue.",
                                "[It was learnt]cue [that the ferry had been sold to a Tolland firm]content.",
                                "[Asha Rao]source [was quoted as saying]cue [the ward was full]content.",
                                "[“The well is dry,”]content [Lopez]source [was quoted as saying]cue by the Tribune.",
                                "[The well was dry]content, [Lopez]source [was quoted as saying]cue by the Tribune.",
                                // Verbs that look like nouns.
                                "[“It is a shame for the whole valley,”]content [Mr Dorn]source [comments]cue.",
                                "[“The roads are in a bad state,”]content [the report]source [highlights]cue.",
                                "[“We have no water,”]content [the coach]source [states]cue.",
                                "[Lopez]source [took to Twitter to say]cue [that the well was dry]content.",
                            });
}

// What is expected, believed or rumoured, and nobody is said to: the subject is a part of it.
TEST(Attributor, SplitsWhatNobodyIsSaidToBelieve) {
  expect_share("beliefs",
               {
                   "[The trial, which opened in May,]content [is expected]cue [to last until July]content.",
                   "[Two of the units]content [are expected]cue [to be back on Thursday]content.",
                   "[The terminal]content will cost a million and [is expected]cue [to open in 2029]content.",
                   "[Two others]content [are believed]cue [to be wavering]content.",
                   "[A man who was struck in the leg]content [is expected]cue [to recover]content.",
                   "[The walker]content [is understood]cue [not to be carrying a map]content.",
                   "[The keeper will]content [reportedly]cue [receive a year’s salary]content.",
                   "[Moscow has]content [reportedly]cue [offered to store the fuel]content.",
                   "[She]source [is expected to announce]cue [a new plan]content.",
                   "[Analysts]source [expect]cue [the bank to cut rates]content, and [inflation]content2 [is "
                   "expected]cue2 [to fall below 3 per cent]content2.",
                   "[The minister]source [said]cue [[the trial]content2 [is expected]cue2 [to last five "
                   "weeks]content2]content.",
                   "[Some villages are]content [reportedly]cue [reachable only by boat]content.",
                   "[The firm is]content [reportedly]cue [seeking a loan of $3 million]content.",
                   "[The union]source [has reportedly told]cue its members [to stay away]content.",
               });
}

// When, where and how it was said.
TEST(Attributor, LeavesAdjunctsOut) {
  expect_share(
      "adjuncts",
      {
          "[The depot in Marsford should be renamed]content, [Premier Lena Brook]source [said]cue yesterday at the "
          "site’s opening ceremony.",
          "[The train caught fire near Delmar]content, [police]source [said]cue late Tuesday.",
          "[The bank has signed a deal with a Tolland firm to buy 300 trucks]content, [media reports]source [said]cue "
          "citing the finance ministry.",
          "[The road will be closed for two weeks]content, [the mayor]source [said]cue referring to the floods.",
          "[The deputy mayor was taken to a hospital after surgery]content, [City Hospital]source [said]cue yesterday.",
          "[The minister]source [said]cue today [he would go to Geneva]content.",
          "[The minister]source [said]cue yesterday [there was no money left]content.",
          "[The company]source [announced]cue today [the opening of its second mine in Norland]content.",
          "[The ministry]source [said]cue this week [the harvest had failed]content.",
          "[He]source [said]cue [this]content while addressing a meeting of farmers in Delmar.",
          "[The governor]source [disclosed]cue [this]content on Tuesday when he received the envoy at his office.",
          "[The minister]source [stated]cue [this]content during a visit to the port.",
          "[The old pier was sold in May]content, [the mayor]source [told]cue reporters on the steps of the hall.",
          "[The captain is leaving the club]content, [he]source [noted]cue in the letter, which was short.",
          "[Mayor Ann Moss]source yesterday [said]cue [the pier was safe]content.",
          "[The Popular Party]source last week [announced]cue [a march in Velm]content.",
          "[Harbour chief Ida Brook]source, on Monday, [said]cue [the pier was safe]content.",
          "[Dorn Widgets Inc., a maker of widgets]source, today [announced]cue [the launch of a new charger]content.",
          // Here the word of time belongs to what was said.
          "[The board]source [said]cue [tomorrow would be too late]content.",
          "[The minister]source [said]cue [Monday was a holiday]content.",
          "[She]source [said]cue [Sunday’s match was a disgrace]content.",
          "[He]source [said]cue [this week’s vote was a farce]content.",
          "[The envoy]source [said]cue [this was a mistake]content.",
      });
}

// What stands in front of the main clause.
TEST(Attributor, EndsWithTheFrontedClause) {
  expect_share(
      "fronted clauses",
      {
          "Although [Norland]source [denied]cue [that it conducted the attack]content, it prompted many to leave the "
          "city.",
          "When [she]source [said]cue [that the bridge was lost]content, nobody moved.",
          "If [the minister]source [says]cue [the plan is dead]content, the farmers will go home.",
          "Although [Brook]source [said]cue [the bridge, which was built in 1901, was safe]content, it fell in June.",
          "Since [the union]source [warned]cue [that it would strike]content, the trains have been late.",
          "[The minister]source [said]cue [that although the bridge was safe, it would be closed]content.",
          "[The minister]source [said]cue [that the bridge, which had been closed, was safe]content.",
          "Referring to the prime minister, [she]source [said]cue, [\"He has lost the north.\"]content",
          "Commenting on the strike, [she]source [added]cue, [“We will talk to them.”]content",
          "Responding to a query, [the mayor]source [said]cue [that the school would open in May]content.",
          "Commenting on the harvest, [Dorn]source [said]cue: [“It was our best since the war.”]content",
          // What is said does not end with a front of its own.
          "[Keel]source [said]cue [that when the children see the old lighthouse and its lamp, they start to draw "
          "ships]content.",
          "[Lund]source [noted]cue [that while the army has trucks and tents, the island needs boats]content.",
          "[The minister]source [stated]cue [that since the country won its freedom in 1957, no government has paid "
          "for the road]content.",
          "[The union]source [threatened]cue [that if the row went on, the ferries would stop]content.",
          "[Lund]source [believes]cue [that when there is ice, there is hope]content.",
          "[Lund]source [says]cue [that when he was 12, a man who taught at the school struck him]content.",
          "[Reuss]source [described]cue the mood in the room: [“Nobody spoke.”]content",
      });
}

// A quotation of a whole sentence behind what somebody thinks, rejects or is asked; rare verbs beside quotations.
TEST(Attributor, FindsWhatABodyHears) {
  expect_share("what a body hears",
               {
                   "[The driver had slept for two hours before the crash]content, the court [was told]cue.",
                   "[There were nine letters in the drawer]content, a jury [has heard]cue.",
                   "[A clerk carried the boxes down to the cellar by night]content, the inquiry [heard]cue on Monday.",
               });
}

TEST(Attributor, FindsQuotationsBehindColons) {
  expect_share("behind colons", {
                                    "[His father]source [was]cue less sure: [“Let us wait for the doctor.”]content",
                                    "[Ann Moss]source [corrected]cue her son: [“You should have paid one.”]content",
                                    "[Another clerk]source [had]cue only this to offer: [“Sell the cows.”]content",
                                    "[[The mayor]source2]source [declined]cue [to comment]content[:]cue2 [“We never "
                                    "speak of open cases.”]content2",
                                    "The shop sells signs such as: “Create Our Future.”",
                                });
}

TEST(Attributor, FindsAnswersInOneParagraph) {
  expect_share("answers",
               {
                   "[“Is it late?”]content [she]source [asked]cue. [“Very late,”]content2 [Moss]source2 [replied]cue2.",
                   "[“Nobody told the crew,”]content [Dorn]source [said]cue. [“They slept,”]content2 [his "
                   "wife]source2 [added]cue2.",
                   "[“The dam will hold for years,”]content [Rao]source [said]cue. [“I built it,”]content2 "
                   "[he]source2 [added]cue2, to laughter.",
               });
}

TEST(Attributor, FindsQuotationsBehindOtherReports) {
  expect_share(
      "behind other reports",
      {
          "Ann Moss [was asked]cue [whether she would stay]content. [“Ask me when I have slept.”]content2",
          "[The poet Idris Lund]source [thinks]cue [that nobody comes out of it well]content. [“If he did it, shame on "
          "him.”]content2",
          "[“The tide has not read the report,”]content [he]source [deadpanned]cue.",
          "[“Come on, you lazy boat,”]content [she]source [murmurs]cue, lifting the oar.",
          "[“That pump is older than I am,”]content [growled]cue [the keeper]source.",
      });
}

// By the grammar of the sentence, not by its labels.
TEST(Attributor, KnowsWhereContentsEnd) {
  expect_share(
      "ends of contents",
      {
          "[Lund]source [accused]cue [the harbour board of hiding the costs]content.",
          "[The mayor]source [dismissed]cue [the report as “fantasy”]content.",
          "[Critics]source [described]cue [the new hall as “a shed with a view”]content.",
          "[The union]source [promised]cue [a quick vote]content and closed its doors at noon.",
          "[The keeper]source [called]cue [the plan “a joke”]content and left the room.",
          "[Mr Dorn]source [declined]cue [to comment]content through a spokesman.",
          "[She]source [asked]cue [how long it took]content and [was told]cue2 [that nobody knew]content2.",
          "[The ferry firm]source [apologised]cue [“without reservation”]content to those on board.",
          "[The plan had nothing to do with the fire]content, [his lawyers]source [told]cue the Courier.",
          "The minutes are long, [a remark]content that [his office]source [dismissed as]cue [“pure "
          "fiction”]content.",
          "[Prosecutors]source [allege]cue [the couple, who ran a farm in the valley, belonged to a gang]content.",
          "[Ms Keel]source [declined]cue [to answer questions]content when she left the court.",
          "[Mr Dorn]source [refused]cue [to comment]content because the case was open.",
          "[Her office]source [did not respond]cue [to questions from the Courier]content by press time.",
          "[[Port officials]source2 [had insisted]cue2 [that a third of the money be spent at home]content2]content, "
          "[a lawmaker]source [said]cue.",
      });
}

// Place, day and agency before the news.
TEST(Attributor, LeavesDatelinesOut) {
  expect_share(
      "datelines",
      {
          "Ferry aground\n\nNAIROBI, Mar 03: [The ferry has been towed to port]content, [the minister]source "
          "[said]cue.",
          "Rents rise again\n\nLISBON — [Rents will rise by a tenth]content, [the mayor]source [said]cue on Monday.",
          "Exchange to grow\n\nCAIRO - 25 July 2022: [The exchange will be sold]content, [Minister Adel Fahmy]source "
          "[said]cue.",
          "Mine closes\n\nOSLO (Reuters) - [The mine will be closed]content, [its owner]source [said]cue.",
          "Dates for sale\n\nMuscat: The date fair opened on Friday. [Farmers]source [said]cue [the harvest was "
          "good]content.",
          "Toronto: The council met on Monday. Snow fell in the night.\n\n[Residents]source [said]cue [the roads were "
          "bad]content.",
          "PORTLAND, Ore., March 3, 2024 /PRNewswire/ -- [Dorn Widgets]source today [announced]cue [that it will sell "
          "its pumps]content.",
          // These are none.
          "[MARSH]source[:]cue [Where were you?]content\n\n[LOWE]source2[:]cue2 [In the cellar.]content2",
          "Tolland Bay in June\n\nThe boats lay in the mud.\n\n[The harbour was old]content, [she]source [said]cue.",
      });
}

// The marks before items of a list, and before blocks that Markdown quotes.
TEST(Attributor, LeavesBulletsOut) {
  expect_share("bullets",
               {
                   "The vote\n\n> [\"We cannot ask them to pay,\"]content [Mayor Ann Moss]source [told]cue reporters.",
                   "The vote\n\n- [\"It's a shame,\"]content [said]cue [Tom Hale]source.\n- [It was “a "
                   "mistake”]content2, [Ida Berg]source2 [said]cue2.",
                   "The vote\n\n• [The council would appeal]content, [the mayor]source [said]cue.",
               });
}

TEST(Attributor, BeginsWithWholeNames) {
  expect_share("whole names",
               {
                   "[Ida Brook from the Ministry of Agriculture, Livestock and Fisheries]source [said]cue [the wells "
                   "were dry]content.",
                   "[On-scene commander Hine Moss]source [told]cue reporters [the oil had reached the beach]content.",
               });
}

TEST(Attributor, KnowsVerbsThatOpenASentence) {
  expect_share("opening verbs",
               {
                   "The firm has a new pump.\n\n[Added]cue [Voss]source: [“Our customers asked for it.”]content",
                   "The firm has a new pump.\n\n[Said]cue [Suryadi]source: [“This is the right time.”]content",
               });
}

TEST(Attributor, FindsSourcesAtTheEnd) {
  expect_share(
      "sources at the end",
      {
          "[Neglect led to baker’s death]content, [coroner]source [rules]cue\n\nThe case is closed.",
          "[School buses unsafe]content, [union]source [claims]cue\n\nThe case is closed.",
          "[Fare rise unavoidable]content, [says]cue [tram chief]source; others doubt it\n\nThe case is closed.",
          "[Two miners die in shaft at Velden]content[:]cue [police]source\n\nThe case is closed.",
          "The case is closed. [Many small rivers are in a bad state]content, [allege]cue [activists]source.",
          "The case is closed. [The dead man was a guard, son of a miner]content, [reports]cue [our "
          "correspondent]source.",
          "The case is closed. [The deal includes a 12% rise]content, [per]cue [a source close to the "
          "talks]source.",
          "[Mayor]source [vows]cue [to stay on]content as councillors send him home\n\nThe case is closed.",
          "[Landlord]source [vows]cue [to fight on]content after magistrates back early closing\n\nThe case is closed.",
          "The case is closed. The old plan fell through, [a suggestion]content that [the secretary]source "
          "[rejected]cue.",
          "[Asked]cue [when the bog would open]content, [Moss]source2 [replied]cue2 [that he did not know]content2.",
          // Labels in capitals are no speakers.
          "A tram\n\nVELDIN: [The firm]source [said]cue on Monday [that fares would go up]content.",
          "A tram\n\nEXCLUSIVE: The firm is laying off fifty drivers.",
      });
}

// Lists and pull-quotes.
TEST(Attributor, FindsLabelledQuotations) {
  expect_share("labels",
               {
                   "The council met on Monday.\n\n[Tom Hale, fisherman]source[:]cue [“It will ruin us.”]content",
                   "The council met on Monday.\n\n• **[Ada Lund**, 43, nurse]source[:]cue [“We need it.”]content",
                   "The council met on Monday.\n\n[Karl Moss (Greens)]source[:]cue [“It is a scandal.”]content",
                   "The council met on Monday.\n\n[“The harbour is ours.”]content\n\n[—]cue [Tom Hale, baker]source",
                   "The council met on Monday.\n\n[Tom Hale, baker]source\n– It is cheap\n– [“It will ruin "
                   "us.”]content",
               });
}

TEST(Attributor, FindsTurnsAndQuotationsOfSeveralParagraphs) {
  expect_share(
      "turns and paragraphs",
      {
          "[MARSH]source[:]cue [Where were you?]content\n\n[LOWE]source2[:]cue2 [In the cellar.]content2",
          "[Q]source[:]cue [Who paid for it?]content\n\n[A]source2[:]cue2 [Nobody has paid.]content2",
          // What others said stands inside of a turn; a turn goes on up to the next one.
          "Two voices from the harbour\n\n[Ruth Marsh]source[:]cue [Was it worth "
          "it?]content\n\n[Lowe]source2[:]cue2 [Every day of it. A "
          "boat wants to sink, and [the mayor]source3 [said]cue3 [it needed a colour]content3.]content2\n\n"
          "[Ruth Marsh]source4[:]cue4 [And the crew?]content4\n\n[Lowe]source5[:]cue5 [They stayed "
          "ashore.]content5",
          "[MARSH]source[:]cue [Where were you?]content\n\n[LOWE]source2[:]cue2 [In the cellar.]content2\n\n"
          "[The water came at nine.]content2\n\n[MARSH]source3[:]cue3 [Who called you?]content3\n\n"
          "[LOWE]source4[:]cue4 [My sister.]content4\n\nThe hearing goes on.",
          "[MARSH]source[:]cue [Who spoke?]content\n\n[LOWE]source2[:]cue2 [[HOLM]source3[:]cue3 [The dam is "
          "safe.]content3]content2\n\n[The water came at ten.]content2\n\n[MARSH]source4[:]cue4 [And "
          "then?]content4\n\n[LOWE]source5[:]cue5 [It rained.]content5",
          "MARSH:\n[LOWE]source[:]cue [I was in the cellar.]content\n\n[MARSH]source2[:]cue2\n[And who called "
          "you?]content2\n\nLOWE:",
          "[MARSH]source[:]cue [Who told you?]content\n\n[LOWE]source2[:]cue2 [Well, [most people here]source3 "
          "[say]cue3 [the siren failed]content3. I slept.]content2",
          "[MARSH]source[:]cue [Where were you?]content\n\n(Laughter.)\n\n[LOWE]source2[:]cue2 [In the "
          "cellar.]content2",
          // Labels with times, brackets, numbers and marks of Markdown; a full name goes on with its initials.
          "Two voices\n\n(10:15) [Ann Marsh]source[:]cue [Who paid?]content\n\n(10:16) [Bob]source2[:]cue2 "
          "[Nobody.]content2\n\n(10:17) [Ann Marsh]source3[:]cue3 [And now?]content3\n\n(10:18) "
          "[Bob]source4[:]cue4 [We wait.]content4",
          "Two voices\n\n**[Ann Marsh]source[:]cue** [Who paid?]content\n\n**[Bob Lowe]source2[:]cue2** "
          "[Nobody.]content2\n\n**[AM]source3[:]cue3** [And now?]content3\n\n**[BL]source4[:]cue4** [We "
          "wait.]content4",
          "The council met.\n\n[ANN MARSH]source (mayor)[:]cue [Who paid?]content\n\n[BOB LOWE]source2 (Greens)[:]cue2 "
          "[Nobody.]content2",
          "[Lars Holm]source [denied]cue [that he had shouted at the clerk]content. [“I raised my voice. It is an old "
          "dam.”]content2",
          "[“The dam held,”]content [engineer Lars Holm]source [said]cue on Tuesday at the lake. [“It will hold for "
          "years "
          "to come.”]content",
          "[Lars Holm]source [said]cue [the dam was old]content. It was built in 1900. “Old Mill” is its name.",
          "[“The dam held,”]content [engineer Lars Holm]source [said]cue on Tuesday.\n\n[“It will hold again "
          "next year.”]content2",
          // Each paragraph opens the quotation again, the last one closes it and has the cue.
          "The ferry firm has new owners.\n\n[“We look forward to the summer.]content\n\n[“The pier has room for "
          "three boats.]content\n\n[“We shall run all of them,”]content [said]cue [manager Ida Brandvold]source.",
          "Rents in Tolland have doubled.\n\n[\"I have lived here for forty years.]content\n\n[\"Nobody asked "
          "me,\"]content [tenant Pavel Dorn]source [said]cue.",
          "[Coach Musa Bekele]source [said]cue: [“The boys trained in the rain.]content\n\n[“They slept in the "
          "bus.]content\n\n[“They ate at noon.]content\n\n[“They won at six.]content\n\n[“They were home by "
          "nine.”]content\n\nThe cup stands in the town hall.",
          "[“We stayed,”]content [Dorn]source [said]cue. [“We had no boat.]content\n\n[“[The mayor]source2 [told]cue2 "
          "us [that the dam would hold]content2.”]content",
          // Nobody reports these: they go on with what was said above.
          "[“The deal is good,”]content [Berg]source [said]cue on Monday.\n\n[“We will grow and "
          "last.]content2\n\n[“We will expand to the north.”]content2",
          // Sentences in marks behind a report, in its paragraph.
          "[Mayor Arne Moe]source [said]cue [he would build a new school]content. [“We have the money.”]content2",
          "[“The net is torn,”]content [said]cue [Ines Paz, a fisherman’s wife]source. [“Nobody here can mend "
          "it.”]content",
          "[The town needs a doctor]content, [Dorn]source [said]cue. [“The last one left in June.”]content2 The post "
          "is "
          "still open.",
          "[“The wells are dry,”]content [farmer Asha Rao]source [said]cue.\n\n[“We need rain before the "
          "sowing”]content2.",
          "[“The choir is old,”]content [Ms Delgado]source [said]cue.\n\n[“It needs new voices.]content2\n\n[“It "
          "will have them,”]content2 [she]source2 [added]cue2.\n\n[“We sing on Sunday.”]content3",
      });
}

TEST(Attributor, LeavesAlone) {
  expect_share("near misses",
               {
                   "The so-called “smart” meters were installed in March.",
                   "The chart told a different story, and the scoreboard said it all.",
                   "The oarsmen claimed a share of the prize and claimed bronze a week later.",
                   "The relay team claimed the county shield in May.",
                   "The striker claimed his ninth goal of the season from the spot.",
                   "The firm claimed 60 percent of the Danish market in its best year.",
                   "The tyre marks had told the officers little.",
                   "The keeper thought for a long time.",
                   "Nobody could tell her.",
                   "The hall, known among porters as “the icebox”, opened in 1931.",
                   "The keeper they call “the Wardrobe” rests on Sundays.",
                   "The rower, a former miner known to his neighbours as “the Heron”, rests on Sundays.",
                   "She played the lead in “The Long Winter” for three years.",
                   "William “Billy” Hart scored twice in the second half.",
                   "The said property was sold in 1987.",
                   "The train leaves at 6:05 p.m. every day.",
                   "The novel “What She Told Me” was published in Oslo.",
                   "The figures for March spoke for themselves.",
                   "The bus left at 9:40 a.m.\n\n6:05 p.m. The road is open.\n\n7:10 p.m. The bridge is open.",
                   "The band’s second album, “Ask the River,” was recorded in Graz.",
                   "The museum has two floors and a small garden.",
                   "The book, called “The Long Winter,” got good comments.",
                   "The firm submitted its accounts in May.",
                   "The general was deposed by his own guards.",
                   "Last year saw 126 fires in the valley.",
                   "Neighbours saw the car on the bridge.",
                   "He did not attack the senator that day.",
                   "It was learnt in school long ago.",
                   "[“The hall is cold,”]content [Ann]source [said]cue.\n\n“The roof leaks, her sister Joan adds. She "
                   "keeps the keys.",
                   "The bridge is closed.\n\n“A season by the sea\n\nThe paintings hang in the old mill.",
                   "The club said goodbye to its oldest member on Saturday.",
                   "Nobody in the village can tell the time by the church clock.",
                   "The result, it goes without saying, will be read with care in Oslo.",
                   "The spinner claimed four for 31 before lunch.",
                   "The avalanche claimed the lives of three climbers.",
                   "The figures speak for themselves.",
                   "The truce, dubbed “the barn accord”, lasted for nine days.",
                   "The boat, which sailors call “the Duck”, sank in May.",
                   "The club, which calls itself the “Herons”, was founded in 1931.",
                   "What locals call the Hump is a hill of rubble.",
                   "Her sister spoke for both of them.",
                   "The keeper is talking to the lamp.",
                   "His deputy sat in and said almost nothing.",
                   "He said it with his feet on the desk.",
                   "The council signed an agreement with the port of Velden.",
                   "Ann Moss published her first novel at 39.",
                   "She read chemistry at Leeds, the only woman in her year.",
                   "The mayor has written to the ministry fourteen times.",
                   "Rovers answered every goal but one.",
                   "Ann Moss, who has claimed the same stool for thirty years, was not there.",
                   "The fighting has claimed at least 3,100 lives.",
                   "Regulars have launched “Save Our Harbour”.",
                   "The agency released “A Handbook for Divers and Wells.”",
                   "The camper, painted by hand, embraced the hills of the coast.",
               },
               kLeftAlone);
}

}  // namespace
}  // namespace newsnlp
