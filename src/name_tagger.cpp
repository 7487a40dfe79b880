#include "name_tagger.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr size_t kMaxCombinations = 1 << 16;
constexpr uint32_t kAhead = 4;  // how many tokens early a word's sums are fetched

}  // namespace

void NameTagger::forget(uint32_t generation, NameDomain domain) {
  if (generation == generation_ && domain == domain_) return;
  generation_ = generation;
  domain_ = domain;
  words_.clear();
  word_ready_.clear();
  hit_ids_.clear();
  hits_.clear();
  edges_.assign(size_t{5} * row_, 0);
  for (int offset = -NameFeatures::kReach; offset <= NameFeatures::kReach; ++offset) {
    features_.clear();
    NameFeatures::edge(offset, features_);
    model_.add(features_, edges_.data() + static_cast<size_t>(offset + 2) * row_);
  }
}

const int16_t* NameTagger::word_sums(uint32_t record, int offset) {
  if (record >= word_ready_.size()) {
    word_ready_.resize(record + 1 + record / 2, 0);
    words_.resize(word_ready_.size() * 5 * row_, 0);
  }
  int16_t* sums = words_.data() + (size_t{record} * 5 + static_cast<size_t>(offset + 2)) * row_;
  const auto bit = static_cast<uint8_t>(1 << (offset + 2));
  if ((word_ready_[record] & bit) == 0) {
    word_ready_[record] |= bit;
    features_.clear();
    NameFeatures::word(article_.words()[record], offset, domain_, features_);
    model_.add(features_, sums);
  }
  return sums;
}

void NameTagger::prefetch_sums(uint32_t record) const {
  if (record >= word_ready_.size()) return;
  const int16_t* sums = words_.data() + size_t{record} * 5 * row_;
  for (size_t at = 0; at < size_t{5} * row_; at += 32) __builtin_prefetch(sums + at);
}

const int16_t* NameTagger::hit_sums(uint32_t token, int offset) {
  const auto [it, fresh] = hit_ids_.try_emplace(article_.hit_hash(token), static_cast<uint32_t>(hit_ids_.size()));
  const size_t at = size_t{it->second} * 3 * row_;
  if (fresh) {
    hits_.resize(at + size_t{3} * row_, 0);
    for (int o = -1; o <= 1; ++o) {
      features_.clear();
      NameFeatures::hit(article_.hit(token), o, domain_, features_);
      model_.add(features_, hits_.data() + at + static_cast<size_t>(o + 1) * row_);
    }
  }
  return hits_.data() + at + static_cast<size_t>(offset + 1) * row_;
}

// What the article says of the form of a token: its other occurrences, and the longer name that speaks for it.
const int16_t* NameTagger::slot_sums(uint32_t token, uint32_t sequence) {
  const uint32_t id = article_.slot_of(token);
  const NameArticle::Slot& slot = article_.slots()[id];
  const uint32_t way = sequence == NameArticle::kNone ? 0 : sequence == slot.longest ? 1 : 2;
  int16_t* sums = slots_.data() + (size_t{id} * 3 + way) * row_;
  if ((slot_ready_[id] >> way & 1) == 0) {
    slot_ready_[id] |= static_cast<uint8_t>(1 << way);
    std::fill(sums, sums + row_, int16_t{0});
    features_.clear();
    NameFeatures::slot(article_, id, features_);
    NameFeatures::longer(article_, token, sequence, features_);
    model_.add(features_, sums);
  }
  return sums;
}

// Adds what is summed already, and puts the other features of the token into the batch.
void NameTagger::emit(uint32_t token, IndexRange sentence, int16_t* sums) {
  if (const uint32_t ahead = token + kAhead; ahead < sentence.end) prefetch_sums(article_.record(ahead));
  const auto add = [&](const int16_t* row) { NameModel::add_row(row, sums, row_); };
  const auto fill = [&](int16_t* row, auto&& list, const auto& what) {
    features_.clear();
    list(what, features_);
    model_.add(features_, row);
  };
  for (int offset = -NameFeatures::kReach; offset <= NameFeatures::kReach; ++offset) {
    const int64_t at = int64_t{token} + offset;
    if (at < sentence.begin || at >= sentence.end) {
      if (offset != 0) add(edge_sums(offset));
      continue;
    }
    add(word_sums(article_.record(static_cast<uint32_t>(at)), offset));
    if (offset >= -NameFeatures::kHitReach && offset <= NameFeatures::kHitReach &&
        article_.hit_hash(static_cast<uint32_t>(at)) != 0)
      add(hit_sums(static_cast<uint32_t>(at), offset));
  }
  const NameFeatures::Shapes shapes = NameFeatures::shapes_at(article_, token, sentence);
  add(shapes_.find(shapes.key(), [&](int16_t* row) { fill(row, NameFeatures::shapes, shapes); }));
  const NameFeatures::Counts counts = NameFeatures::counts_at(article_, token, sentence);
  add(counts_.find(counts.key(), [&](int16_t* row) { fill(row, NameFeatures::counts, counts); }));
  if (counts.counts != NameFeatures::Counts::kNone) {
    const uint32_t sequence = NameFeatures::longer_sequence(article_, token);
    add(slot_sums(token, sequence));
    NameFeatures::longer_here(article_, token, sequence, sentence, batch_.features);
  }
  NameFeatures::context(article_, token, sentence, batch_.features);
}

void NameTagger::find_candidates(std::span<const NameArticle::Region> regions,
                                 std::span<const NameLists::Match> lists) {
  batch_.clear();
  uint32_t tokens = 0;
  for (const NameArticle::Region& r : regions) tokens += r.tokens.size();
  sums_.assign(size_t{tokens} * row_, 0);
  uint32_t token = 0;
  for (const NameArticle::Region& r : regions)
    for (uint32_t i = r.tokens.begin; i < r.tokens.end; ++i, ++token) {
      emit(i, r.sentence, sums_.data() + size_t{token} * row_);
      batch_.owners.resize(batch_.features.size(), token);
    }
  model_.add(batch_, sums_.data());

  const Crf& crf = model_.crf();
  const int16_t* sums = sums_.data();
  for (const NameArticle::Region& r : regions) {
    const size_t size = size_t{r.tokens.size()} * row_;
    emission_.assign(sums, sums + size);
    sums += size;
    while (!lists.empty() && lists.front().tokens.begin < r.tokens.begin) lists = lists.subspan(1);
    for (const NameLists::Match& m : lists) {
      if (m.tokens.begin >= r.tokens.end) break;
      help(m, r.tokens);
    }
    if (!crf.forward_backward(emission_, r.tokens.size(), SpanCandidate::kLeastGain, lattice_)) continue;
    marginals_.clear();
    crf.marginals(r.tokens.size(), SpanCandidate::kLeast, SpanCandidate::kLongest, lattice_, marginals_);
    append_candidates(marginals_, r, candidates_);
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

void NameTagger::tag(const Layers& layers, Workspace& workspace, NameDomain domain, const std::vector<uint8_t>& choice,
                     uint8_t wanted, std::span<const NameLists::Match> lists, std::vector<FoundName>& found) {
  if (model_.empty() || layers.tokens.empty()) return;
  if (hit_ids_.size() > kMaxCombinations) generation_ = 0xFFFFFFFF;
  article_.read(layers, workspace);
  forget(workspace.types.generation(), domain);
  slots_.resize(std::max(slots_.size(), article_.slots().size() * 3 * row_));
  slot_ready_.assign(article_.slots().size(), 0);
  constexpr uint32_t kTogether = 512;  // tokens
  regions_.clear();
  candidates_.clear();
  uint32_t tokens = 0;
  for (const NameArticle::Region& r : article_.regions()) {
    if (!choice.empty() && choice[article_.sentence(r.tokens.begin)] != wanted) continue;
    regions_.push_back(r);
    tokens += r.tokens.size();
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
