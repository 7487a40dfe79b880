#include "tagger.h"

#include <algorithm>
#include <bit>

#include "cpu.h"
#include "noun_phrases.h"
#include "tag_cache.h"
#include "tag_choice.h"

namespace newsnlp {
namespace {

constexpr uint32_t kTogether = 1024;  // tokens that are read together, at least; a piece has no more
constexpr uint32_t kAround = 2;       // words on either side that a tag depends on

// Of a form that the lexicon does not know. Letters make no mark; what may be a question word ("WHAT", "whomever") or
// an address ("example.org", "#vote") is left to the model.
uint64_t unknown_lanes(const WordType& type, std::string_view lower) noexcept {
  const bool word = type.is(WordType::kHasLetter) && !type.is(WordType::kAllUpper) && !lower.ends_with("ever") &&
                    lower.find_first_of("@#/:&*_%$.") == std::string_view::npos;
  return word ? TagRows::kCommonLanes : kAllLanes;
}

// The sum of the rows of the word *w and of those around it, each in its place; the rare lanes only where they are
// asked for.
NEWSNLP_INLINE void add_rows(const WordRows& rows, const uint32_t* w, bool rare, int16_t* __restrict sums) noexcept {
  const auto add = [w](int16_t* __restrict to, const int16_t* own, auto&& beside, uint32_t lanes) {
    const int8_t* a = beside(w[-2], WordPlace::FarLeft);
    const int8_t* b = beside(w[-1], WordPlace::Left);
    const int8_t* c = beside(w[1], WordPlace::Right);
    const int8_t* d = beside(w[2], WordPlace::FarRight);
    for (uint32_t k = 0; k < lanes; ++k) to[k] = static_cast<int16_t>(own[k] + a[k] + b[k] + c[k] + d[k]);
  };
  add(
      sums, rows.own(*w), [&](uint32_t e, WordPlace p) { return rows.beside(e, p); }, WordRows::kCommon);
  if (rare)
    add(
        sums + WordRows::kCommon, rows.rare_own(*w), [&](uint32_t e, WordPlace p) { return rows.rare_beside(e, p); },
        WordRows::kRare);
}

// Sums the rows around each open token and fixes the tags that are sure by then. Returns how many are not: these stay
// in `open`, and their sums stand beside them.
struct Kernels {
  template <class Choose>
  static NEWSNLP_INLINE size_t settle(TagCache& cache, Choose choose) {
    const uint32_t* const words = cache.words.data();
    const uint64_t* const allowed = cache.allowed.data();
    uint8_t* const fixed = cache.fixed.data();
    TagScores* const sums = cache.sums.data();
    TagCache::Open* const all = cache.open.data();
    const size_t count = cache.open.size();
    size_t kept = 0;
    for (size_t k = 0; k < count; ++k) {
      const TagCache::Open open = all[k];
      add_rows(cache.rows, words + open.at, open.rare, sums[kept].lane.data());
      const TagChoice choice = choose(sums[kept], allowed[words[open.at]]);
      const uint32_t sure = choice.sure ? 1 : 0;  // no branch: nobody can tell beforehand
      fixed[open.at] = static_cast<uint8_t>((choice.lane + 1) * sure);
      all[kept] = open;
      kept += 1 - sure;
    }
    return kept;
  }
  static size_t any(TagCache& cache) { return settle(cache, TagChoice::any); }
#if defined(__x86_64__)
  NEWSNLP_TARGET_AVX2 static size_t avx2(TagCache& cache) {
    return settle(cache, TagChoice::avx2);
  }
#else
  static constexpr auto avx2 = any;
#endif
};

}  // namespace

struct Tagger::State {
  explicit State(const Model& model) : table(model.section("pos.bin")) {
    tags.allocate(size_t{kTags} * kTags);
    for (uint32_t p = 0; p < kTags; ++p)
      for (uint32_t b = 0; b < kTags; ++b) {
        TagScores scores;
        table.add(tag_key(p), scores);
        table.add(tags_key(p, b), scores);
        tags.set(p * kTags + b, scores);
      }
  }

  // Makes room for the words that are read together.
  void make_room(TagCache& cache) const {
    if (cache.has_room(4 * kTogether)) return;
    cache.clear();
    const TagWord edge;
    TagEntry& e = cache.add();
    e.lower = edge.lower;
    e.kind = edge.kind;
    e.pairs = pair_seeds(edge.lower);
    for (uint32_t p = 0; p < kWordPlaces; ++p) {
      cache.filled.back() |= static_cast<uint8_t>(1 << p);
      TagScores scores;
      table.add(edge_key(static_cast<WordPlace>(p)), scores);
      cache.rows.set(TagCache::kEdge, static_cast<WordPlace>(p), scores);
    }
  }

  TagCache::Slot entry(TagCache& cache, const WordTypes& types, uint32_t type) const {
    const TagCache::Slot slot = cache.slots[type];
    return slot.entry != 0 ? slot : new_entry(cache, types, type);
  }
  [[gnu::noinline]] TagCache::Slot new_entry(TagCache& cache, const WordTypes& types, uint32_t type) const {
    TagCache::Slot& slot = cache.slots[type];
    slot.entry = static_cast<uint16_t>(cache.entries.size());
    TagEntry& e = cache.add();
    const WordType& t = types[type];
    const uint64_t key = lexicon_key(t);
    uint64_t lanes = table.may_add(key) ? table.lanes(key) : 0;
    // What the corpora have of "they’ll" was tagged by a model that had the straight one only.
    if (t.is(WordType::kHasApostrophe) && types.lower(type) == "'ll")
      lanes = uint64_t{1} << (static_cast<uint32_t>(Tag::MD) - 1);
    cache.allowed.back() = lanes != 0 ? lanes : unknown_lanes(t, types.lower(type));
    const TagWord word = tag_word(t, types.lower(type), lanes);
    e.type = type;
    e.lower = word.lower;
    e.kind = word.kind;
    e.pairs = pair_seeds(word.lower);
    if (std::has_single_bit(lanes)) slot.only = static_cast<uint8_t>(std::countr_zero(lanes) + 1);
    return slot;
  }

  // Notes that the row of a word in one place will be read.
  static void need(TagCache& cache, uint32_t entry, WordPlace place) {
    const auto bit = static_cast<uint8_t>(1 << static_cast<uint32_t>(place));
    cache.rows.prefetch(entry, place);
    if ((cache.filled[entry] & bit) != 0) return;
    __builtin_prefetch(&cache.entries[entry]);
    cache.filled[entry] |= bit;
    cache.wanted.push_back({entry, place});
  }

  static uint32_t memo_key(uint32_t entry, uint32_t previous) noexcept { return ((entry << 6 | previous) << 1) + 1; }
  // Calls ask(key, of its own word) for what joins the words at `at` with the tag before and stands in no memo; fetches
  // what stands there.
  template <class Ask>
  static void ask_memos(const TagCache& cache, const WordTypes& types, uint32_t at, uint32_t previous, Ask ask) {
    const auto word = [&](uint32_t entry) {
      const TagEntry& e = cache.entries[entry];
      return entry == TagCache::kEdge ? TagWord()
                                      : TagWord{e.lower, types[e.type].shape, e.kind, types[e.type].class_256};
    };
    const uint32_t own = cache.words[at];
    const uint32_t right = cache.words[at + 1];
    if (!cache.own.has(memo_key(own, previous)))
      own_features(word(own), previous, [&](uint64_t key) { ask(key, true); });
    if (!cache.right.has(memo_key(right, previous)))
      right_features(word(right), previous, [&](uint64_t key) { ask(key, false); });
  }

  void read(const Layers& layers, const Workspace& workspace, TagCache& cache) const;
  void sum(const WordTypes& types, TagCache& cache) const;
  void fill(const WordTypes& types, TagCache& cache) const;
  void fetch_pairs(TagCache& cache) const;
  void decide(std::vector<Token>& tokens, const WordTypes& types, TagCache& cache) const;
  void decide(const WordTypes& types, TagCache& cache, const TagCache::Open& open, const uint64_t* pair,
              TagScores& sums) const;

  static constexpr uint32_t kTags = kTagLanes + 1;
  size_t (*settle)(TagCache&) = has_avx2() ? Kernels::avx2 : Kernels::any;  // for this machine
  TagTable table;
  TagRows tags;  // by the two tags before
};

// Step 1: the entries of all words, the tags that are evident, and the tokens that are left open.
void Tagger::State::read(const Layers& layers, const Workspace& workspace, TagCache& cache) const {
  make_room(cache);
  const WordTypes& types = workspace.types;
  if (cache.slots.size() < types.size()) cache.slots.resize(types.size());
  size_t size = 0;
  for (const TagCache::Piece& piece : cache.pieces) size += piece.count + 2 * kAround;
  cache.words.resize(size);
  cache.fixed.resize(size);
  if (cache.room_for_open.size() < size) cache.room_for_open.resize(size);
  uint32_t* const words = cache.words.data();
  uint8_t* const fixed = cache.fixed.data();
  TagCache::Open* const open = cache.room_for_open.data();
  const Token* const tokens = layers.tokens.data();
  const Quotation* const quotation = workspace.quotation.data();
  const uint32_t* const type = workspace.word.data();
  size_t opened = 0;
  uint32_t at = 0;
  for (TagCache::Piece& piece : cache.pieces) {
    const IndexRange sentence = layers.sentences[workspace.sentence[piece.token]].tokens;
    piece.first = piece.token == sentence.begin;
    const auto around = [&](uint32_t token) {
      return sentence.contains(token) ? entry(cache, types, type[token]).entry : TagCache::kEdge;
    };
    for (uint32_t k = kAround; k > 0; --k, ++at) words[at] = around(piece.token - k);
    piece.at = at;
    const uint32_t end = piece.token + piece.count;
    for (uint32_t i = piece.token; i < end; ++i, ++at) {
      const TagCache::Slot slot = entry(cache, types, type[i]);
      words[at] = slot.entry;
      fixed[at] = slot.only;
      if (is_evident(tokens[i], quotation[i])) [[unlikely]]
        fixed[at] = static_cast<uint8_t>(evident_tag(tokens[i], quotation[i]));
      open[opened].at = at;
      opened += fixed[at] == 0 ? 1 : 0;
    }
    for (uint32_t k = 0; k < kAround; ++k, ++at) words[at] = around(end + k);
  }
  cache.open = {open, opened};
}

// Step 2: what does not depend on tags, for each token that the model decides. Most are sure by then.
void Tagger::State::sum(const WordTypes& types, TagCache& cache) const {
  for (TagCache::Open& open : cache.open) {
    const uint32_t* w = cache.words.data() + open.at;
    need(cache, w[-2], WordPlace::FarLeft);
    need(cache, w[-1], WordPlace::Left);
    need(cache, w[0], WordPlace::Own);
    need(cache, w[1], WordPlace::Right);
    need(cache, w[2], WordPlace::FarRight);
    open.rare = (cache.allowed[w[0]] & ~TagRows::kCommonLanes) != 0;
    if (open.rare)
      for (int k = -2; k <= 2; ++k) cache.rows.prefetch_rare(w[k]);
  }
  fill(types, cache);
  cache.sums.resize(std::max(cache.sums.size(), cache.open.size()));
  cache.open = cache.open.first(settle(cache));
  for (const TagCache::Open& open : cache.open)
    for (uint32_t k = open.at - 1; k <= open.at + 1; ++k) __builtin_prefetch(&cache.entries[cache.words[k]]);
  fetch_pairs(cache);
  // Once for the bits that say whether a feature weighs anything, once for what it weighs.
  const auto each_known = [&](auto&& ask) {
    for (const TagCache::Open& open : cache.open)
      if (const uint32_t previous = cache.fixed[open.at - 1]; previous != 0) {
        ask_memos(cache, types, open.at, previous, ask);
        if (const uint32_t before = cache.fixed[open.at - 2]; before != 0)
          ask(tags_word_key(cache.entries[cache.words[open.at]].lower, previous, before), true);
      }
  };
  each_known([&](uint64_t key, bool) { table.prefetch_seen(key); });
  each_known([&](uint64_t key, bool) {
    if (table.may_add(key)) table.prefetch(key);
  });
}

// The rows that are wanted, many at once: none waits for the features of another.
void Tagger::State::fill(const WordTypes& types, TagCache& cache) const {
  constexpr size_t kTogetherFilled = 32;
  cache.rows.expect(cache.entries.size());
  for (const TagCache::Wanted& w : cache.wanted) __builtin_prefetch(&types[cache.entries[w.entry].type]);
  for (size_t begin = 0; begin < cache.wanted.size(); begin += kTogetherFilled) {
    const size_t end = std::min(begin + kTogetherFilled, cache.wanted.size());
    cache.keys.clear();
    std::array<size_t, kTogetherFilled> ends;
    for (size_t i = begin; i < end; ++i) {
      const auto [entry, place] = cache.wanted[i];
      const TagEntry& e = cache.entries[entry];
      const size_t first = cache.keys.size();
      word_features(place, types[e.type], types.lower(e.type), e.kind, cache.keys);
      for (size_t k = first; k < cache.keys.size(); ++k) table.prefetch_seen(cache.keys[k]);
      ends[i - begin] = cache.keys.size();
    }
    size_t known = 0;
    size_t k = 0;
    for (size_t& last : std::span(ends).first(end - begin)) {
      for (; k < last; ++k) {
        if (!table.may_add(cache.keys[k])) continue;
        table.prefetch(cache.keys[k]);
        cache.keys[known++] = cache.keys[k];
      }
      last = known;
    }
    k = 0;
    for (size_t i = begin; i < end; ++i) {
      TagScores scores;
      for (; k < ends[i - begin]; ++k) table.add(cache.keys[k], scores);
      cache.rows.set(cache.wanted[i].entry, cache.wanted[i].place, scores);
    }
  }
  cache.wanted.clear();
}

// Of each open token, the pairs with its neighbours that may weigh something.
void Tagger::State::fetch_pairs(TagCache& cache) const {
  cache.pairs.resize(std::max(cache.pairs.size(), cache.open.size() * kPairKeys));
  uint64_t* last = cache.pairs.data();
  for (const TagCache::Open& open : cache.open) {
    const uint32_t* w = cache.words.data() + open.at;
    const TagEntry& own = cache.entries[w[0]];
    const TagEntry& right = cache.entries[w[1]];
    for (const uint64_t key : pair_keys(cache.entries[w[-1]].pairs, own.pairs, own.lower, right.lower, right.kind)) {
      table.prefetch_seen(key);
      *last++ = key;
    }
  }
  const uint64_t* key = cache.pairs.data();
  uint64_t* kept = cache.pairs.data();
  for (TagCache::Open& open : cache.open) {
    for (uint32_t k = 0; k < kPairKeys; ++k, ++key) {
      if (!table.may_add(*key)) continue;
      table.prefetch(*key);
      *kept++ = *key;
    }
    open.pairs_end = static_cast<uint32_t>(kept - cache.pairs.data());
  }
}

// Step 3: the other tags, from left to right.
void Tagger::State::decide(std::vector<Token>& tokens, const WordTypes& types, TagCache& cache) const {
  const TagCache::Open* open = cache.open.data();
  const TagCache::Open* const last = open + cache.open.size();
  TagScores* sums = cache.sums.data();
  const uint64_t* pair = cache.pairs.data();
  for (const TagCache::Piece& piece : cache.pieces) {
    Token* const token = tokens.data() + piece.token;
    uint8_t* const tag = cache.fixed.data() + piece.at;
    for (int k = 1; k <= 2; ++k) tag[-k] = piece.first ? uint8_t{0} : static_cast<uint8_t>(token[-k].tag);
    for (; open != last && open->at < piece.at + piece.count; ++open, ++sums) {
      decide(types, cache, *open, pair, *sums);
      pair = cache.pairs.data() + open->pairs_end;
    }
    for (uint32_t k = 0; k < piece.count; ++k) token[k].tag = static_cast<Tag>(tag[k]);
  }
}

// `pair`: the first of its pairs; `sums`: what does not depend on tags.
void Tagger::State::decide(const WordTypes& types, TagCache& cache, const TagCache::Open& open, const uint64_t* pair,
                           TagScores& sums) const {
  const uint32_t previous = cache.fixed[open.at - 1];
  const uint32_t before = cache.fixed[open.at - 2];
  const uint32_t own_entry = cache.words[open.at];
  const uint32_t right_entry = cache.words[open.at + 1];
  const TagEntry& own = cache.entries[own_entry];
  // Features that the memos do not know are on their way before the first is added.
  std::array<uint64_t, 8> keys;
  size_t own_count = 0;
  size_t count = 0;
  ask_memos(cache, types, open.at, previous, [&](uint64_t k, bool of_own) {
    if (!table.may_add(k)) return;
    table.prefetch(k);
    keys[count++] = k;
    own_count += of_own ? 1 : 0;
  });
  const uint64_t tags_word = tags_word_key(own.lower, previous, before);
  const bool has_tags_word = table.may_add(tags_word);
  if (has_tags_word) table.prefetch(tags_word);
  const size_t own_row = cache.own.find(memo_key(own_entry, previous), [&](TagScores& s) {
    for (size_t k = 0; k < own_count; ++k) table.add(keys[k], s);
  });
  const size_t right_row = cache.right.find(memo_key(right_entry, previous), [&](TagScores& s) {
    for (size_t k = own_count; k < count; ++k) table.add(keys[k], s);
  });
  const size_t tags_row = previous * kTags + before;
  const auto add = [&](int16_t* __restrict to, auto&& row, uint32_t lanes) {
    const auto* a = row(tags, tags_row);
    const auto* b = row(cache.own.rows(), own_row);
    const auto* c = row(cache.right.rows(), right_row);
    for (uint32_t k = 0; k < lanes; ++k) to[k] = static_cast<int16_t>(to[k] + a[k] + b[k] + c[k]);
  };
  add(
      sums.lane.data(), [](const TagRows& r, size_t row) { return r.common(row).lane.data(); }, TagRows::kCommon);
  if (open.rare)
    add(
        sums.lane.data() + TagRows::kCommon, [](const TagRows& r, size_t row) { return r.rare(row).lane.data(); },
        kTagLanes - TagRows::kCommon);
  if (has_tags_word) table.add(tags_word, sums);
  for (const uint64_t* end = cache.pairs.data() + open.pairs_end; pair < end; ++pair) table.add(*pair, sums);
  cache.fixed[open.at] = static_cast<uint8_t>(TagChoice::best_lane(sums, cache.allowed[own_entry]) + 1);
}

Tagger::Tagger(const Model& model, const Options&) : state_(std::make_unique<const State>(model)) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;

void Tagger::tag(Layers& layers, Workspace& workspace) const {
  if (!state_->table.empty()) {
    if (workspace.tagger == nullptr) workspace.tagger = std::make_unique<TagCache>();
    auto& cache = static_cast<TagCache&>(*workspace.tagger);
    if (cache.generation != workspace.types.generation()) {
      cache.clear();
      cache.generation = workspace.types.generation();
    }
    const auto finish = [&] {
      state_->read(layers, workspace, cache);
      state_->sum(workspace.types, cache);
      state_->decide(layers.tokens, workspace.types, cache);
      cache.pieces.clear();
    };
    cache.pieces.clear();
    uint32_t tokens = 0;
    for (const Sentence& sentence : layers.sentences)
      for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end;) {
        const uint32_t count = std::min(kTogether, sentence.tokens.end - i);
        cache.pieces.push_back({i, 0, count, false});
        i += count;
        tokens += count;
        if (tokens < kTogether) continue;
        finish();
        tokens = 0;
      }
    finish();
  }
  find_noun_phrases(layers, workspace);
}

}  // namespace newsnlp
