// Room: attributor. Contents read as if each were an article of its own, for the reports in them.
//
//   The aide said | that the senator had told him to go |          place: the tokens of a content, outer: "said"
//                       ^ a reading in the excerpt
#pragma once

#include <vector>

#include "analysis.h"
#include "analysis_judge.h"
#include "article_view.h"
#include "cue_reader.h"
#include "layers.h"
#include "record_words.h"
#include "set_phrases.h"
#include "workspace.h"

namespace newsnlp {

/// A content, or one part of it.
struct NestedPlace {
  ArticleView::Excerpt tokens{};  // without the marks around them, and without "that"
  int parent = 0;                 // the caller's number of the statement
  int outer = -1;                 // its cue; -1: none
  bool quoted = false;            // it stands in quotation marks, or what is around it does
  bool turn = false;              // of a transcript
};

/// Keeps its memory: one a worker.
class NestedReader {
 public:
  void clear() { parts_.clear(); }
  /// Adds the parts of a content of the article whose view this is, as places like `place`.
  void add(const ArticleView& view, const Content& content, NestedPlace place);

  /// What the reader needs of the stage.
  struct Tools {
    const Layers& layers;
    const Workspace& workspace;
    const CueWords& cues;
    const RecordWords& words;
    const SetPhrases& phrases;
    const LinearRanker& analysis;
    const LinearRanker& cue;  // RankerKind::NestedCue
  };
  /// Cuts the contents out of the view and reads them: `out` in text order, judged as an article's readings are. Where
  /// contents overlap, the one that begins first is read. Of turns and of a person's own cues all words are read, of
  /// the rest those that the ranker of cues in contents lets through.
  void read(const Tools& tools, ArticleView& view, CueReader& reader, AnalysisJudge& judge,
            std::vector<CueReading>& out);
  /// Calls use(place, word) for each word that may be a cue, in text order. For training.
  template <class Use>
  void each(const ArticleView& view, Use use) {
    list(view);
    size_t i = 0;
    for (const NestedPlace& p : places_)
      for (; i < words_.size() && words_[i] <= p.tokens.end; ++i) use(p, words_[i]);
  }
  /// Where the cue of one of these readings stands.
  const NestedPlace& place_of(int cue) const;

 private:
  void add_part(const ArticleView& view, int begin, int end, NestedPlace part);
  /// Lists the words that may be cues and the places that have some.
  void list(const ArticleView& view);
  /// Leaves out the words that hardly report.
  void narrow(const Tools& tools, const ArticleView& view);
  /// Adds the words of what somebody says again and again that were not read.
  void read_habits(const Layers& layers, const ArticleView& view, CueReader& reader, std::vector<CueReading>& out);

  std::vector<NestedPlace> parts_;
  std::vector<NestedPlace> places_;  // those of them that are read
  std::vector<ArticleView::Excerpt> excerpts_;
  std::vector<int> words_;
  FeatureBatch batch_;
};

}  // namespace newsnlp
