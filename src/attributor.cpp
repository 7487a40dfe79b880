#include "attributor.h"

namespace newsnlp {

struct Attributor::State {};

Attributor::Attributor(const Model&, const Options&) : state_(std::make_unique<const State>()) {}
Attributor::~Attributor() = default;
Attributor::Attributor(Attributor&&) noexcept = default;

void Attributor::attribute(Layers& layers, Workspace& workspace) const {
  (void)layers;
  (void)workspace;
}

std::vector<std::string> Attributor::explain(const Layers&, const Workspace&, uint32_t) const {
  return {};
}

}  // namespace newsnlp
