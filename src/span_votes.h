// Room: recognizer. What the candidates of one article say of each other: how the first pass sees the same words
// elsewhere, alone or at the beginning or end of a longer name.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "name_article.h"
#include "span_candidate.h"

namespace newsnlp {

class SpanVotes {
 public:
  /// Sums over candidates.
  struct Sum {
    std::array<float, Crf::kMaxTypes> types{};  // marginals
    float none = 0;                             // what is left of them
    float count = 0;                            // candidates, or their weight
  };
  enum class Place : uint8_t { Whole, Begins, Ends };

  /// What read_keys() says of a candidate whose words are not those of an open one.
  static constexpr uint64_t kNotAsked = 0;
  /// The key() of each candidate that is open or may have the words of one that is; of the others kNotAsked.
  static void read_keys(const NameArticle& article, const std::vector<SpanCandidate>& candidates,
                        std::vector<uint64_t>& keys);
  /// Takes the candidates of an article and the key() of each, or what read_keys() says; those of before are forgotten.
  /// Article and candidates
  /// must stay as they are while sums are read.
  void read(const NameArticle& article, const std::vector<SpanCandidate>& candidates, std::span<const uint64_t> keys,
            uint32_t types);

  /// Candidates of the words [tokens] elsewhere: themselves, or longer ones that begin or end with them. The words must
  /// be those of an open candidate; of others votes may be missing. Candidates
  /// that share a token with candidate `except` do not count.
  Sum sum(IndexRange tokens, Place place, size_t except) const {
    return sum(key(*article_, tokens), tokens, place, except);
  }
  /// The same; `key` is that of the words.
  Sum sum(uint64_t key, IndexRange tokens, Place place, size_t except) const;

  /// Key of a stretch of words: the gazetteer's.
  static uint64_t key(const NameArticle& article, IndexRange tokens);

 private:
  static constexpr uint32_t kLongestPart = 6;  // longer names do not vote for their parts
  static constexpr float kLeastPart = 0.1F;    // nor do less likely ones

  struct Slot {
    uint64_t key = 0;
    Sum sum;
  };
  static constexpr size_t kPlaces = 256;  // for a usual article
  Slot& slot(uint64_t key);
  const Slot* find(uint64_t key) const;
  size_t place(uint64_t key) const;
  static uint64_t placed(uint64_t key, Place place);
  void count(Sum& sum, Place place, const SpanCandidate& c, float sign) const;

  const NameArticle* article_ = nullptr;
  const std::vector<SpanCandidate>* candidates_ = nullptr;
  std::vector<Slot> slots_;
  std::vector<uint32_t> places_;  // by key, open addressing: number of a slot + 1; 0: free
  uint32_t types_ = 0;
};

}  // namespace newsnlp
