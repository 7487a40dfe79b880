// Room: linker. Titles of several phrases: "Leader of the opposition in the senate Ann Lee", "Minister of Water and
// Roads Ann Lee".
#pragma once

#include <cstdint>

#include "link_notes.h"

namespace newsnlp {

/// The head of the title of which the words end before `end`, not looking before `begin`: the nearest noun for a person
/// that the phrases behind it make a title. 0xFFFFFFFF where there is none.
uint32_t long_title_head(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t begin,
                         uint32_t end);

/// The phrases between `head` and `end` make it a title of the name at `end`; not where the last of them names him:
/// "the lawyer of Ann Lee", "of actor Ann Lee", "for Police Chief Ann Lee".
bool is_long_title(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t head, uint32_t end);

}  // namespace newsnlp
