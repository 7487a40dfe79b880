#include "page.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

size_t columns(char32_t c) {
  if (c < 0x300) return 1;
  if (char_class(c) == CharClass::Mark || c == 0x200B || c == 0x200D || c == 0xFE0F) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF);
  return wide ? 2 : 1;
}

}  // namespace

size_t display_width(std::string_view text) noexcept {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) width += columns(next_code_point(text, i));
  return width;
}

Page& Page::add(std::string_view text, Style style) {
  std::string word;
  size_t width = 0;
  const auto end_word = [&] {
    if (!word.empty()) words_.push_back({std::move(word), style, width});
    word.clear();
    width = 0;
  };
  for (size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      end_word();
      ++i;
      continue;
    }
    char32_t c = next_code_point(text, i);
    if (is_control(c)) c = 0xFFFD;
    append_utf8(c, word);
    width += columns(c);
  }
  end_word();
  return *this;
}

void Page::styled(std::string_view text, Style style) {
  static constexpr std::string_view kCodes[] = {"", "\x1B[1m", "\x1B[2m", "\x1B[33m"};
  const bool colour = colour_ && style != Style::Plain;
  if (colour) out_ += kCodes[static_cast<size_t>(style)];
  out_ += text;
  if (colour) out_ += "\x1B[0m";
}

Page& Page::set(size_t indent, size_t hanging, std::string_view right) {
  const size_t reserved = right.empty() ? 0 : display_width(right) + 2;
  size_t column = 0;
  bool first_line = true;
  const auto end_line = [&] {
    if (first_line && !right.empty()) {
      out_.append(std::max(width_ - std::min(width_, column + reserved - 2), size_t{2}), ' ');
      styled(right, Style::Dim);
    }
    out_ += '\n';
    first_line = false;
    column = 0;
  };
  for (size_t i = 0; i < words_.size();) {
    const size_t edge = width_ - std::min(width_, first_line ? reserved : 0);
    if (column != 0 && column + 1 + words_[i].width > edge) end_line();
    // A run of words of one style on one line is coloured once.
    std::string run;
    const Style style = words_[i].style;
    const size_t limit = width_ - std::min(width_, first_line ? reserved : 0);
    if (column == 0) {
      column = first_line ? indent : hanging;
      out_.append(column, ' ');
    } else {
      out_ += ' ';
      ++column;
    }
    do {
      if (!run.empty()) {
        run += ' ';
        ++column;
      }
      run += words_[i].text;
      column += words_[i].width;
      ++i;
    } while (i < words_.size() && words_[i].style == style && column + 1 + words_[i].width <= limit);
    styled(run, style);
  }
  if (column != 0 || (first_line && !right.empty())) end_line();
  words_.clear();
  return *this;
}

Page& Page::blank_line() {
  out_ += '\n';
  return *this;
}

}  // namespace newsnlp
