// Room: recognizer. The feature templates of the name model, declared once for training and run time. A feature is a
// 64-bit hash of its template and its values.
//
// Kinds, by what they depend on, so that the run time adds up the weights of each kind once and keeps the sum:
//   word      a form and its distance from the token (-2 … 2), and the layout; beside: the word before or behind
//             and the token's shape; topic: the topic and a form, or list hits
//   hit       a combination of list hits and its distance (-1 … 1), and the layout
//   slot      a form in this article: how often it stands there, and each word, class and shape beside it;
//             longer: a longer name of the article that holds the form: its words, and by number where the form
//             stands in it, list hits and classes
//   shapes    the shapes of a word and its neighbours, and where it stands
//   counts    how often the article has the form with and without a capital; its shape, place and the topic
//   neighbours, context   everything else: neighbours together, compounds
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "name_article.h"

namespace newsnlp {

/// Copies of a few features learn what is particular to raw text and to given tokens.
enum class NameDomain : uint8_t { Given, Raw };

class NameFeatures {
 public:
  using Out = std::vector<uint64_t>;
  static constexpr uint64_t kEdge = NameCore::kEdge;
  enum class Side : uint8_t { Left, Right };
  static constexpr int kReach = 2;     // word features
  static constexpr int kHitReach = 1;  // list hits

  /// The word types at the distances -2 … 2 from a token plus one; 0: behind the edge of the sentence.
  using Around = std::array<uint32_t, 2 * kReach + 1>;
  static Around around(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept {
    if (token < sentence.begin + kReach || token + kReach >= sentence.end)
      return around_at_edge(article, token, sentence);
    Around around;
    for (uint32_t k = 0; k < around.size(); ++k) around[k] = article.type(token + k - kReach) + 1;
    return around;
  }

  static void word(const NameWord& w, int offset, NameDomain domain, Out& out);
  /// The word features of a place before or behind the sentence.
  static void edge(int offset, Out& out);
  /// The word beside a token (`lower`; kEdge where there is none) and the token's shape (`collapsed`).
  static void beside(Side side, uint64_t lower, uint64_t shape, Out& out);
  /// The topic and a word.
  static void topic_word(uint64_t topic, const NameCore& w, Out& out);
  /// The topic and a combination of list hits (its hash).
  static void topic_hit(uint64_t topic, uint64_t hits, Out& out);
  static void hit(const GazetteerHit& hit, int offset, NameDomain domain, Out& out);

  /// Shows `visit` what stands beside the capitalised occurrences of a slot's form, every value once, as a token that
  /// has it: visit.word(Side, token) with kNone for the edge of the sentence, visit.word_class(Side, token),
  /// visit.shape(Side, token).  Returns whether a role or title stands before one of them.
  template <class Visit>
  static bool each_elsewhere(const NameArticle& article, uint32_t slot, Visit& visit);
  static void slot(const NameArticle& article, uint32_t slot, Out& out);
  /// The parts of slot(): the number of occurrences, up to kMostCounted, and what each_elsewhere() shows and returns.
  static constexpr uint32_t kMostCounted = 5;
  static void occurrences(uint32_t count, Out& out);
  static void elsewhere_word(Side side, uint64_t lower, Out& out);
  static void elsewhere_class(Side side, uint16_t class_256, Out& out);
  static void elsewhere_shape(Side side, uint64_t collapsed, Out& out);
  static void elsewhere_role(Out& out);

  /// What shapes() reads.
  struct Shapes {
    uint64_t left = 0;
    uint64_t own = 0;
    uint64_t right = 0;
    bool first = false;         // of the sentence
    bool all_capitals = false;  // the sentence
  };
  static Shapes shapes_at(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept;
  /// A number for the whole; of one worker, and until its word types are renumbered.
  static uint64_t shapes_key(const NameWords& words, const Around& around, bool all_capitals) noexcept {
    return words.near(around[1]).shape_id | uint64_t{words.near(around[2]).shape_id} << 20 |
           uint64_t{words.near(around[3]).shape_id} << 40 | (all_capitals ? uint64_t{1} << 60 : 0);
  }
  static void shapes(const Shapes& shapes, Out& out);

  /// What counts() reads.
  struct Counts {
    static constexpr uint8_t kNone = 0xFF;
    uint64_t topic = 0;
    uint64_t shape = 0;
    uint32_t shape_id = 0;
    uint8_t counts = kNone;  // in lower case and with a capital, both up to 3: lower * 4 + capital
    uint8_t place = 0;       // 1: first of the sentence; 2: the sentence is all in capitals
    /// As shapes_key().
    uint64_t key() const noexcept { return shape_id | uint64_t{counts} << 20 | uint64_t{place} << 28 | topic << 32; }
  };
  /// `slot` is that of the token if it has slot features, else NameArticle::kNone; first: of the sentence.
  static Counts counts_at(const NameArticle& article, uint32_t token, uint32_t slot, bool first) noexcept;
  static void counts(const Counts& counts, Out& out);

  /// The longer name that speaks for the form of a token: a sequence of the article, or kNone. The token must have a
  /// slot.
  static uint32_t longer_sequence(const NameArticle& article, uint32_t token) noexcept;
  /// Where the form of a token stands in it.
  struct Standing {
    uint32_t token = 0;
    uint32_t place = 0;   // first 0, inside 1, last 2
    uint32_t length = 0;  // up to 4
  };
  static constexpr uint32_t kStandings = 15;
  static Standing stand(const NameArticle& article, uint32_t token, uint32_t sequence) noexcept;
  static uint32_t number(const Standing& s) noexcept { return 5 * s.place + s.length; }  // below kStandings
  /// The longer name's features that are the same for each token of the slot of `token`, and their parts: …_place()
  /// also says whether a role or title stands before it, …_hit() and …_class() are of its first word, the form, its
  /// last one.
  enum class Part : uint8_t { First, Here, Last };
  static void longer(const NameArticle& article, uint32_t token, uint32_t sequence, Out& out);
  static bool has_role(const NameArticle& article, const NameArticle::Sequence& longer) noexcept;
  static void longer_place(const Standing& s, bool role, Out& out);
  static void longer_words(const NameArticle& article, const NameArticle::Sequence& longer, uint32_t place, Out& out);
  static void longer_hit(Part part, uint32_t place, uint64_t hits, Out& out);
  static void longer_class(Part part, uint32_t place, uint16_t class_256, Out& out);  // not of Here
  /// What it says of this one token, beside which stand capitals or not: a bit for the left, one for the right.
  static uint32_t capitals_beside(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept;
  static void longer_here(const Standing& s, uint32_t capitals_beside, Out& out);
  /// What the name says whose initials are the letters of this token.
  static void spelled_out(const NameArticle& article, uint32_t token, Out& out);

  static constexpr size_t kNeighbours = 5;
  /// Neighbours together: writes kNeighbours features.
  static void neighbours(const NameWords& words, const Around& around, uint64_t* out) noexcept;
  /// Whether a token has features that context() gives: compounds and, without capitals, list hits.
  static bool has_context(const NameArticle& article, uint32_t token) noexcept {
    return article.compound(token) != nullptr || (article.casing() == Casing::Folded && article.hit_number(token) != 0);
  }
  static void context(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);
  /// Whether a token has slot and longer features.
  static bool has_slot(const NameArticle& article, uint32_t token) noexcept {
    return (article.digest(token).bits & (NameWord::kCapital | NameWord::kDigit)) != 0 &&
           article.slot_of(token) != NameArticle::kNone;
  }

 private:
  static Around around_at_edge(const NameArticle& article, uint32_t token, IndexRange sentence) noexcept;
  static void compound(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);

  static constexpr uint32_t kMaxSeen = 8;  // occurrences that each_elsewhere() looks at
  // The values that have been shown.
  struct Shown {
    uint64_t bits = 0;  // of the lowest bits of each
    uint32_t count = 0;
    std::array<uint32_t, kMaxSeen> values;
    bool is_new(uint32_t value) noexcept {
      const uint64_t bit = uint64_t{1} << value % 64;
      if ((bits & bit) != 0 && std::find(values.begin(), values.begin() + count, value) != values.begin() + count)
        return false;
      bits |= bit;
      values[count++] = value;
      return true;
    }
  };
};

template <class Visit>
bool NameFeatures::each_elsewhere(const NameArticle& article, uint32_t id, Visit& visit) {
  std::array<Shown, 2> words, classes, shapes;
  bool role = false;
  const auto show = [&](Side side, uint32_t token) __attribute__((always_inline)) {
    const auto s = static_cast<size_t>(side);
    const NameCore& w = article.core(token);
    if (words[s].is_new(article.digest(token).lower_id)) visit.word(side, token);
    if (classes[s].is_new(w.class_256)) visit.word_class(side, token);
    if (shapes[s].is_new(w.shape_id)) visit.shape(side, token);
  };
  const auto show_edge = [&](Side side) {
    if (words[static_cast<size_t>(side)].is_new(NameArticle::kNone)) visit.word(side, NameArticle::kNone);
  };
  uint32_t seen = 0;
  for (uint32_t t = article.slots()[id].first; t != NameArticle::kNone && seen < kMaxSeen;
       t = article.next_occurrence(t)) {
    if (!article.digest(t).is(NameWord::kCapital) || article.all_capitals(t)) continue;
    ++seen;
    if (t > 0 && article.sentence(t - 1) == article.sentence(t)) {
      const NameDigest& left = article.digest(t - 1);
      show(Side::Left, t - 1);
      role |= left.is(NameWord::kRole) || left.is(NameWord::kTitle);
    } else {
      show_edge(Side::Left);
    }
    if (article.has_next(t))
      show(Side::Right, t + 1);
    else
      show_edge(Side::Right);
  }
  return role;
}

}  // namespace newsnlp
