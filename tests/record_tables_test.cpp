// The tables of tests/record_cases by full analysis: set NEWSNLP_FULL_TABLES to a model file, or to "built-in".
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <optional>

#include "record_bench.h"

namespace newsnlp {
namespace {

uint32_t bytes(std::span<const Span> spans) {
  uint32_t n = 0;
  for (const Span s : spans) n += s.size();
  return n;
}

/// The quote whose content shares most with the marked one, at least half of both together.
std::optional<uint32_t> find_quote(const Document& document, const std::vector<Span>& content) {
  std::optional<uint32_t> best;
  double best_share = 0.5;
  for (uint32_t i = 0; i < document.quotes().size(); ++i) {
    const auto spans = document.spans(document.quotes()[i].content);
    uint32_t shared = 0;
    for (const Span a : spans)
      for (const Span b : content)
        if (a.overlaps(b)) shared += std::min(a.end, b.end) - std::max(a.begin, b.begin);
    const double share = shared / static_cast<double>(bytes(spans) + bytes(content) - shared);
    if (share < best_share) continue;
    best_share = share;
    best = i;
  }
  return best;
}

bool right(const std::string& table, const Document& document, MarkedText& marked, const std::string& expected) {
  const int judged = expected == "2" ? 2 : 1;
  MarkedStatement& gold = marked.statements[judged];
  const auto found = find_quote(document, gold.spans['q']);
  if (!found) return false;
  const Quote& q = document.quotes()[*found];
  const auto list = [&](IndexRange range) {
    const auto spans = document.spans(range);
    return std::vector<Span>(spans.begin(), spans.end());
  };
  if (table == "addressee") return same_phrase(list(q.addressee), marked.statements[1].spans['a']);
  if (table == "relay") return same_phrase(list(q.relay), marked.statements[1].spans['r']);
  if (table == "polarity") return to_string(q.polarity) == expected;
  if (table == "certainty") return to_string(q.certainty) == expected;
  if (judged == 2)
    return q.nested_in.has_value() && q.nested_in == find_quote(document, marked.statements[1].spans['q']);
  return std::none_of(document.quotes().begin(), document.quotes().end(),
                      [](const Quote& other) { return other.nested_in.has_value(); });
}

struct Floor {
  std::string table;
  size_t right;  // at least
};

void measure(const std::string& folder, std::initializer_list<Floor> floors) {
  const Analyzer analyzer;
  for (const auto& [table, floor] : floors) {
    const auto cases = read_record_cases(table, folder);
    size_t good = 0;
    std::string misses;
    for (const RecordCase& c : cases) {
      MarkedText marked(c.marked);
      const Document document = analyzer.analyze(marked.text);
      if (right(table, document, marked, c.expected)) {
        ++good;
      } else {
        misses += "\n  " + c.expected + " " + marked.text;
      }
    }
    std::cout << "[ analysed ] " << folder << ' ' << table << ": " << good << " of " << cases.size() << '\n';
    EXPECT_GE(good, floor) << table << misses;
  }
}

// Floors, not aims: what the shipped model reaches, less one or two. The aim is nine in ten. All but the table of
// relays have taught the shipped model (tools/record_rows.py): only the closing tables tell how it reads what it has
// not seen.
TEST(RecordTables, FullAnalysis) {
  measure("record_cases", {{"addressee", 316}, {"relay", 232}, {"polarity", 100}, {"certainty", 72}, {"nesting", 375}});
}

TEST(RecordTables, Closing) {
  measure("closing", {{"addressee", 29}, {"relay", 37}, {"polarity", 36}, {"certainty", 30}, {"nesting", 28}});
}

}  // namespace
}  // namespace newsnlp
