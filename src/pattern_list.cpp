#include "pattern_list.h"

#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

constexpr size_t kMaxRegex = 1 << 15;  // bytes, blocks put in
constexpr size_t kMaxPatterns = 1000;
// One space of a pattern: how text parts the words of one expression, a line break included; and one inside a class.
constexpr std::string_view kSpace = R"((?:[\s\x{A0}\x{2009}\x{202F}]+))";
constexpr std::string_view kSpaces = R"(\s\x{A0}\x{2009}\x{202F})";

constexpr std::array<std::pair<std::string_view, EntityType>, 8> kTypes = {{{"DATE", EntityType::Date},
                                                                            {"TIME", EntityType::Time},
                                                                            {"MONEY", EntityType::Money},
                                                                            {"PERCENT", EntityType::Percent},
                                                                            {"QUANTITY", EntityType::Quantity},
                                                                            {"URL", EntityType::Url},
                                                                            {"EMAIL", EntityType::Email},
                                                                            {"HANDLE", EntityType::Handle}}};

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

bool is_block_name(std::string_view s) {
  for (const char c : s)
    if ((c < 'A' || c > 'Z') && c != '_') return false;
  return !s.empty();
}

// The words of an expression like "may|(?:june|july)|20\\d\\d", in lower case; none where it is more than that.
std::vector<std::string> single_words(std::string_view regex) {
  constexpr size_t kMost = 2000;
  if (regex.find_first_of("*+{}.^$'") != std::string_view::npos) return {};
  std::vector<std::string> words;
  std::vector<std::string> now(1);  // of this alternative
  const auto extend = [&](char first, char last) {
    if (first == last) {
      for (std::string& word : now) word += first;
      return;
    }
    std::vector<std::string> longer;
    longer.reserve(now.size() * static_cast<size_t>(last - first + 1));
    for (const std::string& word : now)
      for (char c = first; c <= last; ++c) longer.push_back(word + c);
    now = std::move(longer);
  };
  const auto finish = [&] {
    for (std::string& word : now)
      if (!word.empty()) words.push_back(std::move(word));
    now.assign(1, "");
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (size_t i = 0; i < regex.size(); ++i) {
    if (words.size() + now.size() > kMost) return {};
    const char c = regex[i];
    const std::string_view rest = regex.substr(i);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool closed = i > 0 && regex[i - 1] == ')';
    if ((letter || is_digit(c)) && !closed) {
      const char small = static_cast<char>(letter ? c | 0x20 : c);
      extend(small, small);
    } else if (rest.starts_with("\\d") && !closed) {
      extend('0', '9');
      i += 1;
    } else if (c == '[' && rest.size() > 4 && is_digit(rest[1]) && rest[2] == '-' && is_digit(rest[3]) &&
               rest[1] <= rest[3] && rest[4] == ']' && !closed) {
      extend(rest[1], rest[3]);
      i += 4;
    } else if (c == '|') {
      finish();
    } else if (now.front().empty() && rest.starts_with("(?:") && !closed) {
      i += 2;
    } else if (c != ')') {
      return {};
    }
  }
  finish();
  return words;
}

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  void line(std::string_view s) {
    ++line_;
    s = trimmed(s);
    if (s.empty() || s.front() == '#') return;
    if (s.front() == '{' && define(s)) return;
    if (s.front() == '[') return section(s);
    pattern(s);
  }
  PatternList take() && { return std::move(list_); }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw ModelError(file_ + ":" + std::to_string(line_) + ": " + what);
  }

  bool define(std::string_view s) {
    const size_t close = s.find('}');
    if (close == std::string_view::npos) fail("expected {NAME} = pattern; the brace does not close");
    const std::string_view rest = trimmed(s.substr(close + 1));
    if (rest.empty() || rest.front() != '=') fail("expected \"=\" behind the block's name");
    const std::string_view name = s.substr(1, close - 1);
    if (!is_block_name(name)) fail("a block's name is made of capital letters and \"_\"");
    const std::string_view words = trimmed(rest.substr(1));
    if (words.empty()) fail("the block is empty");
    if (!blocks_.emplace(name, std::pair(std::string(words), expand(words))).second)
      fail("block {" + std::string(name) + "} is defined twice");
    return true;
  }

  void section(std::string_view s) {
    const size_t close = s.find(']');
    if (close == std::string_view::npos) fail("expected [TYPE] begins …; the bracket does not close");
    const std::string_view name = s.substr(1, close - 1);
    PatternList::Section out;
    for (const auto& [known, type] : kTypes)
      if (name == known) out.type = type;
    if (!out.type && name != "NONE")
      fail("unknown type; expected DATE, TIME, MONEY, PERCENT, QUANTITY, URL, EMAIL, HANDLE or NONE");
    std::string_view rest = trimmed(s.substr(close + 1));
    if (!rest.starts_with("begins ")) fail("expected \"begins\" and what a match may begin with");
    rest.remove_prefix(7);
    bool needs = false;
    bool over = false;
    while (!(rest = trimmed(rest)).empty()) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(word.size());
      std::vector<std::string>& words = needs ? out.needs : out.goes_on ? out.then : over ? out.over : out.words;
      if (word == "needs" && !needs) {
        needs = true;
      } else if (word == "over" && !over && !out.goes_on && !needs) {
        over = true;
      } else if (word == "digit" && !needs && (out.goes_on || !over)) {
        (out.goes_on ? out.then_digit : out.digit) = true;
      } else if (word == "then" && !out.goes_on && !needs) {
        out.goes_on = true;
      } else if (word == "address" && !over && !out.goes_on && !needs) {
        out.address = true;
      } else if (word.front() == '{') {
        const auto block = blocks_.find(word.substr(1, word.size() - 2));
        if (word.size() < 3 || word.back() != '}' || block == blocks_.end())
          fail("unknown block " + std::string(word) + " behind \"begins\"");
        add_words(block->second.first, words);
      } else {
        add_words(word, words);
      }
    }
    if (over && (out.over.empty() || !out.goes_on)) fail("expected \"over WORDS then WORDS\"");
    if (out.goes_on && !out.then_digit && out.then.empty()) fail("nothing stands behind \"then\"");
    if (!out.digit && !out.address && out.words.empty()) fail("nothing stands behind \"begins\"");
    if (needs && out.needs.empty()) fail("nothing stands behind \"needs\"");
    list_.sections.push_back(std::move(out));
  }

  // A block behind "begins" is a plain list of words; of a compound only the first word is looked at. "miles?" is two.
  void add_words(std::string_view alternatives, std::vector<std::string>& out) const {
    while (!alternatives.empty()) {
      const size_t bar = alternatives.find('|');
      std::string word;
      std::string shorter;  // without the letter before a '?'
      for (const char c : alternatives.substr(0, bar)) {
        if (c == ' ') break;
        if (c == '(' || c == ')' || c == '[' || c == '*' || c == '+' || c == '{')
          fail("only a plain list of words (a|b|c) can stand behind \"begins\"");
        if (c == '?') {
          if (word.size() < 2 || !shorter.empty()) fail("only \"ab?\" or \"ab?c\" can stand behind \"begins\"");
          shorter = word.substr(0, word.size() - 1);
        } else if (c != '\\') {
          word += c;
          if (!shorter.empty()) shorter += c;
        }
      }
      if (word.empty()) fail("an empty word stands behind \"begins\"");
      out.push_back(lower(word));
      if (!shorter.empty()) out.push_back(lower(shorter));
      if (bar == std::string_view::npos) break;
      alternatives.remove_prefix(bar + 1);
    }
  }

  void pattern(std::string_view s) {
    PatternList::Pattern out;
    out.line = line_;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out.score);
    if (error != std::errc() || end == s.data() + s.size() || *end != ' ' || !(out.score > 0 && out.score <= 1))
      fail("expected a block {NAME} = …, a section [TYPE] begins …, or a score in (0, 1] and a pattern");
    if (list_.sections.empty()) fail("a pattern before the first [TYPE]");
    std::string_view regex = trimmed(s.substr(static_cast<size_t>(end - s.data())));
    if (regex.starts_with("(?<=") || regex.starts_with("(?<!")) {
      out.neighbour = regex[3] == '=' ? PatternList::Neighbour::OneOf : PatternList::Neighbour::NoneOf;
      const size_t close = regex.find(')');
      if (close == std::string_view::npos) fail("the look-behind does not close");
      std::string words(regex.substr(4, close - 4));
      if (words.size() > 2 && words.front() == '{' && words.back() == '}') {
        const auto block = blocks_.find(std::string_view(words).substr(1, words.size() - 2));
        if (block == blocks_.end()) fail("unknown block " + words);
        words = block->second.first;
      }
      add_words(words, out.before);
      regex = trimmed(regex.substr(close + 1));
    }
    if (regex.empty()) fail("the pattern is empty");
    out.regex = expand(regex);
    out.words = single_words(out.regex);
    if (++count_ > kMaxPatterns) fail("more than " + std::to_string(kMaxPatterns) + " patterns");
    list_.sections.back().patterns.push_back(std::move(out));
  }

  std::string expand(std::string_view s) const {
    std::string out;
    bool in_class = false;
    for (size_t i = 0; i < s.size(); ++i) {
      const char c = s[i];
      if (c == '\\' && i + 1 < s.size()) {
        out += c;
        out += s[++i];
        // \p{L}, \x{A0}: braces that name no block
        if ((s[i] == 'p' || s[i] == 'P' || s[i] == 'x') && i + 1 < s.size() && s[i + 1] == '{')
          for (bool closed = false; !closed && i + 1 < s.size();) closed = (out += s[++i], s[i] == '}');
      } else if (in_class) {
        in_class = c != ']';
        if (c == ' ')
          out += kSpaces;
        else
          out += c;
      } else if (c == ' ') {
        out += kSpace;
      } else if (c == '{' && i + 1 < s.size() && s[i + 1] >= 'A' && s[i + 1] <= 'Z') {
        const size_t close = s.find('}', i);
        const std::string name(s.substr(i + 1, close == std::string_view::npos ? close : close - i - 1));
        const auto block = blocks_.find(name);
        if (close == std::string_view::npos || block == blocks_.end()) fail("unknown block {" + name + "}");
        out += "(?:" + block->second.second + ")";
        i = close;
      } else {
        in_class = c == '[';
        out += c;
      }
      if (out.size() > kMaxRegex)
        fail("the pattern has more than " + std::to_string(kMaxRegex) + " bytes with its blocks put in");
    }
    return out;
  }

  const std::string& file_;
  uint32_t line_ = 0;
  size_t count_ = 0;
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> blocks_;  // as written, and expanded
  PatternList list_;
};

}  // namespace

PatternList read_patterns(std::string_view text, const std::string& file) {
  Reader reader(file);
  while (!text.empty()) {
    const size_t end = text.find('\n');
    reader.line(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return std::move(reader).take();
}

}  // namespace newsnlp
