#include "line_form.h"

#include <algorithm>
#include <string>

#include "unicode.h"

namespace newsnlp {
namespace {

// Marks that decorate the ends of a line and say nothing.
bool is_decoration(char32_t c) {
  static constexpr std::u32string_view kMarks = U" .:!\u2026|-\u2013\u2014*\u2022\u00B7>\u00BB\u25BA\u25B6()[]";
  return kMarks.find(c) != std::u32string_view::npos;
}

// What make() makes of an ASCII character; bit 7: it is decoration, or a byte of another character.
constexpr std::array<unsigned char, 256> kAscii = [] {
  std::array<unsigned char, 256> table{};
  std::fill(table.begin() + 128, table.end(), 0xFF);
  for (unsigned c = 0; c < 128; ++c) {
    unsigned char out = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (c <= ' ' || c == 127) out = ' ';
    if (std::string_view(" .:!|-*>()[]").find(static_cast<char>(out)) != std::string_view::npos) out |= 0x80;
    table[c] = out;
  }
  return table;
}();

}  // namespace

void LineForm::trim_end() {
  while (size_ > 0) {
    size_t last = size_ - 1;
    while (last > 0 && (buffer_[last] & 0xC0) == 0x80) --last;
    size_t at = 0;
    if (!is_decoration(next_code_point(view().substr(last), at))) return;
    size_ = last;
  }
}

void LineForm::make() {
  made_ = true;
  size_t size = 0;
  for (size_t i = 0; i < line_.size();) {
    const bool after_blank = size == 0 || (buffer_[size - 1] == ' ' && line_[i] <= ' ');
    if (!after_blank && i + 8 <= line_.size() && lower_plain_eight(line_.data() + i, buffer_.data() + size)) {
      i += 8;
      size += 8;
      continue;
    }
    const unsigned char ascii = kAscii[static_cast<unsigned char>(line_[i])];
    if (ascii < 0x80) {
      buffer_[size++] = static_cast<char>(ascii);
      ++i;
      continue;
    }
    if (ascii != 0xFF) {
      const auto plain = static_cast<char>(ascii & 0x7F);
      if (size > 0 && !(plain == ' ' && buffer_[size - 1] == ' ')) buffer_[size++] = plain;
      ++i;
      continue;
    }
    char32_t c = next_code_point(line_, i);
    if (is_invisible(c)) c = ' ';
    if (is_decoration(c) && (size == 0 || (c == ' ' && buffer_[size - 1] == ' '))) continue;
    std::string form;
    append_utf8(c == 0x2019 || c == 0x2018 ? U'\'' : to_lower(c), form);
    std::copy(form.begin(), form.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
    size += form.size();
  }
  size_ = size;
  trim_end();
}

}  // namespace newsnlp
