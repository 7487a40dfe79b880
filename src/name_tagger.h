// Room: recognizer. One worker's reading of articles with one name model: caches of summed weights around NameArticle.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "crf.h"
#include "found_name.h"
#include "name_article.h"
#include "name_features.h"
#include "name_lists.h"
#include "name_model.h"
#include "row_memo.h"
#include "row_table.h"
#include "span_judge.h"

namespace newsnlp {

class NameTagger {
 public:
  /// All must outlive this. Not thread-safe.
  NameTagger(const NameResources& resources, const NameModel& model, const SpanModel& spans)
      : model_(model),
        article_(resources, model.casing()),
        row_(model.crf().row()),
        sum_all_(choose_sum_all(row_)),
        words_(row_, model.casing() == Casing::Kept),
        elsewhere_words_(row_, model.casing() == Casing::Kept),
        elsewhere_classes_(row_),
        elsewhere_shapes_(row_),
        elsewhere_counts_(row_),
        hits_(row_),
        longer_hits_(row_),
        longer_classes_(row_),
        longer_places_(row_),
        shapes_(row_, 11),
        counts_(row_, 11),
        judge_(resources, spans) {}

  /// Takes an article, its words first. It and the workspace must stay as they are, but for new word types, until tag()
  /// is done.
  void read_words(const Layers& layers, Workspace& workspace) { article_.read_words(layers, workspace); }
  void find_names(const Layers& layers, Workspace& workspace, std::span<const uint8_t> folded) {
    article_.find_names(layers, workspace, folded, &NameArticle::Region::inner);
  }
  void read(const Layers& layers, Workspace& workspace, std::span<const uint8_t> chosen, const NameArticle& whole) {
    article_.read(layers, workspace, chosen, whole);
  }
  const NameArticle& article() const noexcept { return article_; }
  /// Appends the names of the article that was read: of the sentences whose choice is `wanted` (one number a sentence;
  /// empty: all), in text order. What `lists` help weighs in.
  void tag(const Workspace& workspace, NameDomain domain, const std::vector<uint8_t>& choice, uint8_t wanted,
           std::span<const NameLists::Match> lists, std::vector<FoundName>& found);

 private:
  /// A token whose features are summed.
  struct Asked {
    uint32_t token = 0;
    IndexRange sentence;
    NameFeatures::Around around{};           // word types plus one
    std::array<uint32_t, 5> rows{};          // of these in words_
    uint32_t slot = NameArticle::kNone;      // if it has slot features
    uint32_t sequence = NameArticle::kNone;  // the longer name that speaks for it
  };
  void forget(uint32_t generation, NameDomain domain);
  /// The rows of a word, two in a line of memory. Those beside a token come with what they say of its shape, for the
  /// two commonest ones, or without.
  enum Place : uint32_t {
    kOwn,
    kTopic,
    kSecondBefore,
    kBeforeName,  // before "Xx"
    kSecondBehind,
    kBehindName,
    kBeforeLower,  // before "x"
    kBefore,
    kBehindLower,
    kBehind
  };
  static constexpr size_t kPlaces = 10;
  void list_word(size_t word, Place place, NameFeatures::Out& out) const;
  static uint32_t row_of(uint32_t word, Place place) noexcept { return word * static_cast<uint32_t>(kPlaces) + place; }
  void add_word(uint32_t word, Place place);
  void need_words(Asked& asked);
  static Place before(const NameDigest& w) noexcept {
    return w.is(NameWord::kXx) ? kBeforeName : w.is(NameWord::kX) ? kBeforeLower : kBefore;
  }
  static Place behind(const NameDigest& w) noexcept {
    return w.is(NameWord::kXx) ? kBehindName : w.is(NameWord::kX) ? kBehindLower : kBehind;
  }
  void need_topic(uint32_t word);
  static constexpr size_t kHitPlaces = 4;  // at the distances -1, 0 and 1; with the topic
  const int16_t* hit_sums(uint32_t token, int offset);
  void fill_hit(uint32_t token, int offset, int16_t* row);
  const int16_t* hit_topic_sums(uint32_t token);
  void need_hit_topic(uint32_t token);
  void need_slot(Asked& asked);
  template <class Sums>
  void add_longer(uint32_t token, uint32_t sequence, Sums& sums);
  void help(const NameLists::Match& match, IndexRange region, std::span<int16_t> emission) const;
  void find_candidates(std::span<const NameArticle::Region> regions, std::span<const NameLists::Match> lists);
  template <class List>
  const int16_t* row(RowTable& table, size_t number, List list);
  template <class Sums>
  void add_elsewhere(uint32_t slot, uint32_t to, Sums& sums);
  void add_words_elsewhere();
  template <class Fill>
  void sum(int16_t* row, Fill&& fill);
  template <class Sums>
  void emit(const Asked& asked, Sums& sums);
  struct Kernels;
  using SumAll = void (*)(NameTagger&);
  static SumAll choose_sum_all(uint32_t row) noexcept;
  void sum_tokens();
  void add_listed();

  const NameModel& model_;
  NameArticle article_;
  uint32_t row_;
  SumAll sum_all_;
  uint32_t generation_ = 0xFFFFFFFF;
  NameDomain domain_ = NameDomain::Raw;
  // A word is a type plus one; 0: the edge of the sentence.
  struct WordState {
    uint16_t known = 0;  // a bit a Place whose row is summed
    uint16_t topic = 0;  // topic + 1 that its row kTopic is of
  };
  RowTable words_;  // kPlaces rows a word
  std::vector<WordState> word_states_;
  RowTable elsewhere_words_, elsewhere_classes_, elsewhere_shapes_;  // left, right of each number
  RowTable elsewhere_counts_;                                        // by occurrences; row 0: behind a role or title
  RowTable hits_;                                                    // kHitPlaces rows a combination
  std::vector<uint8_t> topic_of_hit_;                                // as WordState::topic
  std::vector<int16_t> slots_;       // 3 rows a slot: what it says itself, its longest longer name, the second one
  std::vector<uint8_t> slot_ready_;  // of each slot: a bit a row
  RowTable longer_hits_, longer_classes_;  // parts of what longer names say: nine rows a combination, six a class
  RowTable longer_places_;  // kPlaceRows by NameFeatures::number(): two by a role, four by capitals beside
  static constexpr size_t kPlaceRows = 6;
  struct WordElsewhere {
    uint32_t token;  // kNone: the edge of the sentence
    NameFeatures::Side side;
    uint32_t row;  // of elsewhere_words_
    uint32_t to;   // row of slots_
  };
  std::vector<WordElsewhere> words_elsewhere_;  // that are to be added; their rows are on their way
  RowMemo shapes_, counts_;
  std::vector<uint64_t> features_;
  std::vector<NameArticle::Region> regions_;  // that are read together …
  std::vector<Asked> asked_;                  // … their inner tokens, as many, and for these
  uint32_t asked_size_ = 0;
  std::span<Asked> asked() noexcept { return {asked_.data(), asked_size_}; }
  NameModel::Batch batch_, neighbours_;
  std::vector<int16_t> sums_;
  Crf::Lattice lattice_;
  std::vector<Crf::Marginal> marginals_;
  std::vector<SpanCandidate> candidates_;
  SpanJudge judge_;
  std::vector<SpanJudge::Verdict> verdicts_;
};

}  // namespace newsnlp
