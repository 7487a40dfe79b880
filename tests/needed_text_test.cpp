#include "needed_text.h"

#include <gtest/gtest.h>

namespace newsnlp {
namespace {

TEST(NeededText, Cases) {
  struct Case {
    const char* pattern;
    const char* text;
    const char* one_of;
  };
  for (const Case& c : {
           Case{"share this", "share this", ""},
           {"e-?mail us", "mail us", ""},
           {"\\bterms of (service|use) apply", "terms of ", ""},
           {"[?] like (the|this) page$", "? like ", ""},
           {"\\bcomments are (moderated|closed)\\b", "comments are ", ""},
           {"more (on|about) .{2,30} ?[:|] .{4,}", "more ", ":|"},
           {"[0-9a-z]{1,10} ?[-+x*] ?[0-9]{0,3} ?= ?[0-9?]{0,3}", "=", ""},
           {"photos? ?: .+", "photo", ""},
           {"https?://[^ ]+", "http", ""},
           {"a+b", "a", ""},
           {"ab+c", "ab", ""},
           {"ab{0,2}cd", "cd", ""},
           {"(a|b)c(d(e)[)]f)gh", "gh", ""},
           {"[])]x", "x", ""},
           {"\\(see\\)", "(see)", ""},
           {"\\d+ items\\s", " items", ""},
           {"a|bcd", "", ""},
           {"(?i)abc", "", ""},
           {"\\pLabc", "", ""},
           {"é–x? y", "é–", ""},
           {"^$", "", ""},
           {"read[[:space:]] more", " more", ""},
           {"[[:digit:]] more", " more", ""},
           {"[^]x]foo", "foo", ""},
       }) {
    const NeededText needed(c.pattern);
    EXPECT_EQ(needed.text(), c.text) << c.pattern;
    EXPECT_EQ(needed.one_of(), c.one_of) << c.pattern;
  }
  EXPECT_EQ(NeededText("don't @us").mark(), '@');
  EXPECT_EQ(NeededText("don't –").mark(), 0);
  EXPECT_TRUE(NeededText("more ?[:|] .").may_match("and more | x"));
  EXPECT_FALSE(NeededText("more ?[:|] .").may_match("and more - x"));
  EXPECT_FALSE(NeededText("more ?[:|] .").may_match("a: b"));
  EXPECT_TRUE(NeededText("a|b").may_match(""));
}

}  // namespace
}  // namespace newsnlp
