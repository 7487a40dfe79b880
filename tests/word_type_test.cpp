#include "word_type.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "hash.h"
#include "unicode.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

TEST(WordType, KnowsForm) {
  using W = WordType;
  const struct {
    const char* form;
    const char* lower;
    const char* shape;
    uint32_t flags;
  } cases[] = {
      {"said", "said", "x", W::kHasLower | W::kHasLetter},
      {"Berlin", "berlin", "Xx", W::kFirstUpper | W::kHasUpper | W::kHasLower | W::kHasLetter},
      {"NATO", "nato", "X", W::kFirstUpper | W::kAllUpper | W::kHasUpper | W::kHasLetter},
      {"McKee", "mckee", "XxXx", W::kFirstUpper | W::kHasUpper | W::kHasLower | W::kHasLetter},
      {"U.S.", "u.s.", "X.X.", W::kFirstUpper | W::kAllUpper | W::kHasUpper | W::kHasLetter | W::kHasDot},
      {"2016", "2016", "d", W::kHasDigit | W::kAllDigit},
      {"12-5", "12-5", "d-d", W::kHasDigit | W::kHasHyphen},
      {"’s", "'s", "'x", W::kHasLower | W::kHasLetter | W::kHasApostrophe | W::kNonAscii},
      {"É", "é", "X", W::kFirstUpper | W::kAllUpper | W::kHasUpper | W::kHasLetter | W::kNonAscii},
      {",", ",", ",", 0},
  };
  WordTypes types;
  for (const auto& c : cases) {
    const uint32_t id = types.intern(c.form);
    EXPECT_EQ(types.lower(id), c.lower);
    EXPECT_EQ(types[id].shape, hash_bytes(c.shape)) << c.form;
    EXPECT_EQ(types[id].flags, c.flags) << c.form;
    EXPECT_EQ(types[id].hash, hash_bytes(c.form));
    EXPECT_EQ(types[id].lower, hash_bytes(c.lower));
  }
}

std::string form(int i) {
  return std::string("form").append(std::to_string(i));
}

TEST(WordType, OneIdAForm) {
  WordTypes types;
  std::vector<uint32_t> ids;
  for (int i = 0; i < 20000; ++i) ids.push_back(types.intern(form(i)));
  for (int i = 0; i < 20000; ++i) EXPECT_EQ(types.intern(form(i)), ids[static_cast<size_t>(i)]);
  EXPECT_EQ(types.size(), 20000U);
  EXPECT_EQ(types.lower(ids[77]), "form77");
}

// A form has one id wherever in a text it stands, and no other form has it.
TEST(WordType, OneIdAFormEverywhere) {
  std::string text = "Éric’s 21-year-old spokeswoman told nobody.";
  text += text;
  std::vector<Token> tokens;
  for (uint32_t begin = 0; begin < text.size(); ++begin)  // in the order of a text's tokens
    for (uint32_t size = 1; size < 24 && begin + size <= text.size(); ++size)
      if (find_invalid_utf8(text.substr(begin, size)) == std::string::npos) tokens.push_back({{begin, begin + size}});
  WordTypes types;
  std::vector<uint32_t> ids;
  types.intern(text, tokens, ids);
  std::map<std::string, uint32_t> id_of;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string form = text.substr(tokens[i].span.begin, tokens[i].span.size());
    const auto [known, is_new] = id_of.emplace(form, ids[i]);
    EXPECT_EQ(known->second, ids[i]) << form;
    EXPECT_EQ(types.intern(form), ids[i]) << form;
  }
  EXPECT_EQ(id_of.size(), types.size());
}

TEST(WordType, TakesItsClasses) {
  const std::vector<WordClasses::Row> rows = {{hash_bytes("berlin"), 5, 6, 7}};
  SectionWriter out;
  WordClasses::write(rows, out);
  std::vector<std::byte> storage(out.bytes().size() + 64);
  std::byte* begin = storage.data() + (64 - reinterpret_cast<uintptr_t>(storage.data()) % 64) % 64;
  std::memcpy(begin, out.bytes().data(), out.bytes().size());
  const WordClasses classes(std::span<const std::byte>(begin, out.bytes().size()));
  WordTypes types(&classes);
  EXPECT_EQ(types[types.intern("BERLIN")].class_1024, 7);
  EXPECT_EQ(types[types.intern("Paris")].class_1024, 0);
}

TEST(WordType, ForgetsOnlyWhenThereAreTooMany) {
  WordTypes types;
  types.intern("a");
  EXPECT_FALSE(types.trim());
  EXPECT_EQ(types.generation(), 0U);
  for (size_t i = 0; i <= WordTypes::kMaxTypes; ++i) types.intern(std::to_string(i));
  EXPECT_TRUE(types.trim());
  EXPECT_EQ(types.generation(), 1U);
  EXPECT_EQ(types.size(), 0U);
  EXPECT_EQ(types.intern("b"), 0U);
}

}  // namespace
}  // namespace newsnlp
