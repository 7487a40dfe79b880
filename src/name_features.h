// Room: recognizer. The feature templates of the name model, declared once for training and run time. A feature is a
// 64-bit hash of its template and its values.
//
// Four kinds, by what they depend on, so that the run time adds up the weights of each kind once and keeps the sum:
//   word      a form and its distance from the token (-2 … 2), and the layout
//   hit       a combination of list hits and its distance (-1 … 1), and the layout
//   slot      a form in this article (its other occurrences)
//   context   everything else: neighbours together, place in the sentence, topic, longer forms
#pragma once

#include <cstdint>
#include <vector>

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
  static void context(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);

 private:
  static void compound(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);
  static void longer_form(const NameArticle& article, uint32_t token, IndexRange sentence, Out& out);
};

}  // namespace newsnlp
