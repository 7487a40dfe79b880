// Room: attributor. What spoke for a quote, in lines that a person can read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis.h"
#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// The strongest first: cue, pattern, marks, content, source. `pattern`: its name, or "". `score`: the quote's.
std::vector<std::string> evidence_lines(const Layers& layers, const Workspace& workspace, const CueReading& reading,
                                        std::string_view pattern, float score);

}  // namespace newsnlp
