#include "line_pattern.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMostSteps = 20000;  // of one line

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

bool LinePattern::Set::has(char32_t c) const {
  if (c < 0x80) return (ascii[c / 64] >> (c % 64) & 1) != 0;
  const bool listed =
      std::any_of(beyond.begin(), beyond.end(), [&](const auto& r) { return c >= r.first && c <= r.second; });
  return listed != all_but;
}

struct LinePattern::Attempt {
  std::string_view line;
  uint32_t steps = 0;

  bool too_long() const { return steps > kMostSteps; }
  bool take(const std::string& texts, const Node& text, size_t& at) {
    ++steps;
    if (line.substr(at, text.size) != std::string_view(texts).substr(text.other, text.size)) return false;
    at += text.size;
    return true;
  }
  bool take(const Set& set, size_t& at) {
    ++steps;
    size_t behind = at;
    if (at >= line.size() || !set.has(next_code_point(line, behind))) return false;
    at = behind;
    return true;
  }
  bool is_word(size_t at) const { return at < line.size() && is_word_character(line[at]); }
};

bool LinePattern::run(Attempt& attempt, uint16_t node, size_t at) const {
  for (;;) {
    if (++attempt.steps; attempt.too_long()) return false;
    const Node& n = nodes_[node];
    switch (n.kind) {
      case Kind::Match:
        return true;
      case Kind::Text:
        if (!attempt.take(text_, n, at)) return false;
        break;
      case Kind::Set:
        if (!attempt.take(sets_[n.other], at)) return false;
        break;
      case Kind::Begin:
        if (at != 0) return false;
        break;
      case Kind::End:
        if (at != attempt.line.size()) return false;
        break;
      case Kind::Boundary:
        if ((at > 0 && attempt.is_word(at - 1)) == attempt.is_word(at)) return false;
        break;
      case Kind::Split: {
        const Node& way = nodes_[n.next];
        size_t behind = at;
        if (way.kind != Kind::Text) {
          if (run(attempt, n.next, at)) return true;
        } else if (attempt.take(text_, way, behind)) {
          if (run(attempt, way.next, behind)) return true;
        }
        node = n.other;
        continue;
      }
      case Kind::Repeat: {
        uint32_t count = 0;
        for (; count < n.least; ++count)
          if (!attempt.take(sets_[n.other], at)) return false;
        while (!run(attempt, n.next, at)) {
          if (count++ >= n.most || attempt.too_long() || !attempt.take(sets_[n.other], at)) return false;
        }
        return true;
      }
    }
    node = n.next;
  }
}

std::optional<bool> LinePattern::match(std::string_view line, bool anchored) const {
  Attempt attempt{line};
  const auto may_begin = [&](size_t at) {
    return at == line.size()
               ? may_be_empty_
               : (line[at] & 0x80) != 0 || may_be_empty_ || starts_.has(static_cast<unsigned char>(line[at]));
  };
  for (size_t at = 0;;) {
    if (may_begin(at) && run(attempt, first_, at)) return true;
    if (attempt.too_long()) return std::nullopt;
    if (anchored || at >= line.size()) return false;
    ++at;
    while (at < line.size() && (line[at] & 0xC0) == 0x80) ++at;
  }
}

}  // namespace newsnlp
