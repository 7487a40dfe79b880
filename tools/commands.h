// Room: tools. The verbs of the command line that change or measure a model. Each is defined in the file of its name
// (train_pos.cpp, …), writes progress to standard error, and throws newsnlp::Error with file, line and remedy.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace newsnlp {

struct TrainJob {
  std::vector<std::string> data;  // label files; how they are read depends on what is trained
  std::string model;              // model file to write; its other sections stay as they are
  std::string resources;  // folder with lexicon/ and word_classes/ for sections that are built of them; may be ""
  uint32_t seed = 1;
  std::vector<std::string> settings;  // "key=value", for experiments
};

void train_pos(const TrainJob& job);
void train_ner(const TrainJob& job);
void train_quotes(const TrainJob& job);
void train_speakers(const TrainJob& job);

struct EvaluateJob {
  std::vector<std::string> gold;
  std::string model;     // "" for the built-in model
  std::string resolved;  // speakers: file for score_speakers.py --resolved, or ""
  std::string gap;       // speakers: file for score_gap.py, or ""
  size_t worst = 20;     // errors to print
};

void evaluate_pos(const EvaluateJob& job);
void evaluate_ner(const EvaluateJob& job);
void evaluate_quotes(const EvaluateJob& job);
void evaluate_speakers(const EvaluateJob& job);

}  // namespace newsnlp
