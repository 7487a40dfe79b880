#include "model_update.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "newsnlp/error.h"

namespace newsnlp {

std::shared_ptr<const Model> base_model(const std::string& file) {
  return std::filesystem::exists(file) ? Model::open(file) : Model::builtin();
}

void update_model(const std::string& file, const ModelSections& changed) {
  const auto base = base_model(file);
  ModelSections sections = changed;
  for (std::string_view name : base->sections()) {
    const auto bytes = base->section(name);
    sections.emplace(name, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
  const std::string bytes = pack_model(sections);
  const std::string partial = file + ".partial";
  {
    std::ofstream out(partial, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) {
      std::remove(partial.c_str());
      throw Error(partial + ": cannot be written; is the disk full, or the folder missing?");
    }
  }
  std::error_code error;
  std::filesystem::rename(partial, file, error);
  if (error) throw Error(file + ": cannot be replaced: " + error.message());
}

}  // namespace newsnlp
