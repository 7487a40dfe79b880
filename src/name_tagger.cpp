#include "name_tagger.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace newsnlp {
namespace {

// Sums of one token, in registers when the size of a row is known.
template <uint32_t kSize>
struct RowSums {
  static constexpr uint32_t kRow = kSize;
  typedef int16_t Eight __attribute__((vector_size(16)));
  std::array<Eight, kSize / 8> total{};
  void add(const int16_t* row) noexcept {
    for (uint32_t k = 0; k < kSize / 8; ++k) {
      Eight more;
      std::memcpy(&more, row + 8 * k, sizeof more);
      total[k] += more;
    }
  }
  void store(int16_t* to) const noexcept { std::memcpy(to, total.data(), sizeof total); }
};
struct AnyRowSums {
  int16_t* sums;
  uint32_t size;
  void add(const int16_t* row) const noexcept { NameModel::add_row(row, sums, size); }
};

// The row of a slot in slots_ that also holds the features of this longer name.
uint32_t longer_row(const NameArticle::Slot& slot, uint32_t id, uint32_t sequence) noexcept {
  return 3 * id + (sequence == NameArticle::kNone ? 0 : sequence == slot.longest ? 1 : 2);
}

}  // namespace

void NameTagger::forget(uint32_t generation, NameDomain domain) {
  if (generation == generation_ && domain == domain_) return;
  generation_ = generation;
  domain_ = domain;
  words_.clear();
  word_ready_.clear();
  for (RowMemo* memo : {&hits_, &shapes_, &counts_}) memo->clear();
  topics_.clear();
  topic_ready_.clear();
  edges_.assign(size_t{5} * row_, 0);
  for (int offset = -NameFeatures::kReach; offset <= NameFeatures::kReach; ++offset) {
    features_.clear();
    NameFeatures::edge(offset, features_);
    model_.add(features_, edges_.data() + static_cast<size_t>(offset + 2) * row_);
  }
}

// Sums a word's features at the distances of `offsets` (bit offset + 2), where that has not been done, and fetches
// them.
void NameTagger::need_word(uint32_t type, uint32_t offsets) {
  if (type >= word_ready_.size()) {
    word_ready_.resize(type + 1 + type / 2, 0);
    words_.resize(word_ready_.size() * 5 * row_, 0);
  }
  const int16_t* sums = words_.data() + size_t{type} * 5 * row_;
  for (size_t at = 0; at < size_t{5} * row_; at += 32) __builtin_prefetch(sums + at);
  for (uint32_t missing = offsets & ~uint32_t{word_ready_[type]}; missing != 0; missing &= missing - 1) {
    const int bit = std::countr_zero(missing);
    word_ready_[type] |= static_cast<uint8_t>(1 << bit);
    features_.clear();
    NameFeatures::word(article_.words()[type], bit - NameFeatures::kReach, domain_, features_);
    model_.add(features_, words_.data() + (size_t{type} * 5 + static_cast<size_t>(bit)) * row_);
  }
}

const int16_t* NameTagger::hit_sums(uint32_t token, int offset) {
  const auto fill = [&](int16_t* rows) {
    for (int o = -1; o <= 1; ++o, rows += row_) {
      features_.clear();
      NameFeatures::hit(article_.hit(token), o, domain_, features_);
      model_.add(features_, rows);
    }
  };
  return hits_.find(article_.hit_hash(token), fill) + static_cast<size_t>(offset + 1) * row_;
}

const int16_t* NameTagger::topic_sums(uint64_t topic, uint32_t word_class) {
  const size_t at = topic * (NameResources::kClasses + 1) + word_class;
  if (at >= topic_ready_.size()) {
    topic_ready_.resize((topic + 1) * (NameResources::kClasses + 1), 0);
    topics_.resize(topic_ready_.size() * row_, 0);
  }
  int16_t* row = topics_.data() + at * row_;
  if (topic_ready_[at] == 0) {
    topic_ready_[at] = 1;
    features_.clear();
    NameFeatures::topic_class(topic, word_class, features_);
    model_.add(features_, row);
  }
  return row;
}

// What the article says of the form of a token: its other occurrences, and the longer name that speaks for it. Puts the
// features into the batch, for the row that longer_row() gives, if they have not been asked for yet.
void NameTagger::need_slot(uint32_t token) {
  const uint32_t sequence = NameFeatures::longer_sequence(article_, token);
  const uint32_t id = article_.slot_of(token);
  const uint32_t row = longer_row(article_.slots()[id], id, sequence);
  const auto way = static_cast<uint8_t>(1 << row % 3);
  if ((slot_ready_[id] & way) != 0) return;
  slot_ready_[id] |= way;
  std::fill_n(slots_.data() + size_t{row} * row_, row_, int16_t{0});
  NameFeatures::slot(article_, id, batch_.features);
  NameFeatures::longer(article_, token, sequence, batch_.features);
  batch_.owners.resize(batch_.features.size(), row);
}

// Adds what is summed already, and puts the other features of the token into the batch.
template <class Sums>
void NameTagger::emit(uint32_t token, IndexRange sentence, Sums& sums) {
  const auto fill = [&](auto&& list) {
    return [&, list](int16_t* row) {
      features_.clear();
      list(features_);
      model_.add(features_, row);
    };
  };
  for (int offset = -NameFeatures::kReach; offset <= NameFeatures::kReach; ++offset) {
    const int64_t at = int64_t{token} + offset;
    if (at < sentence.begin || at >= sentence.end) {
      if (offset != 0) sums.add(edge_sums(offset));
      continue;
    }
    const auto near = static_cast<uint32_t>(at);
    sums.add(words_.data() + (size_t{article_.type(near)} * 5 + static_cast<size_t>(offset + 2)) * row_);
    if (offset >= -NameFeatures::kHitReach && offset <= NameFeatures::kHitReach && article_.hit_hash(near) != 0)
      sums.add(hit_sums(near, offset));
  }
  sums.add(shapes_.find(NameFeatures::shapes_key(article_, token, sentence), fill([&](NameFeatures::Out& out) {
                          NameFeatures::shapes(NameFeatures::shapes_at(article_, token, sentence), out);
                        })));
  const NameFeatures::Counts counts = NameFeatures::counts_at(article_, token, sentence);
  sums.add(counts_.find(counts.key(), fill([&](NameFeatures::Out& out) { NameFeatures::counts(counts, out); })));
  sums.add(topic_sums(counts.topic, article_.word(token).classes[0]));
  if (counts.counts != NameFeatures::Counts::kNone) {
    const uint32_t sequence = NameFeatures::longer_sequence(article_, token);
    const uint32_t id = article_.slot_of(token);
    sums.add(slots_.data() + size_t{longer_row(article_.slots()[id], id, sequence)} * row_);
    NameFeatures::longer_here(article_, token, sequence, sentence, batch_.features);
  }
  NameFeatures::context(article_, token, sentence, batch_.features);
}

void NameTagger::find_candidates(std::span<const NameArticle::Region> regions,
                                 std::span<const NameLists::Match> lists) {
  batch_.clear();
  uint32_t tokens = 0;
  for (const NameArticle::Region& r : regions) {
    tokens += r.inner.size();
    // Word i is read by the region's tokens i - 2 … i + 2: bits of its distances from them.
    const uint32_t begin = std::max(r.inner.begin, r.sentence.begin + 2) - 2;
    for (uint32_t i = begin; i < std::min(r.inner.end + 2, r.sentence.end); ++i) {
      uint32_t offsets = 31;
      if (i < r.inner.begin + 2) offsets >>= r.inner.begin + 2 - i;
      if (i + 2 >= r.inner.end) offsets &= 31U << (i + 3 - r.inner.end);
      need_word(article_.type(i), offsets);
    }
    for (uint32_t i = r.inner.begin; i < r.inner.end; ++i)
      if (NameFeatures::has_slot(article_, i)) need_slot(i);
  }
  model_.add(batch_, slots_.data());
  batch_.clear();
  sums_.assign(size_t{tokens} * row_, 0);
  int16_t* row = sums_.data();
  uint32_t token = 0;
  for (const NameArticle::Region& r : regions)
    for (uint32_t i = r.inner.begin; i < r.inner.end; ++i, ++token, row += row_) {
      if (row_ == RowSums<16>::kRow) {
        RowSums<16> sums;
        emit(i, r.sentence, sums);
        sums.store(row);
      } else {
        AnyRowSums sums{row, row_};
        emit(i, r.sentence, sums);
      }
      batch_.owners.resize(batch_.features.size(), token);
    }
  model_.add(batch_, sums_.data());

  const Crf& crf = model_.crf();
  const int16_t* sums = sums_.data();
  for (const NameArticle::Region& r : regions) {
    const size_t size = size_t{r.inner.size()} * row_;
    emission_.assign(sums, sums + size);
    sums += size;
    while (!lists.empty() && lists.front().tokens.begin < r.inner.begin) lists = lists.subspan(1);
    for (const NameLists::Match& m : lists) {
      if (m.tokens.begin >= r.inner.end) break;
      help(m, r.inner);
    }
    const CrfBorders borders{r.inner.begin > r.tokens.begin, r.inner.end < r.tokens.end};
    if (!crf.forward_backward(emission_, r.inner.size(), borders, SpanCandidate::kLeastGain, lattice_)) continue;
    marginals_.clear();
    crf.marginals(r.inner.size(), SpanCandidate::kLeast, SpanCandidate::kLongest, lattice_, marginals_);
    append_candidates(marginals_, r.inner.begin, r.sentence, candidates_);
  }
}

void NameTagger::help(const NameLists::Match& match, IndexRange region) {
  constexpr int32_t kHelp = 2 * Crf::kScale;  // a token
  const auto& types = model_.crf().types();
  const auto type = static_cast<size_t>(std::find(types.begin(), types.end(), match.type) - types.begin());
  if (match.rule != NameRule::Help || type == types.size()) return;
  if (match.tokens.begin < region.begin || match.tokens.end > region.end) return;
  for (uint32_t i = match.tokens.begin; i < match.tokens.end; ++i) {
    const uint32_t part = match.tokens.size() == 1    ? 3
                          : i == match.tokens.begin   ? 0
                          : i + 1 == match.tokens.end ? 2
                                                      : 1;
    emission_[size_t{i - region.begin} * row_ + 4 * type + part] += kHelp;
  }
}

void NameTagger::tag(const Workspace& workspace, NameDomain domain, const std::vector<uint8_t>& choice, uint8_t wanted,
                     std::span<const NameLists::Match> lists, std::vector<FoundName>& found) {
  if (model_.empty() || article_.regions().empty()) return;
  forget(workspace.types.generation(), domain);
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
