// Room: tagger. Tokens -> part-of-speech tags and base noun phrases.
#pragma once

#include <memory>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Tagger {
 public:
  /// Reads section "pos". Throws ModelError, ListError.
  Tagger(const Model& model, const Options& options);
  ~Tagger();
  Tagger(Tagger&&) noexcept;

  /// Fills Token::tag, and noun_phrases and noun_phrase of `workspace`.
  void tag(Layers& layers, Workspace& workspace) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
