#include "boilerplate.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <vector>

#include "lazy.h"
#include "newsnlp/error.h"
#include "prefix_sieve.h"
#include "unicode.h"
#include "word_starts.h"

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

// A pattern of the list; RE2 reads it when a line comes that may match.
struct Pattern {
  std::string source;
  LineKind kind;
  size_t line;  // of the list
  RE2::Anchor anchor;
  Lazy<RE2> regex;

  const RE2& compiled() const {
    return regex.get([&] { return std::make_unique<const RE2>(source, options()); });
  }
  bool matches(const std::string& form) const { return compiled().Match(form, 0, form.size(), anchor, nullptr, 0); }
};

struct Boilerplate::Patterns {
  std::vector<Pattern> beginning, within, prose;
  PrefixSieve begins;  // of `beginning`, for normalized lines
  PrefixSieve starts;  // of `within`, for lines as they are

  LineKind beginning_kind(std::string_view line) const;
  bool has_notice(std::string_view line) const;
};

Boilerplate::Boilerplate(std::string_view text, bool known) {
  enum class Place { Beginning, Anywhere };
  struct Part {
    std::string_view name, before, behind;  // the pattern stands between these
    Place place;
    LineKind kind;
  };
  static constexpr Part kParts[] = {
      {"[line]", "(?:", ")$", Place::Beginning, LineKind::Notice},
      {"[begins]", "(?:", ")", Place::Beginning, LineKind::Notice},
      {"[within]", "(?:", ")", Place::Anywhere, LineKind::Notice},
      {"[ends]", "^(?:[^ /]+[ /]){0,5}[^ /]+ ?(?:", ")$", Place::Anywhere, LineKind::Notice},
      {"[list]", "(?:", ")$", Place::Beginning, LineKind::List},
      {"[form]", "(?:", ")$", Place::Beginning, LineKind::Form},
      {"[prose]", "(?:", ")", Place::Anywhere, LineKind::Plain},
  };
  constexpr size_t kMostPrefixes = 64;
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
      fail(number,
           "a pattern stands before the first part: [line], [begins], [within], [ends], [list], [form] or [prose]");
    if (line != lower(line)) fail(number, "patterns see lower-case lines: write \"" + lower(line) + "\"");
    Pattern pattern{std::string(part->before).append(line) += part->behind,
                    part->kind,
                    number,
                    part->place == Place::Beginning ? RE2::ANCHOR_START : RE2::UNANCHORED,
                    {}};
    if (part->kind == LineKind::Plain) {
      patterns->prose.push_back(std::move(pattern));
    } else if (part->place == Place::Anywhere) {
      if (!line.starts_with("\\b") && !line.starts_with("[?]") && !line.starts_with('/'))
        fail(number, "a pattern of [within] or [ends] begins with \\b, [?] or /");
      patterns->starts.add(std::string("(?:").append(line) + ")", RegexText::Raw, kMostPrefixes);
      patterns->within.push_back(std::move(pattern));
    } else {
      patterns->begins.add(pattern.source, RegexText::Exact, kMostPrefixes);
      patterns->beginning.push_back(std::move(pattern));
    }
  }
  patterns->begins.build();
  patterns->starts.build();
  patterns_ = std::move(patterns);
  if (!known) check();
}
Boilerplate::~Boilerplate() = default;
Boilerplate::Boilerplate(Boilerplate&&) noexcept = default;

void Boilerplate::check() const {
  for (const auto* group : {&patterns_->beginning, &patterns_->within, &patterns_->prose})
    for (const Pattern& p : *group)
      if (!p.compiled().ok()) fail(p.line, "not an RE2 pattern: " + p.compiled().error());
}

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

// The strongest kind of the patterns that match at the beginning.
LineKind Boilerplate::Patterns::beginning_kind(std::string_view line) const {
  LineKind kind = LineKind::Plain;
  std::string form;
  const auto try_pattern = [&](uint32_t number) {
    if (form.empty()) form = normalized(line);
    const Pattern& p = beginning[number];
    if (p.kind > kind && p.matches(form)) kind = p.kind;
  };
  // The first bytes of a line are the same whatever follows.
  constexpr size_t kHead = 24;
  size_t head = std::min(line.size(), kHead);
  while (head < line.size() && head > 0 && (line[head] & 0xC0) == 0x80) --head;
  const std::string beginning_form = normalized(line.substr(0, head));
  if (head < line.size() && beginning_form.size() < RegexPrefix::kDepth)
    begins.each(form = normalized(line), try_pattern);
  else
    begins.each(beginning_form, try_pattern);
  return kind;
}

// Does a pattern match somewhere?
bool Boilerplate::Patterns::has_notice(std::string_view line) const {
  std::string form;
  std::vector<uint32_t> tried;
  bool found = false;
  const auto look_at = [&](std::string_view rest) {
    starts.each(rest, [&](uint32_t number) {
      if (found || std::find(tried.begin(), tried.end(), number) != tried.end()) return;
      tried.push_back(number);
      if (form.empty()) form = normalized(line);
      found = within[number].matches(form);
    });
  };
  if (each_word_start(line, [&](size_t at) { look_at(line.substr(at)); })) return found;
  // Blanks in a row: the line as it is says too little.
  const std::string whole = form = normalized(line);
  each_word_start(whole, [&](size_t at) { look_at(std::string_view(whole).substr(at)); });
  return found;
}

LineKind Boilerplate::look(std::string_view line) const {
  if (line.size() > kLongest) return LineKind::Plain;
  LineKind kind = patterns_->beginning_kind(line);
  if (kind == LineKind::Plain && patterns_->has_notice(line)) kind = LineKind::Notice;
  if (kind == LineKind::Plain) return line.size() <= kLongestMenu && is_menu(line) ? LineKind::Menu : LineKind::Plain;
  if (!line.ends_with('.')) return kind;
  const std::string form = normalized(line);
  const bool prose =
      std::any_of(patterns_->prose.begin(), patterns_->prose.end(), [&](const Pattern& p) { return p.matches(form); });
  return prose ? LineKind::Plain : kind;
}

}  // namespace newsnlp
