#include "newsnlp/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "json_writer.h"
#include "layers.h"

namespace newsnlp {
namespace {

// "Ann" speaks of a rocket: one code point outside the BMP stands before and inside the quotation.
const std::string kText = "\U0001F680 “Gö\U0001F680,” said mayor Ann Lee.";

Span find(std::string_view words) {
  const auto begin = static_cast<uint32_t>(kText.find(words));
  return {begin, begin + static_cast<uint32_t>(words.size())};
}

Document rocket() {
  Layers l;
  l.text = kText;
  const auto all = static_cast<uint32_t>(kText.size());
  l.tokens = {{{0, all}, TokenKind::Word, Tag::NN}};
  l.sentences = {{{0, all}, {0, 1}}};
  l.paragraphs = {{{0, all}, {0, 1}, ParagraphKind::Headline}};
  l.mentions = {{find("mayor"), EntityType::Money, Mention::kNoEntity, 0.5F},
                {find("Ann Lee"), EntityType::Person, 0, 0.99125F}};
  l.entities = {{EntityType::Person, find("Ann Lee"), {0, 1}, Gender::Female, true, false}};
  l.roles = {{find("mayor"), 0}};
  Quote q;
  q.type = QuoteType::Direct;
  q.content = l.add_spans({find("“Gö\U0001F680,”")});
  q.cue = l.add_spans({find("said")});
  q.source = l.add_spans({find("mayor Ann Lee")});
  q.relay = l.add_spans({find("Ann Lee")});
  q.speaker = 0;
  q.role = 0;
  q.resolution = Resolution::Named;
  q.score = 1;
  q.speaker_score = 0.00004F;
  l.quotes = {q};
  return make_document(std::move(l));
}

TEST(Json, IsWrittenAsTheDocumentationSays) {
  EXPECT_EQ(to_json(rocket(), {"a\"b", "T", "2020-01-02"}),
            R"({"id":"a\"b","title":"T","date":"2020-01-02","offsets":"codepoint",)"
            R"("paragraphs":[{"start":0,"end":28,"kind":"headline"}],)"
            R"("mentions":[{"start":14,"end":19,"type":"MONEY","entity":null,"score":0.5000},)"
            R"({"start":20,"end":27,"type":"PERSON","entity":0,"score":0.9912}],)"
            R"("entities":[{"id":0,"type":"PERSON","name":"Ann Lee","roles":[{"text":"mayor","start":14,"end":19}],)"
            R"("gender":"female","named":true,"group":false,"key":"PERSON:ann lee"}],)"
            R"("quotes":[{"id":0,"type":"direct","speech":true,"content":[[2,8]],"cue":[[9,13]],"source":[[14,27]],)"
            R"("speaker":{"entity":0,"name":"Ann Lee","role":"mayor","score":0.0000},"addressee":[],)"
            R"("relay":{"spans":[[20,27]],"name":"Ann Lee"},"polarity":"affirmed","certainty":"asserted",)"
            R"("nested_in":null,"resolution":"named","score":1.0000}]})");
}

TEST(Json, AnEmptyDocumentHasEveryKey) {
  EXPECT_EQ(to_json(Document()),
            R"({"id":"","offsets":"codepoint","paragraphs":[],"mentions":[],"entities":[],"quotes":[]})");
}

TEST(Json, OffsetsComeInThreeUnits) {
  struct Case {
    Offsets unit;
    const char* name;
    std::vector<int> content;
  };
  for (const Case& c : {Case{Offsets::Codepoint, "codepoint", {2, 8}}, Case{Offsets::Utf16, "utf16", {3, 10}},
                        Case{Offsets::Byte, "byte", {5, 19}}}) {
    const auto json = nlohmann::json::parse(to_json(rocket(), {}, c.unit));
    EXPECT_EQ(json["offsets"], c.name);
    EXPECT_EQ(json["quotes"][0]["content"][0], nlohmann::json(c.content)) << c.name;
  }
}

TEST(OffsetMap, AgreesWithCountingFromTheStart) {
  for (int characters : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 300}) {
    std::string text;
    for (int i = 0; i < characters; ++i) text += (const char*[]){"a", "é", "“", "\U0001F680"}[(i * 7 + i / 5) % 4];
    const OffsetMap code_points(text, Offsets::Codepoint);
    const OffsetMap utf16(text, Offsets::Utf16);
    const OffsetMap bytes(text, Offsets::Byte);
    uint32_t points = 0;
    uint32_t units = 0;
    for (uint32_t i = 0; i <= text.size(); ++i) {
      if (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
      EXPECT_EQ(code_points(i), points) << text.size();
      EXPECT_EQ(utf16(i), units) << text.size();
      EXPECT_EQ(bytes(i), i);
      if (i == text.size()) break;
      ++points;
      units += static_cast<unsigned char>(text[i]) >= 0xF0 ? 2 : 1;
    }
  }
}

TEST(JsonWriter, EscapesWhatMustBeEscaped) {
  struct Case {
    std::string in;
    const char* out;
  };
  for (const Case& c :
       {Case{"plain é“\U0001F680/", "\"plain é“\U0001F680/\""}, Case{"a\"b\\c", R"("a\"b\\c")"},
        Case{"\n\r\t\b", R"("\n\r\t\u0008")"}, Case{std::string("x\0y", 3), R"("x\u0000y")"},
        Case{"\x1B[31m\x7F", R"("\u001b[31m\u007f")"},
        Case{"\u0085\u2028\u2029 \u2027", "\"\\u0085\\u2028\\u2029 \u2027\""},
        Case{"eight plain bytes, then a \" and 中 and é\n", "\"eight plain bytes, then a \\\" and 中 and é\\n\""},
        Case{"bad \xFF\xC3(\xE2\x80", "\"bad \uFFFD\uFFFD(\uFFFD\uFFFD\""}, Case{"", "\"\""}}) {
    JsonWriter w;
    w.string(c.in);
    const std::string out = w.take();
    EXPECT_EQ(out, c.out);
    EXPECT_TRUE(nlohmann::json::accept(out)) << out;
  }
}

TEST(JsonWriter, RoundsScoresToFourDecimals) {
  struct Case {
    float in;
    const char* out;
  };
  for (const Case& c :
       {Case{0, "0.0000"}, Case{1, "1.0000"}, Case{2, "1.0000"}, Case{-1, "0.0000"}, Case{0.03125F, "0.0312"},
        Case{0.99996F, "1.0000"}, Case{0.99994F, "0.9999"}, Case{0.5F, "0.5000"}}) {
    JsonWriter w;
    w.score(c.in);
    EXPECT_EQ(w.take(), c.out);
  }
}

}  // namespace
}  // namespace newsnlp
