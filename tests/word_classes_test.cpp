#include "word_classes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hash.h"
#include "newsnlp/error.h"

namespace newsnlp {
namespace {

// A section's bytes where a model would keep them: aligned to 64.
class Aligned {
 public:
  explicit Aligned(std::string_view bytes) : blocks_((bytes.size() + 63) / 64), size_(bytes.size()) {
    if (!bytes.empty()) std::memcpy(blocks_.data(), bytes.data(), bytes.size());
  }
  std::span<const std::byte> span() const { return {reinterpret_cast<const std::byte*>(blocks_.data()), size_}; }

 private:
  struct alignas(64) Block {
    std::byte bytes[64];
  };
  std::vector<Block> blocks_;
  size_t size_;
};

std::string section(const std::vector<WordClasses::Row>& rows) {
  SectionWriter out;
  WordClasses::write(rows, out);
  return out.bytes();
}

TEST(WordClasses, FindsWhatWasWritten) {
  std::vector<WordClasses::Row> rows;
  for (uint32_t i = 0; i < 3000; ++i)
    rows.push_back({hash_bytes("word" + std::to_string(i)), static_cast<uint16_t>(i % 256),
                    static_cast<uint16_t>(i % 1024), static_cast<uint16_t>(i)});
  const Aligned bytes(section(rows));
  const WordClasses classes(bytes.span());
  uint32_t mistaken = 0;
  for (uint32_t i = 0; i < 3000; ++i) {
    const auto e = classes.find(hash_bytes("word" + std::to_string(i)));
    EXPECT_EQ(e.class_256, i % 256 + 1);
    EXPECT_EQ(e.class_1024, i % 1024 + 1);
    EXPECT_EQ(e.class_3000, i + 1);
    mistaken += classes.find(hash_bytes("other" + std::to_string(i))).class_256 != 0;
  }
  EXPECT_LE(mistaken, 5U);  // keys of 15 bits
}

TEST(WordClasses, TheFirstRowOfAWordWins) {
  const Aligned bytes(section({{hash_bytes("a"), 1, 2, 3}, {hash_bytes("a"), 4, 5, 6}}));
  EXPECT_EQ(WordClasses(bytes.span()).find(hash_bytes("a")).class_3000, 4);
}

TEST(WordClasses, WithoutASectionNoWordHasAClass) {
  EXPECT_EQ(WordClasses(std::span<const std::byte>()).find(hash_bytes("a")).class_256, 0);
}

TEST(WordClasses, DamagedSectionsAreErrors) {
  const std::string good = section({{hash_bytes("a"), 1, 2, 3}, {hash_bytes("b"), 4, 5, 6}});
  struct Case {
    const char* what;
    std::string bytes;
  };
  const auto arrays = [](std::vector<uint32_t> starts, std::vector<uint32_t> words, std::vector<uint32_t> triples) {
    SectionWriter out;
    out.array(starts);
    out.array(words);
    out.array(triples);
    return out.bytes();
  };
  const Case cases[] = {{"one byte", good.substr(0, 1)},
                        {"cut in the middle", good.substr(0, good.size() - 4)},
                        {"no buckets", arrays({}, {}, {})},
                        {"a bucket behind the words", arrays({0, 2}, {0}, {5})},
                        {"buckets that go back", arrays({0, 1, 0, 1}, {0}, {5})},
                        {"a triple out of range", arrays({0, 1}, {1}, {5})},
                        {"a class out of range", arrays({0, 1}, {0}, {3000U << 18})}};
  for (const Case& c : cases) {
    const Aligned bytes(c.bytes);
    EXPECT_THROW(WordClasses{bytes.span()}, ModelError) << c.what;
  }
}

}  // namespace
}  // namespace newsnlp
