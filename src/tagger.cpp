#include "tagger.h"

#include <bit>

#include "noun_phrases.h"
#include "tag_cache.h"

namespace newsnlp {

Tag evident_tag(const Token& token, Quotation quotation) noexcept {
  if (token.kind == TokenKind::Url) return Tag::ADD;
  if (quotation == Quotation::Opens) return Tag::OpenQuote;
  if (quotation == Quotation::Closes) return Tag::CloseQuote;
  return Tag::None;
}

struct Tagger::State {
  explicit State(const Model& model) : table(model.section("pos.bin")), previous(kTags * kTags), edges{} {
    for (uint32_t p = 0; p < kTags; ++p)
      for (uint32_t b = 0; b < kTags; ++b) {
        table.add(tag_key(p), previous[p * kTags + b]);
        table.add(tags_key(p, b), previous[p * kTags + b]);
      }
    for (uint32_t place = 0; place < kWordPlaces; ++place)
      table.add(edge_key(static_cast<WordPlace>(place)), edges[place]);
  }

  TagCacheEntry* entry(TagCache& cache, const WordTypes& types, uint32_t type) const {
    if (type >= cache.slots.size()) cache.slots.resize(types.size());
    uint32_t& slot = cache.slots[type];
    if (slot == 0) {
      TagCacheEntry& e = cache.entries.emplace_back();
      slot = static_cast<uint32_t>(cache.entries.size());
      const WordType& t = types[type];
      const uint64_t lanes = table.lanes(lexicon_key(t));
      if (lanes != 0) e.allowed = lanes;
      e.type = type;
      e.word = tag_word(t, types.lower(type), lanes);
    }
    return &cache.entries[slot - 1];
  }

  // The summed scores of one word in one place; `e` null stands for the sentence's edge.
  const TagScores& scores(TagCache& cache, const WordTypes& types, TagCacheEntry* e, WordPlace place) const {
    const auto p = static_cast<uint32_t>(place);
    if (e == nullptr) return edges[p];
    if ((e->filled >> p & 1) == 0) {
      e->filled |= 1U << p;
      cache.keys.clear();
      word_features(place, types[e->type], types.lower(e->type), e->word.kind, cache.keys);
      for (const uint64_t key : cache.keys) table.prefetch(key);
      for (const uint64_t key : cache.keys) table.add(key, e->scores[p]);
    }
    return e->scores[p];
  }

  static uint64_t joined_key(const TagCacheEntry* e, uint32_t tag) noexcept {
    return (e == nullptr ? kEdgeKey : uint64_t{e->type} + 1) << 8 | tag;
  }
  // Fetches what joined() will look up in the table, if the memo does not hold the sum.
  template <class Features>
  void ask_joined(TagMemo& memo, const TagCacheEntry* e, uint32_t tag, Features features) const {
    const uint64_t key = joined_key(e, tag);
    if (memo.place(key).key != key) features(known(e), tag, [&](uint64_t k) { table.prefetch(k); });
  }

  // The sum of one word's features that join it with the tag before; `e` null stands for the sentence's edge.
  template <class Features>
  const TagScores& joined(TagMemo& memo, const TagCacheEntry* e, uint32_t tag, Features features) const {
    const uint64_t key = joined_key(e, tag);
    TagMemo::Entry& place = memo.place(key);
    if (place.key != key) {
      place.key = key;
      place.scores = {};
      features(known(e), tag, [&](uint64_t k) { table.add(k, place.scores); });
    }
    return place.scores;
  }

  static const TagWord& known(const TagCacheEntry* e) noexcept { return e != nullptr ? e->word : kEdge; }

  static constexpr TagWord kEdge{};
  static constexpr uint64_t kEdgeKey = uint64_t{1} << 40;
  static constexpr uint32_t kTags = kTagLanes + 1;
  TagTable table;
  std::vector<TagScores> previous;  // by the two tags before
  std::array<TagScores, kWordPlaces> edges;
};

namespace {

constexpr uint32_t kAhead = 5;  // how many tokens early a word's sums are fetched

// The best of the allowed lanes; the lowest of equals.
uint32_t best_lane(const TagScores& scores, uint64_t allowed) noexcept {
  int best = std::numeric_limits<int>::min();
  uint32_t lane = 0;
  for (; allowed != 0; allowed &= allowed - 1) {
    const auto i = static_cast<uint32_t>(std::countr_zero(allowed));
    if (scores.lane[i] > best) {
      best = scores.lane[i];
      lane = i;
    }
  }
  return lane;
}

TagCache& cache_of(Workspace& workspace) {
  if (workspace.tagger == nullptr) workspace.tagger = std::make_unique<TagCache>();
  auto& cache = static_cast<TagCache&>(*workspace.tagger);
  if (cache.generation != workspace.types.generation()) {
    cache.clear();
    cache.generation = workspace.types.generation();
  }
  return cache;
}

}  // namespace

Tagger::Tagger(const Model& model, const Options&) : state_(std::make_unique<const State>(model)) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;

void Tagger::tag(Layers& layers, Workspace& workspace) const {
  if (!state_->table.empty()) {
    const State& state = *state_;
    const WordTypes& types = workspace.types;
    TagCache& cache = cache_of(workspace);
    for (const Sentence& sentence : layers.sentences) {
      const IndexRange range = sentence.tokens;
      const auto fetch = [&](uint32_t i) -> TagCacheEntry* {
        return range.contains(i) ? state.entry(cache, types, workspace.word[i]) : nullptr;
      };
      // The words around token i: i - 2 … i + 2.
      std::array<TagCacheEntry*, 5> word{};
      const auto fill = [&](uint32_t i) {
        if (cache.full()) cache.clear();
        for (uint32_t k = 0; k < 5; ++k) word[k] = i + k >= 2 ? fetch(i + k - 2) : nullptr;
      };
      fill(range.begin);
      // The keys of a token's neighbours are known one token early: what they weigh comes while the tag is chosen.
      std::array<uint64_t, kPairKeys> pairs{};
      const auto ask_pairs = [&](const TagCacheEntry* left, const TagCacheEntry* own, const TagCacheEntry* right) {
        if (own == nullptr || (own->allowed & (own->allowed - 1)) == 0) return;
        pairs = pair_keys(State::known(left), own->word, State::known(right));
        for (const uint64_t key : pairs) state.table.prefetch(key);
      };
      ask_pairs(word[1], word[2], word[3]);
      uint32_t previous = 0;
      uint32_t before = 0;
      for (uint32_t i = range.begin; i < range.end; ++i) {
        if (i != range.begin) {
          if (cache.full()) {
            fill(i);
          } else {
            word = {word[1], word[2], word[3], word[4], fetch(i + 2)};
          }
        }
        if (range.contains(i + kAhead)) cache.prefetch(workspace.word[i + kAhead]);
        const std::array<uint64_t, kPairKeys> own_pairs = pairs;
        ask_pairs(word[2], word[3], word[4]);
        Token& token = layers.tokens[i];
        token.tag = evident_tag(token, workspace.quotation[i]);
        if (token.tag == Tag::None) {
          const uint64_t allowed = word[2]->allowed;
          uint32_t lane = static_cast<uint32_t>(std::countr_zero(allowed));
          if ((allowed & (allowed - 1)) != 0) {
            const uint64_t tags_word = tags_word_key(word[2]->word, previous, before);
            state.table.prefetch(tags_word);
            const auto own = [](const TagWord& w, uint32_t tag, auto&& add) { own_features(w, tag, add); };
            const auto right = [](const TagWord& w, uint32_t tag, auto&& add) { right_features(w, tag, add); };
            state.ask_joined(cache.own, word[2], previous, own);
            state.ask_joined(cache.right, word[3], previous, right);
            TagScores scores = state.previous[previous * State::kTags + before];
            scores += state.scores(cache, types, word[0], WordPlace::FarLeft);
            scores += state.scores(cache, types, word[1], WordPlace::Left);
            scores += state.scores(cache, types, word[2], WordPlace::Own);
            scores += state.scores(cache, types, word[3], WordPlace::Right);
            scores += state.scores(cache, types, word[4], WordPlace::FarRight);
            scores += state.joined(cache.own, word[2], previous, own);
            scores += state.joined(cache.right, word[3], previous, right);
            state.table.add(tags_word, scores);
            for (const uint64_t key : own_pairs) state.table.add(key, scores);
            lane = best_lane(scores, allowed);
          }
          token.tag = static_cast<Tag>(lane + 1);
        }
        before = previous;
        previous = static_cast<uint32_t>(token.tag);
      }
    }
  }
  find_noun_phrases(layers, workspace);
}

}  // namespace newsnlp
