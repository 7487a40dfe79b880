#include "instruction_count.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#define CALLGRIND_DUMP_STATS_AT(name) static_cast<void>(name)
#endif

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace newsnlp {

void CountedPart::begin() {
  CALLGRIND_TOGGLE_COLLECT;
}

void CountedPart::end(const char* part) {
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT(part);
}

InstructionCount count_instructions(const std::string& program, const std::vector<std::string>& arguments) {
  namespace fs = std::filesystem;
  InstructionCount count;
  std::string folder = (fs::temp_directory_path() / "newsnlp_bench.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return count;
  std::string command =
      "valgrind -q --tool=callgrind --collect-atstart=no --callgrind-out-file='" + folder + "/out' '" + program + "'";
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe != nullptr) {
    if (std::fscanf(pipe, "%zu", &count.tokens) != 1) count.tokens = 0;
    if (pclose(pipe) != 0) count.tokens = 0;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    std::string part;
    for (std::string text; std::getline(in, text);) {
      static const std::string kTrigger = "desc: Trigger: Client Request: ";
      if (text.starts_with(kTrigger)) part = text.substr(kTrigger.size());
      if (text.starts_with("totals: ")) count.parts[part] += std::strtod(text.c_str() + 8, nullptr);
    }
  }
  fs::remove_all(folder);
  return count;
}

}  // namespace newsnlp
