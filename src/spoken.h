// Room: resolver. Who spoke before a pronoun.
#pragma once

#include <cstdint>
#include <span>

#include "link_notes.h"

namespace newsnlp {

/// A speaker that was found, by the head of the source.
struct Spoken {
  uint32_t token = 0;
  uint32_t entity = 0;
  bool goes_on = false;  // a pronoun, with whom the sentence before says by a role
};

/// "The pastor said …, he added": whom the role of the last source before `token` means, where nobody else whom "he" or
/// "she" may be was named since; else 0xFFFFFFFF. `spoken` is in text order.
uint32_t carried(const Layers& layers, const Workspace& workspace, const LinkNotes& notes,
                 std::span<const Spoken> spoken, uint32_t token, bool male);

/// A token stands in a content of the entity's, in one of the eight quotes before `quote`.
bool is_said_by(const Layers& layers, uint32_t entity, uint32_t token, uint32_t quote);

/// The same, whoever says it.
bool is_said(const Layers& layers, uint32_t token, uint32_t quote);

/// The quote of its paragraph, outside quotations, that `quote` is likeliest inside of: the next one, else the one
/// before; else 0xFFFFFFFF. `sources`: of each quote, tokens.
uint32_t quote_beside(const Layers& layers, const Workspace& workspace, std::span<const IndexRange> sources,
                      uint32_t quote);

}  // namespace newsnlp
