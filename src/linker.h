// Room: linker. Mentions -> entities with their roles and gender.
#pragma once

#include <memory>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Linker {
 public:
  /// Reads its lists; options.aliases are a person's own. Throws ModelError, ListError.
  Linker(const Model& model, const Options& options);
  ~Linker();
  Linker(Linker&&) noexcept;

  /// Fills entities and roles, and Mention::entity.
  void link(Layers& layers, Workspace& workspace) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
