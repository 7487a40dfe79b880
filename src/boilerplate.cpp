#include "boilerplate.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
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

// What normalized() makes of an ASCII character; bit 7: it is decoration.
constexpr std::array<unsigned char, 128> kAscii = [] {
  std::array<unsigned char, 128> table{};
  for (unsigned c = 0; c < 128; ++c) {
    unsigned char out = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (c <= ' ' || c == 127) out = ' ';
    if (std::string_view(" .:!|-*>()[]").find(static_cast<char>(out)) != std::string_view::npos) out |= 0x80;
    table[c] = out;
  }
  return table;
}();

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

constexpr size_t kLongestMenu = 200;  // bytes

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

// Patterns of one anchoring: `any` tells whether one of them matches, and gives a sentence up after a few bytes where
// it is tied to the beginning; `set` tells which.
struct Boilerplate::Patterns {
  struct Group {
    explicit Group(RE2::Anchor a) : anchor(a), set(options(), a) {}

    void compile() {
      if (kinds.empty()) return;
      any = std::make_unique<RE2>(joined, options());
      if (!any->ok() || !set.Compile()) fail(1, "the patterns need too much memory; make them fewer");
    }
    bool matches(const std::string& form) const {
      return any != nullptr && any->Match(form, 0, form.size(), anchor, nullptr, 0);
    }

    RE2::Anchor anchor;
    RE2::Set set;
    std::string joined;
    std::unique_ptr<RE2> any;
    std::vector<LineKind> kinds;  // of each pattern
  };
  Group beginning{RE2::ANCHOR_START};
  Group within{RE2::UNANCHORED};
  Group prose{RE2::UNANCHORED};

  // The strongest kind of the patterns of `beginning`, one of which matches.
  LineKind kind_of(const std::string& form) const {
    std::vector<int> matches;
    LineKind kind = LineKind::Notice;
    if (beginning.set.Match(form, &matches))
      for (int m : matches) kind = std::max(kind, beginning.kinds[static_cast<size_t>(m)]);
    return kind;
  }
};

Boilerplate::Boilerplate(std::string_view text) {
  struct Part {
    std::string_view name;
    bool whole;
    LineKind kind;
  };
  static constexpr Part kParts[] = {{"[line]", true, LineKind::Notice},    {"[begins]", false, LineKind::Notice},
                                    {"[within]", false, LineKind::Notice}, {"[list]", true, LineKind::List},
                                    {"[form]", true, LineKind::Form},      {"[prose]", false, LineKind::Plain}};
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
      fail(number, "a pattern stands before the first part: [line], [begins], [within], [list], [form] or [prose]");
    if (line != lower(line)) fail(number, "patterns see lower-case lines: write \"" + lower(line) + "\"");
    const RE2 alone(re2::StringPiece(line.data(), line.size()), options());
    if (!alone.ok()) fail(number, "not an RE2 pattern: " + alone.error());
    Patterns::Group& group = part->kind == LineKind::Plain ? patterns->prose
                             : part->name == "[within]"    ? patterns->within
                                                           : patterns->beginning;
    const std::string pattern = "(?:" + std::string(line) + (part->whole ? ")$" : ")");
    std::string error;
    if (group.set.Add(pattern, &error) < 0) fail(number, error);
    group.joined += (group.joined.empty() ? "" : "|") + pattern;
    group.kinds.push_back(part->kind);
  }
  for (Patterns::Group* group : {&patterns->beginning, &patterns->within, &patterns->prose}) group->compile();
  patterns_ = std::move(patterns);
}
Boilerplate::~Boilerplate() = default;
Boilerplate::Boilerplate(Boilerplate&&) noexcept = default;

std::string Boilerplate::normalized(std::string_view line) {
  line = line.substr(0, kLongest);
  std::array<char, 2 * kLongest> buffer;  // no code point has a lower-case form of twice its bytes
  size_t size = 0;
  size_t keep = 0;  // bytes up to the last code point that is no decoration
  for (size_t i = 0; i < line.size();) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (byte < 0x80) {
      ++i;
      const unsigned char c = kAscii[byte];
      const auto plain = static_cast<char>(c & 0x7F);
      if ((c & 0x80) == 0) {
        buffer[size++] = plain;
        keep = size;
      } else if (size > 0 && !(plain == ' ' && buffer[size - 1] == ' ')) {
        buffer[size++] = plain;
      }
      continue;
    }
    char32_t c = next_code_point(line, i);
    if (is_invisible(c)) c = ' ';
    if (is_decoration(c) && (size == 0 || (c == ' ' && buffer[size - 1] == ' '))) continue;
    std::string form;
    append_utf8(c == 0x2019 || c == 0x2018 ? U'\'' : to_lower(c), form);
    std::copy(form.begin(), form.end(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    size += form.size();
    if (!is_decoration(c)) keep = size;
  }
  return {buffer.data(), keep};
}

LineKind Boilerplate::look(std::string_view line) const {
  if (line.size() > kLongest) return LineKind::Plain;
  const std::string form = normalized(line);
  LineKind kind = LineKind::Plain;
  if (patterns_->beginning.matches(form))
    kind = patterns_->kind_of(form);
  else if (patterns_->within.matches(form))
    kind = LineKind::Notice;
  if (kind != LineKind::Plain) return line.ends_with('.') && patterns_->prose.matches(form) ? LineKind::Plain : kind;
  return line.size() <= kLongestMenu && is_menu(line) ? LineKind::Menu : LineKind::Plain;
}

}  // namespace newsnlp
