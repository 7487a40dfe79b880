#include "pattern_needs.h"

#include <algorithm>
#include <array>

#include "hash.h"
#include "pattern_slots.h"
#include "symbol_window.h"

namespace newsnlp {
namespace {

constexpr int kMaxDepth = 20;
constexpr int kMaxSteps = 20000;
constexpr size_t kMaxStepsOfSketch = 2000;
constexpr size_t kMaxStepsOfGroup = 100;  // with its repetitions

// By PhraseKind.
constexpr std::array<std::string_view, static_cast<size_t>(PhraseKind::Count)> kPhraseSlots = {
    "NP", "PERSON", "ORG", "PLACE", "NAME", "PRONOUN", "DATE"};

class NeedsReader {
 public:
  NeedsReader(std::string_view pattern, const ListWords& own, const ListWords* base)
      : s_(pattern), own_(own), base_(base) {}

  PatternNeeds read() {
    bool fresh = true;
    Part all = alternatives(fresh, 0);
    if (failed_ || i_ < s_.size()) return {};
    PatternNeeds needs{std::move(all.words), {}, std::move(sets_), std::move(whole_)};
    // A choice that is the whole pattern has other ends.
    if (choice_ || all.steps.size() > kMaxStepsOfSketch) return needs;
    needs.sketch = {std::move(all.steps), s_.starts_with('^'), s_.ends_with('$')};
    return needs;
  }

 private:
  using Kind = SketchStep::Kind;
  // What a part of the pattern needs, and its sketch.
  struct Part {
    std::vector<AnyOf> words;
    std::vector<SketchStep> steps;

    void step(Kind kind, bool optional = false, size_t arg = 0) {
      steps.push_back({kind, optional, static_cast<uint16_t>(arg)});
    }
    void append(const Part& other) {
      words.insert(words.end(), other.words.begin(), other.words.end());
      steps.insert(steps.end(), other.steps.begin(), other.steps.end());
    }
  };

  size_t set(AnyOf any) {
    sets_.push_back(std::move(any));
    return sets_.size() - 1;
  }

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
  /// How often what is repeated at most stands there; 0: any number of times.
  size_t most_times(size_t i) const {
    if (!repeated(i) || at(i) == '?') return 1;
    size_t most = 0;
    for (; at(i) == '{' || at(i) == ',' || (at(i) >= '0' && at(i) <= '9'); ++i)
      most = at(i) >= '0' && at(i) <= '9' ? std::min<size_t>(most * 10 + static_cast<size_t>(at(i) - '0'), 1000) : 0;
    return most;
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

  /// Reads up to the bracket that closes. `fresh`: a symbol surely begins here. Several choices are steps of the kind
  /// Choice, or one word of a larger set.
  Part alternatives(bool& fresh, int depth) {
    Part all;
    bool all_fresh = true;
    bool free = false;  // one of them asks for nothing
    bool plain = true;  // they are words
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
      if (!one.words.empty()) {
        const auto fewest = std::min_element(one.words.begin(), one.words.end(),
                                             [](const AnyOf& a, const AnyOf& b) { return a.size() < b.size(); });
        if (all.words.empty()) all.words.emplace_back();
        all.words.front().insert(all.words.front().end(), fewest->begin(), fewest->end());
      }
      plain &= one.steps.size() == 1 && one.steps.front().kind == Kind::Word && !one.steps.front().optional;
      all.step(Kind::Choice, false, one.steps.size());
      all.steps.insert(all.steps.end(), one.steps.begin(), one.steps.end());
      choice_ |= depth == 0;
      if (!more) {
        if (plain) all.steps = {{Kind::Word, false, static_cast<uint16_t>(join_sets(all.steps))}};
        break;
      }
      ++i_;
    }
    fresh = all_fresh;
    if (free) all.words.clear();
    return all;
  }
  size_t join_sets(const std::vector<SketchStep>& choices) {
    AnyOf joined;
    for (size_t i = 1; i < choices.size(); i += 2) {
      const AnyOf& one = sets_[choices[i].arg];
      joined.insert(joined.end(), one.begin(), one.end());
    }
    return set(std::move(joined));
  }

  Part sequence(bool& fresh, int depth) {
    Part part;
    while (i_ < s_.size() && s_[i_] != '|' && s_[i_] != ')') {
      const char c = s_[i_];
      if (c == ' ') {
        ++i_;
        fresh |= !optional(i_);
        part.step(repeated(i_) && at(i_) != '?' ? Kind::Any : Kind::Space, at(i_) == '?');
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
    const size_t most = most_times(i_);
    const bool choices = !inner.steps.empty() && inner.steps.front().kind == Kind::Choice;
    if (most == 0 || (most > 1 && most * inner.steps.size() > kMaxStepsOfGroup)) {
      part.step(Kind::Any);
    } else {
      for (size_t k = 0; k < most; ++k) {
        if (choices || optional(i_)) part.step(Kind::Group, optional(i_), inner.steps.size() + (choices ? 0 : 1));
        if (!choices && optional(i_)) part.step(Kind::Choice, false, inner.steps.size());
        part.steps.insert(part.steps.end(), inner.steps.begin(), inner.steps.end());
      }
    }
    if (!optional(i_) && (!again || after)) part.words.insert(part.words.end(), inner.words.begin(), inner.words.end());
    fresh = after && (!optional(i_) || fresh);
    i_ = behind_repetition(i_);
  }

  void slot(bool& fresh, Part& part) {
    const size_t begin = i_;
    const size_t end = std::min(s_.find('}', i_), s_.size());
    const std::string_view name = s_.substr(i_ + 1, end - i_ - 1);
    i_ = std::min(end + 1, s_.size());
    const bool wanted = !optional(i_);
    const bool again = repeated(i_) && at(i_) != '?';
    const bool whole = fresh && !repeated(i_) && ends(i_);
    const bool ends_here = !repeated(i_) && ends(i_);
    i_ = behind_repetition(i_);
    fresh = false;
    const FirstWords* list = nullptr;
    if (const auto it = own_.find(name); it != own_.end()) {
      list = &it->second;
    } else if (base_ != nullptr) {
      if (const auto inherited = base_->find(name); inherited != base_->end()) list = &inherited->second;
    }
    if (whole && list != nullptr) {
      part.words.push_back(list->words);
      whole_.push_back(begin);
    } else if (list == nullptr && name == "QUOTE" && (whole || wanted)) {
      part.words.push_back({kQuotationKey});
    } else if (whole && name == "DASH") {
      part.words.push_back({kDashKey});
    }
    if (again) {
      part.step(Kind::Any);
    } else if (list != nullptr) {
      part.step(!ends_here      ? (list->phrases ? Kind::Some : Kind::Part)
                : list->phrases ? Kind::Begin
                                : Kind::Word,
                !wanted, ends_here ? set(list->words) : 0);
    } else {
      builtin_slot(name, !wanted, ends_here, part);
    }
  }

  void builtin_slot(std::string_view name, bool optional, bool ends_here, Part& part) {
    if (name == "QUOTE" || name == "BREAK") {
      part.step(Kind::Whole, optional, set({name == "QUOTE" ? kQuotationKey : kBreakKey}));
    } else if (name == "DASH" && ends_here) {
      part.step(Kind::Word, optional, set({kDashKey}));
    } else if (const auto kind = std::find(kPhraseSlots.begin(), kPhraseSlots.end(), name);
               kind != kPhraseSlots.end()) {
      part.step(Kind::Phrase, optional, static_cast<size_t>(kind - kPhraseSlots.begin()));
    } else if (name == "WHO") {
      AnyOf prepositions;
      for (const std::string_view word : kWhoPrepositions) prepositions.push_back(hash_bytes(word));
      part.step(Kind::Who, optional, set(std::move(prepositions)));
      part.step(Kind::Comma, false, set({hash_bytes(",")}));
    } else {
      part.step(name == "TEXT" || name == "CLAUSE" || name == "REST" ? Kind::Some : Kind::Part, optional);
    }
  }

  void literal(bool& fresh, Part& part) {
    constexpr std::string_view kSpecial = " ()|{}[]?*+^$\\.";
    constexpr std::string_view kSigns = ",:.;";
    const size_t begin = i_;
    while (i_ < s_.size() && kSpecial.find(s_[i_]) == std::string_view::npos) ++i_;
    const std::string_view word = s_.substr(begin, i_ - begin);
    const bool is_sign = word.size() == 1 && kSigns.find(word[0]) != std::string_view::npos;
    if (!word.empty() && !repeated(i_)) {
      const AnyOf key = {is_dash(word) ? kDashKey : hash_bytes(word)};
      const bool ends_here = ends(i_);
      if (fresh && ends_here) part.words.push_back(key);
      // Symbols that begin with a sign are in its set.
      if (ends_here || is_sign)
        part.step(Kind::Word, false, set(key));
      else if (word.size() >= kStartOfWord && kSigns.find(word[0]) == std::string_view::npos && !is_dash(word))
        part.step(Kind::Word, false, set({start_key(word)}));
      else
        part.step(Kind::Part);
      fresh = false;
      return;
    }
    // A last letter that may be left out.
    if (word.size() > 1 && at(i_) == '?' && (word.back() & 0x80) == 0 && ends(behind_repetition(i_))) {
      part.step(Kind::Word, false, set({hash_bytes(word), hash_bytes(word.substr(0, word.size() - 1))}));
      i_ = behind_repetition(i_);
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
    const bool signs = !sign.empty() && sign.find_first_not_of(kSigns) == std::string_view::npos;
    const bool again = repeated(i_) && at(i_) != '?';
    if (signs && !again && (is_sign || word.empty())) {
      AnyOf any;
      for (const char c : sign) any.push_back(hash_bytes({&c, 1}));
      part.step(Kind::Word, optional(i_), set(std::move(any)));
    } else if (word.empty()) {
      // It holds a space, or may do so.
      const bool within = sign.starts_with('^') && sign.find(' ') != std::string_view::npos &&
                          sign.find('\\') == std::string_view::npos;
      part.step(within ? Kind::Part : Kind::Any, optional(i_));
    } else {
      part.step(Kind::Part, optional(i_) && word.size() <= 4);  // the repetition may be of all of it: one character
    }
    fresh = fresh && at(i_) == '?' && signs;
    i_ = std::max(behind_repetition(i_), begin + 1);
  }

  std::string_view s_;
  const ListWords& own_;
  const ListWords* base_;
  size_t i_ = 0;
  std::vector<size_t> whole_;
  std::vector<AnyOf> sets_;
  int steps_ = 0;
  bool failed_ = false;
  bool choice_ = false;  // at the top
};

}  // namespace

PatternNeeds pattern_needs(std::string_view pattern, const ListWords& own, const ListWords* base) {
  PatternNeeds needs = NeedsReader(pattern, own, base).read();
  const auto tidy = [](AnyOf& any) {
    std::sort(any.begin(), any.end());
    any.erase(std::unique(any.begin(), any.end()), any.end());
  };
  for (AnyOf& any : needs.words) tidy(any);
  for (AnyOf& any : needs.sets) tidy(any);
  return needs;
}

}  // namespace newsnlp
