// Room: resolver. Quotes -> speakers.
#pragma once

#include <memory>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Resolver {
 public:
  /// Reads section "speakers" and its lists. Throws ModelError, ListError.
  Resolver(const Model& model, const Options& options);
  ~Resolver();
  Resolver(Resolver&&) noexcept;

  /// Fills speaker, role, resolution, abstention of each quote, candidates, and adds entities for groups, offices and
  /// unnamed people.
  void resolve(Layers& layers, Workspace& workspace) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
