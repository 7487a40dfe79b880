// Room: recognizer. The feature templates of the name model, declared once for training and run time. A feature is a
// 64-bit hash of its template and its values.
//
// Kinds, by what they depend on, so that the run time adds up the weights of each kind once and keeps the sum:
//   word      a form and its distance from the token (-2 … 2), and the layout
//   hit       a combination of list hits and its distance (-1 … 1), and the layout
//   slot      a form in this article (its other occurrences); longer: a longer name of the article that holds the form
//   shapes    the shapes of a word and its neighbours, and where it stands
//   counts    how often the article has the form with and without a capital; its shape, place and the topic
//   context   everything else: neighbours together, topic, compounds
#pragma once

#include <cstdint>
#include <vector>

#include "hash.h"
#include "name_article.h"

namespace newsnlp {

/// Copies of a few features learn what is particular to raw text and to given tokens.
enum class NameDomain : uint8_t { Given, Raw };

class NameFeatures {
 public:
  using Out = std::vector<uint64_t>;
  static constexpr int kReach = 2;     // word features
  static constexpr int kHitReach = 1;  // list hits

  static void word(const NameWord& w, int offset, NameDomain domain, Out& out);
  /// The word features of a place before or behind the sentence.
  static void edge(int offset, Out& out);
  static void hit(const GazetteerHit& hit, int offset, NameDomain domain, Out& out);
  static void slot(const NameArticle& article, uint32_t slot, Out& out);

  /// What shapes() reads.
  struct Shapes {
    uint64_t left = 0;
    uint64_t own = 0;
    uint64_t right = 0;
    bool first = false;         // of the sentence
    bool all_capitals = false;  // the sentence
    /// A number for the whole.
    uint64_t key() const noexcept {
      return mix(mix(mix(left, own), right), (first ? 1U : 0U) | (all_capitals ? 2U : 0U));
    }
  };
  static Shapes shapes_at(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept;
  static void shapes(const Shapes& shapes, Out& out);

  /// What counts() reads.
  struct Counts {
    static constexpr uint8_t kNone = 0xFF;
    uint64_t topic = 0;
    uint64_t shape = 0;
    uint8_t counts = kNone;  // in lower case and with a capital, both up to 3: lower * 4 + capital
    uint8_t place = 0;       // 1: first of the sentence; 2: the sentence is all in capitals
    uint64_t key() const noexcept { return mix(mix(shape, topic), uint64_t{counts} << 8 | place); }
  };
  static Counts counts_at(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept;
  static void counts(const Counts& counts, Out& out);

  /// The longer name that speaks for the form of a token: a sequence of the article, or kNone. The token must have a
  /// slot.
  static uint32_t longer_sequence(const NameArticle& article, uint32_t token) noexcept;
  /// The same for each token of the slot of `token`.
  static void longer(const NameArticle& article, uint32_t token, uint32_t sequence, Out& out);
  /// What `longer` says of this one token.
  static void longer_here(const NameArticle& article, uint32_t token, uint32_t sequence, IndexRange sentence, Out& out);

  static void context(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);
  /// Whether a token has slot and longer features.
  static bool has_slot(const NameArticle& article, uint32_t token) noexcept {
    const NameWord& w = article.word(token);
    return (w.flags & (NameWord::kCapital | NameWord::kDigit)) != 0 && article.slot_of(token) != NameArticle::kNone;
  }

 private:
  static void compound(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);
};

}  // namespace newsnlp
