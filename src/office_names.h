// Room: recognizer. "Ministry of Agriculture | , Livestock and Fisheries": the fields of a ministry are part of its
// name.
#pragma once

#include <vector>

#include "found_name.h"
#include "layers.h"

namespace newsnlp {

/// Lets the names of ministries, departments and the like go on with the fields that follow in a list, unless these
/// are names of others. `found` stands in text order. Linear in it.
void join_fields(const Layers& layers, std::vector<FoundName>& found);

}  // namespace newsnlp
