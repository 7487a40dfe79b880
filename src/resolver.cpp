#include "resolver.h"

namespace newsnlp {

struct Resolver::State {};

Resolver::Resolver(const Model&, const Options&) : state_(std::make_unique<const State>()) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;

void Resolver::resolve(Layers& layers, Workspace& workspace) const {
  (void)layers;
  (void)workspace;
}

}  // namespace newsnlp
