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
  for (uint32_t i = 0; i < 3000; ++i) {
    const auto e = classes.find(hash_bytes("word" + std::to_string(i)));
    EXPECT_EQ(e.class_256, i % 256 + 1);
    EXPECT_EQ(e.class_1024, i % 1024 + 1);
    EXPECT_EQ(e.class_3000, i + 1);
    EXPECT_EQ(classes.find(hash_bytes("other" + std::to_string(i))).class_256, 0);
  }
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
  std::string out_of_range = good;
  for (size_t i = 64; i + 8 <= good.size(); i += 8)
    if (good[i] != 0 || good[i + 4] != 0) out_of_range[i + 7] = '\xFF';
  std::string full = good;
  for (size_t i = 64; i < full.size(); i += 8) full[i] = 1;
  const Case cases[] = {{"one byte", good.substr(0, 1)},
                        {"cut in the middle", good.substr(0, good.size() - 4)},
                        {"a class out of range", out_of_range},
                        {"no free slot: a search would not end", full}};
  for (const Case& c : cases) {
    const Aligned bytes(c.bytes);
    EXPECT_THROW(WordClasses{bytes.span()}, ModelError) << c.what;
  }
}

}  // namespace
}  // namespace newsnlp
