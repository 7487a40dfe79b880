#include "paragraphs.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNarrowest = 40;  // code points: wrapped lines are between these widths
constexpr uint32_t kWidest = 120;
constexpr uint32_t kRagged = 6;  // so many places may be left over although the next word had room

// Line breaks between two tokens; a page or a paragraph separator counts as two.
uint32_t count_breaks(std::string_view gap) {
  uint32_t breaks = 0;
  for (size_t i = 0; i < gap.size();) {
    const bool before_feed = gap.substr(i).starts_with("\r\n");
    switch (next_code_point(gap, i)) {
      case '\r':
        breaks += before_feed ? 0 : 1;
        break;
      case '\n':
      case 0x85:    // next line
      case 0x2028:  // line separator
        breaks += 1;
        break;
      case '\v':
      case '\f':
      case 0x2029:  // paragraph separator
        breaks += 2;
        break;
      default:
        break;
    }
  }
  return breaks;
}

uint32_t code_points(std::string_view s) {
  return static_cast<uint32_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// What wrapping looks at.
struct Shape {
  uint32_t width = 0;       // code points from its first token to its last
  uint32_t first_word = 0;  // up to the first blank
  bool open_end = false;    // no . ? ! : at its end
  bool lower_start = false;
};

Shape shape_of(std::string_view text, const std::vector<Token>& tokens, const Line& line) {
  Shape shape;
  const Span span{tokens[line.tokens.begin].span.begin, tokens[line.tokens.end - 1].span.end};
  if (span.size() > 4 * kWidest) {
    shape.width = kWidest + 1;
    return shape;
  }
  const std::string_view words = text.substr(span.begin, span.size());
  shape.width = code_points(words);
  shape.first_word = code_points(words.substr(0, words.find(' ')));
  size_t at = 0;
  shape.lower_start = char_class(next_code_point(words, at)) == CharClass::Lower;
  std::string_view end = words;
  for (std::string_view mark : {"\"", "\u201D", "\u2019", "'", ")"})
    if (end.ends_with(mark)) end.remove_suffix(mark.size());
  shape.open_end = end.empty() || std::string_view(".?!:").find(end.back()) == std::string_view::npos;
  return shape;
}

// Lines [begin, end) stand between blank lines. Were they one paragraph before somebody wrapped it at `width`?
bool is_wrapped(const std::vector<Shape>& shapes, size_t begin, size_t end, uint32_t width) {
  if (end - begin < 2 || width < kNarrowest || width > kWidest) return false;
  size_t filled = 0;
  size_t mid_sentence = 0;
  size_t lower = 0;
  const size_t breaks = end - begin - 1;
  for (size_t i = begin; i + 1 < end; ++i) {
    if (shapes[i].width > kWidest) return false;
    filled += shapes[i].width + 1 + shapes[i + 1].first_word + kRagged > width;
    mid_sentence += shapes[i].open_end;
    lower += shapes[i + 1].lower_start;
  }
  return shapes[end - 1].width <= width && filled * 10 >= breaks * 9 && mid_sentence * 2 >= breaks && lower > 0;
}

}  // namespace

std::vector<Line> find_lines(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<Line> lines;
  uint32_t behind = 0;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const uint32_t begin = tokens[i].span.begin;
    const bool one_blank = begin == behind || (begin == behind + 1 && text[behind] == ' ');
    const uint32_t breaks = i > 0 && one_blank ? 0 : count_breaks(text.substr(behind, begin - behind));
    if (i == 0 || breaks > 0) lines.push_back({{i, i}, i == 0 || breaks > 1});
    lines.back().tokens.end = i + 1;
    behind = tokens[i].span.end;
  }
  return lines;
}

std::vector<Line> find_paragraphs(std::string_view text, const std::vector<Token>& tokens,
                                  const std::vector<Line>& lines) {
  std::vector<Shape> shapes(lines.size());
  uint32_t width = 0;
  const auto block_end = [&](size_t i) {
    size_t end = i + 1;
    while (end < lines.size() && !lines[end].after_blank) ++end;
    return end;
  };
  for (size_t i = 0; i < lines.size();) {
    const size_t end = block_end(i);
    const size_t begin = i;
    for (; i < end; ++i) {
      if (end - begin > 1) shapes[i] = shape_of(text, tokens, lines[i]);
      if (shapes[i].width <= kWidest) width = std::max(width, shapes[i].width);
    }
  }
  std::vector<Line> paragraphs;
  for (size_t i = 0; i < lines.size();) {
    const size_t end = block_end(i);
    if (is_wrapped(shapes, i, end, width)) {
      paragraphs.push_back({{lines[i].tokens.begin, lines[end - 1].tokens.end}, lines[i].after_blank});
      i = end;
    }
    for (; i < end; ++i) paragraphs.push_back(lines[i]);
  }
  return paragraphs;
}

}  // namespace newsnlp
