#include "paragraphs.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNarrowest = 40;  // code points: wrapped lines are between these widths
constexpr uint32_t kWidest = 120;
constexpr uint32_t kSetIn = 3;   // places before the first word of such a line
constexpr uint32_t kRagged = 6;  // so many places may be left over although the next word had room

// Line breaks between two tokens; a page or a paragraph separator counts as two.
uint32_t count_breaks(std::string_view gap) {
  uint32_t breaks = 0;
  for (size_t i = 0; i < gap.size();) {
    if (gap[i] == '\n' || gap[i] == ' ') {
      breaks += gap[i++] == '\n';
      continue;
    }
    const bool before_feed = gap.substr(i).starts_with("\r\n");
    switch (next_code_point(gap, i)) {
      case '\r':
        breaks += before_feed ? 0 : 1;
        break;
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

// "\n   The next paragraph"
bool is_set_in(std::string_view gap) {
  const size_t break_at = gap.find_last_of("\n\r");
  if (break_at == std::string_view::npos) return false;
  const std::string_view blanks = gap.substr(break_at + 1);
  return blanks.starts_with("  ") || blanks.starts_with('\t');
}

// Lines [begin, end) stand between blank lines. Were they one paragraph before somebody wrapped it at `width`?
// `elsewhere`: others were, so that no word need go on in small letters.
bool is_wrapped(const std::vector<Shape>& shapes, size_t begin, size_t end, uint32_t width, bool elsewhere) {
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
  if (lower == 0 && (!elsewhere || filled < breaks)) return false;
  return shapes[end - 1].width <= width && filled * 10 >= breaks * 9 && mid_sentence * 2 >= breaks;
}

}  // namespace

std::vector<Line> find_lines(std::string_view text, const std::vector<Token>& tokens, std::span<const uint32_t> gaps) {
  std::vector<Line> lines;
  if (tokens.empty()) return lines;
  lines.reserve(gaps.size() + 1);
  const auto count = static_cast<uint32_t>(tokens.size());
  lines.push_back({{0, count}, true});
  for (const uint32_t i : gaps) {
    if (i <= lines.back().tokens.begin || i >= count) continue;
    const uint32_t behind = tokens[i - 1].span.end;
    const std::string_view gap = text.substr(behind, tokens[i].span.begin - behind);
    const uint32_t breaks = count_breaks(gap);
    if (breaks == 0) continue;
    lines.back().tokens.end = i;
    lines.push_back({{i, count}, breaks > 1, gap.size() > 2 && is_set_in(gap)});
  }
  return lines;
}

std::vector<Line> find_paragraphs(std::string_view text, const std::vector<Token>& tokens,
                                  const std::vector<Line>& lines) {
  const auto stands_alone = [](const Line& line) { return line.after_blank; };
  if (std::all_of(lines.begin(), lines.end(), stands_alone)) return lines;
  std::vector<Shape> shapes(lines.size());
  uint32_t width = 0;
  const auto block_end = [&](size_t i) {
    const auto begins = [&](size_t k) {  // as the first of several lines
      if (lines[k].after_blank) return true;
      const bool goes_on = k + 1 < lines.size() && !lines[k + 1].after_blank && !lines[k + 1].set_in;
      return lines[k].set_in && !lines[k - 1].set_in && goes_on;
    };
    size_t end = i + 1;
    while (end < lines.size() && !begins(end)) ++end;
    return end;
  };
  for (size_t i = 0; i < lines.size();) {
    const size_t end = block_end(i);
    const size_t begin = i;
    for (; i < end; ++i) {
      if (end - begin > 1) shapes[i] = shape_of(text, tokens, lines[i]);
      if (lines[i].set_in && shapes[i].width < width) shapes[i].width += kSetIn;
      if (shapes[i].width <= kWidest) width = std::max(width, shapes[i].width);
    }
  }
  bool elsewhere = false;
  for (size_t i = 0, end = 0; i < lines.size() && !elsewhere; i = end) {
    end = block_end(i);
    elsewhere = is_wrapped(shapes, i, end, width, false);
  }
  std::vector<Line> paragraphs;
  paragraphs.reserve(lines.size());
  for (size_t i = 0; i < lines.size();) {
    const size_t end = block_end(i);
    if (is_wrapped(shapes, i, end, width, elsewhere)) {
      paragraphs.push_back({{lines[i].tokens.begin, lines[end - 1].tokens.end}, lines[i].after_blank});
      i = end;
    }
    for (; i < end; ++i) paragraphs.push_back(lines[i]);
  }
  return paragraphs;
}

}  // namespace newsnlp
