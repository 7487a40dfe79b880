// Room: attributor. The contents that a cue may have, judged as wholes: what no edge shows alone (is the clause whole,
// are its marks and commas balanced, what is left out) decides between the few likeliest ones.
#pragma once

#include <span>

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"

namespace newsnlp {

/// Contents of a cue that are judged.
inline constexpr size_t kMostContents = 8;

/// The features of contents[index]; `contents` are those of one cue, likeliest first.
template <class Sink>
Sink whole_content_features(const ArticleView& view, int cue, std::span<const Content> contents, size_t index, Sink f);

/// Adds the contents of a cue to a batch, if there are several.
void ask_contents(const ArticleView& view, const LinearRanker& ranker, int cue, std::span<const Content> contents,
                  FeatureBatch& batch);
/// Shares the probability of all contents out among them anew; they were added to the batch from place `first` on,
/// which moves behind them. The order stays.
void judge_contents(const LinearRanker& ranker, std::span<Content> contents, const FeatureBatch& batch, size_t& first);

}  // namespace newsnlp
