#include "unicode.h"

#include <gtest/gtest.h>

namespace newsnlp {
namespace {

TEST(Unicode, FindsTheFirstInvalidByte) {
  constexpr size_t kNone = std::string_view::npos;
  struct Case {
    std::string_view text;
    size_t at;
  };
  for (const Case& c : {
           Case{"", kNone},
           {"plain", kNone},
           {std::string_view("a\0b", 3), kNone},
           {"Zoë “x” 😀", kNone},
           {"\xF4\x8F\xBF\xBF", kNone},  // U+10FFFF
           {"a\x80", 1},                 // a lone continuation
           {"ab\xFF", 2},
           {"\xC0\x80", 0},  // overlong
           {"\xC1\xBF", 0},
           {"\xE0\x9F\xBF", 0},
           {"\xF0\x8F\xBF\xBF", 0},
           {"x\xED\xA0\x80", 1},     // a surrogate
           {"\xF4\x90\x80\x80", 0},  // beyond U+10FFFF
           {"abc\xE2\x80", 3},       // cut off
           {"abc\xF0\x9F\x98", 3},
           {"\xE2\x28\xA1", 0},
           {"\xC3\xA9\xC3", 2},
       })
    EXPECT_EQ(find_invalid_utf8(c.text), c.at) << c.text;
}

TEST(Unicode, EveryCodePointGoesThereAndBack) {
  for (char32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 251) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(c, text);
    ASSERT_EQ(find_invalid_utf8(text), std::string_view::npos) << std::hex << static_cast<uint32_t>(c);
    size_t at = 0;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
  }
}

TEST(Unicode, LowersAndUnifiesApostrophes) {
  EXPECT_EQ(lower("Don’t SHOUT, Zoë"), "don't shout, zoë");
  EXPECT_EQ(lower("ÉCOLE Ωμέγα"), "école ωμέγα");
  EXPECT_EQ(lower("‘Twas Hawaiʼi"), "'twas hawai'i");
}

TEST(Unicode, ClassesOfCharacters) {
  struct Case {
    char32_t c;
    CharClass k;
  };
  for (const Case& x : {Case{'a', CharClass::Lower},
                        {U'É', CharClass::Upper},
                        {U'中', CharClass::Letter},
                        {'7', CharClass::Digit},
                        {U'\u0301', CharClass::Mark},
                        {' ', CharClass::Space},
                        {U'\u00A0', CharClass::Space},
                        {'\n', CharClass::Space},
                        {',', CharClass::Punctuation},
                        {U'“', CharClass::Punctuation},
                        {'$', CharClass::Symbol},
                        {U'😀', CharClass::Symbol},
                        {0, CharClass::Other},
                        {U'\u200B', CharClass::Other}})
    EXPECT_EQ(char_class(x.c), x.k) << std::hex << static_cast<uint32_t>(x.c);
  for (char32_t c : {U' ', U'\0', U'\u00A0', U'\u200B', U'\uFEFF', U'\u2028'}) EXPECT_TRUE(is_invisible(c));
  for (char32_t c : {U'a', U'.', U'\u0301', U'😀'}) EXPECT_FALSE(is_invisible(c));
}

TEST(Unicode, HowATextBegins) {
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBFÉva"), "Éva");
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBF\xEF\xBB\xBF"), "\xEF\xBB\xBF");
  for (const char* text : {"", "a", "\xEF\xBB", "é"}) EXPECT_EQ(without_byte_order_mark(text), text);
  for (const char* text : {"A", "Éva"}) EXPECT_TRUE(begins_with_capital(text)) << text;
  for (const char* text : {"", "a", "éVA", "7A", "中"}) EXPECT_FALSE(begins_with_capital(text)) << text;
}

}  // namespace
}  // namespace newsnlp
