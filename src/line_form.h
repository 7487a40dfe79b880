// Room: segmenter. A line as the patterns of data/en/boilerplate.txt see it.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace newsnlp {

/// Lower case, ' for ’, single blanks, no decoration at the ends; made when it is first asked for.
class LineForm {
 public:
  static constexpr size_t kLongest = 400;  // bytes

  /// `line` has at most kLongest bytes and outlives this.
  explicit LineForm(std::string_view line) : line_(line) {}
  LineForm(const LineForm&) = delete;
  LineForm& operator=(const LineForm&) = delete;

  std::string_view view() {
    if (!made_) make();
    return {buffer_.data(), size_};
  }

 private:
  void make();
  bool make_plain();

  std::string_view line_;
  bool made_ = false;
  size_t size_ = 0;
  std::array<char, 2 * kLongest> buffer_;  // no code point has a lower-case form of twice its bytes
};

}  // namespace newsnlp
