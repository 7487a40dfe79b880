// Room: bench. What an analysis costs, counted and not timed, against what it cost when it was last written down.
//
//   instructions a token 4321     may grow by 3 % unnoticed
//   allocations an article 210    may not
#pragma once

#include <string>
#include <vector>

namespace newsnlp {

/// Under callgrind: analyses each text twice, and counts the second time. Prints the number of tokens.
void count_analysis(const std::vector<std::string>& texts);

/// Counts what the analysis of `files` costs, once everything is warm, and compares it with `costs`. With
/// NEWSNLP_UPDATE_COSTS in the environment `costs` is written anew. Returns the exit code: 1 if a figure is too high.
int guard_costs(const std::string& program, const std::string& costs, const std::vector<std::string>& files);

}  // namespace newsnlp
