// Room: tools. The labelled articles on the product's own tokens, and the chain's examples made of them.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "article_view.h"
#include "attribution_patterns.h"
#include "cue_lexicon.h"
#include "cue_words.h"
#include "newsnlp/model.h"
#include "quote_alignment.h"
#include "quote_corpus.h"
#include "quote_model.h"
#include "ranker_training.h"
#include "word_classes.h"
#include "workspace.h"

namespace newsnlp {

/// A section's bytes where they stand aligned, and the model read from them.
class TrainedQuotes {
 public:
  explicit TrainedQuotes(const QuoteModel::Parts& parts);
  const QuoteModel& model() const { return *model_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::vector<std::max_align_t> storage_;
  std::unique_ptr<QuoteModel> model_;
};

class QuoteTraining {
 public:
  struct Article {
    std::vector<Content> continued;  // of quotations without cue and source
    const LabelledArticle* labels = nullptr;
    Layers layers;
    ArticleView view;
    std::vector<AlignedQuote> gold;
    std::vector<AlignedQuote> nested;  // reports inside others' contents; only whole records have them
    std::vector<Proposal> proposals;   // of the attribution patterns
  };
  using Use = std::function<bool(uint32_t)>;  // by article

  /// Segments and tags the articles with `model`'s own stages. `resources`: folder with lexicon/, may be "" when
  /// the model already has a section "quotes.bin" to take roles and first names from. Throws Error.
  QuoteTraining(const std::vector<LabelledArticle>& labelled, const Model& model, const std::string& resources,
                uint32_t seed);

  const std::vector<Article>& articles() const { return articles_; }
  /// Calls read(workspace, words) while the workspace holds the article's tokens.
  template <class Read>
  void with_tokens(uint32_t article, Read read) {
    std::swap(workspace_.notes(), notes_[article]);
    read(std::as_const(workspace_), std::as_const(words_));
    std::swap(workspace_.notes(), notes_[article]);
  }
  /// Makes the examples of every ranker of the chain.
  void make_examples();
  /// Leaves out examples of cues that models of other articles contradict strongly.
  void leave_out_doubtful(uint32_t folds);
  /// Trains the chain on the articles that `use` admits.
  QuoteModel::Parts fit(const Use& use) const;
  /// Of the labels that a ranker should find, the share that its candidates hold.
  double reach(RankerKind kind) const {
    const auto k = static_cast<size_t>(kind);
    return asked_[k] == 0 ? 1 : static_cast<double>(reached_[k]) / asked_[k];
  }
  /// Adds the choice between the contents that a model which has not seen the article finds for a label's cue.
  void add_content_example(uint32_t article, const AlignedQuote& gold, std::span<const Content> contents,
                           RankerExamples& to) const;
  /// Weights of a ranker over examples of the articles that `use` admits, averaged over several orders of them.
  std::vector<float> fit(const RankerExamples& examples, RankerKind kind, const std::function<bool(size_t)>& use) const;
  /// Examples of the second stage out of readings of models that have not seen their articles.
  RankerExamples analysis_examples(const std::vector<std::vector<CueReading>>& readings) const;
  /// The chain's bits, epochs and rate.
  RankerExamples::Settings settings(RankerKind kind) const;

 private:
  void read_lists(const Model& model, const std::string& resources);
  void analyse(const std::vector<LabelledArticle>& labelled, const Model& model);
  void count_lemmas();
  void build_views();
  void add_cue_examples(uint32_t article);
  void add_chain_examples(uint32_t article, const AlignedQuote& gold);

  uint32_t seed_;
  WordClasses classes_;
  CueLexicon lexicon_;
  Workspace workspace_;
  CueWords words_;
  QuoteModel::Parts parts_;
  std::unique_ptr<TrainedQuotes> lists_;  // roles, names, lemmas; no weights
  std::vector<Article> articles_;
  std::vector<ArticleNotes> notes_;  // of each article, while the workspace does not hold them
  std::array<RankerExamples, kRankers> examples_;
  std::array<uint32_t, kRankers> asked_{};    // labels that a ranker should find
  std::array<uint32_t, kRankers> reached_{};  // of them, in its candidates
  std::vector<bool> doubtful_;                // cue examples
};

}  // namespace newsnlp
