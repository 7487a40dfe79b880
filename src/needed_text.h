// Room: patterns. What every match of an RE2 pattern holds, as far as the pattern says so in plain text.
#pragma once

#include <string>
#include <string_view>

namespace newsnlp {

class NeededText {
 public:
  /// The longest text outside of brackets that no match can be without, and the bytes of a [set] of ASCII marks outside
  /// of others. Nothing where the whole is a choice (a|b).
  explicit NeededText(std::string_view pattern);

  const std::string& text() const { return text_; }
  const std::string& one_of() const { return one_of_; }

  /// A mark of the text that stands for nothing else in any form of a line (no letter, digit, blank, apostrophe); 0:
  /// none.
  char mark() const { return mark_; }

  /// False: no pattern that needs this matches in `line`.
  bool may_match(std::string_view line) const {
    return line.find(text_) != std::string_view::npos &&
           (one_of_.empty() || line.find_first_of(one_of_) != std::string_view::npos);
  }

 private:
  std::string text_;
  std::string one_of_;
  char mark_ = 0;
};

}  // namespace newsnlp
