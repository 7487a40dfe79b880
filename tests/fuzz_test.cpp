// Any text gives a document: mutated articles, storms of marks, names and cues, in linear time. All seeds are fixed.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "golden_article.h"
#include "layers.h"
#include "newsnlp/analyzer.h"
#include "newsnlp/json.h"
#include "processor_time.h"
#include "unicode.h"

namespace newsnlp {
namespace {

const Analyzer& analyzer() {
  static const Analyzer instance;
  return instance;
}

class Random {  // splitmix64
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t next() {
    uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  size_t below(size_t n) { return static_cast<size_t>(next() % n); }

 private:
  uint64_t state_;
};

std::vector<std::string> articles() {
  std::vector<std::string> out;
  for (const GoldenArticle& a : golden_articles()) {
    out.push_back(read_golden(a.path));
    EXPECT_FALSE(out.back().empty()) << a.path;
  }
  return out;
}

std::string repeated(std::string_view unit, size_t times) {
  std::string out;
  out.reserve(unit.size() * times);
  for (size_t i = 0; i < times; ++i) out += unit;
  return out;
}

// No throw, invariants hold, and the JSON's code point spans lie inside the text and in order.
void expect_document(const std::string& text, const std::string& what) {
  try {
    const Document document = analyzer().analyze(text);
    EXPECT_EQ(document.text(), text) << what;
    EXPECT_EQ(check_invariants(document), "") << what;
  } catch (const std::exception& e) {
    ADD_FAILURE() << what << ": " << e.what();
  }
}

// A quote's evidence is short and cites nothing but the article.
void expect_evidence(const std::string& text, const std::string& what) {
  const Document document = analyzer().analyze(text);
  for (uint32_t i = 0; i < document.quotes().size(); ++i)
    for (const std::string& line : analyzer().explain(document, i)) {
      EXPECT_LT(line.size(), 400U) << what << ": " << line;
      const size_t open = line.find('"');
      if (open == std::string::npos) continue;
      const std::string cited = line.substr(open + 1, line.rfind('"') - open - 1);
      EXPECT_NE(text.find(cited.substr(0, cited.find(" … "))), std::string::npos) << what << ": " << line;
    }
}

// ---- mutations: cut and join at code points, so that the text stays valid UTF-8

const char* const kScraps[] = {"“",
                               "”",
                               "\"",
                               "''",
                               "``",
                               "‘",
                               "’",
                               "'",
                               "(",
                               ")",
                               "[",
                               ".",
                               "\n",
                               "\n\n",
                               ",",
                               " — ",
                               ": ",
                               "said",
                               " he ",
                               " she ",
                               "told",
                               " that ",
                               "$5m",
                               "@x",
                               "http://",
                               "Nov. ",
                               "Mr. ",
                               "\t",
                               "\xC2\xA0",
                               "é",
                               "日本語",
                               "🙂",
                               "\xE2\x80\xAE",
                               "U.S.",
                               "O’Neill",
                               " according to ",
                               "SAID ",
                               "1,000 ",
                               "…",
                               "\r\n",
                               "VOSS: ",
                               " not ",
                               " reportedly ",
                               "- ",
                               "Smith"};

std::vector<size_t> boundaries(const std::string& text) {
  std::vector<size_t> out;
  for (size_t i = 0; i <= text.size(); ++i)
    if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) out.push_back(i);
  return out;
}

std::string mutated(const std::string& article, Random& random) {
  std::string text = article;
  for (size_t round = 1 + random.below(12); round > 0; --round) {
    const std::vector<size_t> at = boundaries(text);
    size_t a = at[random.below(at.size())];
    size_t b = at[random.below(at.size())];
    if (a > b) std::swap(a, b);
    if (b - a > 400) b = a;
    const std::string piece = text.substr(a, b - a);
    switch (random.below(5)) {
      case 0:
        text.erase(a, b - a);
        break;
      case 1:
        text.insert(at[random.below(at.size())], piece);
        break;
      case 2:
        text.insert(a, kScraps[random.below(std::size(kScraps))]);
        break;
      case 3:
        for (size_t i = a; i < b; ++i)
          if (text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 32);
        break;
      default:
        text.insert(a, repeated(kScraps[random.below(std::size(kScraps))], 1 + random.below(30)));
    }
  }
  return text;
}

TEST(Fuzz, MutatedArticles) {
  Random random(20240229);
  const std::vector<std::string> all = articles();
  for (size_t i = 0; i < 210; ++i) {
    const std::string text = mutated(all[i % all.size()], random);
    expect_document(text, "mutation " + std::to_string(i));
    if (i % 4 == 0) expect_evidence(text, "mutation " + std::to_string(i));
  }
}

TEST(Fuzz, EvidenceOfArticles) {
  for (const std::string& text : articles()) expect_evidence(text, text.substr(0, 40));
}

TEST(Fuzz, EveryPrefixOfAnArticle) {
  const std::string article = articles()[0].substr(0, 700);
  for (const size_t end : boundaries(article))
    if (end % 3 == 0) expect_document(article.substr(0, end), "prefix of " + std::to_string(end));
}

TEST(Fuzz, UnicodeSoup) {
  Random random(7);
  for (size_t i = 0; i < 60; ++i) {
    std::string text;
    for (size_t n = random.below(600); n > 0; --n) {
      const size_t kind = random.below(8);
      char32_t c = static_cast<char32_t>(kind < 3   ? random.below(0x80)
                                         : kind < 5 ? random.below(0x3000)
                                         : kind < 6 ? 0x2000 + random.below(0x70)
                                                    : random.below(0x110000));
      if (c >= 0xD800 && c < 0xE000) c = U'“';
      append_utf8(c, text);
      if (random.below(6) == 0) text += kScraps[random.below(std::size(kScraps))];
    }
    expect_document(text, "soup " + std::to_string(i));
  }
}

// A few words of the articles, again and again: they meet as nobody would write them.
TEST(Fuzz, SoupsOfWords) {
  Random random(20261130);
  std::vector<std::string> words(std::begin(kScraps), std::end(kScraps));
  for (const std::string& article : articles()) {
    std::istringstream in(article);
    for (std::string word; in >> word;) words.push_back(word + " ");
  }
  for (size_t i = 0; i < 1500; ++i) {
    std::vector<std::string> few(4 + random.below(40));
    for (std::string& word : few) word = words[random.below(words.size())];
    std::string text;
    for (size_t n = 2 + random.below(60); n > 0; --n) text += few[random.below(few.size())];
    expect_document(text, "soup of words " + std::to_string(i));
  }
}

TEST(Fuzz, EdgesOfTheWorld) {
  for (const std::string& text :
       {std::string(), std::string(" "), std::string("\n\n\n"), std::string("\0", 1),
        std::string("a\0b said \0“c\0”", 18), std::string("“"), std::string("””””"), std::string("word"),
        std::string("."), std::string("\xEF\xBB\xBF“Go,” he said."), std::string("\r"), std::string("\xE2\x80\xA8"),
        std::string("said said said"), std::string("he"), std::string(":"), std::string("A:\nB:\nC:")})
    expect_document(text, "“" + text + "”");
}

TEST(Fuzz, WhatOnceCrashedGivesADocument) {
  for (const char* text :
       {"by Reuters, the mayor said that the dam would hold.", "in Reuters, the mayor said it.", "Marchetti, 41, ",
        "The bridge will stay shut for a year, it is believed", "The mayor of Graz will quit next week, reportedly",
        "said accused Monday argued Lagos you “ our according ) believes him Corp."})
    expect_document(text, "once crashed");
}

// ---- storms: the text of `n` units, and its time

// The golden articles, again and again.
std::string news(size_t count) {
  static const std::vector<std::string> seeds = articles();
  std::string out;
  for (size_t i = 0; i < count; ++i) out += seeds[i % seeds.size()] + "\n\n";
  return out;
}

std::string news_with(size_t count, const std::function<char(char)>& change) {
  std::string out = news(count);
  std::transform(out.begin(), out.end(), out.begin(), change);
  return out;
}

const struct Storm {
  const char* name;
  size_t n;
  std::function<std::string(size_t)> text;
  double most = 6;  // times the cost of a token of news
} kStorms[] = {
    {"nested marks", 10000, [](size_t n) { return repeated("“‘", n / 2) + "x" + repeated("’”", n / 2); }},
    {"marks that never close", 10000, [](size_t n) { return repeated("“a ", n); }},
    {"straight marks", 20000, [](size_t n) { return repeated("\"a\" ", n); }},
    {"cues in one sentence", 50000, [](size_t n) { return repeated("said ", n) + "."; }},
    {"sources and cues in one sentence", 3000, [](size_t n) { return repeated("he said ", n) + "."; }},
    {"reports in a quotation", 24000,
     [](size_t n) {
       return "“" + repeated("The mayor said that he was told by the clerk that ", n) + "it burned,” she said.";
     }},
    {"roles in a turn", 4000,
     [](size_t n) {
       return "JANE DOE: " + repeated("The mayor said the clerk told him it burned ", n) +
              "\n\nJOHN ROE: Yes.\n\nJANE DOE: No.\n";
     }},
    {"reports inside reports", 3000, [](size_t n) { return repeated("Ann Bell said that ", n) + "it rained."; }},
    {"according to", 2000, [](size_t n) { return repeated("according to him, ", n); }},
    {"reports far behind reports", 60000, [](size_t n) { return repeated("asked Bell ", n); }},
    {"contents around cues", 20000, [](size_t n) { return repeated("him asked Corp. claims IA ", n); }, 10},
    {"cues that are no speech", 20000, [](size_t n) { return repeated(", reportedly ’ 2019 ", n); }},
    {"who was told, in one sentence", 3000,
     [](size_t n) { return repeated("; the Times told VOSS: Norland's claims ’ ", n); }},
    {"who was asked", 12000, [](size_t n) { return repeated("\n\n asked 2019according ", n); }},
    {"news in capitals", 40,
     [](size_t n) {
       return news_with(n, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
     }},
    {"news in one sentence", 40,
     [](size_t n) {
       return news_with(n, [](char c) { return c == '.' || c == '!' || c == '?' || c == '\n' ? ' ' : c; });
     }},
    {"names", 100000, [](size_t n) { return repeated("Marit Osvald ", n / 2); }},
    {"different names", 30000,
     [](size_t n) {
       std::string out;
       for (size_t i = 0; i < n; ++i) {
         out += "Mr. A" + std::to_string(i % 977);
         out += static_cast<char>('a' + i % 26);
         out += " Lund" + std::string(1 + i / 977 % 20, 'e') + (i % 8 == 7 ? " spoke. " : " and ");
       }
       return out;
     }},
    {"pronouns", 20000, [](size_t n) { return repeated("“Go,” he said. She left. ", n / 4); }},
    {"quoted paragraphs", 4000, [](size_t n) { return repeated("“We go on and on.\n\n", n); }},
    {"transcript", 4000, [](size_t n) { return repeated("VOSS: We go on.\nOKAFOR: Why?\n", n / 2); }},
    {"clauses about one person", 3000,
     [](size_t n) {
       std::string out;
       for (size_t i = 0; i < n; ++i) out += "Ann Lund, who runs site " + std::to_string(i) + ", said it failed. ";
       return out;
     }},
    {"roles of one person", 6000,
     [](size_t n) {
       std::string out;
       for (size_t i = 0; i < n; ++i) out += "Minister Ann Lund left. A baker said it was " + std::to_string(i) + ". ";
       return out;
     }},
    {"commas", 50000, [](size_t n) { return repeated(", ", n); }},
    {"one word a line", 60000, [](size_t n) { return repeated("Word\n", n); }},
    {"no space", 1000000, [](size_t n) { return repeated("x", n); }},
    {"no space, mixed", 200000, [](size_t n) { return repeated("a1.b@c:/“", n / 8); }},
    {"digits", 200000, [](size_t n) { return repeated("1,2", n / 3); }},
    {"numbers", 50000, [](size_t n) { return repeated("12 7 ", n / 2); }},
    {"nothing but marks", 50000, [](size_t n) { return repeated("“”", n / 2); }},
    {"Thai", 50000, [](size_t n) { return repeated("ผู้นำกล่าวว่า", n / 5); }},
    {"Cherokee", 30000, [](size_t n) { return repeated("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ", n / 2); }},
    {"emoji", 30000, [](size_t n) { return repeated("👩‍👩‍👧‍👦🇺🇸👍🏽", n / 3); }},
    {"addresses", 20000, [](size_t n) { return repeated("a@b.c ", n); }},
    {"spaces", 1000000, [](size_t n) { return repeated(" ", n); }},
    {"NUL bytes", 100000, [](size_t n) { return std::string(n, '\0'); }},
};

double seconds(const std::string& text) {
  return processor_seconds([&] { expect_document(text, "storm"); });
}

// Twice the text takes at most 2.5 times the time, four times the text 2.5² times: over two doublings the machine's
// other work weighs less. The best of three tries count, of forty where they are not within the bound. A ratio near it
// has a cause: count it with callgrind before it is called noise.
TEST(Fuzz, StormsTakeLinearTime) {
  constexpr double kMost = 2.5 * 2.5;
  for (const Storm& storm : kStorms) {
    const std::string quarter = storm.text(storm.n / 4);
    const std::string whole = storm.text(storm.n);
    double ratio = 1e9;
    double best_quarter = 1e9;
    double best_whole = 1e9;
    for (int attempt = 0; attempt < 3 || (attempt < 40 && ratio > kMost); ++attempt) {
      best_quarter = std::min(best_quarter, seconds(quarter));
      best_whole = std::min(best_whole, seconds(whole));
      ratio = best_whole / std::max(best_quarter, 5e-4);
    }
    EXPECT_LE(ratio, kMost) << storm.name << ": " << best_quarter << " s, then " << best_whole
                            << " s for four times the text";
  }
}

// A token costs at most six times what one of news costs, ten where two in five are cues; a word without end counts as
// many tokens.
TEST(Fuzz, StormsCostLittleMoreThanNews) {
  constexpr size_t kTokenBytes = 6;
  const auto ns_a_token = [](const std::string& text) {
    size_t tokens = 0;
    const double seconds = processor_seconds([&] { tokens = analyzer().analyze(text).tokens().size(); });
    return 1e9 * seconds / static_cast<double>(std::max(tokens, text.size() / kTokenBytes));
  };
  const std::string usual = news(40);
  double best_usual = 1e9;
  for (const Storm& storm : kStorms) {
    const std::string text = storm.text(storm.n);
    double best = std::numeric_limits<double>::infinity();
    for (int attempt = 0; attempt < 10 && best > storm.most * best_usual; ++attempt) {
      best_usual = std::min(best_usual, ns_a_token(usual));
      best = std::min(best, ns_a_token(text));
    }
    EXPECT_LE(best, storm.most * best_usual) << storm.name << ", ns a token; news: " << best_usual;
  }
}

// ---- relations

std::vector<std::string> all_json(const std::vector<std::string>& texts, unsigned threads) {
  std::vector<std::string> out;
  size_t at = 0;
  analyzer().analyze_all(
      [&]() -> std::optional<std::string> { return at < texts.size() ? std::optional(texts[at++]) : std::nullopt; },
      [&](Analyzer::Outcome&& outcome) {
        EXPECT_EQ(outcome.index, out.size());
        EXPECT_EQ(outcome.error, nullptr);
        out.push_back(to_json(outcome.document));
      },
      threads);
  return out;
}

TEST(Relations, OneThreadIsEightThreadsInOrder) {
  Random random(99);
  const std::vector<std::string> seeds = articles();
  std::vector<std::string> texts = seeds;
  while (texts.size() < 60) texts.push_back(mutated(seeds[texts.size() % seeds.size()], random));
  const auto one = all_json(texts, 1);
  ASSERT_EQ(one.size(), texts.size());
  EXPECT_EQ(one, all_json(texts, 8));
  const Analyzer fresh;
  for (size_t i = 0; i < texts.size(); i += 7) EXPECT_EQ(to_json(fresh.analyze(texts[i])), one[i]) << i;
}

TEST(Relations, WhatWasAnalysedBeforeChangesNothing) {
  const std::vector<std::string> texts = articles();
  std::vector<std::string> first;
  for (const std::string& t : texts) first.push_back(to_json(analyzer().analyze(t)));
  for (size_t i = texts.size(); i-- > 0;) EXPECT_EQ(to_json(analyzer().analyze(texts[i])), first[i]) << i;
}

TEST(Relations, TokensOfJoinedArticlesAreThoseOfEach) {
  const std::vector<std::string> texts = articles();
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    const Document a = analyzer().analyze(texts[i]);
    const Document b = analyzer().analyze(texts[i + 1]);
    const Document both = analyzer().analyze(texts[i] + "\n\n" + texts[i + 1]);
    const auto shift = static_cast<uint32_t>(texts[i].size() + 2);
    ASSERT_EQ(both.tokens().size(), a.tokens().size() + b.tokens().size());
    for (size_t t = 0; t < a.tokens().size(); ++t) ASSERT_EQ(both.tokens()[t].span, a.tokens()[t].span);
    for (size_t t = 0; t < b.tokens().size(); ++t) {
      const Span s = b.tokens()[t].span;
      ASSERT_EQ(both.tokens()[a.tokens().size() + t].span, (Span{s.begin + shift, s.end + shift}));
    }
  }
}

TEST(Relations, OffsetsOfEveryUnitSliceTheSameWords) {
  const std::string text =
      "🙂 “Où va-t-on ?” said José Ångström, 日本 minister, on Nov. 3. 🙂 He paid $5 million.";
  const Document document = analyzer().analyze(text);
  std::u32string code_points;
  for (size_t at = 0; at < text.size();) code_points += next_code_point(text, at);
  const auto json = nlohmann::json::parse(to_json(document));
  ASSERT_EQ(json["mentions"].size(), document.mentions().size());
  for (size_t i = 0; i < document.mentions().size(); ++i) {
    std::string slice;
    for (size_t c = json["mentions"][i]["start"]; c < json["mentions"][i]["end"]; ++c)
      append_utf8(code_points[c], slice);
    EXPECT_EQ(slice, document.text(document.mentions()[i].span));
  }
}

}  // namespace
}  // namespace newsnlp
