// Room: recognizer. One worker's reading of articles with one name model: caches of summed weights around NameArticle.
#pragma once

#include <cstdint>
#include <vector>

#include "crf.h"
#include "found_name.h"
#include "name_article.h"
#include "name_features.h"
#include "name_lists.h"
#include "name_model.h"
#include "row_memo.h"
#include "span_judge.h"

namespace newsnlp {

class NameTagger {
 public:
  /// All must outlive this. Not thread-safe.
  NameTagger(const NameResources& resources, const NameModel& model, const SpanModel& spans)
      : model_(model),
        article_(resources, model.casing()),
        row_(model.crf().row()),
        hits_(3 * row_, 10),
        shapes_(row_, 11),
        counts_(row_, 11),
        judge_(resources, spans) {}

  /// Takes an article. It and the workspace must stay as they are, but for new word types, until tag() is done.
  void read(const Layers& layers, Workspace& workspace) { article_.read(layers, workspace); }
  void read(const Layers& layers, Workspace& workspace, std::span<const uint8_t> chosen, const NameArticle& whole) {
    article_.read(layers, workspace, chosen, whole);
  }
  const NameArticle& article() const noexcept { return article_; }
  /// Appends the names of the article that was read: of the sentences whose choice is `wanted` (one number a sentence;
  /// empty: all), in text order. What `lists` help weighs in.
  void tag(const Workspace& workspace, NameDomain domain, const std::vector<uint8_t>& choice, uint8_t wanted,
           std::span<const NameLists::Match> lists, std::vector<FoundName>& found);

 private:
  void forget(uint32_t generation, NameDomain domain);
  void need_word(uint32_t record, uint32_t offsets);
  const int16_t* edge_sums(int offset) const { return edges_.data() + static_cast<size_t>(offset + 2) * row_; }
  const int16_t* hit_sums(uint32_t token, int offset);
  const int16_t* topic_sums(uint64_t topic, uint32_t word_class);
  void need_slot(uint32_t token);
  void help(const NameLists::Match& match, IndexRange region);
  void find_candidates(std::span<const NameArticle::Region> regions, std::span<const NameLists::Match> lists);
  template <class Sums>
  void emit(uint32_t token, IndexRange sentence, Sums& sums);

  const NameModel& model_;
  NameArticle article_;
  uint32_t row_;
  uint32_t generation_ = 0xFFFFFFFF;
  NameDomain domain_ = NameDomain::Raw;
  std::vector<int16_t> words_;       // 5 rows a record
  std::vector<uint8_t> word_ready_;  // of each record: bit offset + 2
  std::vector<int16_t> edges_;       // 5 rows
  RowMemo hits_;                     // 3 rows a combination
  std::vector<int16_t> slots_;       // 3 rows a slot: without a longer name, with the longest, with the second
  std::vector<uint8_t> slot_ready_;  // of each slot: a bit a row
  RowMemo shapes_, counts_;
  std::vector<int16_t> topics_;       // a row for each topic and class of words
  std::vector<uint8_t> topic_ready_;  // of each of these rows
  std::vector<uint64_t> features_;
  std::vector<NameArticle::Region> regions_;  // that are read together, and for their tokens
  NameModel::Batch batch_;
  std::vector<int16_t> sums_;
  std::vector<int32_t> emission_;
  Crf::Lattice lattice_;
  std::vector<Crf::Marginal> marginals_;
  std::vector<SpanCandidate> candidates_;
  SpanJudge judge_;
  std::vector<SpanJudge::Verdict> verdicts_;
};

}  // namespace newsnlp
