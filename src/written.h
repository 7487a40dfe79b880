// Room: resolver. Whose a paper is that says something.
#pragma once

#include <cstdint>
#include <span>

#include "resolver_source.h"
#include "spoken.h"

namespace newsnlp {

/// "In a statement Ann Lee said … ¶ “…,” the statement read": who spoke, in this paragraph or the two before, in a
/// sentence that says "in a statement"; 0xFFFFFFFF: nobody did, or it is not "the statement". `spoken` is in text
/// order.
uint32_t whose_paper(const Layers& layers, const Workspace& workspace, std::span<const Spoken> spoken,
                     const SourceReading& paper);

/// "His complaint", "her letter": what he or she says.
bool is_own_paper(const Workspace& workspace, LinkNotes& notes, const SourceReading& paper);

}  // namespace newsnlp
