#include "boilerplate.h"

#include <re2/re2.h>

#include <algorithm>
#include <vector>

#include "lazy.h"
#include "line_form.h"
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
  char needed;  // a mark that a line must hold; 0: none
  Lazy<RE2> regex;

  const RE2& compiled() const {
    return regex.get([&] { return std::make_unique<const RE2>(source, options()); });
  }
  bool matches(LineForm& form) const {
    const std::string_view text = form.view();
    return compiled().Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), anchor, nullptr, 0);
  }
};

// An ASCII mark that every match has, as it stands in the pattern outside of brackets; 0: none.
char needed_mark(std::string_view pattern) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (std::string_view("([\\|").find(c) != std::string_view::npos) {
      if (c == '|') return 0;
      if (c == '\\') ++i;
      if (c != '(' && c != '[') continue;
      const char close = c == '(' ? ')' : ']';
      int open =
          1;  // brackets of one kind do not stand inside the other's in a way that matters: at worst none is found
      for (++i; i < pattern.size() && open > 0; ++i) {
        if (pattern[i] == '\\')
          ++i;
        else if (pattern[i] == close)
          --open;
        else if (pattern[i] == c && c == '(')
          ++open;
      }
      --i;
    } else if (c == '=' || c == '/' || c == '@') {
      const char next = i + 1 < pattern.size() ? pattern[i + 1] : ' ';
      if (next != '?' && next != '*' && next != '{') return c;
    }
  }
  return 0;
}

struct Boilerplate::Patterns {
  std::vector<Pattern> beginning, within, prose;
  PrefixSieve begins;  // of `beginning`, for normalized lines
  PrefixSieve starts;  // of `within`, for lines as they are

  LineKind beginning_kind(std::string_view line, LineForm& form) const;
  bool has_notice(std::string_view line, LineForm& form, bool& may_be_menu) const;
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
                    needed_mark(line),
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
  LineForm form(line.substr(0, kLongest));
  return std::string(form.view());
}

// The strongest kind of the patterns that match at the beginning.
LineKind Boilerplate::Patterns::beginning_kind(std::string_view line, LineForm& form) const {
  // The first bytes of a line have the same form whatever follows.
  constexpr size_t kHead = 24;
  size_t head = std::min(line.size(), kHead);
  while (head < line.size() && head > 0 && (line[head] & 0xC0) == 0x80) --head;
  LineForm of_head(line.substr(0, head));
  const bool enough = head == line.size() || of_head.view().size() >= RegexPrefix::kDepth;
  LineKind kind = LineKind::Plain;
  begins.each(enough ? of_head.view() : form.view(), [&](uint32_t number) {
    const Pattern& p = beginning[number];
    if (p.kind <= kind || (p.needed != 0 && line.find(p.needed) == std::string_view::npos)) return;
    if (p.matches(form)) kind = p.kind;
  });
  return kind;
}

// Does a pattern match somewhere? `may_be_menu`: the line has what separates the items of one.
bool Boilerplate::Patterns::has_notice(std::string_view line, LineForm& form, bool& may_be_menu) const {
  std::vector<uint32_t> tried;
  bool found = false;
  const auto look_at = [&](std::string_view rest) {
    starts.each(rest, [&](uint32_t number) {
      if (found || std::find(tried.begin(), tried.end(), number) != tried.end()) return;
      tried.push_back(number);
      found = within[number].matches(form);
    });
  };
  const LineSigns signs = each_word_start(line, [&](size_t at) { look_at({line.data() + at, line.size() - at}); });
  const auto has = [&](std::string_view separator) { return line.find(separator) != std::string_view::npos; };
  may_be_menu = signs.separator || signs.double_blank || (signs.beyond_ascii && (has("\u00B7") || has("\u2022")));
  if (found || !signs.double_blank) return found;
  // Blanks in a row: the line as it is says too little.
  each_word_start(form.view(), [&](size_t at) { look_at(form.view().substr(at)); });
  return found;
}

LineKind Boilerplate::look(std::string_view line) const {
  if (line.size() > kLongest) return LineKind::Plain;
  LineForm form(line);
  LineKind kind = patterns_->beginning_kind(line, form);
  bool may_be_menu = false;
  if (kind == LineKind::Plain && patterns_->has_notice(line, form, may_be_menu)) kind = LineKind::Notice;
  if (kind == LineKind::Plain)
    return may_be_menu && line.size() <= kLongestMenu && is_menu(line) ? LineKind::Menu : LineKind::Plain;
  if (!line.ends_with('.')) return kind;
  const bool prose =
      std::any_of(patterns_->prose.begin(), patterns_->prose.end(), [&](const Pattern& p) { return p.matches(form); });
  return prose ? LineKind::Plain : kind;
}

}  // namespace newsnlp
