#include "entity_patterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <string>
#include <string_view>

#include "entity_sieve.h"
#include "hash.h"
#include "lazy.h"
#include "model_file.h"
#include "newsnlp/error.h"
#include "pattern_list.h"
#include "prefix_sieve.h"

namespace newsnlp {
namespace {

constexpr const char* kSection = "entity_patterns.txt";
constexpr size_t kWindow = 160;      // bytes that a match may span
constexpr size_t kLongest = 2048;    // bytes of a token; a longer one begins nothing
constexpr uint32_t kTokens = 24;     // tokens that a match may span
constexpr uint32_t kOver = 3;        // tokens between the first and the next that count
constexpr uint32_t kStretch = 16;    // tokens before an '@' or "://" that may belong to the same address
constexpr size_t kMaxSections = 64;  // bits of a mask

RE2::Options options() {
  RE2::Options o;
  o.set_log_errors(false);
  o.set_case_sensitive(false);
  o.set_longest_match(true);
  o.set_max_mem(int64_t{16} << 20);
  return o;
}

re2::StringPiece piece(std::string_view s) {
  return {s.data(), s.size()};
}

// Lower-case word hash -> sections that it may begin. A bit set in front answers "none" with one load.
class Beginnings {
 public:
  void add(uint64_t lower, uint64_t mask) {
    seen_.set(lower % kBits);
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), lower,
                                     [](const Row& row, uint64_t hash) { return row.lower < hash; });
    if (at != rows_.end() && at->lower == lower)
      at->mask |= mask;
    else
      rows_.insert(at, {lower, mask});
  }
  uint64_t find(uint64_t lower) const noexcept {
    if (!seen_.test(lower % kBits)) return 0;
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), lower,
                                     [](const Row& row, uint64_t hash) { return row.lower < hash; });
    return at != rows_.end() && at->lower == lower ? at->mask : 0;
  }

 private:
  static constexpr size_t kBits = 1 << 14;
  struct Row {
    uint64_t lower;
    uint64_t mask;
  };
  std::bitset<kBits> seen_;
  std::vector<Row> rows_;  // by hash
};

struct Pattern {
  uint32_t section;
  std::optional<EntityType> type;
  uint32_t line;  // of the list
  std::string source;
  Lazy<RE2> regex;  // compiled when a token comes that may begin a match
  float score;
  PatternList::Neighbour neighbour;
  std::vector<uint64_t> before;  // lower-case hashes, ascending
  std::vector<uint64_t> words;   // the same, of all that it matches where that is single words: needs no regex

  const RE2& compiled() const {
    return regex.get([&] { return std::make_unique<const RE2>(source, options()); });
  }
};

std::vector<uint64_t> hashes(const std::vector<std::string>& words) {
  std::vector<uint64_t> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(hash_bytes(word));
  std::sort(out.begin(), out.end());
  return out;
}

// A word or a number; not "5pm".
bool is_whole(const WordType& type) {
  static const std::array<uint64_t, 4> kNumbers = {hash_bytes("d"), hash_bytes("d,d"), hash_bytes("d,d,d"),
                                                   hash_bytes("d.d")};
  return !type.is(WordType::kHasDigit) || std::find(kNumbers.begin(), kNumbers.end(), type.shape) != kNumbers.end();
}

[[noreturn]] void fail(uint32_t line, const std::string& what) {
  throw ModelError(std::string(kSection) + ":" + std::to_string(line) + ": " + what);
}

struct Match {
  uint32_t end_token = 0;  // 0: none
  std::optional<EntityType> type;
  float score = 0;
};

}  // namespace

namespace {

// Names the patterns that may match at a candidate; these alone are tried.
struct Sieve {
  explicit Sieve(PrefixSieve sieve) : of_patterns(std::move(sieve)) {}

  PrefixSieve of_patterns;
  std::array<uint64_t, kMaxSections> groups{};  // in which patterns of a section are

  uint64_t groups_of(uint64_t sections) const {
    uint64_t all = 0;
    for (; sections != 0; sections &= sections - 1) all |= groups[static_cast<size_t>(std::countr_zero(sections))];
    return all;
  }
};

}  // namespace

struct EntityPatterns::State {
  std::vector<Pattern> patterns;           // in the order of the file
  std::span<const std::byte> sieve_table;  // that of the built-in model, where the list is its own
  Lazy<Sieve> sieve;
  Beginnings words;
  uint64_t digit = 0;  // masks of sections
  uint64_t address = 0;
  Beginnings over;     // what may stand before the second token, as far as `seconds` is concerned
  Beginnings seconds;  // what the second token of a match must be, in sections that go on
  uint64_t second_digit = 0;
  uint64_t goes_on = 0;
  Beginnings needed;  // what a match of sections that need something has behind its first token
  uint64_t needs = 0;
  std::vector<std::pair<std::string, uint64_t>> needed_texts;  // the same, as written

  explicit State(const Model& model);
  const Sieve& made_sieve() const;
  bool fits(const Pattern& pattern, const Layers& layers, const Workspace& workspace, uint32_t token) const;
  Match longest(const Layers& layers, const Workspace& workspace, uint32_t token, uint32_t limit, uint64_t mask,
                Memo& memo) const;
  void find_addresses(const Layers& layers, const Workspace& workspace, std::vector<uint32_t>& tokens) const;
};

EntityPatterns::State::State(const Model& model) {
  if (const auto table = model.section(kEntitySieve); is_linked_in(table)) sieve_table = table;
  const PatternList list = read_patterns(text_section(model, kSection), kSection);
  if (list.sections.size() > kMaxSections) fail(0, "more than " + std::to_string(kMaxSections) + " sections");
  for (uint32_t s = 0; s < list.sections.size(); ++s) {
    const PatternList::Section& section = list.sections[s];
    const uint64_t bit = uint64_t{1} << s;
    for (const PatternList::Pattern& p : section.patterns) {
      Pattern pattern{s, section.type, p.line, p.regex, {}, p.score, p.neighbour, hashes(p.before), hashes(p.words)};
      patterns.push_back(std::move(pattern));
    }
    const auto add = [&](const std::string& word, Beginnings& to) {
      to.add(hash_bytes(word), bit);
      // A final full stop is part of an abbreviation's token, or a token of its own.
      if (word.size() > 1 && word.back() == '.') to.add(hash_bytes(word.substr(0, word.size() - 1)), bit);
    };
    for (const std::string& word : section.words) add(word, words);
    for (const std::string& word : section.over) add(word, over);
    for (const std::string& word : section.then) add(word, seconds);
    for (const std::string& word : section.needs) {
      add(word, needed);
      needed_texts.emplace_back(word.ends_with('.') ? word.substr(0, word.size() - 1) : word, bit);
    }
    if (!section.needs.empty()) needs |= bit;
    if (section.then_digit) second_digit |= bit;
    if (section.goes_on) goes_on |= bit;
    if (section.digit) digit |= bit;
    if (section.address) address |= bit;
  }
}

const Sieve& EntityPatterns::State::made_sieve() const {
  return sieve.get([&] {
    std::vector<std::string> sources;
    if (sieve_table.empty())
      for (const Pattern& p : patterns) sources.push_back(p.source);
    SectionReader table(sieve_table, kEntitySieve);
    auto made = std::make_unique<Sieve>(sieve_table.empty() ? entity_sieve(sources) : PrefixSieve(table));
    for (uint32_t i = 0; i < patterns.size(); ++i) made->groups[patterns[i].section] |= made->of_patterns.groups_of(i);
    return std::unique_ptr<const Sieve>(std::move(made));
  });
}

bool EntityPatterns::State::fits(const Pattern& pattern, const Layers& layers, const Workspace& workspace,
                                 uint32_t token) const {
  const auto among = [&](uint32_t at, const std::vector<uint64_t>& list) {
    return std::binary_search(list.begin(), list.end(), workspace.types[workspace.word[at]].lower);
  };
  if (!pattern.words.empty() && !among(token, pattern.words)) return false;
  if (pattern.neighbour == PatternList::Neighbour::Any) return true;
  const bool listed =
      token > layers.sentences[workspace.sentence[token]].tokens.begin && among(token - 1, pattern.before);
  return listed == (pattern.neighbour == PatternList::Neighbour::OneOf);
}

// The longest match that begins at `token` and ends before token `limit`.
Match EntityPatterns::State::longest(const Layers& layers, const Workspace& workspace, uint32_t token, uint32_t limit,
                                     uint64_t mask, Memo& memo) const {
  Match best;
  if (layers.tokens[token].span.size() > kLongest) return best;
  const uint32_t begin = layers.tokens[token].span.begin;
  limit = std::min(limit, token + kTokens);
  while (limit > token + 1 && layers.tokens[limit - 1].span.end - begin > kWindow) --limit;
  const std::string_view window = layers.of(Span{begin, layers.tokens[limit - 1].span.end});
  memo.tried.clear();
  const auto look_at = [&](uint32_t number) {
    const Pattern& pattern = patterns[number];
    if ((mask >> pattern.section & 1) == 0 || !fits(pattern, layers, workspace, token)) return;
    memo.tried.push_back(number);
  };
  const Sieve& made = made_sieve();
  made.of_patterns.each(window, look_at, made.groups_of(mask));
  re2::StringPiece found;
  for (const uint32_t number : memo.tried) {
    const Pattern& pattern = patterns[number];
    if (!pattern.words.empty()) {
      if (best.end_token == 0) best = {token + 1, pattern.type, pattern.score};
      continue;
    }
    // A match that ends inside a token is tried again without that token, one that ends behind a token up to its end.
    for (uint32_t last = limit; last > token && last > best.end_token;) {
      const size_t size = layers.tokens[last - 1].span.end - begin;
      if (!pattern.compiled().Match(piece(window), 0, size, RE2::ANCHOR_START, &found, 1) || found.empty()) break;
      const auto end = begin + static_cast<uint32_t>(found.size());
      uint32_t t = last - 1;
      while (t > token && layers.tokens[t].span.begin >= end) --t;
      if (layers.tokens[t].span.end == end) {
        if (t + 1 > best.end_token) best = {t + 1, pattern.type, pattern.score};
        break;
      }
      last = layers.tokens[t].span.end < end ? t + 1 : t;
    }
  }
  return best;
}

// Tokens at which an address may begin: up to an '@', "://" or "www.", from the last white space or bracket on.
void EntityPatterns::State::find_addresses(const Layers& layers, const Workspace& workspace,
                                           std::vector<uint32_t>& tokens) const {
  const std::string_view text = layers.text;
  const auto token_at = [&](size_t byte) {
    return static_cast<uint32_t>(std::partition_point(layers.tokens.begin(), layers.tokens.end(),
                                                      [&](const Token& t) { return t.span.end <= byte; }) -
                                 layers.tokens.begin());
  };
  const auto add = [&](size_t byte) {
    const uint32_t at = token_at(byte);
    if (at == layers.tokens.size() || layers.tokens[at].span.begin > byte) return;
    uint32_t first = at;
    while (first > 0 && at - first < kStretch && layers.tokens[first - 1].span.end == layers.tokens[first].span.begin &&
           workspace.sentence[first - 1] == workspace.sentence[at])
      --first;
    for (uint32_t t = std::max(first, tokens.empty() ? 0 : tokens.back() + 1); t <= at; ++t) tokens.push_back(t);
  };
  // One pass a sign; the hits are merged by position.
  size_t sign = text.find('@');
  size_t scheme = text.find("://");
  size_t www = text.find("www.");
  while (true) {
    const size_t next = std::min({sign, scheme, www});
    if (next == std::string_view::npos) return;
    add(next);
    if (sign == next) sign = text.find('@', next + 1);
    if (scheme == next) scheme = text.find("://", next + 1);
    if (www == next) www = text.find("www.", next + 1);
  }
}

EntityPatterns::EntityPatterns(const Model& model) : state_(std::make_unique<const State>(model)) {
  if (!is_builtin_section(model, kSection)) check();
}
EntityPatterns::~EntityPatterns() = default;
EntityPatterns::EntityPatterns(EntityPatterns&&) noexcept = default;

void EntityPatterns::check() const {
  for (const Pattern& p : state_->patterns)
    if (!p.compiled().ok()) fail(p.line, p.compiled().error());
}

void EntityPatterns::match(const Layers& layers, const Workspace& workspace, Memo& memo,
                           std::vector<FoundName>& out) const {
  const State& state = *state_;
  if (state.patterns.empty()) return;
  if (memo.generation != workspace.types.generation()) {
    memo.begins.clear();
    memo.needed.clear();
    memo.masks.clear();
  }
  memo.generation = workspace.types.generation();
  memo.begins.resize(std::max(memo.begins.size(), workspace.types.size()), Memo::kUnknown);
  memo.needed.resize(memo.begins.size(), Memo::kUnknown);
  memo.addresses.clear();
  if (state.address != 0) state.find_addresses(layers, workspace, memo.addresses);
  memo.addresses.push_back(static_cast<uint32_t>(layers.tokens.size()));  // none after it
  auto address = memo.addresses.begin();
  const auto sections = [&](uint32_t token) {  // that the token may begin a match of
    const WordType& type = workspace.types[workspace.word[token]];
    return state.words.find(type.lower) | (type.is(WordType::kHasDigit) ? state.digit : 0);
  };
  const auto number = [&](uint64_t mask) -> uint8_t {
    if (mask == 0) return Memo::kNothing;
    auto at = static_cast<size_t>(std::find(memo.masks.begin(), memo.masks.end(), mask) - memo.masks.begin());
    if (at == memo.masks.size() && at < Memo::kMasks) memo.masks.push_back(mask);
    return static_cast<uint8_t>(Memo::kFirstMask + std::min(at, Memo::kMasks));
  };
  const auto next = [&](uint32_t token) {  // sections whose matches may go on with the token
    const WordType& type = workspace.types[workspace.word[token]];
    return state.seconds.find(type.lower) | (type.is(WordType::kHasDigit) ? state.second_digit : 0);
  };
  const auto behind = [&](uint32_t token, uint32_t end) {  // the same, of the tokens up to `end`
    uint64_t found = 0;
    uint64_t over = ~uint64_t{0};  // sections of which all up to here may be passed over
    for (const uint32_t last = token + kOver; token < end && over != 0; ++token) {
      found |= over & next(token);
      if (token == last) return found | over;
      over &= state.over.find(workspace.types[workspace.word[token]].lower);
    }
    return found;
  };
  const auto needed = [&](uint32_t token) {  // sections that need the token, or a part of "5km"
    const WordType& type = workspace.types[workspace.word[token]];
    if (is_whole(type)) return state.needed.find(type.lower);
    const std::string_view form = workspace.types.lower(workspace.word[token]);
    if (std::any_of(form.begin(), form.end(), [](char c) { return (c & 0x80) != 0; })) return state.needs;
    uint64_t mask = 0;
    for (const auto& [text, section] : state.needed_texts)
      if (form.find(text) != std::string_view::npos) mask |= section;
    return mask;
  };
  // Those of `wanted` of which a token of [begin, end) is needed.
  const auto supplied = [&](uint64_t wanted, uint32_t begin, uint32_t end) {
    uint64_t found = 0;
    for (uint32_t t = begin; t < end && (wanted & ~found) != 0; ++t) {
      uint8_t& kind = memo.needed[workspace.word[t]];
      if (kind == Memo::kUnknown) kind = number(needed(t));
      if (kind == Memo::kNothing) continue;
      const size_t n = kind - Memo::kFirstMask;
      found |= n < memo.masks.size() ? memo.masks[n] : needed(t);
    }
    return found;
  };
  const uint32_t* const word = workspace.word.data();
  uint8_t* const begins = memo.begins.data();
  for (const Sentence& sentence : layers.sentences) {
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end;) {
      const uint32_t stop = std::min(sentence.tokens.end, *address);
      for (; t + 4 <= stop; t += 4) {
        static_assert(Memo::kNothing == 0);
        if ((begins[word[t]] | begins[word[t + 1]] | begins[word[t + 2]] | begins[word[t + 3]]) != 0) break;
      }
      while (t < stop && begins[word[t]] == Memo::kNothing) ++t;
      if (t == sentence.tokens.end) break;
      uint8_t& kind = begins[word[t]];
      if (kind == Memo::kUnknown) {
        kind = number(sections(t));
        continue;
      }
      uint64_t mask = 0;
      if (kind >= Memo::kFirstMask) {
        const size_t n = kind - Memo::kFirstMask;
        mask = n < memo.masks.size() ? memo.masks[n] : sections(t);
      }
      if (*address == t) mask |= state.address;
      if ((mask & (state.goes_on | state.needs)) != 0) {
        const bool whole = is_whole(workspace.types[word[t]]);
        if (whole) mask &= ~state.goes_on | behind(t + 1, sentence.tokens.end);
        if (const uint64_t needing = mask & state.needs; needing != 0)
          mask &= ~needing | supplied(needing, whole ? t + 1 : t, std::min(t + kTokens, sentence.tokens.end));
      }
      const Match match = mask == 0 ? Match() : state.longest(layers, workspace, t, sentence.tokens.end, mask, memo);
      if (match.end_token == 0) {
        address += *address == t ? 1 : 0;
        ++t;
        continue;
      }
      if (match.type) out.push_back({{t, match.end_token}, *match.type, match.score});
      t = match.end_token;
      while (*address < t) ++address;
    }
  }
}

}  // namespace newsnlp
