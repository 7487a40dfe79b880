// Room: attributor. Which readings of an article's cues stand together: none lies in another's content by accident.
#pragma once

#include <span>
#include <vector>

#include "analysis.h"
#include "article_view.h"

namespace newsnlp {

/// Keeps its arrays from article to article.
class JointChoice {
 public:
  /// Indices of the chosen readings, in text order; valid until the next call. Two readings clash when the cue of one
  /// stands in the content of the other, or when most of the shorter content is shared. `least`: readings below are
  /// left out. A clash is looked for among neighbours only, so that time stays linear.
  std::span<const uint32_t> choose(const ArticleView& view, const std::vector<CueReading>& readings, float least);

 private:
  struct Extent {
    int begin, end;  // of the cue and the content
  };
  enum class State : uint8_t { Below, Out, In };

  void find_near(const std::vector<CueReading>& readings, float least);
  template <class Visit>
  void around(uint32_t k, Visit visit) const {
    for (size_t n = k == 0 ? 0 : near_end_[k - 1]; n < near_end_[k]; ++n) visit(near_[n]);
  }

  // Of the readings that are not left out, in text order.
  std::vector<uint32_t> live_;  // indices of readings
  std::vector<Extent> extents_;
  std::vector<int> ends_, begins_;
  std::vector<float> ranks_;
  std::vector<State> states_;
  std::vector<size_t> near_end_;  // of each one's neighbours in near_
  std::vector<uint32_t> near_, order_, instead_, chosen_;
};

/// Does `a` clash with `b`?
bool clash(const ArticleView& view, const CueReading& a, const CueReading& b);

}  // namespace newsnlp
