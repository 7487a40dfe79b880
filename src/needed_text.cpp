#include "needed_text.h"

#include <algorithm>

namespace newsnlp {
namespace {

// Behind the bracket that opens at `at` and what is inside; the size where it never closes.
size_t behind_bracket(std::string_view pattern, size_t at) {
  if (pattern[at] == '[') {
    const size_t first = at + (pattern.substr(at).starts_with("[^") ? 3 : 2);  // ']' may stand first
    for (size_t i = pattern.substr(at + 1).starts_with("[:") ? at + 1 : first; i < pattern.size(); ++i) {
      if (pattern.substr(i).starts_with("[:"))
        i = std::min(pattern.find(":]", i), pattern.size() - 2) + 1;  // "[:space:]"
      else if (pattern[i] == '\\')
        ++i;
      else if (pattern[i] == ']')
        return i + 1;
    }
    return pattern.size();
  }
  for (size_t i = at + 1; i < pattern.size();) {
    if (pattern[i] == ')') return i + 1;
    if (pattern[i] == '\\')
      i += 2;
    else if (pattern[i] == '(' || pattern[i] == '[')
      i = behind_bracket(pattern, i);
    else
      ++i;
  }
  return pattern.size();
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The characters of a set that holds ASCII marks alone; empty for other sets.
std::string_view marks_of(std::string_view set) {
  if (set.size() < 3) return {};
  const std::string_view inside = set.substr(1, set.size() - 2);
  const bool plain = std::all_of(inside.begin(), inside.end(), [](char c) {
    return c > ' ' && c < 0x7F && !is_alnum(c) && std::string_view("\\[]^-").find(c) == std::string_view::npos;
  });
  return plain ? inside : std::string_view();
}

}  // namespace

NeededText::NeededText(std::string_view pattern) {
  std::string run;
  const auto end_run = [&] {
    if (run.size() > text_.size()) text_ = run;
    run.clear();
  };
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    std::string literal;
    std::string_view marks;
    switch (c) {
      case '|':
      case ')':  // syntax that is not understood
        text_.clear();
        one_of_.clear();
        return;
      case '(':
      case '[': {
        const size_t behind = behind_bracket(pattern, i);
        if (c == '[') marks = marks_of(pattern.substr(i, behind - i));
        if (marks.size() == 1) literal = marks;
        if (c == '(' && pattern.substr(i).starts_with("(?") && !pattern.substr(i).starts_with("(?:")) {
          text_.clear();  // flags
          one_of_.clear();
          return;
        }
        i = behind;
        break;
      }
      case '\\': {
        const char escaped = i + 1 < pattern.size() ? pattern[i + 1] : 'Q';
        i += 2;
        if (escaped == 'b') continue;  // stands between characters
        if (!is_alnum(escaped)) {
          literal = escaped;
        } else if (std::string_view("dDsSwWB").find(escaped) == std::string_view::npos) {
          text_.clear();
          one_of_.clear();
          return;
        }
        break;
      }
      case '.':
        ++i;
        break;
      case '^':
      case '$':
      case '*':  // these of what was read before
      case '+':
      case '?':
        ++i;
        continue;
      case '{': {
        i = std::min(pattern.find('}', i), pattern.size() - 1) + 1;
        continue;
      }
      default: {
        size_t behind = i + 1;
        while (behind < pattern.size() && (pattern[behind] & 0xC0) == 0x80) ++behind;
        literal = pattern.substr(i, behind - i);
        i = behind;
      }
    }
    const char next = i < pattern.size() ? pattern[i] : ' ';
    const bool may_be_none = next == '?' || next == '*' || next == '{';
    if (literal.empty() || may_be_none) {
      end_run();
      if (marks.size() > 1 && !may_be_none && one_of_.empty()) one_of_ = marks;
      continue;
    }
    run += literal;
    if (next == '+') end_run();
  }
  end_run();
  for (const char c : text_)
    if (std::string_view("=@/").find(c) != std::string_view::npos) mark_ = c;
}

}  // namespace newsnlp
