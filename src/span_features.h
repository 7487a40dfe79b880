// Room: recognizer. The feature templates of the second pass, declared once for training and run time. A feature is a
// 64-bit hash of its template and its values; it speaks for each type of name against none.
#pragma once

#include <cstdint>
#include <vector>

#include "name_article.h"
#include "name_features.h"
#include "span_candidate.h"
#include "span_votes.h"

namespace newsnlp {

/// What the training names say of a candidate's words, as one number: 0 never a name, else 1 + type, sureness (0 … 2)
/// and count (1 … 4) mixed.
struct SeenName {
  static constexpr uint32_t kCodes = 1 + Crf::kMaxTypes * 12;
  static uint8_t code(uint32_t type, uint32_t sureness, uint32_t count) {
    return static_cast<uint8_t>(1 + (type * 3 + sureness) * 4 + (count - 1));
  }
};

class SpanFeatures {
 public:
  using Out = std::vector<uint64_t>;

  SpanFeatures(const NameArticle& article, const std::vector<SpanCandidate>& candidates, const SpanVotes& votes,
               const NameResources& resources, uint32_t types)
      : article_(article), candidates_(candidates), votes_(votes), resources_(resources), types_(types) {}

  /// The first sure() features say what the first pass thinks of the candidate; training never hides them.
  size_t sure() const noexcept { return types_ + 2; }
  void append(uint32_t candidate, uint8_t seen, Out& out) const;

 private:
  struct View;  // one candidate and what is asked of it several times
  void beliefs(const View& v, Out& out) const;
  void rivals(const View& v, Out& out) const;
  void words(const View& v, Out& out) const;
  void context(const View& v, Out& out) const;
  void neighbours(const View& v, Out& out) const;
  void elsewhere(const View& v, Out& out) const;
  void vote(uint32_t tmpl, const View& v, const SpanVotes::Sum& sum, Out& out) const;

  const NameArticle& article_;
  const std::vector<SpanCandidate>& candidates_;
  const SpanVotes& votes_;
  const NameResources& resources_;
  uint32_t types_;
};

}  // namespace newsnlp
