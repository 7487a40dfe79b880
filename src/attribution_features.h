// Room: attributor. The features of each ranker of the chain: the same code in training and at run time. The group
// numbers are part of the model format.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"
#include "quote_model.h"

namespace newsnlp {

/// Is the token a candidate for a cue at all: a cue word, or a colon or dash where it can stand for one.
bool is_cue_candidate(const ArticleView& view, int token);
/// The token is a colon, dash or hyphen.
bool is_sign(const ViewToken& token) noexcept;

void cue_features(const ArticleView& view, const QuoteModel& model, int cue, FeatureList& f);
void side_features(const ArticleView& view, int cue, Side side, FeatureList& f);

/// What a span's edge at `token` looks like whatever the cue: computed once a token, its sum is remembered.
void edge_features(const ArticleView& view, int token, FeatureList& f);
/// The part of it that the cue's lemma joins.
void edge_cue_features(const ArticleView& view, int cue, int token, FeatureList& f);

/// The edges of contents; each adds to edge_features and edge_cue_features.
void right_begin_features(const ArticleView& view, int cue, Side side, int begin, FeatureList& f);
void right_end_features(const ArticleView& view, int cue, Side side, int begin, int end, FeatureList& f);
void left_end_features(const ArticleView& view, int cue, Side side, int end, FeatureList& f);
void left_begin_features(const ArticleView& view, int cue, Side side, int end, int begin, FeatureList& f);

/// The source's head at `source`, -1: there is none.
void source_features(const ArticleView& view, int cue, const Content& content, int source, FeatureList& f);
/// Where the source with this head begins (`begins`) or ends, and the cue; both add to edge_features and
/// edge_cue_features.
void source_edge_features(const ArticleView& view, int cue, const Content& content, int source, int edge, bool begins,
                          FeatureList& f);
void cue_edge_features(const ArticleView& view, int cue, int edge, bool begins, FeatureList& f);

}  // namespace newsnlp
