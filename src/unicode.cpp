#include "unicode.h"

#include <unicode/uchar.h>

#include <cstring>

namespace newsnlp {

size_t find_invalid_utf8(std::string_view text) noexcept {
  const auto* s = reinterpret_cast<const unsigned char*>(text.data());
  const size_t n = text.size();
  size_t i = 0;
  while (i < n) {
    const unsigned char b = s[i];
    if (b < 0x80) {
      ++i;
      uint64_t word = 0;  // eight bytes of ASCII at once
      while (n - i >= sizeof word && (std::memcpy(&word, s + i, sizeof word), (word & 0x8080808080808080ULL) == 0))
        i += sizeof word;
      continue;
    }
    size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (b >= 0xC2 && b <= 0xDF) {
      length = 2;
    } else if (b >= 0xE0 && b <= 0xEF) {
      length = 3;
      if (b == 0xE0) low = 0xA0;
      if (b == 0xED) high = 0x9F;
    } else if (b >= 0xF0 && b <= 0xF4) {
      length = 4;
      if (b == 0xF0) low = 0x90;
      if (b == 0xF4) high = 0x8F;
    } else {
      return i;
    }
    if (length > n - i || s[i + 1] < low || s[i + 1] > high) return i;
    for (size_t k = 2; k < length; ++k)
      if ((s[i + k] & 0xC0) != 0x80) return i;
    i += length;
  }
  return std::string_view::npos;
}

char32_t next_code_point(std::string_view text, size_t& at) noexcept {
  const auto byte = [&](size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t b = byte(at);
  if (b < 0x80) {
    at += 1;
    return b;
  }
  if (b < 0xE0) {
    at += 2;
    return (b & 0x1F) << 6 | (byte(at - 1) & 0x3F);
  }
  if (b < 0xF0) {
    at += 3;
    return (b & 0x0F) << 12 | (byte(at - 2) & 0x3F) << 6 | (byte(at - 1) & 0x3F);
  }
  at += 4;
  return (b & 0x07) << 18 | (byte(at - 3) & 0x3F) << 12 | (byte(at - 2) & 0x3F) << 6 | (byte(at - 1) & 0x3F);
}

CharClass char_class(char32_t c) noexcept {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return CharClass::Lower;
    if (c >= 'A' && c <= 'Z') return CharClass::Upper;
    if (c >= '0' && c <= '9') return CharClass::Digit;
    if (c == ' ' || (c >= 9 && c <= 13)) return CharClass::Space;
    if (c < ' ' || c == 0x7F) return CharClass::Other;
    const bool symbol =
        c == '$' || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' || c == '`' || c == '|' || c == '~';
    return symbol ? CharClass::Symbol : CharClass::Punctuation;
  }
  const auto u = static_cast<UChar32>(c);
  switch (u_charType(u)) {
    case U_LOWERCASE_LETTER:
      return CharClass::Lower;
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharClass::Upper;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return CharClass::Letter;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return CharClass::Digit;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharClass::Mark;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return CharClass::Space;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return CharClass::Punctuation;
    case U_MATH_SYMBOL:
    case U_CURRENCY_SYMBOL:
    case U_MODIFIER_SYMBOL:
    case U_OTHER_SYMBOL:
      return CharClass::Symbol;
    default:
      return u_isUWhiteSpace(u) ? CharClass::Space : CharClass::Other;
  }
}

bool is_letter(char32_t c) noexcept {
  const CharClass k = char_class(c);
  return k == CharClass::Lower || k == CharClass::Upper || k == CharClass::Letter;
}

std::string_view without_byte_order_mark(std::string_view text) noexcept {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.substr(text.starts_with(kMark) ? kMark.size() : 0);
}

bool begins_with_capital(std::string_view text) noexcept {
  size_t at = 0;
  return !text.empty() && char_class(next_code_point(text, at)) == CharClass::Upper;
}

bool is_invisible(char32_t c) noexcept {
  const auto u = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(u)) return true;
  const int8_t type = u_charType(u);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR;
}

char32_t to_lower(char32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

void append_utf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

void append_lower(std::string_view text, std::string& out) {
  // Nearly always ASCII alone.
  const size_t begin = out.size();
  out.resize(begin + text.size());
  char* const to = out.data() + begin;
  unsigned char all = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    all |= c;
    to[i] = static_cast<char>(c | (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));
  }
  if (all < 0x80) return;
  out.resize(begin);
  for (size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    append_utf8(c == 0x2019 || c == 0x2018 || c == 0x02BC ? U'\'' : to_lower(c), out);
  }
}

std::string lower(std::string_view text) {
  std::string out;
  append_lower(text, out);
  return out;
}

}  // namespace newsnlp
