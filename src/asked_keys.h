// Room: recognizer. Which keys and words of an article's spans may be asked for: a few bits that answer "not this one"
// for most.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "name_article.h"
#include "span_candidate.h"

namespace newsnlp {

class AskedKeys {
 public:
  /// The keys of open candidates; `keys` holds one for each.
  AskedKeys(const std::vector<SpanCandidate>& candidates, std::span<const uint64_t> keys) {
    for (size_t i = 0; i < candidates.size(); ++i)
      if (candidates[i].open) asked_.set(keys[i] % kBits);
  }
  bool may_have(uint64_t key) const noexcept { return asked_[key % kBits]; }

 private:
  static constexpr size_t kBits = 1024;
  std::bitset<kBits> asked_;
};

/// The words that open candidates begin and end with.
class AskedWords {
 public:
  AskedWords(const NameArticle& article, const std::vector<SpanCandidate>& candidates) : article_(article) {
    for (const SpanCandidate& c : candidates) {
      if (!c.open) continue;
      begins_.set(bit(c.tokens.begin));
      ends_.set(bit(c.tokens.end - 1));
    }
  }
  bool may_begin(const SpanCandidate& c) const noexcept { return begins_[bit(c.tokens.begin)]; }
  bool may_end(const SpanCandidate& c) const noexcept { return ends_[bit(c.tokens.end - 1)]; }

 private:
  static constexpr size_t kBits = 1024;
  size_t bit(uint32_t token) const noexcept { return article_.core(token).key % kBits; }

  const NameArticle& article_;
  std::bitset<kBits> begins_, ends_;
};

}  // namespace newsnlp
