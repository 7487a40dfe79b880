// Room: resolver. Whose name ends with the words of a source, where they were not found as a name.
#pragma once

#include <cstdint>

#include "resolver_source.h"

namespace newsnlp {

/// "Calloway: …": the person whose name ends so, the nearest before it, else behind it; 0xFFFFFFFF where there is none.
/// Looks at 64 mentions on either side.
uint32_t namesake(const Layers& layers, const Workspace& workspace, const LinkNotes& notes,
                  const SourceReading& source);

}  // namespace newsnlp
