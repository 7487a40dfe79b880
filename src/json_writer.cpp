#include "json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

#include "unicode.h"

namespace newsnlp {

void JsonWriter::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

JsonWriter& JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  out_ += bracket;
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  word(name);
  out_ += ':';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::word(std::string_view value) {
  separate();
  out_ += '"';
  out_ += value;
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  out_ += '"';
  for (;;) {
    const size_t bad = find_invalid_utf8(value);
    if (bad == std::string_view::npos) break;
    escaped(value.substr(0, bad));
    out_ += "\xEF\xBF\xBD";
    value.remove_prefix(bad + 1);
  }
  escaped(value);
  out_ += '"';
  return *this;
}

namespace {

// Those that may begin what is escaped.
bool is_special(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7F || c == 0xC2 || c == 0xE2;
}

// Bytes before the first special one.
size_t plain_size(std::string_view value) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  size_t at = 0;
  while (at < value.size()) {
    const size_t step = std::min<size_t>(value.size() - at, 8);
    uint64_t x = kOnes * ' ';
    std::memcpy(&x, value.data() + at, step);
    // a high bit for the first byte that may be special (all beyond ASCII may be), and perhaps for some behind it
    const uint64_t bits =
        x | (x - kOnes * 0x20) | ((x ^ kOnes * '"') - kOnes) | ((x ^ kOnes * '\\') - kOnes) | (x + kOnes);
    if ((bits & kOnes * 0x80) != 0)
      for (size_t k = at; k < at + step; ++k)
        if (is_special(static_cast<unsigned char>(value[k]))) return k;
    at += step;
  }
  return at;
}

}  // namespace

// U+0085, U+2028 and U+2029 end a line for some readers of JSON Lines; '/' needs no escape.
void JsonWriter::escaped(std::string_view value) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  static constexpr std::pair<std::string_view, std::string_view> kEscapes[] = {
      {"\"", "\\\""},
      {"\\", "\\\\"},
      {"\n", "\\n"},
      {"\r", "\\r"},
      {"\t", "\\t"},
      {"\xC2\x85", "\\u0085"},
      {"\xE2\x80\xA8", "\\u2028"},
      {"\xE2\x80\xA9", "\\u2029"},
  };
  while (true) {
    const size_t plain = plain_size(value);
    out_.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (value.empty()) return;
    const auto* const escape = std::find_if(std::begin(kEscapes), std::end(kEscapes),
                                            [&](const auto& e) { return value.starts_with(e.first); });
    const auto c = static_cast<unsigned char>(value[0]);
    if (escape != std::end(kEscapes)) {
      out_ += escape->second;
      value.remove_prefix(escape->first.size());
    } else {
      if (c < 0x20 || c == 0x7F)
        (out_ += "\\u00") += {kHex[c >> 4], kHex[c & 15]};
      else
        out_ += value[0];
      value.remove_prefix(1);
    }
  }
}

JsonWriter& JsonWriter::number(uint64_t value) {
  separate();
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
  return *this;
}

JsonWriter& JsonWriter::score(float value) {
  separate();
  // exact: a float times 10,000 is a double
  auto rest = static_cast<uint32_t>(std::lrint(static_cast<double>(std::clamp(value, 0.0F, 1.0F)) * 10000));
  std::array<char, 6> digits = {'0', '.'};
  for (size_t i = digits.size() - 1; i >= 2; --i, rest /= 10) digits[i] = static_cast<char>('0' + rest % 10);
  digits[0] = static_cast<char>('0' + rest);
  out_.append(digits.data(), digits.size());
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

}  // namespace newsnlp
