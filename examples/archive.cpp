// archive FILE…: many articles on all cores, in order, with bounded memory; who speaks most.
#include <newsnlp/newsnlp.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

int main(int argc, char** argv) {
  const newsnlp::Analyzer analyzer;
  std::map<std::string, size_t> statements;
  size_t articles = 0;
  size_t bad = 0;
  int file = 1;
  const auto next = [&]() -> std::optional<std::string> {
    if (file >= argc) return std::nullopt;
    std::ifstream in(argv[file++], std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto done = [&](newsnlp::Analyzer::Outcome&& outcome) {
    if (outcome.error) {
      ++bad;
      return;
    }
    ++articles;
    const newsnlp::Document& document = outcome.document;
    for (const newsnlp::Quote& quote : document.quotes())
      if (quote.speaker) ++statements[std::string(document.text(document.entities()[*quote.speaker].name))];
  };
  analyzer.analyze_all(next, done);
  std::cout << articles << " articles, " << bad << " unreadable, " << statements.size() << " speakers\n";
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& [name, count] : statements) ranked.emplace_back(count, name);
  std::sort(ranked.rbegin(), ranked.rend());
  for (size_t i = 0; i < std::min<size_t>(10, ranked.size()); ++i)
    std::cout << ranked[i].first << '\t' << ranked[i].second << '\n';
}
