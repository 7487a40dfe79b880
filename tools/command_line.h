// Room: tools. What the person asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "article_reader.h"
#include "commands.h"
#include "report.h"

namespace newsnlp {

struct CommandLine {
  enum class Verb { Analyze, Train, Evaluate, Help, Version };
  Verb verb = Verb::Analyze;

  // Analyze
  std::vector<std::string> files;
  InputFormat input = InputFormat::Text;
  ReportSettings report;
  unsigned threads = 0;  // 0: one a core
  bool progress = false;
  std::optional<float> min_score;
  std::optional<float> min_speaker_score;
  std::string model;  // "" for the built-in one
  std::string names;  // files; "" for none
  std::string aliases;
  std::string cues;
  std::string patterns;

  // Train, Evaluate
  std::string stage;
  TrainJob train;
  EvaluateJob evaluate;
};

/// Throws Error that says what is wrong and what to do.
CommandLine parse_command_line(int argc, const char* const* argv);

/// What --help prints; it fits a screen.
extern const char* const kHelp;

}  // namespace newsnlp
