// Room: tagger. Base noun phrases out of tags.
#pragma once

#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// Fills noun_phrases, noun_phrase and pronouns of `workspace` from the tags of `layers`. A phrase runs from its
/// determiner to its head and stays inside a sentence: "the prime minister's spokesman" is one, "the head | of | the
/// agency" are two, "Smith | and | Jones" are two. Linear time.
void find_noun_phrases(const Layers& layers, Workspace& workspace);

}  // namespace newsnlp
