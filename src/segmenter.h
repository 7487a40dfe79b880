// Room: segmenter. Text -> tokens, sentences, paragraphs.
#pragma once

#include "layers.h"
#include "newsnlp/analyzer.h"
#include "newsnlp/model.h"
#include "workspace.h"

namespace newsnlp {

class Segmenter {
 public:
  /// Reads the text sections "abbreviations.txt" and "boilerplate.txt". Throws ModelError.
  explicit Segmenter(const Model& model);
  ~Segmenter();
  Segmenter(Segmenter&&) noexcept;

  /// Fills tokens, sentences and paragraphs of `layers`, whose text is valid UTF-8, and word, sentence, paragraph and
  /// quotation of `workspace`. With Layout::SentencePerLine a line is one sentence, whatever it holds.
  void segment(Layers& layers, Workspace& workspace, Layout layout = Layout::Article) const;

 private:
  struct Rules;
  std::unique_ptr<const Rules> rules_;
};

}  // namespace newsnlp
