// newsnlp_bench FILE.jsonl     ns and instructions a token, stage by stage, and the ratio to ICU word iteration over
//                              the same texts in the same run; then start-up, allocations, growth, threads and memory.
// newsnlp_bench --guard COSTS FILE.txt …     see cost_guard.h
//
// First: the first pass over the texts, in a new process: patterns are compiled, caches are empty. Unseen: its second
// half, which a worker that knows the first one reads. Warm: the median of the passes after it; the whole analysis is
// timed in passes of its own, without a clock between its stages. What a clock costs is taken off. In an archive: the
// same by analyze_all, on one thread.
// Tokenizer: the word breaks of the segmenter alone, again, over the same texts; in no sum.
// Instructions: by callgrind, on a copy of this program that runs the first kCounted articles twice and counts the
// second time; "-" where valgrind is not installed.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cost_guard.h"
#include "growth_table.h"
#include "instruction_count.h"
#include "newsnlp/newsnlp.h"
#include "stage_line.h"

namespace newsnlp {
namespace {

constexpr size_t kCounted = 40;
constexpr int kPasses = 7;
constexpr size_t kWhole = StageLine::kStages;  // rows behind the stages
constexpr size_t kArchive = kWhole + 1;
constexpr size_t kIcu = kArchive + 1;
constexpr size_t kTokenizer = kIcu + 1;  // a part of the segmenter: no stage of its own, and in no sum
constexpr size_t kRows = kTokenizer + 1;
constexpr size_t kSegmenter = 1;

constexpr std::array<const char*, kRows> kRowNames = [] {
  std::array<const char*, kRows> names{};
  std::copy(StageLine::kNames.begin(), StageLine::kNames.end(), names.begin());
  names[kWhole] = "whole analysis";
  names[kArchive] = "in an archive";
  names[kIcu] = "ICU words";
  names[kTokenizer] = "tokenizer";
  return names;
}();

using Costs = std::vector<double>;  // a row of the table each

// Of this thread, so that what else the machine does counts little.
double cpu_ns() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

// Between two readings of the clock one right after the other: the median.
double clock_ns() {
  static const double ns = [] {
    std::vector<double> all;
    for (int i = 0; i < 1001; ++i) {
      const double start = cpu_ns();
      all.push_back(cpu_ns() - start);
    }
    std::nth_element(all.begin(), all.begin() + 500, all.end());
    return all[500];
  }();
  return ns;
}

double since(double& start) {
  const double now = cpu_ns();
  const double ns = std::max(0.0, now - start - clock_ns());
  start = now;
  return ns;
}

// One pass over all texts, in nanoseconds; `tokens` receives their number. With `apart` each stage is timed, the whole
// is their sum.
Costs time_pass(std::span<const std::string> texts, StageLine& line, const WordIteration& icu, WordSegments& segments,
                bool apart, size_t& tokens) {
  Costs ns(kRows);
  tokens = 0;
  for (const std::string& text : texts) {
    Layers layers;
    layers.text = text;
    double start = cpu_ns();
    for (size_t stage = 0; stage < StageLine::kStages; ++stage) {
      if (stage + 1 == StageLine::kStages) tokens += layers.tokens.size();
      line.run(stage, layers);
      if (!apart) continue;
      const double cost = since(start);
      ns[stage] += cost;
      ns[kWhole] += cost;
    }
    if (!apart) ns[kWhole] += since(start);
    icu.count(text);
    ns[kIcu] += since(start);
    segments.count(text);
    ns[kTokenizer] += since(start);
  }
  return ns;
}

// The same by Analyzer::analyze_all on one thread, which reads many articles together.
double time_archive(std::span<const std::string> texts, const Analyzer& analyzer) {
  size_t at = 0;
  double start = cpu_ns();
  analyzer.analyze_all([&] { return at < texts.size() ? std::optional(texts[at++]) : std::nullopt; },
                       [](Analyzer::Outcome&&) {}, 1);
  return since(start);
}

// Under callgrind: a dump for every stage and article, named by the stage.
void count_pass(std::vector<std::string> texts) {
  texts.resize(std::min(texts.size(), kCounted));
  StageLine line;
  const WordIteration icu;
  WordSegments segments;
  size_t tokens = 0;
  time_pass(texts, line, icu, segments, true, tokens);
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
    CountedPart::begin();
    segments.count(text);
    CountedPart::end("tokenizer");
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
  double whole = 0;
  for (const char* name : StageLine::kNames) {
    costs.push_back(of(name));
    whole += costs.back();
  }
  costs.push_back(whole);
  costs.push_back(-1);  // not counted
  costs.push_back(of("ICU"));
  costs.push_back(of("tokenizer"));
  return costs;
}

void print_row(const char* name, double first, double unseen, double warm, double icu, double instructions) {
  char count[32] = "-";
  if (instructions >= 0) std::snprintf(count, sizeof count, "%.0f", instructions);
  std::printf("%-14s %9.1f %9.1f %9.1f %8.2f %14s\n", name, first, unseen, warm, warm / icu, count);
}

int run(const std::string& program, const std::string& file) {
  const std::vector<std::string> texts = read_texts(file);
  print_start(texts.front());
  StageLine line;
  const WordIteration icu;
  WordSegments segments;
  size_t tokens = 0;
  size_t unseen_tokens = 0;
  const size_t half = texts.size() / 2;
  Costs first = time_pass(std::span(texts).first(half), line, icu, segments, true, tokens);
  Costs unseen = time_pass(std::span(texts).subspan(half), line, icu, segments, true, unseen_tokens);
  const Analyzer analyzer;
  first[kArchive] = time_archive(std::span(texts).first(half), analyzer);
  unseen[kArchive] = time_archive(std::span(texts).subspan(half), analyzer);
  for (size_t row = 0; row < kRows; ++row) first[row] += unseen[row];
  std::vector<Costs> apart, whole;
  for (int i = 0; i < kPasses; ++i) {
    apart.push_back(time_pass(texts, line, icu, segments, true, tokens));
    whole.push_back(time_pass(texts, line, icu, segments, false, tokens));
    whole.back()[kArchive] = time_archive(texts, analyzer);
  }
  const Costs counts = instructions_a_token(program, file);

  size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  std::printf("%zu articles, %zu bytes, %zu tokens; one thread, processor time; warm: median of %d passes\n\n",
              texts.size(), bytes, tokens, kPasses);
  std::printf("%-14s %9s %9s %9s %8s %14s\n", "ns a token", "first", "unseen", "warm", "x ICU", "instructions");
  const auto n = static_cast<double>(tokens);
  const auto median = [&](std::vector<Costs>& passes, size_t row) {
    std::sort(passes.begin(), passes.end(), [&](const Costs& a, const Costs& b) { return a[row] < b[row]; });
    return passes[passes.size() / 2][row] / n;
  };
  const double unit = median(whole, kIcu);
  const auto print = [&](size_t row) {
    print_row(kRowNames[row], first[row] / n, unseen[row] / static_cast<double>(unseen_tokens),
              median(row < kWhole ? apart : whole, row), unit, counts.empty() ? -1 : counts[row]);
  };
  for (size_t row = 0; row < kTokenizer; ++row) {
    if (row == kSegmenter) print(kTokenizer);
    print(row);
  }
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
