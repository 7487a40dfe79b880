#include "growth_table.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "allocations.h"
#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

constexpr size_t kSizes[] = {1 << 10, 16 << 10, 256 << 10, 1 << 20, 16 << 20};
constexpr size_t kBytesTimed = 4 << 20;  // at least: the same text for every size, in pieces of that size
constexpr int kPasses = 3;               // over them; the fastest counts
constexpr int kTries = 7;                // of threads

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this thread.
double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Articles one after the other, cut off at `size` bytes.
std::string text_of(const std::vector<std::string>& texts, size_t size) {
  std::string text;
  for (size_t i = 0; text.size() < size; i = (i + 1) % texts.size()) text += texts[i] + "\n\n";
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  text.resize(size);
  return text;
}

std::vector<std::string> pieces_of(const std::string& text, size_t size) {
  std::vector<std::string> pieces;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(begin + size, text.size());
    while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
    pieces.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

double articles_a_second(const Analyzer& analyzer, const std::vector<std::string>& texts, unsigned threads) {
  const auto start = std::chrono::steady_clock::now();
  size_t next = 0;
  analyzer.analyze_all(
      [&]() -> std::optional<std::string> { return next < texts.size() ? std::optional(texts[next++]) : std::nullopt; },
      [](Analyzer::Outcome&&) {}, threads);
  return static_cast<double>(texts.size()) / seconds_since(start);
}

}  // namespace

void print_start(const std::string& text) {
  const double start = cpu_seconds();
  const Analyzer analyzer;
  const double loaded = cpu_seconds();
  analyzer.analyze(text);
  std::printf("start: built-in model loaded in %.1f ms, first article (%zu bytes) %.1f ms later; processor time\n\n",
              (loaded - start) * 1e3, text.size(), (cpu_seconds() - loaded) * 1e3);
}

void print_growth(const std::vector<std::string>& texts) {
  const Analyzer analyzer;
  for (int warm = 0; warm < 2; ++warm)
    for (const std::string& text : texts) analyzer.analyze(text);
  const size_t before = allocations();
  for (const std::string& text : texts) analyzer.analyze(text);
  std::printf("\nallocations an article, warm: %.0f\n",
              static_cast<double>(allocations() - before) / static_cast<double>(texts.size()));

  // Best of several, one after the other: the second thread has word types and memos of its own to warm, and the
  // machine may have other work.
  double one = 0;
  double two = 0;
  for (int i = 0; i < kTries; ++i) {
    two = std::max(two, articles_a_second(analyzer, texts, 2));
    one = std::max(one, articles_a_second(analyzer, texts, 1));
  }
  std::printf("articles a second: 1 thread %.0f, 2 threads %.0f (x %.2f)\n", one, two, two / one);
  std::printf("peak memory: %.0f MB\n", peak_megabytes());

  std::printf("\n%-14s %12s %12s\n", "size of text", "ns a token", "peak MB");
  for (const size_t size : kSizes) {
    const std::vector<std::string> pieces = pieces_of(text_of(texts, std::max(size, kBytesTimed)), size);
    double ns = 1e9;
    for (int pass = 0; pass < kPasses; ++pass) {
      size_t tokens = 0;
      const double start = cpu_seconds();
      for (const std::string& piece : pieces) tokens += analyzer.analyze(piece).tokens().size();
      ns = std::min(ns, (cpu_seconds() - start) * 1e9 / static_cast<double>(tokens));
    }
    std::printf("%10zu kB %12.0f %12.0f\n", size >> 10, ns, peak_megabytes());
  }
}

}  // namespace newsnlp
