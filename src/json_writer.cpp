#include "json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

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
  string(name);
  out_ += ':';
  comma_ = false;
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

// U+0085, U+2028 and U+2029 end a line for some readers of JSON Lines; '/' needs no escape.
void JsonWriter::escaped(std::string_view value) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  size_t clean = 0;  // up to here everything is written
  const auto replace = [&](size_t at, size_t length, std::string_view with) {
    out_.append(value, clean, at - clean);
    out_ += with;
    clean = at + length;
  };
  for (size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c == '"') {
      replace(i, 1, "\\\"");
    } else if (c == '\\') {
      replace(i, 1, "\\\\");
    } else if (c == '\n') {
      replace(i, 1, "\\n");
    } else if (c == '\r') {
      replace(i, 1, "\\r");
    } else if (c == '\t') {
      replace(i, 1, "\\t");
    } else if (c < 0x20 || c == 0x7F) {
      const std::array<char, 6> escape = {'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
      replace(i, 1, {escape.data(), escape.size()});
    } else if (c == 0xC2 && value.substr(i, 2) == "\xC2\x85") {
      replace(i, 2, "\\u0085");
    } else if (c == 0xE2 && value.substr(i, 3) == "\xE2\x80\xA8") {
      replace(i, 3, "\\u2028");
    } else if (c == 0xE2 && value.substr(i, 3) == "\xE2\x80\xA9") {
      replace(i, 3, "\\u2029");
    }
  }
  out_.append(value, clean);
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
  std::array<char, 64> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::clamp(value, 0.0F, 1.0F),
                                 std::chars_format::fixed, 4)
                       .ptr;
  out_.append(digits.data(), end);
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
