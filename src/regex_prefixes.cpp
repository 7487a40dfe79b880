#include "regex_prefixes.h"

#include <algorithm>

#include "regex_bytes.h"
#include "unicode.h"

namespace newsnlp {
namespace {

using Bytes = RegexPrefix::Bytes;
using Prefixes = std::vector<RegexPrefix>;

constexpr int kMaxNesting = 50;

// Reads an expression from left to right and builds the prefixes of what it has read.
class Reader {
 public:
  Reader(std::string_view regex, RegexText text, size_t most, KnownPrefixes& known)
      : s_(regex),
        most_(most),
        known_(known),
        raw_(text == RegexText::Raw),
        stops_early_(text != RegexText::AnyCase),
        exact_(text == RegexText::Exact) {}

  Prefixes read() {
    Prefixes found = alternatives(0);
    // a bracket that nothing opens, or syntax that is not known here
    return failed_ || i_ < s_.size() ? anything() : found;
  }

 private:
  char at(size_t i) const { return i < s_.size() ? s_[i] : '\0'; }

  static Prefixes nothing() { return Prefixes(1); }
  static Prefixes anything() {
    Prefixes p(1);
    p[0].closed = false;
    return p;
  }
  static Prefixes one(const Bytes& bytes) {
    Prefixes p(1);
    p[0].at[0] = bytes;
    p[0].size = 1;
    return p;
  }

  Bytes give_up() {
    failed_ = true;
    i_ = s_.size();
    return any_byte();
  }

  // Prefixes of one length become one where there are too many.
  void limit(Prefixes& p) const {
    if (p.size() <= most_) return;
    Prefixes merged;
    for (const RegexPrefix& one : p) {
      const auto same = std::find_if(merged.begin(), merged.end(), [&](const RegexPrefix& m) {
        return m.size == one.size && m.closed == one.closed;
      });
      if (same == merged.end()) {
        merged.push_back(one);
        continue;
      }
      for (size_t k = 0; k < one.size; ++k) same->at[k] |= one.at[k];
    }
    p = std::move(merged);
  }

  static bool finished(const Prefixes& p) {
    return std::none_of(p.begin(), p.end(), [](const RegexPrefix& x) { return x.closed; });
  }

  void append(Prefixes& left, const Prefixes& right) const {
    if (right.size() == 1) {
      for (RegexPrefix& l : left) l.extend(right[0]);
      return;
    }
    constexpr size_t kTelling = 3;  // bytes that tell enough to stop there
    if (stops_early_ && left.size() * right.size() > most_)
      for (RegexPrefix& l : left) l.closed &= l.size < kTelling;
    Prefixes both;
    both.reserve(left.size() * right.size());
    for (const RegexPrefix& l : left) {
      if (!l.closed) {
        both.push_back(l);
        continue;
      }
      for (const RegexPrefix& r : right) {
        both.push_back(l);
        both.back().extend(r);
      }
    }
    left = std::move(both);
    limit(left);
  }

  Prefixes alternatives(int depth) {
    Prefixes all;
    const bool exact = exact_;
    for (;;) {
      Prefixes one = sequence(depth);
      all.insert(all.end(), one.begin(), one.end());
      limit(all);
      if (at(i_) != '|') break;
      ++i_;
    }
    exact_ = exact;
    return all;
  }

  Prefixes sequence(int depth) {
    Prefixes found = nothing();
    while (i_ < s_.size() && s_[i_] != '|' && s_[i_] != ')') {
      if (finished(found)) {
        skip();
        break;
      }
      const char c = s_[i_];
      if (c != '(' && c != '[' && c != '.' && c != '^' && c != '$' && c != '\\') {
        const Bytes bytes = letter(next_code_point(s_, i_));
        if (const char after = at(i_); after != '?' && after != '*' && after != '+' && after != '{') {
          for (RegexPrefix& p : found) p.extend(bytes);
          continue;
        }
        Prefixes next = one(bytes);
        repeat(next);
        append(found, next);
        continue;
      }
      Prefixes next = atom(depth);
      repeat(next);
      append(found, next);
    }
    return found;
  }

  // Moves to the end of the sequence, whose prefixes are complete.
  void skip() {
    for (int nested = 0; i_ < s_.size(); ++i_) {
      const char c = s_[i_];
      if (c == '\\') {
        ++i_;
        if (at(i_) == 'Q') give_up();
      } else if (c == '[') {
        bracket();
        --i_;
      } else if (c == '(') {
        ++nested;
        if (at(i_ + 1) == '?' && s_.find(')', i_) < s_.find(':', i_)) give_up();  // perhaps "(?i)"
      } else if ((c == ')' && nested-- == 0) || (c == '|' && nested == 0)) {
        return;
      }
    }
  }

  Prefixes atom(int depth) {
    const char c = s_[i_];
    switch (c) {
      case '(':
        return group(depth);
      case '[':
        return one(bracket());
      case '.':
        ++i_;
        return one(any_byte());
      case '^':
        ++i_;
        return nothing();
      case '$': {
        ++i_;
        Prefixes end = one(Bytes().set(RegexPrefix::kEnd));
        end[0].closed = false;
        return end;
      }
      default:
        return escape();
    }
  }

  // The bytes with which the character may begin in the text.
  Bytes letter(char32_t c) const {
    if (c >= 0x80) {
      if (!exact_) return beyond_ascii();
      std::string form;
      append_utf8(c, form);
      return Bytes().set(static_cast<unsigned char>(form[0]));
    }
    Bytes b = raw_ ? beyond_ascii() : Bytes();
    b.set(c);
    for (size_t blank = 0; raw_ && c == ' ' && blank < ' '; ++blank) b.set(blank).set(0x7F);
    const char32_t small = c | 0x20;
    if (exact_ || small < 'a' || small > 'z') return b;
    b.set(small).set(small & ~U'\x20');
    if (small == 'k') b.set(0xE2);  // the Kelvin sign
    if (small == 's') b.set(0xC5);  // the long s
    return b;
  }

  Bytes spaces() const {
    Bytes b = raw_ ? letter(' ') : Bytes();
    for (char c : {' ', '\t', '\n', '\f', '\r'}) b.set(static_cast<unsigned char>(c));
    return b;
  }
  // Reads what follows a backslash; `place`: it stands between characters.
  Bytes escaped(bool& place) {
    ++i_;
    place = false;
    const char c = at(i_++);
    switch (c) {
      case 'd':
        return digits();
      case 's':
        return spaces();
      case 'w':
        return word_bytes();
      case 'D':
      case 'S':
      case 'W':
        return any_byte();
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        place = true;
        return {};
      case 'p':
      case 'P': {
        const bool currency = s_.substr(i_ - 1).starts_with("p{Sc}");
        if (at(i_) == '{') i_ = std::min(s_.find('}', i_), s_.size() - 1);
        ++i_;
        return currency ? beyond_ascii() | letter('$') : any_byte();
      }
      case 'x': {
        const bool braces = at(i_) == '{';
        const size_t begin = i_ + (braces ? 1 : 0);
        const size_t end = braces ? s_.find('}', begin) : begin + 2;
        if (end == std::string_view::npos || end > s_.size()) break;
        char32_t code = 0;
        for (size_t k = begin; k < end; ++k) {
          const char h = static_cast<char>(s_[k] | 0x20);
          code = code * 16 + static_cast<char32_t>(h >= 'a' ? h - 'a' + 10 : (h & 0xF));
        }
        i_ = end + (braces ? 1 : 0);
        return code > 0x10FFFF ? any_byte() : letter(code);
      }
      case 'n':
        return letter('\n');
      case 't':
        return letter('\t');
      case 'r':
        return letter('\r');
      default:
        if (c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
          return letter(static_cast<char32_t>(c));
    }
    return give_up();
  }

  Prefixes escape() {
    bool place = false;
    const Bytes bytes = escaped(place);
    return place ? nothing() : one(bytes);
  }

  Bytes bracket() {
    ++i_;
    const bool negated = at(i_) == '^';
    if (negated) ++i_;
    Bytes b;
    for (bool first = true; i_ < s_.size() && (first || s_[i_] != ']'); first = false) {
      if (s_[i_] == '[' && at(i_ + 1) == ':') {
        return give_up();
      }
      if (s_[i_] == '\\') {
        bool place = false;
        const Bytes more = escaped(place);
        if (at(i_) == '-' && at(i_ + 1) != ']') b |= any_byte();  // a range from an escape
        b |= more;
        continue;
      }
      const char32_t low = next_code_point(s_, i_);
      char32_t high = low;
      if (at(i_) == '-' && i_ + 1 < s_.size() && s_[i_ + 1] != ']') {
        ++i_;
        if (s_[i_] == '\\') {
          return give_up();
        }
        high = next_code_point(s_, i_);
      }
      if (high >= 0x80 && high != low) b |= beyond_ascii();
      for (char32_t c = low; c <= high && (c < 0x80 || c == low); ++c) b |= letter(c);
    }
    ++i_;
    if (!negated) return b;
    Bytes other = any_byte();
    for (size_t c = 0; c < 0x80; ++c)
      if (b.test(c)) other.reset(c);
    return other;
  }

  // The bracket that closes the group at `i`.
  size_t group_end(size_t i) const {
    int nested = 0;
    for (; i < s_.size(); ++i) {
      switch (s_[i]) {
        case '\\':
          ++i;
          break;
        case '[':
          i += at(i + 1) == '^' ? 2 : 1;
          for (bool first = true; i < s_.size() && (first || s_[i] != ']'); ++i, first = false)
            if (s_[i] == '\\') ++i;
          break;
        case '(':
          ++nested;
          break;
        case ')':
          if (--nested == 0) return i;
          break;
        default:
          break;
      }
    }
    return s_.size();
  }

  Prefixes group(int depth) {
    constexpr size_t kWorthKeeping = 24;  // bytes
    const size_t begin = i_;
    const size_t end = group_end(begin);
    if (end - begin < kWorthKeeping) return new_group(depth);
    std::string key(s_.substr(begin, end - begin));
    key += exact_ ? 'x' : 'i';
    if (const auto it = known_.find(key); it != known_.end()) {
      i_ = end + 1;
      return it->second;
    }
    Prefixes found = new_group(depth);
    if (!failed_ && i_ == end + 1) known_.emplace(std::move(key), found);
    return found;
  }

  Prefixes new_group(int depth) {
    const bool exact = exact_;
    ++i_;
    if (at(i_) == '?') {
      ++i_;
      if (at(i_) == 'P' || at(i_) == '<') {
        i_ = std::min(s_.find('>', i_), s_.size() - 1) + 1;
      } else {
        bool on = true;
        for (; i_ < s_.size() && s_[i_] != ':' && s_[i_] != ')'; ++i_) {
          if (s_[i_] == '-') on = false;
          if (s_[i_] == 'i') exact_ = !on && !raw_;
        }
        if (at(i_) == ')') {  // for the rest of the group around it
          ++i_;
          return nothing();
        }
        ++i_;
      }
    }
    if (depth >= kMaxNesting) give_up();
    Prefixes inner = alternatives(depth + 1);
    exact_ = exact;
    if (at(i_) != ')') give_up();
    ++i_;
    return inner;
  }

  // What stands behind an atom: ? * + {2,5}, and their lazy forms.
  void repeat(Prefixes& p) {
    size_t least = 1;
    size_t most = 1;
    switch (at(i_)) {
      case '?':
        least = 0;
        break;
      case '*':
        least = 0;
        most = RegexPrefix::kDepth;
        break;
      case '+':
        most = RegexPrefix::kDepth;
        break;
      case '{': {
        size_t k = i_ + 1;
        const auto number = [&](size_t& n) {
          const size_t begin = k;
          for (n = 0; at(k) >= '0' && at(k) <= '9'; ++k)
            n = std::min<size_t>(n * 10 + static_cast<size_t>(s_[k] - '0'), 99);
          return k > begin;
        };
        if (!number(least)) return;
        most = least;
        if (at(k) == ',') {
          ++k;
          if (!number(most)) most = RegexPrefix::kDepth;
        }
        if (at(k) != '}') return;
        i_ = k;
        break;
      }
      default:
        return;
    }
    ++i_;
    if (at(i_) == '?') ++i_;
    least = std::min(least, RegexPrefix::kDepth);
    most = std::min(most, RegexPrefix::kDepth);
    Prefixes all = nothing();
    for (size_t k = 0; k < least; ++k) append(all, p);
    Prefixes longer = all;
    for (size_t k = least; k < most && !finished(longer); ++k) {
      append(longer, p);
      all.insert(all.end(), longer.begin(), longer.end());
      limit(all);
    }
    p = std::move(all);
  }

  std::string_view s_;
  size_t most_;
  KnownPrefixes& known_;
  bool raw_;
  bool stops_early_;
  bool exact_;  // case counts
  size_t i_ = 0;
  bool failed_ = false;
};

}  // namespace

std::vector<RegexPrefix> regex_prefixes(std::string_view regex, RegexText text, size_t most, KnownPrefixes& known) {
  return Reader(regex, text, most, known).read();
}

}  // namespace newsnlp
