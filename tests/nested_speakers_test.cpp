// Who speaks inside of what somebody says: "you", "my wife", "one of my clients", read from plain text.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "newsnlp/analyzer.h"

namespace newsnlp {
namespace {

struct Case {
  const char* text;
  const char* source;   // of a quote inside of another
  const char* speaker;  // "": nobody
};

constexpr auto kCases = std::to_array<Case>({
    {"Brett Sker looked at the floor. “You told your friends that it was fun,” Judge Ida Holm said.", "You",
     "Brett Sker"},
    {"The Harbour Agency built a wall. Residents said that it was late. “They promised us a park,” Ray Dubin said.",
     "They", "Harbour Agency"},
    {"Tom Reed laughed. “One of my clients has lost a stone,” Rosa Marr said. “On Sunday he told his wife to sell the "
     "car.”",
     "he", "One of my clients"},
    {"Derek Pollard died on Friday. His daughter, Karen Pollard, was there. “Dad told me that it was cold,” she said.",
     "Dad", "Derek Pollard"},
    {"Derek Pollard was there on Friday. “My wife told me that it was cold,” Al Greco said.", "My wife", "My wife"},
    {"Peter Lind is ill. Anna Kern said that she had warned her husband in May. “He told me that it was cold,” she "
     "said.",
     "He", "her husband"},
});

TEST(NestedSpeakers, ItGoesOnWithWhoseSideSheIsOn) {
  const Analyzer analyzer;
  const Document doc = analyzer.analyze(
      "The leader of the Reform Party, Anna Kern, presented a plan on Monday. She called for the renewal of the "
      "Cabinet. It "
      "also recommends lower taxes.");
  ASSERT_FALSE(doc.quotes().empty());
  const Quote& last = doc.quotes().back();
  ASSERT_EQ(doc.joined(last.source), "It");
  ASSERT_TRUE(last.speaker.has_value());
  EXPECT_EQ(doc.text(doc.entities()[*last.speaker].name), "Reform Party");
}

TEST(NestedSpeakers, AreFound) {
  const Analyzer analyzer;
  for (const Case& c : kCases) {
    const Document doc = analyzer.analyze(c.text);
    bool found = false;
    for (const Quote& q : doc.quotes()) {
      if (!q.nested_in || q.source.empty() || doc.joined(q.source) != c.source) continue;
      found = true;
      const std::string name = q.speaker ? std::string(doc.text(doc.entities()[*q.speaker].name)) : "";
      EXPECT_EQ(name, c.speaker) << c.text;
    }
    EXPECT_TRUE(found) << c.text;
  }
}

}  // namespace
}  // namespace newsnlp
