// Room: resolver. Whom somebody means by "Dad" or "my wife".
#pragma once

#include <cstdint>

#include "link_notes.h"

namespace newsnlp {

/// "“Dad kept asking,” said Ann Lee": the one other person of her surname near the noun, of its gender and not known to
/// be another relative of hers; 0xFFFFFFFF where there is none or several. `noun`: a token. Looks at 96 mentions.
uint32_t relative_of(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t person,
                     uint32_t noun);

}  // namespace newsnlp
