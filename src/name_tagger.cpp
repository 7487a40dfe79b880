#include "name_tagger.h"

#include <algorithm>
#include <array>

#include "cpu.h"
#include "hash.h"
#include "row_sums.h"

namespace newsnlp {
namespace {

// The commonest shapes of what is read.
constexpr uint64_t kNameShape = hash_bytes("Xx");
constexpr uint64_t kLowerShape = hash_bytes("x");

// The row of a slot in slots_ for one of its longer names.
uint32_t longer_row(const NameArticle::Slot& slot, uint32_t id, uint32_t sequence) noexcept {
  return 3 * id + (sequence == slot.longest ? 1 : 2);
}

// The row of a neighbour in elsewhere_words_, two of which are for its two sides.
size_t elsewhere(const NameArticle& article, uint32_t token) noexcept {
  return token == NameArticle::kNone ? 0 : size_t{article.digest(token).lower_id} + 1;
}

// The row of a number on one side.
size_t beside(size_t number, NameFeatures::Side side) noexcept {
  return 2 * number + static_cast<size_t>(side);
}

}  // namespace

void NameTagger::forget(uint32_t generation, NameDomain domain) {
  if (generation == generation_ && domain == domain_) return;
  generation_ = generation;
  domain_ = domain;
  for (RowTable* t : {&words_, &elsewhere_words_, &elsewhere_classes_, &elsewhere_shapes_, &elsewhere_counts_, &hits_,
                      &longer_hits_, &longer_classes_, &longer_places_})
    t->clear();
  word_states_.clear();
  topic_of_hit_.clear();
  for (RowMemo* memo : {&shapes_, &counts_}) memo->clear();
}

// The features of a word (0: the edge of the sentence) in one of its rows.
void NameTagger::list_word(size_t word, Place place, NameFeatures::Out& out) const {
  static constexpr int kOffsets[kPlaces] = {0, 0, -2, -1, 2, 1, -1, -1, 1, 1};
  const NameWord* w = word == 0 ? nullptr : &article_.words()[static_cast<uint32_t>(word - 1)];
  const int offset = kOffsets[place];
  if (w == nullptr)
    NameFeatures::edge(offset, out);
  else
    NameFeatures::word(*w, offset, domain_, out);
  const bool name = place == kBeforeName || place == kBehindName;
  if (name || place == kBeforeLower || place == kBehindLower)
    NameFeatures::beside(offset < 0 ? NameFeatures::Side::Left : NameFeatures::Side::Right,
                         w == nullptr ? NameFeatures::kEdge : w->lower, name ? kNameShape : kLowerShape, out);
}

// Puts the features of a word, for a row that nobody has asked for before, into the batch.
void NameTagger::add_word(uint32_t word, Place place) {
  word_states_[word].known |= static_cast<uint16_t>(1 << place);
  list_word(word, place, batch_.features);
  batch_.owners.resize(batch_.features.size(), row_of(word, place));
}

// Notes and fetches the rows that emit() reads of the words around a token; fetches those of its hits. The batch's rows
// are those of words_.
NEWSNLP_INLINE void NameTagger::need_words(Asked& asked) {
  const auto need = [&](size_t k, Place place) {
    const uint32_t word = asked.around[k];
    asked.rows[k] = row_of(word, place);
    words_.prefetch(asked.rows[k]);
    if ((word_states_[word].known >> place & 1) == 0) [[unlikely]]
      add_word(word, place);
  };
  const NameDigest& w = article_.digest(asked.token);
  need(0, kSecondBefore);
  need(1, before(w));
  need(2, kOwn);
  need(3, behind(w));
  need(4, kSecondBehind);
  const uint32_t own = asked.around[NameFeatures::kReach];
  if (word_states_[own].topic != article_.topic() + 1) need_topic(own);
  const uint32_t hit = article_.hit_number(asked.token);
  if (hit == 0) return;
  hits_.prefetch(hit * kHitPlaces);
  hits_.prefetch(hit * kHitPlaces + 2);
}

// What the topic says of a word: its row is of another topic.
void NameTagger::need_topic(uint32_t word) {
  word_states_[word].topic = static_cast<uint16_t>(article_.topic() + 1);
  const size_t row = word * kPlaces + kTopic;
  std::fill_n(words_.numbers() + row * row_, row_, int16_t{0});
  NameFeatures::topic_word(article_.topic(), article_.words().near(word), batch_.features);
  batch_.owners.resize(batch_.features.size(), static_cast<uint32_t>(row));
}

void NameTagger::fill_hit(uint32_t token, int offset, int16_t* row) {
  features_.clear();
  NameFeatures::hit(article_.hit(token), offset, domain_, features_);
  model_.add(features_, row);
}
NEWSNLP_INLINE const int16_t* NameTagger::hit_sums(uint32_t token, int offset) {
  return hits_.find(article_.hit_number(token) * kHitPlaces + static_cast<size_t>(offset + 1),
                    [&](int16_t* row) { fill_hit(token, offset, row); });
}

// What the topic says of a token's list hits.
NEWSNLP_INLINE const int16_t* NameTagger::hit_topic_sums(uint32_t token) {
  const uint32_t hit = article_.hit_number(token);
  if (hit >= topic_of_hit_.size() || topic_of_hit_[hit] != article_.topic() + 1) [[unlikely]]
    need_hit_topic(token);
  return hits_.numbers() + (hit * kHitPlaces + 3) * row_;
}
void NameTagger::need_hit_topic(uint32_t token) {
  const uint32_t hit = article_.hit_number(token);
  if (hit >= topic_of_hit_.size()) {
    topic_of_hit_.resize(hit + 1 + hit / 2, 0);
    hits_.make_room(topic_of_hit_.size() * kHitPlaces);
  }
  topic_of_hit_[hit] = static_cast<uint8_t>(article_.topic() + 1);
  int16_t* row = hits_.numbers() + (hit * kHitPlaces + 3) * row_;
  std::fill_n(row, row_, int16_t{0});
  features_.clear();
  NameFeatures::topic_hit(article_.topic(), article_.hit_hash(token), features_);
  model_.add(features_, row);
}

// A row of a table; `list` gives its features.
template <class List>
const int16_t* NameTagger::row(RowTable& table, size_t number, List list) {
  return table.find(number, [&](int16_t* sums) {
    features_.clear();
    list(features_);
    model_.add(features_, sums);
  });
}

// What stands beside the other occurrences of a form, for row `to` of slots_; words are only noted.
template <class Sums>
void NameTagger::add_elsewhere(uint32_t slot, uint32_t to, Sums& sums) {
  struct Visit {
    NameTagger& tagger;
    uint32_t to;
    Sums& sums;
    void word(NameFeatures::Side side, uint32_t token) {
      const size_t row = beside(elsewhere(tagger.article_, token), side);
      tagger.elsewhere_words_.prefetch(row);
      tagger.words_elsewhere_.push_back({token, side, static_cast<uint32_t>(row), to});
    }
    void word_class(NameFeatures::Side side, uint32_t token) {
      const uint16_t class_256 = tagger.article_.core(token).class_256;
      sums.add(tagger.row(tagger.elsewhere_classes_, beside(class_256, side),
                          [&](auto& out) { NameFeatures::elsewhere_class(side, class_256, out); }));
    }
    void shape(NameFeatures::Side side, uint32_t token) {
      sums.add(tagger.row(tagger.elsewhere_shapes_, beside(tagger.article_.core(token).shape_id, side), [&](auto& out) {
        NameFeatures::elsewhere_shape(side, tagger.article_.word(token).collapsed, out);
      }));
    }
  } visit{*this, to, sums};
  const uint32_t count = std::min(article_.slots()[slot].count, NameFeatures::kMostCounted);
  if (count < 2) return;
  sums.add(row(elsewhere_counts_, count, [&](auto& out) { NameFeatures::occurrences(count, out); }));
  if (NameFeatures::each_elsewhere(article_, slot, visit))
    sums.add(row(elsewhere_counts_, 0, [&](auto& out) { NameFeatures::elsewhere_role(out); }));
}

// The batch must be empty, and is then.
void NameTagger::add_words_elsewhere() {
  for (const WordElsewhere& w : words_elsewhere_) {
    if (!elsewhere_words_.is_new(w.row)) continue;
    const bool edge = w.token == NameArticle::kNone;
    NameFeatures::elsewhere_word(w.side, edge ? NameFeatures::kEdge : article_.core(w.token).lower, batch_.features);
    batch_.owners.push_back(w.row);
  }
  model_.add(batch_, elsewhere_words_.numbers());
  batch_.clear();
  for (const WordElsewhere& w : words_elsewhere_)
    NameModel::add_row(elsewhere_words_.numbers() + size_t{w.row} * row_, slots_.data() + size_t{w.to} * row_, row_);
  words_elsewhere_.clear();
}

// Lets `fill` add rows to sums, and writes these into `row`.
template <class Fill>
void NameTagger::sum(int16_t* row, Fill&& fill) {
  if (row_ == RowSums<16>::kRow) {
    RowSums<16> sums;
    fill(sums);
    sums.store(row);
  } else {
    std::fill_n(row, row_, int16_t{0});
    AnyRowSums sums{row, row_};
    fill(sums);
  }
}

// What the article says of the form of a token, and what the longer name that speaks for it: for their rows in slots_,
// if they have not been asked for yet. Other occurrences are summed or noted.
void NameTagger::need_slot(Asked& asked) {
  const uint32_t token = asked.token;
  const uint32_t sequence = asked.sequence = NameFeatures::longer_sequence(article_, token);
  const uint32_t id = asked.slot = article_.slot_of(token);
  const auto is_new = [&](uint32_t row) {
    const auto bit = static_cast<uint8_t>(1 << (row - 3 * id));
    const bool is = (slot_ready_[id] & bit) == 0;
    slot_ready_[id] |= bit;
    return is;
  };
  if (const uint32_t row = 3 * id; is_new(row))
    sum(slots_.data() + size_t{row} * row_, [&](auto& sums) { add_elsewhere(id, row, sums); });
  if (sequence == NameArticle::kNone) return;
  const uint32_t row = longer_row(article_.slots()[id], id, sequence);
  if (!is_new(row)) return;
  sum(slots_.data() + size_t{row} * row_, [&](auto& sums) { add_longer(token, sequence, sums); });
  batch_.owners.resize(batch_.features.size(), row);
}

// What a longer name says of the form of a token; its words are put into the batch.
template <class Sums>
void NameTagger::add_longer(uint32_t token, uint32_t sequence, Sums& sums) {
  const NameArticle::Sequence& longer = article_.sequence(sequence);
  const NameFeatures::Standing at = NameFeatures::stand(article_, token, sequence);
  const bool role = NameFeatures::has_role(article_, longer);
  sums.add(row(longer_places_, kPlaceRows * NameFeatures::number(at) + (role ? 1 : 0),
               [&](auto& out) { NameFeatures::longer_place(at, role, out); }));
  const auto hit = [&](NameFeatures::Part part, uint32_t word) {
    sums.add(row(longer_hits_, 9 * article_.hit_number(word) + 3 * at.place + static_cast<size_t>(part),
                 [&](auto& out) { NameFeatures::longer_hit(part, at.place, article_.hit_hash(word), out); }));
  };
  hit(NameFeatures::Part::First, longer.begin);
  hit(NameFeatures::Part::Here, at.token);
  hit(NameFeatures::Part::Last, longer.end - 1);
  const auto word_class = [&](NameFeatures::Part part, uint32_t word) {
    const uint16_t class_256 = article_.core(word).class_256;
    sums.add(row(longer_classes_, 6 * size_t{class_256} + 2 * at.place + (part == NameFeatures::Part::First ? 0 : 1),
                 [&](auto& out) { NameFeatures::longer_class(part, at.place, class_256, out); }));
  };
  word_class(NameFeatures::Part::First, longer.begin);
  word_class(NameFeatures::Part::Last, longer.end - 1);
  NameFeatures::longer_words(article_, longer, at.place, batch_.features);
}

// Adds what is summed already, and puts the other features of the token into the batch, but for its neighbours.
template <class Sums>
NEWSNLP_INLINE void NameTagger::emit(const Asked& asked, Sums& sums) {
  const auto fill = [&](auto&& list) {
    return [&, list](int16_t* row) {
      features_.clear();
      list(features_);
      model_.add(features_, row);
    };
  };
  const uint32_t token = asked.token;
  const IndexRange sentence = asked.sentence;
  const auto& around = asked.around;
  const uint32_t left = around[1];
  const uint32_t own = around[2];
  const uint32_t right = around[3];
  const uint32_t slot = asked.slot;
  const uint32_t sequence = asked.sequence;
  const NameDigest& w = article_.digest(token);
  const int16_t* const words = words_.numbers();
  for (const uint32_t row : asked.rows) sums.add(words + size_t{row} * row_);
  sums.add(words + (size_t{own} * kPlaces + kTopic) * row_);
  if (left != 0 && article_.hit_number(token - 1) != 0) sums.add(hit_sums(token - 1, -1));
  if (article_.hit_number(token) != 0) {
    sums.add(hit_sums(token, 0));
    sums.add(hit_topic_sums(token));
  }
  if (right != 0 && article_.hit_number(token + 1) != 0) sums.add(hit_sums(token + 1, 1));
  const bool all_capitals = article_.all_capitals(token);
  sums.add(
      shapes_.find(NameFeatures::shapes_key(article_.words(), around, all_capitals), fill([&](NameFeatures::Out& out) {
                     NameFeatures::shapes(NameFeatures::shapes_at(article_, token, sentence), out);
                   })));
  const NameFeatures::Counts counts = NameFeatures::counts_at(article_, token, slot, left == 0);
  sums.add(counts_.find(counts.key(), fill([&](NameFeatures::Out& out) { NameFeatures::counts(counts, out); })));
  if (slot != NameArticle::kNone) {
    sums.add(slots_.data() + size_t{3 * slot} * row_);
    if (sequence != NameArticle::kNone) {
      sums.add(slots_.data() + size_t{longer_row(article_.slots()[slot], slot, sequence)} * row_);
      const NameFeatures::Standing at = NameFeatures::stand(article_, token, sequence);
      const uint32_t capitals = NameFeatures::capitals_beside(article_, token, sentence);
      sums.add(row(longer_places_, kPlaceRows * NameFeatures::number(at) + 2 + capitals,
                   [&](auto& out) { NameFeatures::longer_here(at, capitals, out); }));
    }
    if (w.is(NameWord::kUpper)) NameFeatures::spelled_out(article_, token, batch_.features);
  }
  if (!w.is(NameWord::kXx) && !w.is(NameWord::kX)) {
    const auto add_beside = [&](NameFeatures::Side side, uint32_t number) {
      NameFeatures::beside(side, article_.words().near(number).lower,
                           article_.words().shape(article_.words().near(own).shape_id), batch_.features);
    };
    add_beside(NameFeatures::Side::Left, left);
    add_beside(NameFeatures::Side::Right, right);
  }
  if (NameFeatures::has_context(article_, token)) NameFeatures::context(article_, token, sentence, batch_.features);
}

// Adds what emit() has put into the batch, and neighbours.
NEWSNLP_INLINE void NameTagger::add_listed() {
  model_.add(batch_, sums_.data());
  std::array<uint64_t, NameFeatures::kNeighbours> features;
  NameModel::Sieve sieve(model_, neighbours_, asked_size_ * features.size());
  for (uint32_t k = 0; k < asked_size_; ++k) {
    NameFeatures::neighbours(article_.words(), asked_[k].around, features.data());
    for (const uint64_t f : features) sieve.push(f, k);
  }
  model_.add(neighbours_, sieve, sums_.data());
}

// What is compiled for each machine: a row a token in sums_.
struct NameTagger::Kernels {
  static NEWSNLP_INLINE void emit_usual(NameTagger& t) {
    int16_t* row = t.sums_.data();
    for (uint32_t k = 0; k < t.asked_size_; ++k, row += RowSums<16>::kRow) {
      RowSums<16> sums;
      t.emit(t.asked_[k], sums);
      sums.store(row);
      t.batch_.owners.resize(t.batch_.features.size(), k);
    }
  }
  static NEWSNLP_INLINE void usual_all(NameTagger& t) {
    emit_usual(t);
    t.add_listed();
  }
  static void usual(NameTagger& t) { usual_all(t); }
  NEWSNLP_TARGET_AVX2 static void usual_avx2(NameTagger& t) { usual_all(t); }
  static void any(NameTagger& t) {
    int16_t* row = t.sums_.data();
    for (uint32_t k = 0; k < t.asked_size_; ++k, row += t.row_) {
      std::fill_n(row, t.row_, int16_t{0});
      AnyRowSums sums{row, t.row_};
      t.emit(t.asked_[k], sums);
      t.batch_.owners.resize(t.batch_.features.size(), k);
    }
    t.add_listed();
  }
};

NameTagger::SumAll NameTagger::choose_sum_all(uint32_t row) noexcept {
  if (row != RowSums<16>::kRow) return Kernels::any;
  return has_avx2() ? Kernels::usual_avx2 : Kernels::usual;
}

// Sums up all features of asked_, one row a token. The batch holds those of words.
void NameTagger::sum_tokens() {
  model_.add(batch_, words_.numbers());
  batch_.clear();
  for (Asked& a : asked())
    if (NameFeatures::has_slot(article_, a.token)) need_slot(a);
  model_.add(batch_, slots_.data());
  batch_.clear();
  add_words_elsewhere();
  sums_.resize(std::max(sums_.size(), size_t{asked_size_} * row_));
  sum_all_(*this);
}
void NameTagger::find_candidates(std::span<const NameArticle::Region> regions,
                                 std::span<const NameLists::Match> lists) {
  constexpr size_t kTogether = 1024;  // features whose memory is asked for at once
  asked_size_ = 0;
  for (const NameArticle::Region& r : regions) asked_size_ += r.inner.size();
  if (asked_.size() < asked_size_) asked_.resize(asked_size_);
  batch_.clear();
  Asked* next = asked_.data();
  for (const NameArticle::Region& r : regions)
    for (uint32_t i = r.inner.begin; i < r.inner.end; ++i) {
      Asked& asked = *next++;
      asked.token = i;
      asked.sentence = r.sentence;
      asked.around = NameFeatures::around(article_, i, r.sentence);
      asked.slot = asked.sequence = NameArticle::kNone;
      need_words(asked);
      if (batch_.features.size() < kTogether) continue;
      model_.add(batch_, words_.numbers());
      batch_.clear();
    }
  sum_tokens();
  const Crf& crf = model_.crf();
  const auto types = static_cast<uint32_t>(crf.types().size());
  std::span<int16_t> emission(sums_);
  for (const NameArticle::Region& r : regions) {
    while (!lists.empty() && lists.front().tokens.begin < r.inner.begin) lists = lists.subspan(1);
    for (const NameLists::Match& m : lists) {
      if (m.tokens.begin >= r.inner.end) break;
      help(m, r.inner, emission);
    }
    const CrfBorders borders{r.inner.begin > r.tokens.begin, r.inner.end < r.tokens.end};
    marginals_.clear();
    crf.marginals(emission, r.inner.size(), borders, SpanCandidate::kLeast, SpanCandidate::kLongest, lattice_,
                  marginals_);
    append_candidates(marginals_, types, r.inner.begin, r.sentence, candidates_);
    emission = emission.subspan(size_t{r.inner.size()} * row_);
  }
}

void NameTagger::help(const NameLists::Match& match, IndexRange region, std::span<int16_t> emission) const {
  constexpr int16_t kHelp = 2 * Crf::kScale;  // a token
  const auto& types = model_.crf().types();
  const auto type = static_cast<size_t>(std::find(types.begin(), types.end(), match.type) - types.begin());
  if (match.rule != NameRule::Help || type == types.size()) return;
  if (match.tokens.begin < region.begin || match.tokens.end > region.end) return;
  for (uint32_t i = match.tokens.begin; i < match.tokens.end; ++i) {
    const uint32_t part = match.tokens.size() == 1    ? 3
                          : i == match.tokens.begin   ? 0
                          : i + 1 == match.tokens.end ? 2
                                                      : 1;
    int16_t& sum = emission[size_t{i - region.begin} * row_ + 4 * type + part];
    sum = static_cast<int16_t>(sum + kHelp);
  }
}

void NameTagger::tag(const Workspace& workspace, NameDomain domain, const std::vector<uint8_t>& choice, uint8_t wanted,
                     std::span<const NameLists::Match> lists, std::vector<FoundName>& found) {
  if (model_.empty() || article_.regions().empty()) return;
  forget(workspace.types.generation(), domain);
  const size_t words = workspace.types.size() + 1;
  words_.make_room(words * kPlaces);
  if (word_states_.size() < words) word_states_.resize(words + words / 4);
  elsewhere_words_.make_room(2 * (article_.words().lower_forms() + 1));
  slots_.resize(std::max(slots_.size(), article_.slots().size() * 3 * row_));
  slot_ready_.assign(article_.slots().size(), 0);
  constexpr uint32_t kTogether = 512;  // tokens
  regions_.clear();
  candidates_.clear();
  uint32_t tokens = 0;
  for (const NameArticle::Region& r : article_.regions()) {
    if (r.inner.empty() || (!choice.empty() && choice[article_.sentence(r.tokens.begin)] != wanted)) continue;
    regions_.push_back(r);
    tokens += r.inner.size();
    if (tokens < kTogether) continue;
    find_candidates(regions_, lists);
    regions_.clear();
    tokens = 0;
  }
  find_candidates(regions_, lists);
  verdicts_.clear();
  judge_.judge(article_, domain, candidates_, verdicts_);
  for (const SpanJudge::Verdict& v : verdicts_) found.push_back({v.tokens, model_.crf().types()[v.type], v.score});
}

}  // namespace newsnlp
