// Room: segmenter. Headline, body or boilerplate: what the lines say, and where they stand.
#pragma once

#include <vector>

#include "boilerplate.h"
#include "layers.h"
#include "paragraphs.h"

namespace newsnlp {

/// Sets the kind of each paragraph; `lines` are the paragraphs as find_paragraphs gave them; `places` is room.
/// Linear time.
void classify_paragraphs(const std::vector<Line>& lines, const Boilerplate& boilerplate, LinePlaces& places,
                         Layers& layers);

}  // namespace newsnlp
