#include "tagger.h"

namespace newsnlp {

struct Tagger::State {};

Tagger::Tagger(const Model&, const Options&) : state_(std::make_unique<const State>()) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;

void Tagger::tag(Layers& layers, Workspace& workspace) const {
  (void)layers;
  (void)workspace;
}

}  // namespace newsnlp
