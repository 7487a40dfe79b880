// Room: attributor. Is a reading in a content a report of its own? Learned from whole records: what news corpora label
// has no reports inside reports.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "linear_ranker.h"
#include "nested_reader.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// What the features ask besides the view that was cut.
struct NestedCase {
  const NestedPlace& place;
  WordKinds kinds;    // of the reading's cue
  float grammar = 0;  // nested_trust()
  QuoteType type;     // of its content
};

/// Mends the edges of a reading, which are known, as nested_trust() does, and gathers what is asked of it.
NestedCase nested_case(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                       const RecordWords& words, const NestedPlace& place, CueReading& reading);

/// Before it is read: may the token, a word of the place, be the cue of such a report? `kinds`: of the word.
template <class Sink>
Sink nested_cue_features(const ArticleView& view, const NestedPlace& place, WordKinds kinds, int cue, Sink f);

template <class Sink>
Sink nested_features(const ArticleView& view, const NestedCase& c, const CueReading& reading, Sink f);

}  // namespace newsnlp
