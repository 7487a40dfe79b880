#include "token_rules.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr std::string_view kApostrophes[] = {"'", "\u2019", "\u2018", "\u00B4", "\u02BC"};
constexpr std::string_view kHyphens[] = {"-", "\u2010", "\u2011"};
constexpr std::string_view kClitics[] = {"s", "m", "d", "re", "ve", "ll"};

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool ends_with_ignoring_case(std::string_view word, std::string_view lower_ascii) {
  if (word.size() < lower_ascii.size()) return false;
  const size_t begin = word.size() - lower_ascii.size();
  for (size_t i = 0; i < lower_ascii.size(); ++i)
    if (ascii_lower(word[begin + i]) != lower_ascii[i]) return false;
  return true;
}

// Bytes of the apostrophe at the end of `word`; 0 if there is none.
size_t apostrophe_at_end(std::string_view word) {
  for (std::string_view a : kApostrophes)
    if (word.ends_with(a)) return a.size();
  return 0;
}

// May this byte end an apostrophe?
bool may_be_apostrophe(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u == '\'' || u == 0x98 || u == 0x99 || u == 0xB4 || u == 0xBC;
}

// "S" and "U.S": letters with full stops between them. `count` is the number of letters.
bool is_dotted_letters(std::string_view word, size_t& count) {
  count = 0;
  for (size_t i = 0; i < word.size();) {
    if (!is_letter(next_code_point(word, i))) return false;
    ++count;
    if (i == word.size()) return true;
    if (word[i++] != '.') return false;
  }
  return false;
}

}  // namespace

char32_t code_point(std::string_view text, size_t at) {
  return at < text.size() ? next_code_point(text, at) : 0;
}

size_t clitic_begin(std::string_view word) {
  if (!may_be_apostrophe(word[word.size() - 2]) && !may_be_apostrophe(word[word.size() - 3])) return word.size();
  switch (ascii_lower(word.back())) {
    case 't': {
      const std::string_view stem = word.substr(0, word.size() - 1);
      const size_t mark = apostrophe_at_end(stem);
      if (mark == 0 || stem.size() < mark + 2 || ascii_lower(stem[stem.size() - mark - 1]) != 'n') break;
      return stem.size() - mark - 1;
    }
    case 's':
    case 'm':
    case 'd':
    case 'e':
    case 'l':
      for (std::string_view clitic : kClitics) {
        if (!ends_with_ignoring_case(word, clitic)) continue;
        const std::string_view stem = word.substr(0, word.size() - clitic.size());
        const size_t mark = apostrophe_at_end(stem);
        if (mark > 0 && stem.size() > mark) return stem.size() - mark;
      }
      break;
    default:
      break;
  }
  return word.size();
}

bool is_clitic(std::string_view word) {
  return std::any_of(std::begin(kClitics), std::end(kClitics), [&](std::string_view clitic) {
    return word.size() == clitic.size() && ends_with_ignoring_case(word, clitic);
  });
}

bool is_apostrophe(std::string_view mark) {
  return std::find(std::begin(kApostrophes), std::end(kApostrophes), mark) != std::end(kApostrophes);
}
bool is_hyphen(std::string_view mark) {
  return std::find(std::begin(kHyphens), std::end(kHyphens), mark) != std::end(kHyphens);
}

bool is_glued_stop(std::string_view text, size_t at) {
  constexpr size_t kBefore = 3;  // small letters
  if (at < kBefore || at + 2 >= text.size() || text[at] != '.') return false;
  const auto small = [&](size_t i) { return text[i] >= 'a' && text[i] <= 'z'; };
  for (size_t i = at - kBefore; i < at; ++i)
    if (!small(i)) return false;
  const char first = text[at + 1];
  if (first < 'A' || first > 'Z') return false;
  if (!small(at + 2)) return text[at + 2] == ' ' && (first == 'A' || first == 'I');
  for (const std::string_view ending : {"Com", "Net", "Org", "Co", "Io", "Js"})
    if (text.substr(at + 1).starts_with(ending) &&
        (at + 1 + ending.size() >= text.size() || !small(at + 1 + ending.size())))
      return false;
  return true;
}

bool is_all_invisible(std::string_view segment) {
  for (size_t i = 0; i < segment.size();)
    if (!is_invisible(next_code_point(segment, i))) return false;
  return true;
}

TokenKind kind_of_token(std::string_view segment, Segment::Kind kind) {
  if (kind == Segment::kLetter) return TokenKind::Word;
  if (kind == Segment::kNumber) return TokenKind::Number;
  switch (char_class(code_point(segment, 0))) {
    case CharClass::Punctuation:
      return TokenKind::Punctuation;
    case CharClass::Digit:
      return TokenKind::Number;
    case CharClass::Lower:
    case CharClass::Upper:
    case CharClass::Letter:
      return TokenKind::Word;
    default:
      return TokenKind::Symbol;
  }
}

// "Critics replied on X.": the network, no initial.
static bool is_network(std::string_view text, size_t letter) {
  return text[letter] == 'X' && letter >= 4 && text.substr(letter - 4, 4) == " on ";
}

bool keeps_stop(std::string_view text, std::string_view word, uint32_t end, const Abbreviations& abbreviations,
                bool lower_case) {
  if (text.substr(end, 1) == "." || word.empty()) return false;
  const bool ascii = static_cast<unsigned char>(word.front()) < 0x80;
  const bool letter =
      ascii ? ascii_lower(word.front()) >= 'a' && ascii_lower(word.front()) <= 'z' : is_letter(code_point(word, 0));
  if (!letter) return false;
  const auto next = [&] { return code_point(text, std::min(text.find_first_not_of(' ', end), text.size())); };
  switch (abbreviations.find(word, lower_case)) {
    case Abbreviation::BeforeName:
    case Abbreviation::MayEnd:
      return true;
    case Abbreviation::BeforeNumber:
      return next() >= '0' && next() <= '9';
    case Abbreviation::None:
      break;
  }
  if (ascii && word.size() > 1 && word[1] != '.') return false;
  size_t letters = 0;
  if (word == "I" || !is_dotted_letters(word, letters)) return false;
  if (word.size() == 1 && is_network(text, end - 2)) return false;
  const bool lower = letters == 1 && char_class(code_point(word, 0)) == CharClass::Lower;
  return !lower || char_class(next()) == CharClass::Lower;
}

}  // namespace newsnlp
