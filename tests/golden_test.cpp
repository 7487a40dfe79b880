// Whole articles, written for this project: the JSON byte for byte, and who said what in a table that a person wrote.
//
// tests/golden/NAME.json is written anew by NEWSNLP_UPDATE_GOLDEN=1 newsnlp_tests --gtest_filter='Golden*'.
// tests/golden/NAME.said is never written by a program: "words of the quote | speaker | type | what else", a row a
// quote. A row that begins with '?' is one that the product gets wrong; a row that has become right must lose its '?'.
#include "golden_article.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>

#include "layers.h"
#include "newsnlp/analyzer.h"
#include "newsnlp/json.h"

namespace newsnlp {
namespace {

const Analyzer& analyzer() {
  static const Analyzer instance;
  return instance;
}

struct Row {
  size_t line = 0;
  std::string words;
  std::string speaker;
  std::string type;
  std::string extra;
};

struct Table {
  size_t right = 0;  // how many rows must be
  std::vector<Row> rows;
};

Table read_table(const std::string& path) {
  Table table;
  std::istringstream in(read_golden(path));
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("right: ")) {
      table.right = std::strtoul(line.c_str() + 7, nullptr, 10);
      continue;
    }
    Row row;
    row.line = number;
    std::array<std::string*, 4> cells = {&row.words, &row.speaker, &row.type, &row.extra};
    std::istringstream fields(line);
    for (std::string* cell : cells) {
      std::getline(fields, *cell, '|');
      while (!cell->empty() && cell->back() == ' ') cell->pop_back();
      while (!cell->empty() && cell->front() == ' ') cell->erase(0, 1);
    }
    table.rows.push_back(row);
  }
  return table;
}

std::string speaker_of(const Document& document, const Quote& quote) {
  if (quote.speaker) return std::string(document.text(document.entities()[*quote.speaker].name));
  return document.joined(quote.source);
}

std::string extra_of(const Quote& quote) {
  std::string out = quote.polarity == Polarity::Denied ? "denied" : "";
  if (quote.certainty != Certainty::Asserted)
    out += (out.empty() ? "" : ", ") + std::string(to_string(quote.certainty));
  return out;
}

// What is wrong with the best quote of these words; "" when one is right.
std::string judge(const Document& document, const Row& row) {
  std::string found = "no quote has these words";
  for (const Quote& quote : document.quotes()) {
    if (document.joined(quote.content).find(row.words) == std::string::npos) continue;
    const std::string speaker = speaker_of(document, quote);
    const std::string type(to_string(quote.type));
    if (speaker == row.speaker && type == row.type && extra_of(quote) == row.extra) return "";
    found = "found " + speaker + " | " + type + " | " + extra_of(quote);
  }
  return found;
}

TEST(Golden, TheTableOfWhoSaidWhat) {
  for (const GoldenArticle& article : golden_articles()) {
    const std::string path = std::string(NEWSNLP_SOURCE_DIR) + "/tests/golden/" + article.name + ".said";
    const std::string text = read_golden(article.path);
    const Document document = analyzer().analyze(text);
    const Table table = read_table(path);
    EXPECT_GE(table.rows.size(), 9U) << path;
    size_t right = 0;
    std::string wrong;
    for (const Row& row : table.rows) {
      EXPECT_NE(text.find(row.words), std::string::npos)
          << path << ":" << row.line << ": the article lacks these words";
      const std::string verdict = judge(document, row);
      if (verdict.empty())
        ++right;
      else
        wrong += "\n  " + std::to_string(row.line) + ": " + row.words + ": " + verdict;
    }
    EXPECT_GE(right, table.right) << path << ": rows that are wrong:" << wrong;
    std::cout << article.name << ": " << right << " of " << table.rows.size() << " rows are right" << wrong << "\n";
  }
}

TEST(Golden, TheJsonIsTheSameByteForByte) {
  const bool update = std::getenv("NEWSNLP_UPDATE_GOLDEN") != nullptr;
  for (const GoldenArticle& article : golden_articles()) {
    const std::string path = std::string(NEWSNLP_SOURCE_DIR) + "/tests/golden/" + article.name + ".json";
    const Document document = analyzer().analyze(read_golden(article.path));
    EXPECT_EQ(check_invariants(document), "") << article.name;
    Record record;
    record.id = article.name;
    const std::string json = to_json(document, record) + "\n";
    if (update) {
      std::ofstream(path, std::ios::binary) << json;
      continue;
    }
    const std::string expected = read_golden(path);
    ASSERT_FALSE(expected.empty()) << path << " is missing; NEWSNLP_UPDATE_GOLDEN=1 writes it";
    const auto differ = std::mismatch(json.begin(), json.end(), expected.begin(), expected.end());
    const auto at = static_cast<size_t>(differ.first - json.begin());
    const size_t from = at < 80 ? 0 : at - 80;
    EXPECT_TRUE(json == expected) << path << " differs at byte " << at << "\n  now      " << json.substr(from, 200)
                                  << "\n  expected " << expected.substr(from, 200);
  }
}

}  // namespace
}  // namespace newsnlp
