#include "attribution_patterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>
#include <unordered_set>

#include "hash.h"
#include "lazy.h"
#include "newsnlp/error.h"
#include "pattern_needs.h"
#include "pattern_slots.h"
#include "symbol_window.h"
#include "unicode.h"
#include "verb_forms.h"

namespace newsnlp {
namespace {

constexpr size_t kMaxProposals = 64;  // a window
constexpr int64_t kMatcherBytes = 16 << 20;

// Each bit is a set of words one of which must be there, or a pair of such sets; needs beyond the last bit are not
// asked for.
using NeedBits = std::bitset<256>;

struct Needs {
  NeedBits words, pairs;
};

// The needs that a word satisfies: alone; with the word behind it; with the word before it.
struct WordNeeds {
  NeedBits alone, first, second;
};

// A set of hashes that says no at once to most that are not in it.
class HashSet {
 public:
  void insert(uint64_t hash) {
    hashes_.insert(hash);
    maybe_.set(hash >> kShift);
  }
  void insert(const HashSet& other) {
    for (const uint64_t hash : other.hashes_) insert(hash);
  }
  bool contains(uint64_t hash) const { return maybe_[hash >> kShift] && hashes_.contains(hash); }

 private:
  static constexpr size_t kBits = 15;
  static constexpr size_t kShift = 64 - kBits;
  std::bitset<size_t{1} << kBits> maybe_;
  std::unordered_set<uint64_t> hashes_;
};

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
  }

  RE2 regex;
  std::array<int, kGroups> group{};  // number in the regex; 0: none
};

struct Pattern {
  std::string name;
  bool certain = false;
  std::string source;
  Lazy<Compiled> once;  // made for the first window that has what the pattern needs
  Needs needs;

  const Compiled& compiled() const {
    return once.get([&] { return std::make_unique<const Compiled>(source); });
  }
};

std::string_view trim(std::string_view s) noexcept {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

/// The next entry of a list's right side: a word, or what stands between straight quotation marks.
std::string_view next_entry(std::string_view& s) noexcept {
  s = trim(s);
  if (s.empty()) return s;
  size_t end = std::string_view::npos;
  std::string_view entry;
  if (s.front() == '"' && (end = s.find('"', 1)) != std::string_view::npos) {
    entry = s.substr(1, end - 1);
    ++end;
  } else {
    end = std::min(s.find(' '), s.find('\t'));
    entry = s.substr(0, end);
  }
  s = end >= s.size() ? std::string_view() : s.substr(end);
  return entry;
}

}  // namespace

struct AttributionPatterns::State {
  std::vector<Pattern> patterns;
  SlotLists lists;
  HashSet verbs;       // hashes of lower-case words: of the lists of verbs
  HashSet calls_for;   // of the list CALLS
  bool own = false;    // a person's patterns: verbs call for them, too
  bool known = false;  // the patterns are good
  ListWords first_words;
  std::map<AnyOf, size_t> bits;  // of the needs of all patterns
  std::map<AnyPair, size_t> pair_bits;
  std::unordered_map<uint64_t, WordNeeds> satisfies;  // by word

  void add_list(bool of_verbs, const std::string& name, std::string_view entries);
  void add_pattern(const std::string& name, bool certain, std::string_view body, const AttributionPatterns::State* base,
                   const std::string& file, size_t line, size_t column);
  bool calls(const Layers& layers, const Workspace& workspace, IndexRange tokens, bool in_quotation) const;
  void add_needs(const PatternNeeds& of, Needs& needs);
  Needs satisfied(const SymbolWindow& window) const;
  void match_window(const Layers& layers, const Workspace& workspace, SymbolWindow& window,
                    std::vector<Proposal>& out) const;
};

void AttributionPatterns::State::add_list(bool of_verbs, const std::string& name, std::string_view entries) {
  std::string& slot = lists[name];
  if (!slot.empty()) slot.pop_back();  // the bracket of an earlier line
  const auto add = [&](std::string_view phrase) {
    slot += slot.empty() ? "(?:" : "|";
    const uint64_t first = hash_bytes(phrase.substr(0, phrase.find(' ')));
    first_words[name].words.push_back(first);
    first_words[name].phrases |= phrase.find(' ') != std::string_view::npos;
    if (of_verbs) verbs.insert(first);
    if (name == "CALLS") calls_for.insert(first);
    for (size_t i = 0; i < phrase.size();) {
      const size_t space = std::min(phrase.find(' ', i), phrase.size());
      slot += RE2::QuoteMeta(re2::StringPiece(phrase.data() + i, space - i));
      if (space < phrase.size()) slot += "Z? [NPOLMCRDV]*";
      i = space + 1;
    }
  };
  for (std::string_view entry = next_entry(entries); !entry.empty(); entry = next_entry(entries)) {
    const std::string low = lower(entry);
    if (!of_verbs) {
      add(low);
      continue;
    }
    for (const std::string& form : verb_forms(low)) add(form);
  }
  slot += ")";
}

void AttributionPatterns::State::add_pattern(const std::string& name, bool certain, std::string_view body,
                                             const State* base, const std::string& file, size_t line, size_t column) {
  const auto fail = [&](size_t at, const std::string& message) {
    throw ListError(file + ":" + std::to_string(line) + ":" + std::to_string(column + at) + ": " + message);
  };
  const Translation t = translate_pattern(body, lists, base == nullptr ? nullptr : &base->lists);
  if (!t.error.empty()) fail(t.error_at, t.error);
  Pattern p;
  p.name = name;
  p.certain = certain;
  p.source = t.regex;
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
  add_needs(pattern_needs(body, first_words, base == nullptr ? nullptr : &base->first_words), p.needs);
  patterns.push_back(std::move(p));
}

void AttributionPatterns::State::add_needs(const PatternNeeds& of, Needs& needs) {
  for (const AnyOf& any : of.words) {
    const auto [it, added] = bits.try_emplace(any, bits.size());
    if (it->second >= needs.words.size()) continue;
    needs.words.set(it->second);
    if (!added) continue;
    for (const uint64_t word : any) satisfies[word].alone.set(it->second);
  }
  for (const AnyPair& pair : of.pairs) {
    const auto [it, added] = pair_bits.try_emplace(pair, pair_bits.size());
    if (it->second >= needs.pairs.size()) continue;
    needs.pairs.set(it->second);
    if (!added) continue;
    for (const uint64_t word : pair.first) satisfies[word].first.set(it->second);
    for (const uint64_t word : pair.second) satisfies[word].second.set(it->second);
  }
}

Needs AttributionPatterns::State::satisfied(const SymbolWindow& window) const {
  Needs all;
  const WordNeeds* before = nullptr;
  window.each_key([&](uint64_t key, bool sign) {
    const auto it = satisfies.find(key);
    const WordNeeds* word = it == satisfies.end() ? nullptr : &it->second;
    if (word != nullptr) all.words |= word->alone;
    if (sign) return;
    if (word != nullptr && before != nullptr) all.pairs |= before->first & word->second;
    before = word;
  });
  return all;
}

AttributionPatterns::AttributionPatterns(std::string_view text, const std::string& file,
                                         const AttributionPatterns* base, bool known) {
  auto state = std::make_unique<State>();
  state->known = known;
  if (base != nullptr) {
    state->own = true;
    state->verbs = base->state_->verbs;
    state->calls_for = base->state_->calls_for;
  }
  const State* inherited = base == nullptr ? nullptr : base->state_.get();
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') continue;
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
      state->add_list(kind == "verbs", name, body);
    } else {
      state->add_pattern(name, kind == "certain", body, inherited, file, number,
                         static_cast<size_t>(body.data() - line.data()) + 1);
    }
  }
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
bool AttributionPatterns::State::calls(const Layers& layers, const Workspace& workspace, IndexRange tokens,
                                       bool in_quotation) const {
  bool quotation = false;
  bool verb = false;
  for (uint32_t t = tokens.begin; t < tokens.end; ++t) {
    quotation |= !in_quotation && workspace.quotation[t] != Quotation::Outside;
    if (layers.tokens[t].kind == TokenKind::Punctuation) {
      const std::string_view form = layers.of(layers.tokens[t]);
      if (form == ":" || (t == tokens.begin && is_dash(form))) return true;
      continue;
    }
    const uint64_t word = workspace.types[workspace.word[t]].lower;
    if (calls_for.contains(word)) return true;
    verb |= verbs.contains(word);
  }
  // A plain report is the models' own business.
  return own ? quotation || verb : quotation && !verb;
}

void AttributionPatterns::State::match_window(const Layers& layers, const Workspace& workspace, SymbolWindow& window,
                                              std::vector<Proposal>& out) const {
  const Needs all = satisfied(window);
  re2::StringPiece text;
  std::vector<re2::StringPiece> pieces;
  size_t found = 0;
  for (size_t k = 0; k < patterns.size(); ++k) {
    const Pattern& p = patterns[k];
    if ((p.needs.words & ~all.words).any() || (p.needs.pairs & ~all.pairs).any()) continue;
    const Compiled& compiled = p.compiled();
    if (!compiled.regex.ok()) continue;
    if (text.empty()) {
      const std::string_view written = window.write(layers, workspace);
      text = {written.data(), written.size()};
    }
    pieces.resize(static_cast<size_t>(compiled.regex.NumberOfCapturingGroups()) + 1);
    for (size_t at = 0; at < text.size() && found < kMaxProposals;) {
      // Whether it matches at all is asked first: where most do not, that is cheaper than groups.
      const RE2& regex = compiled.regex;
      if (!regex.Match(text, at, text.size(), RE2::UNANCHORED, nullptr, 0) ||
          !regex.Match(text, at, text.size(), RE2::UNANCHORED, pieces.data(), static_cast<int>(pieces.size())))
        break;
      const auto range = [&](size_t group) {
        const int number = compiled.group[group];
        if (number <= 0 || static_cast<size_t>(number) >= pieces.size()) return IndexRange{};
        const re2::StringPiece piece = pieces[static_cast<size_t>(number)];
        if (piece.data() == nullptr || piece.empty()) return IndexRange{};
        const auto begin = static_cast<size_t>(piece.data() - text.data());
        return window.tokens(begin, begin + piece.size());
      };
      out.push_back(
          {range(kCue), range(kSource), {range(kContent), range(kContent2)}, static_cast<uint32_t>(k), p.certain});
      ++found;
      // The space behind a match may begin the next one.
      const auto end = static_cast<size_t>(pieces[0].data() - text.data()) + pieces[0].size();
      at = std::max(at + 1, end - 1);
    }
  }
}

void AttributionPatterns::match(const Layers& layers, const Workspace& workspace, std::vector<Proposal>& out) const {
  const State& s = *state_;
  if (s.patterns.empty()) return;
  const std::vector<IndexRange> quotations = find_quotations(layers, workspace);
  static const std::vector<IndexRange> kNoQuotations;
  SymbolWindow window;
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
    if (s.calls(layers, workspace, tokens, false)) {
      window.clear();
      const auto paragraph = [&](uint32_t t) { return workspace.paragraph[t]; };
      if (quotation > 0 && quotations[quotation - 1].end == begin) {
        window.add_quotation(quotations[quotation - 1]);
        window.add_break(paragraph(begin - 1) != paragraph(begin), begin);
      }
      window.add_tokens(layers, workspace, tokens, quotations, quotation);
      if (next < quotations.size() && quotations[next].begin == end) {
        window.add_break(paragraph(end - 1) != paragraph(end), end);
        window.add_quotation(quotations[next]);
      }
      s.match_window(layers, workspace, window, out);
    }
    // Reports inside the quotations, sentence by sentence.
    uint32_t k = first;
    for (size_t q = quotation; q < inside_end; ++q) {
      const uint32_t last = quotations[q].end - (quotations[q].end > quotations[q].begin + 1 ? 1 : 0);
      while (k + 1 < i && layers.sentences[k].tokens.end <= quotations[q].begin + 1) ++k;
      for (uint32_t j = k; j < i && layers.sentences[j].tokens.begin < last; ++j) {
        const IndexRange inside{std::max(layers.sentences[j].tokens.begin, quotations[q].begin + 1),
                                std::min(layers.sentences[j].tokens.end, last)};
        if (inside.begin >= inside.end || !s.calls(layers, workspace, inside, true)) continue;
        window.clear();
        window.add_tokens(layers, workspace, inside, kNoQuotations, 0);
        s.match_window(layers, workspace, window, out);
      }
    }
  }
}

}  // namespace newsnlp
