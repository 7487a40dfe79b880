// newsnlp_bench FILE.jsonl     ns and instructions a token, stage by stage, and the ratio to ICU word iteration over
//                              the same texts in the same run; then start-up, allocations, growth, threads and memory.
// newsnlp_bench --guard COSTS FILE.txt …     see cost_guard.h
//
// First: the first pass over the texts, on a fresh workspace. Warm: the median of the passes after it. Instructions: by
// callgrind, on a copy of this program that runs the first kCounted articles twice and counts the second time; "-"
// where valgrind is not installed.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include "cost_guard.h"
#include "growth_table.h"
#include "instruction_count.h"
#include "newsnlp/error.h"
#include "stage_line.h"

namespace newsnlp {
namespace {

constexpr size_t kCounted = 40;
constexpr int kPasses = 7;
constexpr size_t kRows = StageLine::kStages + 1;  // the last one: ICU

using Costs = std::vector<double>;  // a row of the table each

// Of this thread, so that what else the machine does counts little.
double cpu_ns() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

double since(double& start) {
  const double now = cpu_ns();
  const double ns = now - start;
  start = now;
  return ns;
}

// One pass over all texts, in nanoseconds; `tokens` receives their number.
Costs time_pass(const std::vector<std::string>& texts, StageLine& line, const WordIteration& icu, size_t& tokens) {
  Costs ns(kRows);
  tokens = 0;
  for (const std::string& text : texts) {
    Layers layers;
    layers.text = text;
    double start = cpu_ns();
    for (size_t stage = 0; stage < StageLine::kStages; ++stage) {
      if (stage + 1 == StageLine::kStages) tokens += layers.tokens.size();
      line.run(stage, layers);
      ns[stage] += since(start);
    }
    icu.count(text);
    ns[StageLine::kStages] += since(start);
  }
  return ns;
}

// Under callgrind: a dump for every stage and article, named by the stage.
void count_pass(std::vector<std::string> texts) {
  texts.resize(std::min(texts.size(), kCounted));
  StageLine line;
  const WordIteration icu;
  size_t tokens = 0;
  time_pass(texts, line, icu, tokens);
  for (const std::string& text : texts) {
    Layers layers;
    layers.text = text;
    for (size_t stage = 0; stage < StageLine::kStages; ++stage) {
      CountedPart::begin();
      line.run(stage, layers);
      CountedPart::end(StageLine::kNames[stage]);
    }
    CountedPart::begin();
    icu.count(text);
    CountedPart::end("ICU");
  }
  std::printf("%zu\n", tokens);
}

// Instructions a token by row; empty where they cannot be counted.
Costs instructions_a_token(const std::string& program, const std::string& file) {
  const InstructionCount count = count_instructions(program, {"--count", file});
  Costs costs;
  if (count.tokens == 0) return costs;
  const auto of = [&](const char* part) {
    const auto it = count.parts.find(part);
    return it == count.parts.end() ? 0 : it->second / static_cast<double>(count.tokens);
  };
  for (const char* name : StageLine::kNames) costs.push_back(of(name));
  costs.push_back(of("ICU"));
  return costs;
}

void print_row(const char* name, double first, double warm, double icu, double instructions) {
  char count[32] = "-";
  if (instructions >= 0) std::snprintf(count, sizeof count, "%.0f", instructions);
  std::printf("%-14s %9.1f %9.1f %8.2f %14s\n", name, first, warm, warm / icu, count);
}

int run(const std::string& program, const std::string& file) {
  const std::vector<std::string> texts = read_texts(file);
  print_start(texts.front());
  StageLine line;
  const WordIteration icu;
  size_t tokens = 0;
  const Costs first = time_pass(texts, line, icu, tokens);
  std::vector<Costs> passes;
  for (int i = 0; i < kPasses; ++i) passes.push_back(time_pass(texts, line, icu, tokens));
  const Costs counts = instructions_a_token(program, file);

  size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  std::printf("%zu articles, %zu bytes, %zu tokens; one thread, processor time; warm: median of %d passes\n\n",
              texts.size(), bytes, tokens, kPasses);
  std::printf("%-14s %9s %9s %8s %14s\n", "ns a token", "first", "warm", "x ICU", "instructions");
  const auto n = static_cast<double>(tokens);
  Costs warm(kRows);
  for (size_t row = 0; row < kRows; ++row) {
    std::sort(passes.begin(), passes.end(), [&](const Costs& a, const Costs& b) { return a[row] < b[row]; });
    warm[row] = passes[passes.size() / 2][row] / n;
  }
  const double unit = warm[StageLine::kStages];
  double first_sum = 0;
  double warm_sum = 0;
  double count_sum = counts.empty() ? -1 : 0;
  for (size_t row = 0; row < StageLine::kStages; ++row) {
    print_row(StageLine::kNames[row], first[row] / n, warm[row], unit, counts.empty() ? -1 : counts[row]);
    first_sum += first[row] / n;
    warm_sum += warm[row];
    if (!counts.empty()) count_sum += counts[row];
  }
  print_row("whole analysis", first_sum, warm_sum, unit, count_sum);
  print_row("ICU words", first[StageLine::kStages] / n, unit, unit, counts.empty() ? -1 : counts.back());
  if (counts.empty()) std::printf("\ninstructions: install valgrind to have them counted\n");
  print_growth(texts);
  return 0;
}

}  // namespace
}  // namespace newsnlp

int main(int argc, char** argv) {
  try {
    if (argc == 2) return newsnlp::run(argv[0], argv[1]);
    if (argc == 3 && std::strcmp(argv[1], "--count") == 0) {
      newsnlp::count_pass(newsnlp::read_texts(argv[2]));
      return 0;
    }
    const std::vector<std::string> rest(argv + std::min(argc, 2), argv + argc);
    if (argc > 2 && std::strcmp(argv[1], "--count-analysis") == 0) {
      newsnlp::count_analysis(rest);
      return 0;
    }
    if (argc > 3 && std::strcmp(argv[1], "--guard") == 0)
      return newsnlp::guard_costs(argv[0], rest[0], {rest.begin() + 1, rest.end()});
    std::fputs("usage: newsnlp_bench FILE.jsonl | --guard COSTS FILE.txt ...\n", stderr);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "newsnlp_bench: %s\n", e.what());
  }
  return 2;
}
