// newsnlp_stages FILE.jsonl [--benchmark_…]     Google Benchmark: each stage alone and ICU word iteration, warm, over
// the articles of FILE; the counter "tokens" is a rate.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "stage_line.h"

namespace newsnlp {
namespace {

// Stage `stage` over all texts; what comes before it is not timed.
void run_stage(benchmark::State& state, const std::vector<std::string>& texts, size_t stage) {
  StageLine line;
  size_t tokens = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (const std::string& text : texts) {
      Layers layers;
      layers.text = text;
      for (size_t before = 0; before < stage; ++before) line.run(before, layers);
      state.ResumeTiming();
      line.run(stage, layers);
      state.PauseTiming();
      tokens += layers.tokens.size();
    }
    state.ResumeTiming();
  }
  state.counters["tokens"] = benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsRate);
}

void run_icu(benchmark::State& state, const std::vector<std::string>& texts) {
  const WordIteration icu;
  size_t bytes = 0;
  for (auto _ : state)
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(icu.count(text));
      bytes += text.size();
    }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

}  // namespace
}  // namespace newsnlp

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fputs("usage: newsnlp_stages FILE.jsonl [--benchmark_filter=...]\n", stderr);
    return 2;
  }
  try {
    const std::vector<std::string> texts = newsnlp::read_texts(argv[1]);
    benchmark::RegisterBenchmark("ICU words", [&](benchmark::State& s) { newsnlp::run_icu(s, texts); });
    for (size_t stage = 0; stage < newsnlp::StageLine::kStages; ++stage)
      benchmark::RegisterBenchmark(newsnlp::StageLine::kNames[stage],
                                   [&texts, stage](benchmark::State& s) { newsnlp::run_stage(s, texts, stage); });
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "newsnlp_stages: %s\n", e.what());
    return 2;
  }
}
