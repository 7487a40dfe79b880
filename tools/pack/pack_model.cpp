// pack_model OUT.model FILE…        one section a file, named by the file's base name
// pack_model --unpack IN.model DIR  the trained sections (*.bin) as files
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "../../src/boilerplate.h"
#include "../../src/entity_sieve.h"
#include "../../src/first_names.h"
#include "../../src/model_file.h"
#include "../../src/pattern_list.h"
#include "newsnlp/error.h"
#include "newsnlp/model.h"

namespace fs = std::filesystem;

static int unpack(const char* file, const fs::path& folder) {
  const auto model = newsnlp::Model::open(file);
  for (std::string_view name : model->sections()) {
    if (!name.ends_with(".bin")) continue;
    const auto bytes = model->section(name);
    std::ofstream out(folder / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw newsnlp::Error((folder / name).string() + ": cannot be written");
  }
  return 0;
}

static std::string entity_table(std::string_view list) {
  std::vector<std::string> regexes;
  for (const auto& section : newsnlp::read_patterns(list, "entity_patterns.txt").sections)
    for (const auto& pattern : section.patterns) regexes.push_back(pattern.regex);
  newsnlp::SectionWriter to;
  newsnlp::entity_sieve(regexes).write(to);
  return to.bytes();
}

static int pack(const char* file, int count, char** files) {
  newsnlp::ModelSections sections;
  for (int i = 0; i < count; ++i) {
    std::ifstream in(files[i], std::ios::binary);
    if (!in) throw newsnlp::Error(std::string(files[i]) + ": cannot be read");
    sections[fs::path(files[i]).filename().string()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  // What the list of first names becomes lies in the model as it is used; so does how matches of patterns begin.
  const auto lists = newsnlp::Model::from_bytes(newsnlp::pack_model(sections), file);
  sections["boilerplate.table"] = newsnlp::Boilerplate(newsnlp::text_section(*lists, "boilerplate.txt")).table();
  sections[newsnlp::kEntitySieve] = entity_table(newsnlp::text_section(*lists, "entity_patterns.txt"));
  sections["first_names.table"] = newsnlp::FirstNames::section(*lists);
  sections.erase("first_names.tsv");
  const std::string bytes = newsnlp::pack_model(sections);
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw newsnlp::Error(std::string(file) + ": cannot be written");
  return 0;
}

int main(int argc, char** argv) {
  try {
    if (argc == 4 && std::string_view(argv[1]) == "--unpack") return unpack(argv[2], argv[3]);
    if (argc >= 2 && argv[1][0] != '-') return pack(argv[1], argc - 2, argv + 2);
    std::fputs("usage: pack_model OUT.model FILE... | pack_model --unpack IN.model DIR\n", stderr);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "pack_model: %s\n", e.what());
  }
  return 2;
}
