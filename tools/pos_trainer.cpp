#include "pos_trainer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <random>

#include "tag_features.h"
#include "tag_table.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
using Weights = std::array<float, kTagLanes>;

// What the lexicon says of every word form.
class Lexicon {
 public:
  Lexicon(const WordTypes& types, const std::vector<TaggedText>& texts, const PosSettings& settings)
      : lanes_(types.size()) {
    std::vector<std::array<uint32_t, kTagLanes>> counts(types.size());
    for (const TaggedText& text : texts)
      for (size_t i = 0; i < text.word.size(); ++i)
        if (text.tag[i] != Tag::None && text.tag[i] <= Tag::ADD)
          ++counts[text.word[i]][static_cast<uint32_t>(text.tag[i]) - 1];
    for (uint32_t type = 0; type < types.size(); ++type) {
      uint32_t all = 0;
      for (const uint32_t n : counts[type]) all += n;
      if (all < settings.lexicon_count) continue;
      const double least = std::max(1.5, settings.lexicon_share * all);
      for (uint32_t lane = 0; lane < kTagLanes; ++lane)
        if (counts[type][lane] >= least) lanes_[type] |= uint64_t{1} << lane;
    }
  }

  // 0: not in the lexicon.
  uint64_t lanes(uint32_t type) const { return lanes_[type]; }
  uint64_t allowed(uint32_t type) const { return lanes_[type] == 0 ? kAllLanes : lanes_[type]; }

 private:
  std::vector<uint64_t> lanes_;
};

// The features that are seen often enough, numbered.
class FeatureIndex {
 public:
  // Sorts and counts what add() was given, then drops what is rarer than its cut-off.
  void add(uint64_t key, uint32_t count) { seen_.push_back({key, count}); }
  void close(uint32_t cutoff) {
    std::sort(seen_.begin(), seen_.end(), [](const Seen& a, const Seen& b) { return a.key < b.key; });
    for (size_t i = 0, end = 0; i < seen_.size(); i = end) {
      uint64_t count = 0;
      for (end = i; end < seen_.size() && seen_[end].key == seen_[i].key; ++end) count += seen_[end].count;
      if (count >= cutoff) keys_.push_back(seen_[i].key);
    }
    seen_ = {};
  }
  void build() {
    slots_.assign(std::bit_ceil(keys_.size() * 2 + 1), kNone);
    for (uint32_t row = 0; row < keys_.size(); ++row) {
      size_t slot = keys_[row] & (slots_.size() - 1);
      while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = row;
    }
  }

  uint32_t find(uint64_t key) const {
    for (size_t slot = key & (slots_.size() - 1); slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1))
      if (keys_[slots_[slot]] == key) return slots_[slot];
    return kNone;
  }
  const std::vector<uint64_t>& keys() const { return keys_; }

 private:
  struct Seen {
    uint64_t key;
    uint32_t count;
  };
  std::vector<Seen> seen_;
  std::vector<uint64_t> keys_;
  std::vector<uint32_t> slots_;
};

class Trainer {
 public:
  Trainer(const WordTypes& types, const std::vector<TaggedText>& texts, const PosSettings& settings)
      : types_(types), texts_(texts), settings_(settings), lexicon_(types, texts, settings) {
    for (uint32_t type = 0; type < types.size(); ++type)
      words_.push_back(tag_word(types[type], types.lower(type), lexicon_.lanes(type)));
    count_features();
    weights_.resize(index_.keys().size());
    sums_.resize(index_.keys().size());
    live_.assign(index_.keys().size(), kAllLanes);
    random_.seed(settings.seed);
  }

  std::string run(const std::function<void(const std::string&)>& log) {
    log(std::to_string(index_.keys().size()) + " features");
    std::vector<uint32_t> order(texts_.size());
    for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const uint32_t epochs = settings_.epochs + settings_.more_epochs;
    for (uint32_t epoch = 0; epoch < epochs; ++epoch) {
      if (epoch == settings_.epochs) {
        prune();
        averaged_ = true;
      }
      for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_() % i]);
      const double done = static_cast<double>(epoch) / static_cast<double>(epochs);
      rate_ = static_cast<float>(settings_.rate * (1 - 0.9 * done));
      size_t wrong = 0;
      size_t all = 0;
      for (const uint32_t i : order) learn(texts_[i], wrong, all);
      char line[80];
      std::snprintf(line, sizeof line, "epoch %u: %.2f %% of %zu decisions wrong", epoch + 1,
                    100.0 * static_cast<double>(wrong) / static_cast<double>(std::max<size_t>(all, 1)), all);
      log(line);
    }
    const auto steps = static_cast<float>(std::max<uint64_t>(step_, 1));
    for (size_t row = 0; row < weights_.size(); ++row)
      for (uint32_t lane = 0; lane < kTagLanes; ++lane) weights_[row][lane] -= sums_[row][lane] / steps;
    return pack(log);
  }

 private:
  static bool learnable(const TaggedText& text, uint32_t i, uint64_t allowed) {
    return text.evident[i] == Tag::None && text.tag[i] != Tag::None && text.tag[i] <= Tag::ADD &&
           (allowed & (allowed - 1)) != 0;
  }
  static uint32_t neighbour(const TaggedText& text, IndexRange s, uint32_t i, WordPlace place) {
    static constexpr std::array<int, kWordPlaces> kOffset = {0, -1, -2, 1, 2};  // by WordPlace
    const uint32_t at = i + static_cast<uint32_t>(kOffset[static_cast<size_t>(place)]);
    return s.contains(at) ? text.word[at] : kNone;
  }
  template <class Visit>
  static void each_sentence(const TaggedText& text, Visit visit) {
    uint32_t begin = 0;
    for (const uint32_t end : text.sentence_ends) {
      visit(IndexRange{begin, end});
      begin = end;
    }
  }

  // Features of a token whose previous tags are given.
  template <class Add>
  void context(const TaggedText& text, IndexRange s, uint32_t i, uint32_t previous, uint32_t before, Add add) const {
    const auto word = [&](WordPlace place) {
      const uint32_t type = neighbour(text, s, i, place);
      return type == kNone ? TagWord{} : words_[type];
    };
    add(tag_key(previous));
    add(tags_key(previous, before));
    own_features(word(WordPlace::Own), previous, add);
    right_features(word(WordPlace::Right), previous, add);
    context_features(word(WordPlace::Left), word(WordPlace::Own), word(WordPlace::Right), previous, before, add);
  }

  void count_features() {
    std::vector<std::array<uint32_t, kWordPlaces>> seen(types_.size() + 1);  // the last one: the sentence's edge
    for (const TaggedText& text : texts_)
      each_sentence(text, [&](IndexRange s) {
        uint32_t previous = 0;
        uint32_t before = 0;
        for (uint32_t i = s.begin; i < s.end; ++i) {
          if (learnable(text, i, lexicon_.allowed(text.word[i]))) {
            for (uint32_t p = 0; p < kWordPlaces; ++p) {
              const uint32_t type = neighbour(text, s, i, static_cast<WordPlace>(p));
              ++seen[type == kNone ? types_.size() : type][p];
            }
            context(text, s, i, previous, before, [&](uint64_t key) { index_.add(key, 1); });
          }
          before = previous;
          previous = static_cast<uint32_t>(text.tag[i]);
        }
      });
    std::vector<uint64_t> keys;
    for (uint32_t type = 0; type <= types_.size(); ++type)
      for (uint32_t p = 0; p < kWordPlaces; ++p) {
        if (seen[type][p] == 0) continue;
        keys_of(type, static_cast<WordPlace>(p), keys);
        for (const uint64_t key : keys) index_.add(key, seen[type][p]);
      }
    index_.close(settings_.cutoff);
    index_.build();
    rows_.resize((types_.size() + 1) * kWordPlaces);
    for (uint32_t type = 0; type <= types_.size(); ++type)
      for (uint32_t p = 0; p < kWordPlaces; ++p) {
        if (seen[type][p] == 0) continue;
        keys_of(type, static_cast<WordPlace>(p), keys);
        for (const uint64_t key : keys)
          if (const uint32_t row = index_.find(key); row != kNone) rows_[type * kWordPlaces + p].push_back(row);
      }
  }

  void keys_of(uint32_t type, WordPlace place, std::vector<uint64_t>& keys) const {
    keys.clear();
    if (type == types_.size())
      keys.push_back(edge_key(place));
    else
      word_features(place, types_[type], types_.lower(type), words_[type].kind, keys);
  }

  void learn(const TaggedText& text, size_t& wrong, size_t& all) {
    each_sentence(text, [&](IndexRange s) {
      uint32_t previous = 0;
      uint32_t before = 0;
      for (uint32_t i = s.begin; i < s.end; ++i) {
        uint32_t tag = static_cast<uint32_t>(text.evident[i]);
        const uint64_t allowed = lexicon_.allowed(text.word[i]);
        if (tag == 0 && (allowed & (allowed - 1)) == 0) tag = static_cast<uint32_t>(std::countr_zero(allowed)) + 1;
        if (tag == 0) {
          active_.clear();
          for (uint32_t p = 0; p < kWordPlaces; ++p) {
            const uint32_t type = neighbour(text, s, i, static_cast<WordPlace>(p));
            const auto& rows = rows_[(type == kNone ? types_.size() : type) * kWordPlaces + p];
            active_.insert(active_.end(), rows.begin(), rows.end());
          }
          context(text, s, i, previous, before, [&](uint64_t key) {
            if (const uint32_t row = index_.find(key); row != kNone) active_.push_back(row);
          });
          const bool learns = learnable(text, i, allowed);
          if (learns) drop();
          tag = decide(allowed) + 1;
          if (learns) {
            const auto gold = static_cast<uint32_t>(text.tag[i]);
            ++all;
            wrong += tag != gold ? 1 : 0;
            if ((allowed >> (gold - 1) & 1) != 0) step(allowed, gold - 1);
          }
        }
        before = previous;
        previous = tag;
      }
    });
  }

  // Takes some of the active features away.
  void drop() {
    std::erase_if(active_, [&](uint32_t) { return random_() < settings_.dropout * 4294967296.0; });
  }
  uint32_t decide(uint64_t allowed) {
    scores_ = {};
    for (const uint32_t row : active_)
      for (uint32_t lane = 0; lane < kTagLanes; ++lane) scores_[lane] += weights_[row][lane];
    uint32_t best = static_cast<uint32_t>(std::countr_zero(allowed));
    for (uint32_t lane = best + 1; lane < kTagLanes; ++lane)
      if ((allowed >> lane & 1) != 0 && scores_[lane] > scores_[best]) best = lane;
    return best;
  }
  // One step along the gradient of the log-likelihood of `gold`.
  void step(uint64_t allowed, uint32_t gold) {
    float most = scores_[gold];
    for (uint64_t left = allowed; left != 0; left &= left - 1)
      most = std::max(most, scores_[static_cast<size_t>(std::countr_zero(left))]);
    Weights share{};
    float all = 0;
    for (uint64_t left = allowed; left != 0; left &= left - 1) {
      const auto lane = static_cast<size_t>(std::countr_zero(left));
      all += share[lane] = std::exp(scores_[lane] - most);
    }
    step_ += averaged_ ? 1 : 0;
    const auto now = static_cast<float>(step_);
    for (uint64_t left = allowed; left != 0; left &= left - 1) {
      const auto lane = static_cast<uint32_t>(std::countr_zero(left));
      const float gradient = (lane == gold ? 1.0F : 0.0F) - share[lane] / all;
      if (std::abs(gradient) < 1e-3F) continue;
      const float change = rate_ * gradient;
      for (const uint32_t row : active_) {
        if ((live_[row] >> lane & 1) == 0) continue;
        weights_[row][lane] += change;
        sums_[row][lane] += change * now;
      }
    }
  }

  // Keeps the largest weights, as many as fit the table; the others stay zero from now on.
  void prune() {
    double low = 0;
    double high = 16;
    for (int i = 0; i < 30 && rows_above(low) > settings_.rows; ++i) {
      const double middle = (low + high) / 2;
      (rows_above(middle) > settings_.rows ? low : high) = middle;
    }
    if (rows_above(low) > settings_.rows) low = high;
    for (size_t row = 0; row < weights_.size(); ++row)
      for (uint32_t lane = 0; lane < kTagLanes; ++lane)
        if (std::abs(weights_[row][lane]) < low) {
          weights_[row][lane] = 0;
          live_[row] &= ~(uint64_t{1} << lane);
        }
  }
  size_t rows_above(double least) const {
    size_t rows = 0;
    for (const Weights& w : weights_) {
      size_t pairs = 0;
      for (const float x : w) pairs += std::abs(x) >= least && x != 0 ? 1 : 0;
      rows += (pairs + 2) / 3;
    }
    return rows;
  }

  std::string pack(const std::function<void(const std::string&)>& log) {
    std::vector<TagTable::Feature> features;
    size_t pairs = 0;
    size_t clipped = 0;
    for (size_t row = 0; row < weights_.size(); ++row) {
      TagTable::Feature f{index_.keys()[row], {}};
      for (uint32_t lane = 0; lane < kTagLanes; ++lane) {
        const long score = std::lround(weights_[row][lane] * settings_.scale);
        if (score == 0) continue;
        clipped += std::abs(score) > 127 ? 1 : 0;
        f.pairs.push_back({static_cast<uint8_t>(lane + 1), static_cast<int8_t>(std::clamp(score, -127L, 127L))});
      }
      pairs += f.pairs.size();
      if (!f.pairs.empty()) features.push_back(std::move(f));
    }
    const size_t learned = features.size();
    for (uint32_t type = 0; type < types_.size(); ++type) {
      const uint64_t lanes = lexicon_.lanes(type);
      if (lanes == 0) continue;
      TagTable::Feature f{lexicon_key(types_[type]), {}};
      for (uint64_t left = lanes; left != 0; left &= left - 1)
        f.pairs.push_back({static_cast<uint8_t>(std::countr_zero(left) + 1), 0});
      features.push_back(std::move(f));
    }
    char line[120];
    std::snprintf(line, sizeof line, "%zu features with %zu weights (%zu clipped), %zu words", learned, pairs, clipped,
                  features.size() - learned);
    log(line);
    SectionWriter out;
    TagTable::write(std::move(features), out);
    return out.bytes();
  }

  const WordTypes& types_;
  const std::vector<TaggedText>& texts_;
  const PosSettings& settings_;
  Lexicon lexicon_;
  std::vector<TagWord> words_;  // by type
  FeatureIndex index_;
  std::vector<std::vector<uint32_t>> rows_;  // by type (the last one: edge) and place
  std::vector<Weights> weights_;
  std::vector<Weights> sums_;   // change * step
  std::vector<uint64_t> live_;  // lanes of each row that may be other than zero
  std::vector<uint32_t> active_;
  Weights scores_{};
  std::mt19937 random_;
  float rate_ = 0;
  uint64_t step_ = 0;
  bool averaged_ = false;
};

}  // namespace

std::string train_tagger(const WordTypes& types, const std::vector<TaggedText>& texts, const PosSettings& settings,
                         const std::function<void(const std::string&)>& log) {
  return Trainer(types, texts, settings).run(log);
}

}  // namespace newsnlp
