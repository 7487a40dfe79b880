// Room: segmenter. What one line tells about itself: share buttons, forms, notices, credits, menus, titles of link
// lists.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "line_form.h"
#include "line_scan.h"
#include "newsnlp/span.h"

namespace newsnlp {

/// What a line is taken for, seen alone.
enum class LineKind : uint8_t {
  Plain,   ///< nothing speaks against it
  Alone,   ///< boilerplate that says nothing of the lines around it
  Notice,  ///< boilerplate, as a pattern says
  List,    ///< boilerplate, the title of a list of links
  Form,    ///< boilerplate, part of a comment form
  Menu,    ///< boilerplate: short items between | · • or wide blanks
};

/// The patterns of data/en/boilerplate.txt. Immutable; may be used from any number of threads at once.
class Boilerplate {
 public:
  /// `text` is the file; the empty one is allowed. Throws ModelError ("boilerplate.txt:line: …"). Patterns are compiled
  /// when a line comes that may match; they are all checked now unless they are `known` to be good. `table` is empty or
  /// what table() gives for this text, 64-byte aligned.
  explicit Boilerplate(std::string_view text, bool known = false, std::span<const std::byte> table = {});
  ~Boilerplate();
  Boilerplate(Boilerplate&&) noexcept;

  /// Longer lines are Plain.
  static constexpr size_t kLongest = LineForm::kLongest;  // bytes

  /// Of a line that stands alone.
  LineKind look(std::string_view line) const;

  /// Does a line say what only stands below articles?
  bool closes(std::string_view line) const;

  /// How lines begin that a pattern may match, for the built-in model.
  std::string table() const;

  /// Compiles every pattern. Throws ModelError as above.
  void check() const;

  /// The form of a line's first kLongest bytes that the patterns see: lower case, single blanks, no decoration at its
  /// ends.
  static std::string normalized(std::string_view line);

 private:
  friend class LineReader;
  struct Patterns;
  std::unique_ptr<const Patterns> patterns_;
};

/// Looks at the lines of one text.
class LineReader {
 public:
  /// All arguments outlive this; `places` is room for what it finds.
  LineReader(const Boilerplate& boilerplate, std::string_view text, LinePlaces& places);

  LineKind look(Span line);
  /// Boilerplate::closes(), for Plain lines.
  bool closes(Span line) const;
  /// Four, and two, lines before look(): has memory on its way.
  void expect(Span line) const;
  void approach(Span line) const;

 private:
  // What the line has.
  struct RareMarks {
    bool of_patterns = false;  // = @ /
    bool separators = false;   // of menus
    bool blank_pairs = false;  // two blanks or control characters side by side
  };
  RareMarks rare_marks(Span line) const;
  bool has_notice(Span line, bool blank_pairs, LineForm& form);

  const Boilerplate::Patterns& patterns_;
  std::string_view text_;
  const LinePlaces& places_;
  std::vector<uint32_t> tried_;
};

}  // namespace newsnlp
