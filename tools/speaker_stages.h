// Room: tools. The stages up to the linker, run over a labelled article with its gold quotes in place of the
// attributor's.
#pragma once

#include <memory>
#include <vector>

#include "layers.h"
#include "link_notes.h"
#include "linker.h"
#include "recognizer.h"
#include "segmenter.h"
#include "speaker_corpus.h"
#include "tagger.h"
#include "word_classes.h"

namespace newsnlp {

class SpeakerStages {
 public:
  explicit SpeakerStages(std::shared_ptr<const Model> model);

  /// Layers with mentions, entities and roles; quotes are the article's labelled ones, in text order. The names of GAP
  /// are mentions, whatever the recognizer found.
  Layers read(const SpeakerArticle& article);
  Workspace& workspace() noexcept { return workspace_; }
  const Model& model() const noexcept { return *model_; }

  /// The entity whose mention overlaps the span; Mention::kNoEntity if there is none.
  static uint32_t entity_at(const Layers& layers, Span span);

 private:
  std::shared_ptr<const Model> model_;
  WordClasses classes_;
  Workspace workspace_;
  Segmenter segmenter_;
  Tagger tagger_;
  Recognizer recognizer_;
  Linker linker_;
};

}  // namespace newsnlp
