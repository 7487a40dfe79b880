#include "pattern_needs.h"

#include <algorithm>

#include "hash.h"
#include "symbol_window.h"

namespace newsnlp {
namespace {

constexpr int kMaxDepth = 20;
constexpr int kMaxSteps = 20000;

class NeedsReader {
 public:
  NeedsReader(std::string_view pattern, const ListWords& own, const ListWords* base)
      : s_(pattern), own_(own), base_(base) {}

  PatternNeeds read() {
    bool fresh = true;
    Part all = alternatives(fresh, 0);
    return failed_ || i_ < s_.size() ? PatternNeeds()
                                     : PatternNeeds{std::move(all.words), std::move(all.pairs), whole_};
  }

 private:
  // What a part of the pattern needs; the words with which it surely begins and ends, empty if there are none.
  struct Part {
    std::vector<AnyOf> words;
    std::vector<AnyPair> pairs;
    AnyOf first, last;
    bool begun = false;

    // A word, or a group that begins and ends with words.
    void go_on(const AnyOf& begin, const AnyOf& end) {
      if (!begun) first = begin;
      if (begun && !last.empty() && !begin.empty()) pairs.push_back({last, begin});
      begun = true;
      last = end;
    }
    void need(const AnyOf& any, bool goes_on = false) {
      words.push_back(any);
      go_on(any, goes_on ? AnyOf() : any);
    }
    void skip() { go_on({}, {}); }
  };

  char at(size_t i) const { return i < s_.size() ? s_[i] : '\0'; }
  bool repeated(size_t i) const {
    return at(i) == '?' || at(i) == '*' || at(i) == '+' || (at(i) == '{' && at(i + 1) >= '0' && at(i + 1) <= '9');
  }
  bool optional(size_t i) const { return repeated(i) && at(i) != '+'; }
  size_t behind_repetition(size_t i) const {
    if (!repeated(i)) return i;
    if (at(i) == '{') i = std::min(s_.find('}', i), s_.size() - 1);
    return i + (at(i + 1) == '?' ? 2 : 1);
  }
  size_t behind_class(size_t i) const {
    const size_t end = s_.find(']', i + 1);
    return end == std::string_view::npos ? s_.size() : end + 1;
  }
  size_t group_begin(size_t i) const {
    if (at(i + 1) != '?') return i + 1;
    const size_t end = s_.find(at(i + 2) == ':' ? ':' : '>', i);
    return end == std::string_view::npos ? s_.size() : end + 1;
  }
  /// The closing bracket of the group in which i stands.
  size_t group_end(size_t i) const {
    for (int depth = 0; i < s_.size(); ++i) {
      if (s_[i] == '\\') {
        ++i;
      } else if (s_[i] == '[') {
        i = behind_class(i) - 1;
      } else if (s_[i] == '(') {
        ++depth;
      } else if (s_[i] == ')' && depth-- == 0) {
        return i;
      }
    }
    return s_.size();
  }

  /// Whether the symbol surely ends at i.
  bool ends(size_t i) {
    if (++steps_ > kMaxSteps) return false;
    if (i >= s_.size() || s_[i] == '$') return true;
    if (s_[i] == ' ') return !optional(i + 1);
    if (s_[i] == '|' || s_[i] == ')') {
      const size_t close = s_[i] == ')' ? i : group_end(i);
      if (close >= s_.size()) return s_[i] == '|';  // a choice that is the whole pattern
      return (!repeated(close + 1) || at(close + 1) == '?') && ends(behind_repetition(close + 1));
    }
    if (s_[i] != '(') return false;
    const size_t close = group_end(i + 1);
    if (close >= s_.size() || (optional(close + 1) && !ends(behind_repetition(close + 1)))) return false;
    for (size_t a = group_begin(i); a <= close;) {
      if (!ends(a)) return false;
      int depth = 0;
      for (; a < close && (depth > 0 || s_[a] != '|'); ++a) {
        if (s_[a] == '[' || s_[a] == '\\') return false;
        depth += s_[a] == '(' ? 1 : s_[a] == ')' ? -1 : 0;
      }
      ++a;
    }
    return true;
  }

  /// Reads up to the bracket that closes. `fresh`: a symbol surely begins here.
  Part alternatives(bool& fresh, int depth) {
    Part all;
    bool all_fresh = true;
    bool free = false;  // one of them asks for nothing
    bool begins = true, ends = true;
    const auto add = [](const AnyOf& from, AnyOf& to) { to.insert(to.end(), from.begin(), from.end()); };
    for (size_t k = 0;; ++k) {
      bool after = fresh;
      Part one = sequence(after, depth);
      all_fresh &= after;
      const bool more = at(i_) == '|';
      if (k == 0 && !more) {
        all = std::move(one);
        break;
      }
      free |= one.words.empty();
      begins &= !one.first.empty();
      ends &= !one.last.empty();
      add(one.first, all.first);
      add(one.last, all.last);
      if (!one.words.empty()) {
        const auto fewest = std::min_element(one.words.begin(), one.words.end(),
                                             [](const AnyOf& a, const AnyOf& b) { return a.size() < b.size(); });
        if (all.words.empty()) all.words.emplace_back();
        add(*fewest, all.words.front());
      }
      if (!more) break;
      ++i_;
    }
    fresh = all_fresh;
    if (free) all.words.clear();
    if (!begins) all.first.clear();
    if (!ends) all.last.clear();
    return all;
  }

  Part sequence(bool& fresh, int depth) {
    Part part;
    while (i_ < s_.size() && s_[i_] != '|' && s_[i_] != ')') {
      const char c = s_[i_];
      if (c == ' ') {
        ++i_;
        fresh |= !optional(i_);
        i_ = behind_repetition(i_);
      } else if (c == '(') {
        group(fresh, part, depth);
      } else if (c == '{' && !repeated(i_)) {
        slot(fresh, part);
      } else if (c == '^' || c == '$') {
        ++i_;
      } else {
        literal(fresh, part);
      }
    }
    return part;
  }

  void group(bool& fresh, Part& part, int depth) {
    bool after = fresh;
    i_ = group_begin(i_);
    Part inner;
    if (depth < kMaxDepth) inner = alternatives(after, depth + 1);
    if (at(i_) != ')') {
      failed_ = true;
      i_ = s_.size();
      return;
    }
    ++i_;
    // A repeated group is entered from its own end, too.
    const bool again = repeated(i_) && at(i_) != '?';
    if (!optional(i_) && (!again || after)) {
      part.words.insert(part.words.end(), inner.words.begin(), inner.words.end());
      part.pairs.insert(part.pairs.end(), inner.pairs.begin(), inner.pairs.end());
    }
    if (repeated(i_))
      part.skip();
    else
      part.go_on(inner.first, inner.last);
    fresh = after && (!optional(i_) || fresh);
    i_ = behind_repetition(i_);
  }

  void slot(bool& fresh, Part& part) {
    const size_t begin = i_;
    const size_t end = std::min(s_.find('}', i_), s_.size());
    const std::string_view name = s_.substr(i_ + 1, end - i_ - 1);
    i_ = std::min(end + 1, s_.size());
    const bool wanted = !optional(i_);
    const bool whole = fresh && !repeated(i_) && ends(i_);
    i_ = behind_repetition(i_);
    fresh = false;
    const FirstWords* list = nullptr;
    if (const auto it = own_.find(name); it != own_.end()) {
      list = &it->second;
    } else if (base_ != nullptr) {
      if (const auto inherited = base_->find(name); inherited != base_->end()) list = &inherited->second;
    }
    if (whole && list != nullptr) {
      part.need(list->words, list->phrases);
      whole_.push_back(begin);
    } else if (whole && name == "QUOTE") {
      part.need({kQuotationKey});
    } else if (whole && name == "DASH") {
      part.need({kDashKey});
    } else if (!whole || name != "BREAK") {
      if (wanted && list == nullptr && name == "QUOTE") part.words.push_back({kQuotationKey});
      part.skip();
    }
  }

  void literal(bool& fresh, Part& part) {
    constexpr std::string_view kSpecial = " ()|{}[]?*+^$\\.";
    constexpr std::string_view kSigns = ",:.;";
    const size_t begin = i_;
    while (i_ < s_.size() && kSpecial.find(s_[i_]) == std::string_view::npos) ++i_;
    const std::string_view word = s_.substr(begin, i_ - begin);
    if (!word.empty() && !repeated(i_)) {
      const AnyOf key = {is_dash(word) ? kDashKey : hash_bytes(word)};
      if (fresh && ends(i_)) {
        if (word.size() == 1 && kSigns.find(word[0]) != std::string_view::npos)
          part.words.push_back(key);
        else
          part.need(key);
      } else {
        part.skip();
      }
      fresh = false;
      return;
    }
    // A sign that may be left out: no word is glued to it.
    std::string_view sign = word;
    if (word.empty()) {
      const size_t end = at(i_) == '[' ? behind_class(i_) : at(i_) == '\\' ? std::min(i_ + 2, s_.size()) : i_ + 1;
      sign = at(i_) == '[' && end > i_ + 2 ? s_.substr(i_ + 1, end - i_ - 2) : std::string_view("x");
      i_ = end;
    }
    fresh = fresh && at(i_) == '?' && sign.find_first_not_of(kSigns) == std::string_view::npos;
    if (!fresh) part.skip();
    i_ = std::max(behind_repetition(i_), begin + 1);
  }

  std::string_view s_;
  const ListWords& own_;
  const ListWords* base_;
  size_t i_ = 0;
  std::vector<size_t> whole_;
  int steps_ = 0;
  bool failed_ = false;
};

}  // namespace

PatternNeeds pattern_needs(std::string_view pattern, const ListWords& own, const ListWords* base) {
  PatternNeeds needs = NeedsReader(pattern, own, base).read();
  const auto tidy = [](AnyOf& any) {
    std::sort(any.begin(), any.end());
    any.erase(std::unique(any.begin(), any.end()), any.end());
  };
  for (AnyOf& any : needs.words) tidy(any);
  for (AnyPair& pair : needs.pairs) {
    tidy(pair.first);
    tidy(pair.second);
  }
  return needs;
}

}  // namespace newsnlp
