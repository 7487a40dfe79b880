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

bool is_ascii_decoration(char c) {
  const unsigned char made = kAscii[static_cast<unsigned char>(c)];
  return made >= 0x80 && made != 0xFF;
}

}  // namespace

// Where all bytes are ASCII and no two of them are blanks side by side.
bool LineForm::make_plain() {
  size_t first = 0;
  while (first < line_.size() && is_ascii_decoration(line_[first])) ++first;
  const size_t size = line_.size() - first;
  const char* const line = line_.data() + first;
  char* const out = buffer_.data();
  unsigned char beyond = 0;
  for (size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(line[i]);
    const auto small = static_cast<unsigned char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
    out[i] = static_cast<char>(c <= ' ' || c == 0x7F ? ' ' : small);
    beyond = static_cast<unsigned char>(beyond | c);
  }
  if ((beyond & 0x80) != 0) return false;
  unsigned char pairs = 0;
  for (size_t i = 1; i < size; ++i) pairs = static_cast<unsigned char>(pairs | ((out[i] | out[i - 1]) == ' ' ? 1 : 0));
  if (pairs != 0) return false;
  size_ = size;
  while (size_ > 0 && is_ascii_decoration(out[size_ - 1])) --size_;
  return true;
}

void LineForm::make() {
  made_ = true;
  if (make_plain()) return;
  size_t size = 0;
  size_t keep = 0;  // bytes up to the last code point that is no decoration
  for (size_t i = 0; i < line_.size();) {
    const unsigned char ascii = kAscii[static_cast<unsigned char>(line_[i])];
    if (ascii < 0x80) {
      buffer_[size++] = static_cast<char>(ascii);
      keep = size;
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
    if (!is_decoration(c)) keep = size;
  }
  size_ = keep;
}

}  // namespace newsnlp
