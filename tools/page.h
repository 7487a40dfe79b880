// Room: tools. Words on a page of a given width: wrapped, indented, coloured, and nothing that a terminal would obey.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsnlp {

enum class Style { Plain, Bold, Dim, Warning };

/// Columns that the text takes on a terminal: none for combining marks, two for wide East Asian letters.
size_t display_width(std::string_view text) noexcept;

class Page {
 public:
  Page(size_t width, bool colour) : width_(width), colour_(colour) {}

  /// Adds words to the paragraph that is being set. White space of any kind is one space; control characters become
  /// U+FFFD. Words of one call share a style.
  Page& add(std::string_view text, Style style = Style::Plain);
  /// Sets the paragraph: `indent` columns in front of the first line, `hanging` in front of the others, and `right` at
  /// the right edge of the first line.
  Page& set(size_t indent, size_t hanging, std::string_view right = {});
  Page& blank_line();

  std::string take() noexcept { return std::move(out_); }

 private:
  struct Word {
    std::string text;
    Style style;
    size_t width;
  };
  void styled(std::string_view text, Style style);

  size_t width_;
  bool colour_;
  std::vector<Word> words_;
  std::string out_;
};

}  // namespace newsnlp
