// What is no document is told so, whatever the numbers in its layers: a row a damage.
#include <gtest/gtest.h>

#include <functional>

#include "layers.h"

namespace newsnlp {
namespace {

constexpr uint32_t kFar = 0xFFFFFFF0;

// "He said she said it rained." with a report in a report.
Layers good() {
  Layers l;
  l.text = "He said she said it rained.";
  for (const Span s : {Span{0, 2}, {3, 7}, {8, 11}, {12, 16}, {17, 19}, {20, 26}, {26, 27}}) l.tokens.push_back({s});
  l.sentences.push_back({{0, 27}, {0, 7}});
  l.paragraphs.push_back({{0, 27}, {0, 1}});
  l.entities.push_back({EntityType::Person, {0, 2}, {}});
  l.mentions.push_back({{0, 2}, EntityType::Person, 0, 1});
  l.spans = {{8, 26}, {17, 26}};
  for (uint32_t i = 0; i < 2; ++i) {
    Quote q;
    q.content = {i, i + 1};
    q.abstention = Abstention::NotAsked;
    l.quotes.push_back(q);
  }
  l.quotes[1].nested_in = 0;
  return l;
}

TEST(Invariants, DamagedLayersAreNoDocument) {
  ASSERT_EQ(check_invariants(good()), "");
  struct Case {
    const char* rule;
    std::function<void(Layers&)> damage;
  };
  for (const Case& c : {
           Case{"a token", [](Layers& l) { l.tokens[1].span.end = kFar; }},
           Case{"sentences divide", [](Layers& l) { l.sentences[0].tokens.end = kFar; }},
           Case{"paragraphs divide", [](Layers& l) { l.paragraphs[0].sentences.end = kFar; }},
           Case{"a mention's entity exists", [](Layers& l) { l.mentions[0].entity = kFar; }},
           Case{"an entity's roles exist",
                [](Layers& l) {
                  l.entities[0].roles = {kFar, kFar + 1};
                }},
           Case{"a role and its entity",
                [](Layers& l) {
                  l.roles.push_back({{0, 2}, kFar});
                }},
           Case{"a quote has content", [](Layers& l) { l.quotes[0].content = {}; }},
           Case{"a quote's spans",
                [](Layers& l) {
                  l.quotes[1].content = {kFar, kFar + 1};
                }},
           Case{"a quote's span",
                [](Layers& l) {
                  l.spans.insert(l.spans.begin(), {kFar, kFar + 1});
                }},
           Case{"a quote's span is not empty",
                [](Layers& l) {
                  l.spans.push_back({kFar, kFar + 1});
                }},
           Case{"a quote's speaker exists", [](Layers& l) { l.quotes[0].speaker = kFar; }},
           Case{"a quote's parent exists", [](Layers& l) { l.quotes[1].nested_in = kFar; }},
           // the parent's parent, and the parent's content, stand behind the quote that asks for them
           Case{"a quote's parent exists", [](Layers& l) { l.quotes[0].nested_in = 1, l.quotes[1].nested_in = kFar; }},
           Case{"a quote's spans",
                [](Layers& l) {
                  l.quotes[0].nested_in = 1, l.quotes[1].nested_in = {}, l.quotes[1].content = {0, kFar};
                }},
           Case{"nesting has no cycle", [](Layers& l) { l.quotes[0].nested_in = 1; }},
           Case{"a nested quote", [](Layers& l) { l.spans[0].end = 12; }},
           Case{"candidates, a range a quote",
                [](Layers& l) {
                  l.quote_candidates = {{0, 0}};
                }},
           Case{"a quote's candidates exist",
                [](Layers& l) {
                  l.quote_candidates = {{0, 0}, {0, kFar}};
                }},
       }) {
    Layers layers = good();
    c.damage(layers);
    EXPECT_EQ(check_invariants(layers).find(c.rule), 0U) << c.rule << ": " << check_invariants(layers);
  }
}

}  // namespace
}  // namespace newsnlp
