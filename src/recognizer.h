// Room: recognizer. Tags and tokens -> mentions of names (linear model) and of dates, amounts, addresses (patterns).
#pragma once

#include <memory>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Recognizer {
 public:
  /// Reads names.bin, ner*.bin and entity_patterns.txt; options.names are a person's own lists. Throws ModelError,
  /// ListError.
  Recognizer(const Model& model, const Options& options);
  ~Recognizer();
  Recognizer(Recognizer&&) noexcept;

  /// Fills mentions, without entities yet.
  void recognize(Layers& layers, Workspace& workspace) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
