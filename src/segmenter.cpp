#include "segmenter.h"

namespace newsnlp {

struct Segmenter::Rules {};

Segmenter::Segmenter(const Model&) : rules_(std::make_unique<const Rules>()) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;

void Segmenter::segment(Layers& layers, Workspace& workspace, Layout) const {
  workspace.word.assign(layers.tokens.size(), 0);
}

}  // namespace newsnlp
