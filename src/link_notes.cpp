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

void LinkNotes::forget(const PersonWords& with) {
  words = &with;
  facts.assign(facts.size(), WordFacts());
}

void LinkNotes::entities(size_t count) {
  gender.resize(count);
  name_keys.resize(count);
  seats.resize(count);
  fullest.resize(count);
}

void LinkNotes::fill(std::vector<uint32_t>& numbers, size_t size) {
  numbers.assign(size, 0xFFFFFFFF);
}

const WordFacts& LinkNotes::learn(const Workspace& workspace, uint32_t type) {
  facts[type] = words->find(workspace.types.lower(type), workspace.types[type].flags);
  return facts[type];
}

}  // namespace newsnlp
