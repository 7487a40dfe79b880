// Room: resolver. Who wrote an article, and whom it asks: bylines, "I", "Q:" and "A:".
#pragma once

#include <cstdint>

#include "link_notes.h"

namespace newsnlp {

/// "By Ann Lee", "Words by Ann Lee", "Ann Lee Political correspondent", a line of its own among the first: who wrote
/// it.
bool is_byline(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, size_t mention);

/// The person of the first byline, or whose name alone is a line among the first; 0xFFFFFFFF: nobody signs there.
uint32_t author(const Layers& layers, const Workspace& workspace, const LinkNotes& notes);

/// "Q: Were you there?", "A: I was.": for "Q" at `token` the author, for "A" who is named most before the first of
/// these labels; 0xFFFFFFFF where that is nobody or the token is no such label.
uint32_t labelled(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, uint32_t token);

}  // namespace newsnlp
