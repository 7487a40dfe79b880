#include "boilerplate.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <vector>

#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

[[noreturn]] void fail(size_t line, const std::string& what) {
  throw ModelError("boilerplate.txt:" + std::to_string(line) + ": " + what);
}

RE2::Options options() {
  RE2::Options o;
  o.set_log_errors(false);
  o.set_never_capture(true);
  o.set_max_mem(int64_t{64} << 20);
  return o;
}

// Marks that decorate the ends of a line and say nothing.
bool is_decoration(char32_t c) {
  static constexpr std::u32string_view kMarks = U" .:!\u2026|-\u2013\u2014*\u2022\u00B7>\u00BB\u25BA\u25B6()[]";
  return kMarks.find(c) != std::u32string_view::npos;
}

size_t count_words(std::string_view s) {
  size_t words = 0;
  bool inside = false;
  for (char c : s) {
    const bool blank = c == ' ' || c == '\t';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

// Short items between separators: "News | Sport | Food".
bool is_menu(std::string_view line) {
  constexpr size_t kMostItemWords = 4;
  constexpr size_t kMostFirstWords = 6;
  size_t items = 0;
  size_t numbers = 0;
  while (!line.empty()) {
    size_t cut = line.size();
    size_t width = 0;
    for (std::string_view separator : {"|", "\u00B7", "\u2022", "   ", "\t"}) {
      const size_t at = line.find(separator);
      if (at >= cut) continue;
      cut = at;
      width = separator.size();
    }
    std::string_view item = line.substr(0, cut);
    line.remove_prefix(std::min(line.size(), cut + width));
    const size_t first = item.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    item = item.substr(first, item.find_last_not_of(" \t") + 1 - first);
    const size_t words = count_words(item);
    if (words > (items == 0 ? kMostFirstWords : kMostItemWords) || item.back() == '.' || item.back() == ',')
      return false;
    numbers += item.front() >= '0' && item.front() <= '9';
    ++items;
  }
  return items >= 3 && numbers * 3 <= items;
}

}  // namespace

struct Boilerplate::Patterns {
  RE2::Set set{options(), RE2::UNANCHORED};
  std::vector<LineKind> kinds;  // of each pattern
};

Boilerplate::Boilerplate(std::string_view text) {
  struct Part {
    std::string_view name;
    const char* before;
    const char* behind;
    LineKind kind;
  };
  static constexpr Part kParts[] = {{"[line]", "^(?:", ")$", LineKind::Notice},
                                    {"[begins]", "^(?:", ")", LineKind::Notice},
                                    {"[within]", "(?:", ")", LineKind::Notice},
                                    {"[list]", "^(?:", ")$", LineKind::List},
                                    {"[form]", "^(?:", ")$", LineKind::Form}};
  auto patterns = std::make_unique<Patterns>();
  const Part* part = nullptr;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (find_invalid_utf8(line) != std::string_view::npos) fail(number, "the line is not valid UTF-8");
    if (const auto it =
            std::find_if(std::begin(kParts), std::end(kParts), [&](const Part& p) { return p.name == line; });
        it != std::end(kParts)) {
      part = it;
      continue;
    }
    if (part == nullptr)
      fail(number, "a pattern stands before the first part: [line], [begins], [within], [list] or [form]");
    if (line != lower(line)) fail(number, "patterns see lower-case lines: write \"" + lower(line) + "\"");
    const RE2 alone(re2::StringPiece(line.data(), line.size()), options());
    if (!alone.ok()) fail(number, "not an RE2 pattern: " + alone.error());
    std::string error;
    if (patterns->set.Add(part->before + std::string(line) + part->behind, &error) < 0) fail(number, error);
    patterns->kinds.push_back(part->kind);
  }
  if (!patterns->kinds.empty() && !patterns->set.Compile())
    fail(1, "the patterns need too much memory; make them fewer");
  patterns_ = std::move(patterns);
}
Boilerplate::~Boilerplate() = default;
Boilerplate::Boilerplate(Boilerplate&&) noexcept = default;

std::string Boilerplate::normalized(std::string_view line) {
  std::string out;
  size_t keep = 0;  // bytes up to the last code point that is no decoration
  for (size_t i = 0; i < line.size();) {
    char32_t c = next_code_point(line, i);
    if (is_invisible(c)) c = ' ';
    if (is_decoration(c) && (out.empty() || (c == ' ' && out.back() == ' '))) continue;
    append_utf8(c == 0x2019 || c == 0x2018 ? U'\'' : to_lower(c), out);
    if (!is_decoration(c)) keep = out.size();
  }
  out.resize(keep);
  return out;
}

LineKind Boilerplate::look(std::string_view line) const {
  if (line.size() > kLongest) return LineKind::Plain;
  const std::string form = normalized(line);
  if (!patterns_->kinds.empty()) {
    std::vector<int> matches;
    if (patterns_->set.Match(form, &matches)) {
      LineKind kind = LineKind::Notice;
      for (int m : matches) kind = std::max(kind, patterns_->kinds[static_cast<size_t>(m)]);
      return kind;
    }
  }
  return is_menu(line) ? LineKind::Menu : LineKind::Plain;
}

}  // namespace newsnlp
