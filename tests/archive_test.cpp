// analyze_all: a row a number of threads and a number of texts; order, errors, bounds.
#include <gtest/gtest.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "newsnlp/newsnlp.h"

namespace newsnlp {
namespace {

const Analyzer& analyzer() {
  static const Analyzer a;
  return a;
}

std::string text_of(size_t i) {
  return "\"Bread rose by " + std::to_string(i) + " cents,\" said Mayor Ana Lopez of Oldtown.";
}

struct Case {
  unsigned threads;
  size_t texts;
};
const Case kCases[] = {{1, 0}, {1, 1},   {1, 40},           {2, 0}, {2, 1}, {2, 2}, {2, 300}, {3, 200},
                       {8, 5}, {8, 600}, {4294967295U, 300}};

// Texts 0 to n - 1; every `bad`-th is not UTF-8.
std::function<std::optional<std::string>()> source(size_t n, size_t bad, size_t& at) {
  return [n, bad, &at]() -> std::optional<std::string> {
    if (at == n) return {};
    const size_t i = at++;
    return bad > 0 && i % bad == 0 ? "\xFF" : text_of(i);
  };
}

std::string name(const Case& c) {
  return std::to_string(c.threads) + " threads, " + std::to_string(c.texts) + " texts";
}

TEST(Archive, EveryTextComesOnceAndInOrderAndAnErrorLosesNoOther) {
  for (const Case& c : kCases) {
    size_t at = 0;
    size_t done = 0;
    const auto caller = std::this_thread::get_id();
    analyzer().analyze_all(
        source(c.texts, 7, at),
        [&](Analyzer::Outcome&& outcome) {
          EXPECT_EQ(std::this_thread::get_id(), caller);
          ASSERT_EQ(outcome.index, done) << name(c);
          EXPECT_EQ(outcome.error != nullptr, done % 7 == 0) << name(c);
          EXPECT_EQ(outcome.document.text(), outcome.error ? "" : text_of(done)) << name(c);
          ++done;
        },
        c.threads);
    EXPECT_EQ(done, c.texts) << name(c);
  }
}

TEST(Archive, EachDocumentIsPreparedOnceWhereItWasAnalysed) {
  for (const Case& c : kCases) {
    size_t at = 0;
    size_t done = 0;
    std::vector<std::string> json(c.texts);
    analyzer().analyze_all(
        source(c.texts, 0, at),
        [&](Analyzer::Outcome&& outcome) {
          EXPECT_EQ(outcome.error != nullptr, outcome.index % 5 == 3) << name(c);
          EXPECT_EQ(json[outcome.index], to_json(outcome.document)) << name(c);
          ++done;
        },
        c.threads, Layout::Article,
        [&](Analyzer::Outcome& outcome) {
          json[outcome.index] += to_json(outcome.document);
          if (outcome.index % 5 == 3) throw std::runtime_error("no");
        });
    EXPECT_EQ(done, c.texts) << name(c);
  }
}

TEST(Archive, AnExceptionOfTheCallerEndsTheRun) {
  for (const Case& c : kCases) {
    if (c.texts < 5) continue;
    size_t at = 0;
    size_t done = 0;
    const auto fails_at = [&](size_t n) {
      return [&done, n](Analyzer::Outcome&&) {
        if (done++ == n) throw std::runtime_error("full");
      };
    };
    EXPECT_THROW(analyzer().analyze_all(source(c.texts, 0, at), fails_at(4), c.threads), std::runtime_error) << name(c);
    EXPECT_EQ(done, 5U) << name(c);
    size_t read = 0;
    EXPECT_THROW(analyzer().analyze_all(
                     [&]() -> std::optional<std::string> {
                       if (read == 4) throw std::runtime_error("gone");
                       return text_of(read++);
                     },
                     [](Analyzer::Outcome&&) {}, c.threads),
                 std::runtime_error)
        << name(c);
  }
}

// What is read and not yet delivered is bounded, in articles and, beyond one a thread, in bytes.
TEST(Archive, ASlowConsumerIsWaitedFor) {
  struct Row {
    unsigned threads;
    size_t bytes;  // of a text
    size_t most;   // in flight
  };
  for (const Row row :
       {Row{1, 100, 64}, {1, 400 << 10, 1}, {2, 100, 256}, {3, 100, 384}, {2, 1500 << 10, 2}, {2, 400 << 10, 4}}) {
    const size_t texts = 2 * row.most + 10;
    size_t read = 0;
    size_t done = 0;
    size_t most = 0;
    analyzer().analyze_all(
        [&]() -> std::optional<std::string> {
          if (read == texts) return {};
          most = std::max(most, ++read - done);
          return std::string(row.bytes, ' ');
        },
        [&](Analyzer::Outcome&&) {
          if (done++ < 2) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        },
        row.threads);
    EXPECT_EQ(done, texts);
    EXPECT_LE(most, row.most) << row.threads << " threads, texts of " << row.bytes << " bytes";
  }
}

// One thread analyses what is there rather than to wait for more.
TEST(Archive, ASlowSourceIsNotReadAhead) {
  size_t read = 0;
  size_t done = 0;
  analyzer().analyze_all(
      [&]() -> std::optional<std::string> {
        EXPECT_EQ(read, done);
        if (read == 5) return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
        return text_of(read++);
      },
      [&](Analyzer::Outcome&&) { ++done; }, 1);
  EXPECT_EQ(done, 5U);
}

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33) && !defined(__SANITIZE_ADDRESS__)  // which has an allocator of its own
TEST(Archive, AUsualTextGivesBackWhatAHugeOneTook) {
  const Analyzer fresh;
  const auto in_use = [] {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
  };
  fresh.analyze(text_of(0));
  const size_t before = in_use();
  std::string huge;
  while (huge.size() < size_t{2} << 20) huge += text_of(huge.size()) + " The town was quiet.\n\n";
  fresh.analyze(huge);
  const size_t after = in_use();
  EXPECT_GT(after, before + 8 * huge.size());
  fresh.analyze(text_of(0));
  EXPECT_LT(in_use(), before + (after - before) / 4);  // what patterns keep stays
}
#endif

// The calling thread is one of them.
TEST(Archive, AnalysesOnAsManyThreadsAsItWasTold) {
  for (const Case& c : kCases) {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    size_t at = 0;
    analyzer().analyze_all(
        source(c.texts, 0, at), [](Analyzer::Outcome&&) {}, c.threads, Layout::Article,
        [&](Analyzer::Outcome&) {
          const std::lock_guard lock(mutex);
          threads.insert(std::this_thread::get_id());
        });
    threads.erase(std::this_thread::get_id());
    EXPECT_LT(threads.size(), c.threads) << name(c);
  }
}

}  // namespace
}  // namespace newsnlp
