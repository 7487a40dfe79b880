// Room: attributor. What stands before and behind a cue, and at the end of a clause, without a parser. The numbers are
// part of the model format.
#pragma once

#include "article_view.h"
#include "linear_ranker.h"

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

/// The features, from `group` to group + 14, of a content from `begin` that ends at `end`, for the cue at `cue`: what
/// joins the next clause, whether it has a subject and a verb of its own, whether its tense is the cue's.
void clause_end_features(const ArticleView& view, int cue, int begin, int end, uint32_t group, FeatureList& f);

/// A distance, coarser the larger it is: -12 … 12.
int bucket(int distance) noexcept;

}  // namespace newsnlp
