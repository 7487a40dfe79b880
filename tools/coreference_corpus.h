// Room: tools. Gold coreference of a treebank (GUM): whom each "he" and "she" stands for, where the text names them.
#pragma once

#include <string>
#include <vector>

#include "speaker_corpus.h"

namespace newsnlp {

/// A SpeakerArticle a document of a CoNLL-U file whose last column has "Entity=(id-type-…)"; a unit for each he, she,
/// him, her, his, hers whose chain has a name. Throws Error with file and line.
std::vector<SpeakerArticle> read_coreference_corpus(const std::string& file);

}  // namespace newsnlp
