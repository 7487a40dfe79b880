// Room: resolver. Which role of a speaker stands beside a quote, and the roles that "the minister" adds to a person.
#pragma once

#include <cstdint>
#include <vector>

#include "layers.h"

namespace newsnlp {

/// Takes `extra` into layers.roles, by entity and in text order; what overlaps a role that is there is left out.
void add_roles(Layers& layers, const std::vector<Role>& extra);

/// Fills Quote::role of each quote with a speaker: the role nearest to the quote; of two as near, the later.
/// What `extra` has is shown of those only who have no role beside their name. `strengths` is scratch.
void show_nearest_roles(Layers& layers, const std::vector<Role>& extra, std::vector<uint8_t>& strengths);

}  // namespace newsnlp
