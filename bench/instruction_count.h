// Room: bench. Instructions, counted by callgrind on a copy of the running program.
//
// The copy calls Counted::begin() and end(part) around what is to be counted; where valgrind is not installed, nothing
// is counted.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace newsnlp {

/// In the copy.
struct CountedPart {
  static void begin();
  /// What ran since begin() belongs to `part`, a literal.
  static void end(const char* part);
};

struct InstructionCount {
  size_t tokens = 0;  ///< as the copy printed it; 0: nothing could be counted
  std::map<std::string, double> parts;
};

/// Runs `program` with `arguments` under callgrind. The program prints the number of its tokens.
InstructionCount count_instructions(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace newsnlp
