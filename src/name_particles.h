// Room: recognizer. "Karl | von | Hausen", "Isabel | dos | Santos": a name that the model cut at a small word of its
// own.
#pragma once

#include <vector>

#include "found_name.h"
#include "layers.h"

namespace newsnlp {

/// Joins what stands on both sides of "von", "dos", "ibn" … where one side is a person; "Mr von Hausen" begins with it.
/// `found` stands in text order. Linear in it.
void join_particles(const Layers& layers, std::vector<FoundName>& found);

}  // namespace newsnlp
