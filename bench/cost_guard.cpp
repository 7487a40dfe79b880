#include "cost_guard.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "allocations.h"
#include "instruction_count.h"
#include "newsnlp/error.h"
#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

constexpr double kUnnoticed = 1.03;

struct Costs {
  double instructions = 0;  // a token; 0: not counted
  double allocations = 0;   // an article
};

std::vector<std::string> read_articles(const std::vector<std::string>& files) {
  std::vector<std::string> texts;
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file + ": cannot be read");
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  if (texts.empty()) throw Error("no article was given");
  return texts;
}

Costs read_costs(const std::string& path) {
  Costs costs;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::sscanf(line.c_str(), "instructions a token %lf", &costs.instructions);
    std::sscanf(line.c_str(), "allocations an article %lf", &costs.allocations);
  }
  if (costs.instructions <= 0 || costs.allocations <= 0)
    throw Error(path + ": no costs are written there; run this with NEWSNLP_UPDATE_COSTS=1 in the environment");
  return costs;
}

void write_costs(const std::string& path, const Costs& costs) {
  std::ofstream out(path);
  out << "# What the analysis of tests/golden costs, warm. NEWSNLP_UPDATE_COSTS=1 make test writes it anew.\n"
      << "instructions a token " << static_cast<long>(costs.instructions + 0.5) << "\n"
      << "allocations an article " << static_cast<long>(costs.allocations + 0.5) << "\n";
  if (!out.flush()) throw Error(path + ": cannot be written");
}

// False if the figure is more than `share` of what was written down.
bool compare(const char* what, double now, double before, double share) {
  const bool good = now <= before * share;
  std::printf("%s: %.0f, written down: %.0f (%+.1f %%)%s\n", what, now, before, 100 * (now / before - 1),
              good ? "" : "   TOO HIGH");
  return good;
}

}  // namespace

void count_analysis(const std::vector<std::string>& files) {
  const std::vector<std::string> texts = read_articles(files);
  const Analyzer analyzer;
  for (int warm = 0; warm < 2; ++warm)
    for (const std::string& text : texts) analyzer.analyze(text);
  size_t tokens = 0;
  for (const std::string& text : texts) {
    CountedPart::begin();
    const Document document = analyzer.analyze(text);
    CountedPart::end("analysis");
    tokens += document.tokens().size();
  }
  std::printf("%zu\n", tokens);
}

int guard_costs(const std::string& program, const std::string& costs, const std::vector<std::string>& files) {
  const std::vector<std::string> texts = read_articles(files);
  Costs now;
  {
    const Analyzer analyzer;
    for (int warm = 0; warm < 2; ++warm)
      for (const std::string& text : texts) analyzer.analyze(text);
    size_t calls = 0;
    for (std::string text : texts) {
      const size_t before = allocations();
      const Document document = analyzer.analyze(std::move(text));
      calls += allocations() - before;
    }
    now.allocations = static_cast<double>(calls) / static_cast<double>(texts.size());
  }
  std::vector<std::string> arguments{"--count-analysis"};
  arguments.insert(arguments.end(), files.begin(), files.end());
  const InstructionCount count = count_instructions(program, arguments);
  if (count.tokens > 0 && count.parts.contains("analysis"))
    now.instructions = count.parts.at("analysis") / static_cast<double>(count.tokens);

  const char* update = std::getenv("NEWSNLP_UPDATE_COSTS");
  if (update != nullptr && *update != '\0') {
    if (now.instructions <= 0) throw Error("valgrind is needed to count instructions; install it and try again");
    write_costs(costs, now);
  }
  const Costs before = read_costs(costs);
  bool good = compare("allocations an article", now.allocations, before.allocations + 0.5, 1);
  if (now.instructions > 0)
    good &= compare("instructions a token", now.instructions, before.instructions, kUnnoticed);
  else
    std::printf("instructions a token: not counted, valgrind is not installed\n");
  if (!good) std::printf("if it is worth it, write the new figures down: NEWSNLP_UPDATE_COSTS=1 make test\n");
  return good ? 0 : 1;
}

}  // namespace newsnlp
