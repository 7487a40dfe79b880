// Room: attributor. The features of each ranker of the chain: the same code in training (FeatureWriter) and at run time
// (FeatureSum). The group numbers are part of the model format; those that are missing were tried and did not help.
//
// Each function adds to `f` and returns it.
#pragma once

#include <algorithm>
#include <cstdint>

#include "analysis.h"
#include "article_view.h"
#include "linear_ranker.h"
#include "quote_model.h"

namespace newsnlp {

/// What features read of a token, as numbers; quotation: 9 outside the article.
inline int tag(const ArticleView& v, int i) {
  return static_cast<int>(v.at(i).tag);
}
inline uint32_t word(const ArticleView& v, int i) {
  return v.at(i).word;
}
inline int quotation(const ArticleView& v, int i) {
  return v.valid(i) ? static_cast<int>(v.at(i).quotation) : 9;
}
/// The same of a token of the article.
inline int quotation(const ViewToken& token) {
  return static_cast<int>(token.quotation);
}
/// A count that says no more than `most`.
inline int few(const ArticleView& v, ArticleView::Count kind, int a, int b, int most) {
  return std::min(v.count(kind, a, b), most);
}

/// Is the token a candidate for a cue at all: a cue word, or a colon or dash where it can stand for one.
bool is_cue_candidate(const ArticleView& view, int token);
/// The token is a colon, dash or hyphen.
inline bool is_sign(const ViewToken& token) noexcept {
  return (token.flags & (CueWord::kDash | CueWord::kColon | CueWord::kHyphen)) != 0;
}

/// The first glance of which most words are no cue; the rest adds to it.
template <class Sink>
Sink cue_glance(const ArticleView& view, int cue, Sink f);
template <class Sink>
Sink cue_features(const ArticleView& view, const QuoteModel& model, int cue, Sink f);
/// Of the three sides.
using SideGather = CandidateGather<3>;
template <class Sink>
Sink side_features(const ArticleView& view, int cue, Sink f);

/// What stands behind a content that ends at a token: what joins the next clause, and whether that has a subject and a
/// verb of its own.
struct NextClause {
  NextClause() = default;
  NextClause(const ArticleView& view, int end);
  bool same_sentence = false;  // there is one; the rest is 0 if not
  bool more = false;           // a finite verb stands in the rest of the sentence
  uint8_t subject = 0;         // as ClauseAhead::subject
  uint8_t gap = 0;             // step of the distance to its verb
  uint8_t first = 0;           // junction behind the end
  int joint = 0;               // and the second one
  int at = 0;                  // where the clause begins
  int verb = -1;
};

/// The edges of contents; each adds to its glance (attribution_glances.h). `next`: of the end.
template <class Sink>
Sink right_begin_features(const ArticleView& view, int cue, Side side, int begin, Sink f);
template <class Sink>
Sink right_end_features(const ArticleView& view, int cue, int begin, int end, const NextClause& next, Sink f);
template <class Sink>
Sink left_end_features(const ArticleView& view, int cue, int end, Sink f);
template <class Sink>
Sink left_begin_features(const ArticleView& view, int cue, Side side, int end, int begin, Sink f);

/// The source's head at `source`, -1: there is none. `side`: of the content.
template <class Sink>
Sink source_features(const ArticleView& view, int cue, Side side, int source, Sink f);

/// The edges of sources and cues.
template <class Sink>
Sink source_begin_features(const ArticleView& view, int cue, const Content& content, int source, int begin, Sink f);
template <class Sink>
Sink source_end_features(const ArticleView& view, int cue, int source, int end, Sink f);
template <class Sink>
Sink cue_begin_features(const ArticleView& view, int cue, int begin, Sink f);
template <class Sink>
Sink cue_end_features(const ArticleView& view, int cue, int end, Sink f);

}  // namespace newsnlp
