#include "attribution_patterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "lazy.h"
#include "need_table.h"
#include "newsnlp/error.h"
#include "pattern_slots.h"
#include "quotation_marks.h"
#include "slot_lists.h"
#include "unicode.h"

namespace newsnlp {
namespace {

constexpr size_t kMaxProposals = 64;  // a window
constexpr int64_t kMatcherBytes = 16 << 20;

enum Group : size_t { kSource, kCue, kContent, kContent2, kGroups };

RE2::Options regex_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMatcherBytes);
  return options;
}

struct Compiled {
  explicit Compiled(const std::string& source) : regex(source, regex_options()) {
    static constexpr std::array<std::string_view, kGroups> kNames = {"source", "cue", "content", "content2"};
    if (!regex.ok()) return;
    const auto& numbers = regex.NamedCapturingGroups();
    for (size_t g = 0; g < kGroups; ++g)
      if (const auto it = numbers.find(std::string(kNames[g])); it != numbers.end()) group[g] = it->second;
    pieces += *std::max_element(group.begin(), group.end());
  }

  RE2 regex;
  std::array<int, kGroups> group{};  // number in the regex; 0: none
  int pieces = 1;                    // of a match that are asked for
};

struct Pattern {
  std::string name;
  bool certain = false;
  std::string source;
  bool to_end = false;  // Translation::to_end
  Lazy<Compiled> once;  // made for the first window that has what the pattern needs

  const Compiled& compiled() const {
    return once.get([&] { return std::make_unique<const Compiled>(source); });
  }
};

// What is asked first of a pattern: a line of memory.
struct alignas(64) PatternTest {
  NeedBits needs;
  PatternSketch sketch;
};

std::string_view trim(std::string_view s) noexcept {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

// The first match that begins at byte `at` or behind it.
bool find_anywhere(const RE2& regex, re2::StringPiece text, size_t at, std::span<re2::StringPiece> pieces) {
  // Where it matches is asked first, and its groups within that: where most do not match, that is cheaper.
  if (!regex.Match(text, at, text.size(), RE2::UNANCHORED, pieces.data(), 1)) return false;
  const auto begin = static_cast<size_t>(pieces[0].data() - text.data());
  return regex.Match(text, begin, begin + pieces[0].size(), RE2::ANCHOR_BOTH, pieces.data(),
                     static_cast<int>(pieces.size()));
}

}  // namespace

struct AttributionPatterns::State {
  std::vector<Pattern> patterns;
  std::vector<PatternTest> tests;  // of the patterns
  SlotLists lists;
  NeedTable needs;     // of the patterns
  bool own = false;    // a person's patterns: verbs call for them, too
  bool known = false;  // the patterns are good
  // Patterns as bits: those that are looked at for the sake of a need, need by need, and those that need no word.
  size_t row = 0;  // words of bits
  std::vector<uint64_t> by_need, always;

  void add_pattern(const std::string& name, bool certain, std::string_view body, const AttributionPatterns::State* base,
                   const std::string& file, size_t line, size_t column);
  void add_test(const PatternNeeds& of);
  void finish();
  bool calls(const Layers& layers, const Workspace& workspace, const PatternWords& words, IndexRange tokens,
             bool in_quotation) const;
  template <class Bits>
  bool find(size_t pattern, const SymbolWindow& window, const SymbolSets<Bits>& sets, re2::StringPiece text, size_t at,
            std::span<re2::StringPiece> pieces) const;
  template <class Bits>
  void match_window(const Layers& layers, const Workspace& workspace, PatternScratch& scratch, SymbolSets<Bits>& sets,
                    std::vector<Proposal>& out) const;
  void match_window(const Layers& layers, const Workspace& workspace, PatternScratch& scratch,
                    std::vector<Proposal>& out) const {
    if (scratch.window.symbols().size() <= SymbolSets<uint64_t>::kMost)
      match_window(layers, workspace, scratch, scratch.sets, out);
    else
      match_window(layers, workspace, scratch, scratch.wide_sets, out);
  }
};

void AttributionPatterns::State::add_pattern(const std::string& name, bool certain, std::string_view body,
                                             const State* base, const std::string& file, size_t line, size_t column) {
  const auto fail = [&](size_t at, const std::string& message) {
    throw ListError(file + ":" + std::to_string(line) + ":" + std::to_string(column + at) + ": " + message);
  };
  const SlotLists* inherited = base == nullptr ? nullptr : &base->lists;
  const PatternNeeds needed =
      pattern_needs(body, lists.first_words(), inherited == nullptr ? nullptr : &inherited->first_words());
  const Translation t = translate_pattern(body, lists, inherited, needed.whole_lists);
  if (!t.error.empty()) fail(t.error_at, t.error);
  Pattern p;
  p.name = name;
  p.certain = certain;
  p.source = t.regex;
  p.to_end = t.to_end;
  if (!known) {
    const RE2& regex = p.compiled().regex;
    if (!regex.ok()) {
      const size_t at = regex.error_arg().empty() ? std::string_view::npos : body.find(regex.error_arg());
      fail(at == std::string_view::npos ? 0 : at,
           "pattern \"" + name + "\" is refused: " + regex.error() + "; RE2 has no look-around and no back-references");
    }
    if (p.compiled().group[kCue] == 0 && p.compiled().group[kContent] == 0)
      fail(0, "pattern \"" + name + "\" names neither a cue nor a content; add (?P<cue>…) or (?P<content>…)");
  }
  add_test(needed);
  patterns.push_back(std::move(p));
}

void AttributionPatterns::State::add_test(const PatternNeeds& of) {
  PatternTest test;
  for (const AnyOf& any : of.words)
    if (const size_t need = needs.need(any); need < test.needs.size()) test.needs.set(need);
  test.sketch = of.sketch;
  for (SketchStep& step : test.sketch.steps) {
    if (!step.of_set()) continue;
    const size_t set = needs.set(of.sets[step.arg]);
    if (set > UINT16_MAX) {
      test.sketch = {};
      break;
    }
    step.arg = static_cast<uint16_t>(set);
  }
  tests.push_back(std::move(test));
}

// Once all patterns are there.
void AttributionPatterns::State::finish() {
  needs.finish(lists);
  row = (patterns.size() + 63) / 64;
  by_need.assign(row * NeedBits().size(), 0);
  always.assign(row, 0);
  // The need that the fewest patterns have tells most.
  std::vector<size_t> users(NeedBits().size());
  const auto each = [](const NeedBits& bits, auto visit) {
    for (size_t n = bits._Find_first(); n < bits.size(); n = bits._Find_next(n)) visit(n);
  };
  for (const PatternTest& test : tests) each(test.needs, [&](size_t need) { ++users[need]; });
  for (size_t k = 0; k < patterns.size(); ++k) {
    size_t rare = users.size();
    each(tests[k].needs, [&](size_t need) { rare = rare == users.size() || users[need] < users[rare] ? need : rare; });
    (rare < users.size() ? by_need[rare * row + k / 64] : always[k / 64]) |= uint64_t{1} << k % 64;
  }
}

AttributionPatterns::AttributionPatterns(std::string_view text, const std::string& file,
                                         const AttributionPatterns* base, bool known) {
  auto state = std::make_unique<State>();
  state->known = known;
  if (base != nullptr) {
    state->own = true;
    state->lists.inherit_calls(base->state_->lists);
  }
  const State* inherited = base == nullptr ? nullptr : base->state_.get();
  text = without_byte_order_mark(text);
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') continue;
    if (const size_t bad = find_invalid_utf8(line); bad != std::string_view::npos)
      throw ListError(file + ":" + std::to_string(number) + ":" + std::to_string(bad + 1) +
                      ": not valid UTF-8; convert the file to UTF-8 first");
    const size_t equals = line.find('=');
    const std::string_view left = trim(line.substr(0, equals));
    const size_t space = left.find(' ');
    const std::string_view kind = left.substr(0, space);
    const std::string name(space == std::string_view::npos ? std::string_view() : trim(left.substr(space)));
    const bool list = kind == "verbs" || kind == "words";
    if ((!list && kind != "pattern" && kind != "certain") || equals == std::string_view::npos || name.empty())
      throw ListError(
          file + ":" + std::to_string(number) +
          ":1: expected \"verbs NAME = …\", \"words NAME = …\", \"pattern NAME = …\" or \"certain NAME = …\"");
    const std::string_view body = trim(line.substr(equals + 1));
    if (body.empty())
      throw ListError(file + ":" + std::to_string(number) + ":" + std::to_string(equals + 2) +
                      ": nothing behind the equals sign; write the list or the pattern there");
    if (list) {
      state->lists.add(kind == "verbs", name, body);
    } else {
      state->add_pattern(name, kind == "certain", body, inherited, file, number,
                         static_cast<size_t>(body.data() - line.data()) + 1);
    }
  }
  state->finish();
  state_ = std::move(state);
}

AttributionPatterns::~AttributionPatterns() = default;
AttributionPatterns::AttributionPatterns(AttributionPatterns&&) noexcept = default;

size_t AttributionPatterns::size() const noexcept {
  return state_->patterns.size();
}

std::string_view AttributionPatterns::name(uint32_t pattern) const noexcept {
  return pattern < state_->patterns.size() ? std::string_view(state_->patterns[pattern].name) : std::string_view();
}

/// Whether anything in the window asks for the patterns.
bool AttributionPatterns::State::calls(const Layers& layers, const Workspace& workspace, const PatternWords& words,
                                       IndexRange tokens, bool in_quotation) const {
  uint32_t flags = 0;
  for (uint32_t t = tokens.begin; t < tokens.end; ++t) flags |= words.flags(workspace.word[t]);
  const auto is_sign = [&](uint32_t t, PatternWord::Flag sign) {
    return (words.flags(workspace.word[t]) & sign) != 0 && layers.tokens[t].kind == TokenKind::Punctuation;
  };
  if ((flags & PatternWord::kColon) != 0)
    for (uint32_t t = tokens.begin; t < tokens.end; ++t)
      if (is_sign(t, PatternWord::kColon)) return true;
  if (is_sign(tokens.begin, PatternWord::kDash)) return true;
  if ((flags & PatternWord::kCalls) != 0) return true;
  const std::span marks(workspace.quotation.data(), tokens.end);
  const bool quotation_seen = !in_quotation && next_quoted(marks, tokens.begin) < tokens.end;
  const bool verb = (flags & PatternWord::kVerb) != 0;
  // A plain report is the models' own business.
  return own ? quotation_seen || verb : quotation_seen && !verb;
}

// What find_anywhere() finds. The first symbols with which it may begin are tried without an automaton, by the program
// itself; where it begins at a later one, an automaton is cheaper.
template <class Bits>
bool AttributionPatterns::State::find(size_t pattern, const SymbolWindow& window, const SymbolSets<Bits>& sets,
                                      re2::StringPiece text, size_t at, std::span<re2::StringPiece> pieces) const {
  constexpr int kTries = 2;  // with 1, a first pass pays 25 instructions a token more
  const RE2& regex = patterns[pattern].compiled().regex;
  const PatternSketch& sketch = tests[pattern].sketch;
  if (!sketch.reads(sets)) return find_anywhere(regex, text, at, pieces);
  int tries = 0;
  for (Bits rest = sketch.begins(sets); rest != 0; rest &= rest - 1) {
    const SymbolWindow::Symbol& first = window.symbols()[lowest_bit(rest)];
    if (first.begin <= at) continue;  // a space stands before it
    const Bits ends = sketch.ends(sets, rest & -rest);
    if (ends == 0) continue;
    if (++tries > kTries) return find_anywhere(regex, text, first.begin - 1, pieces);
    const SymbolWindow::Symbol& last = window.symbols()[highest_bit(ends)];
    if (regex.Match(text, first.begin - 1, last.end + 1, RE2::ANCHOR_START, pieces.data(),
                    static_cast<int>(pieces.size())))
      return true;
  }
  return false;
}

template <class Bits>
void AttributionPatterns::State::match_window(const Layers& layers, const Workspace& workspace, PatternScratch& scratch,
                                              SymbolSets<Bits>& sets, std::vector<Proposal>& out) const {
  constexpr size_t kFewPieces = 8;
  const NeedBits all = needs.of(scratch.window);
  std::vector<uint64_t>& candidates = scratch.candidates;
  candidates = always;
  for (size_t need = all._Find_first(); need < all.size(); need = all._Find_next(need))
    for (size_t i = 0; i < row; ++i) candidates[i] |= by_need[need * row + i];
  re2::StringPiece text;
  std::array<re2::StringPiece, kFewPieces> few;
  std::vector<re2::StringPiece> many;
  size_t found = 0;
  bool sets_known = false;
  auto next = [&, at = size_t{0}]() mutable {  // of the candidates; their number: none
    while (at < row && candidates[at] == 0) ++at;
    if (at == row) return patterns.size();
    const auto bit = static_cast<size_t>(std::countr_zero(candidates[at]));
    candidates[at] &= candidates[at] - 1;
    return at * 64 + bit;
  };
  for (size_t k = next(); k < patterns.size(); k = next()) {
    if ((tests[k].needs & ~all).any()) continue;
    if (!sets_known) needs.find_sets(scratch.window, sets);
    sets_known = true;
    if (!tests[k].sketch.may_match(sets)) continue;
    if (text.empty()) {
      const std::string_view written = scratch.window.write(layers, workspace);
      text = {written.data(), written.size()};
      NeedTable::find_phrases(scratch.window, written, sets);
      if (!tests[k].sketch.may_match(sets)) continue;
    }
    const Pattern& p = patterns[k];
    const Compiled& compiled = p.compiled();
    if (!compiled.regex.ok()) continue;
    const auto n = static_cast<size_t>(compiled.pieces);
    if (n > kFewPieces) many.resize(n);
    const std::span pieces(n > kFewPieces ? many.data() : few.data(), n);
    // A match has two spaces at the least.
    for (size_t at = 0; at + 1 < text.size() && found < kMaxProposals;) {
      if (!find(k, scratch.window, sets, text, at, pieces)) break;
      const auto end = static_cast<size_t>(pieces[0].data() - text.data()) + pieces[0].size();
      const size_t whole_end = p.to_end ? text.size() : end;
      const auto range = [&](size_t group) {
        const int number = compiled.group[group];
        if (number <= 0) return IndexRange{};
        const re2::StringPiece piece = pieces[static_cast<size_t>(number)];
        if (piece.data() == nullptr || piece.empty()) return IndexRange{};
        const auto from = static_cast<size_t>(piece.data() - text.data());
        const size_t to = from + piece.size();
        return scratch.window.tokens(from, to == end ? whole_end : to);
      };
      out.push_back(
          {range(kCue), range(kSource), {range(kContent), range(kContent2)}, static_cast<uint32_t>(k), p.certain});
      ++found;
      // The space behind a match may begin the next one.
      at = std::max(at + 1, whole_end - 1);
    }
  }
}

void AttributionPatterns::update(const WordTypes& types, PatternWords& words) const {
  const auto word = [&](uint32_t type) {
    return state_->needs.word(types[type].lower, types.lower(type), state_->lists);
  };
  words.update(types, state_.get(), word);
}

void AttributionPatterns::match(const Layers& layers, const Workspace& workspace, PatternScratch& scratch,
                                std::vector<Proposal>& out) const {
  const State& s = *state_;
  if (s.patterns.empty()) return;
  update(workspace.types, scratch.words);
  find_quotations(layers, workspace, scratch.quotations);
  const std::vector<IndexRange>& quotations = scratch.quotations;
  static const std::vector<IndexRange> kNoQuotations;
  SymbolWindow& window = scratch.window;
  size_t next = 0;  // the first quotation that does not end before the sentence
  for (uint32_t i = 0; i < layers.sentences.size();) {
    const uint32_t begin = layers.sentences[i].tokens.begin;
    uint32_t end = layers.sentences[i].tokens.end;
    const uint32_t first = i++;
    const size_t quotation = next;
    // Sentences inside one quotation belong together.
    for (; next < quotations.size() && quotations[next].begin < end; ++next) {
      while (i < layers.sentences.size() && quotations[next].end > end) end = layers.sentences[i++].tokens.end;
    }
    const IndexRange tokens{begin, end};
    const size_t inside_end = next;
    if (s.calls(layers, workspace, scratch.words, tokens, false)) {
      window.clear();
      const auto paragraph = [&](uint32_t t) { return workspace.paragraph[t]; };
      if (quotation > 0 && quotations[quotation - 1].end == begin) {
        window.add_quotation(quotations[quotation - 1]);
        window.add_break(paragraph(begin - 1) != paragraph(begin), begin);
      }
      window.add_tokens(layers, workspace, scratch.words, tokens, quotations, quotation);
      if (next < quotations.size() && quotations[next].begin == end) {
        window.add_break(paragraph(end - 1) != paragraph(end), end);
        window.add_quotation(quotations[next]);
      }
      s.match_window(layers, workspace, scratch, out);
    }
    // Reports inside the quotations, sentence by sentence.
    uint32_t k = first;
    for (size_t q = quotation; q < inside_end; ++q) {
      const uint32_t last = quotations[q].end - (quotations[q].end > quotations[q].begin + 1 ? 1 : 0);
      while (k + 1 < i && layers.sentences[k].tokens.end <= quotations[q].begin + 1) ++k;
      for (uint32_t j = k; j < i && layers.sentences[j].tokens.begin < last; ++j) {
        const IndexRange inside{std::max(layers.sentences[j].tokens.begin, quotations[q].begin + 1),
                                std::min(layers.sentences[j].tokens.end, last)};
        if (inside.begin >= inside.end || !s.calls(layers, workspace, scratch.words, inside, true)) continue;
        window.clear();
        window.add_tokens(layers, workspace, scratch.words, inside, kNoQuotations, 0);
        s.match_window(layers, workspace, scratch, out);
      }
    }
  }
}

}  // namespace newsnlp
