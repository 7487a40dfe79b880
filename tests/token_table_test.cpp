// Tokens of 64 bytes at a time against tokens of ICU's segments one by one: both must be the same.
#include "token_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include "unicode.h"

namespace newsnlp {
namespace {

struct Tokens {
  std::vector<Token> tokens;
  TokenPlaces places;
};

// Tokens with their kinds; '\n' before one that something else than blanks stands before, '*' before those that
// sentences and quotation marks look at: all that do not end with an ASCII letter, digit or comma.
std::string shown(std::string_view text, const Tokens& made) {
  std::string out;
  for (uint32_t i = 0; i < made.tokens.size(); ++i) {
    const Token& t = made.tokens[i];
    const auto in = [&](const std::vector<uint32_t>& places) {
      return std::find(places.begin(), places.end(), i) != places.end();
    };
    const char last = text[t.span.end - 1];
    const bool mark = t.kind == TokenKind::Punctuation || t.kind == TokenKind::Symbol;
    const bool looked_at = last != ',' && (mark || last == '.');
    out += in(made.places.gaps) ? '\n' : ' ';
    if (looked_at && in(made.places.marks)) out += '*';
    out += std::to_string(t.span.begin) + ":" + std::string(text.substr(t.span.begin, t.span.size())) +
           "WNPSU"[static_cast<size_t>(t.kind)];
  }
  return out;
}

void expect_same(const TokenMaker& maker, std::string_view text) {
  static const Abbreviations abbreviations("[before-name]\nMr Sen\n[may-end]\nInc a.m U.S\n[before-number]\nNo\n");
  for (const bool lower_case : {false, true}) {
    Tokens fast, slow;
    maker.make(text, abbreviations, lower_case, fast.tokens, fast.places);
    maker.make_by_icu(text, abbreviations, lower_case, slow.tokens, slow.places);
    ASSERT_EQ(shown(text, fast), shown(text, slow)) << text;
  }
}

TEST(TokenTable, SameTokensByBlocksAndBySegments) {
  const TokenMaker maker;
  static constexpr std::string_view kPieces[] = {
      "word",   "Word",    "x",      "s",      "t",    "re",  "don't",  "It’s",   "n't",
      "don‘t",  "’",       "'",      "‘",      "“",    "”",   "\"",     "-",      "--",
      ".",      "...",     "U.S",    "Mr",     "No",   "a.m", "I",      "J",      "5",
      "3,000",  "2018",    "é",      "Zoë",    "—",    "…",   "\u00A0", "\t",     "\n",
      "\r\n",   "_",       "_a_",    "#",      "@",    "&",   "AT&T",   "x@y.z",  "http://a.b/c",
      "www.",   "www.a.b", "/",      "//",     "$",    "%",   "(",      ")",      ",",
      ":",      ";",       "!",      "?",      "`",    "``",  "''",     "²",      "€",
      "\u00B4", "\u02BC",  "\u2010", "\u0301", "中文", "😀",   "·",      "\u200B", "\u000B",
      "+",      "~",       "*",      "Sen",    "ve",   "LL"};
  std::mt19937 random(11);
  const char* rounds = std::getenv("NEWSNLP_FUZZ_ROUNDS");  // so many times the usual number
  const int more = rounds == nullptr ? 1 : std::max(1, std::atoi(rounds));
  if (more > 1) random.seed(std::random_device()());
  for (int round = 0; round < 40000 * more; ++round) {
    std::string text;
    const size_t size = 1 + random() % (round % 8 == 0 ? 60 : 9);
    const unsigned blanks = 1 + random() % 4;  // one in so many pieces stands behind a blank
    for (size_t i = 0; i < size; ++i) {
      if (random() % blanks == 0) text += ' ';
      text += kPieces[random() % std::size(kPieces)];
    }
    expect_same(maker, text);
    if (HasFatalFailure()) return;
  }
}

// Every pair of ASCII characters, between words and alone.
TEST(TokenTable, SameTokensForEveryPairOfCharacters) {
  const TokenMaker maker;
  for (char a = 1; a > 0; ++a) {
    std::string text;
    for (char b = 1; b > 0; ++b)
      for (const char* around : {" ", "a", "9"}) text += std::string(around) + a + b + around + " ";
    expect_same(maker, text);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace newsnlp
