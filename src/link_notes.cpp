#include "link_notes.h"

namespace newsnlp {

LinkNotes& LinkNotes::of(Workspace& workspace) {
  if (workspace.linker == nullptr) workspace.linker = std::make_unique<LinkNotes>();
  auto& notes = static_cast<LinkNotes&>(*workspace.linker);
  if (notes.generation != workspace.types.generation()) {
    notes.facts.clear();
    notes.generation = workspace.types.generation();
  }
  if (notes.facts.size() < workspace.types.size()) notes.facts.resize(workspace.types.size());
  return notes;
}

}  // namespace newsnlp
