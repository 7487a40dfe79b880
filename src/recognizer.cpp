#include "recognizer.h"

#include "entity_patterns.h"

namespace newsnlp {

struct Recognizer::State {
  explicit State(const Model& model) : patterns(model) {}
  EntityPatterns patterns;
};

Recognizer::Recognizer(const Model& model, const Options&) : state_(std::make_unique<const State>(model)) {}
Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;

void Recognizer::recognize(Layers& layers, Workspace& workspace) const {
  state_->patterns.match(layers, workspace, layers.mentions);
}

}  // namespace newsnlp
