// Memory that runs out in the middle of an article: that article is an error, the others come out as always.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "newsnlp/newsnlp.h"

namespace {
thread_local long left = -1;  // allocations of this thread until one fails; below 0: none does
}

void* operator new(size_t size) {
  if (left >= 0 && left-- == 0) throw std::bad_alloc();
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {  // its own, or a sanitizer has another
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}

namespace newsnlp {
namespace {

TEST(NoMemory, TheNextArticleIsReadAsAlways) {
  const std::string text =
      "“We won,” Mayor Ana Lopez told reporters on Monday. She said the vote was fair. According to Tom Hale, a clerk, "
      "the count took 3 hours. “It is over,” he added, and critics said that they would appeal.";
  const Analyzer analyzer;
  const std::string whole = to_json(analyzer.analyze(text));
  size_t failed = 0;
  for (long n = 0; n < 150; ++n) {
    std::string copy = text;
    left = n;
    try {
      analyzer.analyze(std::move(copy));
    } catch (const std::bad_alloc&) {
      ++failed;
    }
    left = -1;
    ASSERT_EQ(to_json(analyzer.analyze(text)), whole) << n;
  }
  EXPECT_GT(failed, 10U);
}

}  // namespace
}  // namespace newsnlp
