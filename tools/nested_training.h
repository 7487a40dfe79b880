// Room: tools. Reports inside others' contents, learned from whole records: which words in a content to read, and which
// readings of them are reports. What news corpora label has none, so a part of their articles says what is none.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "nested_reader.h"
#include "newsnlp/model.h"
#include "quote_training.h"
#include "record_words.h"
#include "set_phrases.h"

namespace newsnlp {

class NestedTraining {
 public:
  /// `training` must outlive it.
  NestedTraining(QuoteTraining& training, const Model& model);

  /// `folds`: the chains of models that have not seen the articles i of i % folds == fold; they are given the ranker of
  /// analyses of `all`. Writes the two rankers, the calibration and the threshold into `all`.
  void fit(std::vector<QuoteModel::Parts>& folds, QuoteModel::Parts& all);
  /// Precision and recall of readings of whole records that the rankers have not seen.
  std::string report() const;

 private:
  using Article = QuoteTraining::Article;
  /// Lists the contents that an article's labels name; false: it teaches nothing of reports in them.
  bool list_places(uint32_t article);
  void add_cues(uint32_t article, RankerExamples& to);
  void add_readings(uint32_t article, CueReader& reader, const QuoteModel& model, RankerExamples& to);

  QuoteTraining& training_;
  RecordWords words_;
  SetPhrases phrases_;
  NestedReader reader_;
  std::vector<std::pair<float, bool>> judged_;  // what is said of a reading, and whether it is a report
  size_t reports_ = 0;                          // labelled
};

}  // namespace newsnlp
