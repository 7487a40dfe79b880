// Room: recognizer. Which sentences have capitals that say nothing of names: ALL CAPITALS, Title Case, lower case.
#pragma once

#include <cstdint>
#include <vector>

#include "layers.h"
#include "name_article.h"
#include "name_resources.h"
#include "workspace.h"

namespace newsnlp {

enum class CaseStyle : uint8_t { Normal, Upper, Lower, Title };

/// Fills `folded` with 1 for each sentence whose names are better found without its capitals: sentences in the style of
/// most of the article when that is not Normal, lone headlines in Title Case, lone lower-case sentences; a lone
/// sentence in capitals is left to the ordinary model, which knows those. Returns how many they are. `article` has read
/// the layers.
uint32_t choose_folded(const Layers& layers, const Workspace& workspace, const NameResources& resources,
                       const NameArticle& article, std::vector<uint8_t>& folded);

}  // namespace newsnlp
