// Room: attributor. Entities, tags, quotation states -> quotes: cue, content, source and the rest of the record.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Attributor {
 public:
  /// Reads section "quotes", "cues.tsv" and "attribution_patterns.txt"; options.cues and options.patterns are a
  /// person's own. Throws ModelError, ListError.
  Attributor(const Model& model, const Options& options);
  ~Attributor();
  Attributor(Attributor&&) noexcept;

  /// Fills quotes (without speakers: Abstention::NotAsked) and spans.
  void attribute(Layers& layers, Workspace& workspace) const;
  /// The evidence for layers.quotes[quote], a line each, strongest first. `layers` and `workspace` as attribute() and
  /// the later stages left them.
  std::vector<std::string> explain(const Layers& layers, const Workspace& workspace, uint32_t quote) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
