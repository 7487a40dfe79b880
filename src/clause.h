// Room: attributor. What stands before and behind a cue, without a parser. The numbers are part of the model format.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "article_view.h"

namespace newsnlp {

/// A kind of phrase beside a cue, and the token where it stands (outside the sentence: there is none).
struct Neighbour {
  int kind = 1;
  int token = 0;
};

/// The first thing to the right of `cue` that can be its complement; adverbs and dates are passed over.
Neighbour complement(const ArticleView& view, int cue);
/// The first thing to the left of `cue` that can be its subject; adverbs and auxiliaries are passed over.
Neighbour subject_side(const ArticleView& view, int cue);

/// Whose the finite verb `verb` (-1: none) behind a content [begin, end] is. Its subject: 1 none, 2 behind the content,
/// 3 in it, 4 before it, 5 the cue's own; 0: no verb.
inline int verb_relation(const ArticleView& view, int cue, int begin, int end, int verb) noexcept {
  if (verb < 0) return 0;
  const int subject = view.at(verb).subject();
  if (subject < 0) return 1;
  if (subject > end) return 2;
  if (subject >= begin) return 3;
  return subject == view.at(cue).subject() ? 5 : 4;
}

/// A distance, coarser the larger it is: -12 … 12.
inline int bucket(int distance) noexcept {
  constexpr int kMost = 45;
  static constexpr auto kBuckets = [] {
    std::array<int8_t, 2 * kMost + 1> buckets{};
    for (int d = 0; d <= kMost; ++d) {
      const int b = d < 6 ? d : d < 8 ? 6 : d < 11 ? 7 : d < 16 ? 8 : d < 22 ? 9 : d < 30 ? 10 : d < 45 ? 11 : 12;
      buckets[static_cast<size_t>(kMost + d)] = static_cast<int8_t>(b);
      buckets[static_cast<size_t>(kMost - d)] = static_cast<int8_t>(-b);
    }
    return buckets;
  }();
  return kBuckets[static_cast<size_t>(std::clamp(distance, -kMost, kMost) + kMost)];
}

}  // namespace newsnlp
