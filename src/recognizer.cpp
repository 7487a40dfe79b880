#include "recognizer.h"

namespace newsnlp {

struct Recognizer::State {};

Recognizer::Recognizer(const Model&, const Options&) : state_(std::make_unique<const State>()) {}
Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;

void Recognizer::recognize(Layers& layers, Workspace& workspace) const {
  (void)layers;
  (void)workspace;
}

}  // namespace newsnlp
