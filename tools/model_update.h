// Room: tools. Replacing sections of a model file.
#pragma once

#include <memory>
#include <string>

#include "model_file.h"
#include "newsnlp/model.h"

namespace newsnlp {

/// The model that training starts from: `file` if it exists, else the built-in one.
std::shared_ptr<const Model> base_model(const std::string& file);

/// Writes `file`: the sections of base_model(file) with `changed` in place of its own. All or nothing: the new file
/// takes the old one's place when it is complete. Throws Error.
void update_model(const std::string& file, const ModelSections& changed);

}  // namespace newsnlp
