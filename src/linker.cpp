#include "linker.h"

namespace newsnlp {

struct Linker::State {};

Linker::Linker(const Model&, const Options&) : state_(std::make_unique<const State>()) {}
Linker::~Linker() = default;
Linker::Linker(Linker&&) noexcept = default;

void Linker::link(Layers& layers, Workspace& workspace) const {
  (void)layers;
  (void)workspace;
}

}  // namespace newsnlp
