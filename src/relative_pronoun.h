// Room: resolver. Whom "who" and "which" stand for.
#pragma once

#include <cstdint>

#include "link_notes.h"

namespace newsnlp {

/// The last token of what stands before "who" or "which" at token `at` > 0, without a comma and "(Lab)".
uint32_t before_relative(const Layers& layers, uint32_t at);

/// The entity that is named up to token `t`: a person for "who", else a body; of "Ann Lee of the Fish Board" and "Ann
/// Lee, a driver from Graz" she is "who". 0xFFFFFFFF: none is named there.
uint32_t named_before_relative(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, uint32_t t,
                               bool which);

/// The person that stands before a phrase that says who it is, "Ann Lee, 61, | a driver"; 0xFFFFFFFF: nobody does.
uint32_t apposed(const Layers& layers, const LinkNotes& notes, uint32_t begin);

}  // namespace newsnlp
