// The command line.
#include <newsnlp/newsnlp.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "commands.h"

namespace {

using namespace newsnlp;

int run(int argc, char** argv) {
  CLI::App app("newsnlp: who said what in the news", "newsnlp");
  app.set_version_flag("--version", "newsnlp " NEWSNLP_VERSION);
  std::vector<std::string> files;
  std::string model;
  app.add_option("--model", model, "model file in place of the built-in one");
  app.add_option("FILE", files, "articles; - is standard input");

  TrainJob train;
  EvaluateJob evaluate;
  std::string what;
  CLI::App* t = app.add_subcommand("train", "train sections of a model");
  t->add_option("WHAT", what, "pos, ner, quotes or speakers")->required();
  t->add_option("DATA", train.data, "label files")->required();
  t->add_option("--model", train.model, "model file to write")->required();
  t->add_option("--resources", train.resources, "folder with lexicon/ and word_classes/");
  t->add_option("--seed", train.seed, "seed of the random numbers");
  t->add_option("--set", train.settings, "key=value, for experiments");
  CLI::App* e = app.add_subcommand("evaluate", "measure a model");
  e->add_option("WHAT", what, "pos, ner, quotes or speakers")->required();
  e->add_option("GOLD", evaluate.gold, "label files")->required();
  e->add_option("--model", evaluate.model, "model file in place of the built-in one");
  e->add_option("--resolved", evaluate.resolved, "speakers: write what score_speakers.py --resolved reads");
  e->add_option("--gap", evaluate.gap, "speakers: write what score_gap.py reads");
  e->add_option("--worst", evaluate.worst, "number of errors to print");
  CLI11_PARSE(app, argc, argv);

  if (*t || *e) {
    const bool training = static_cast<bool>(*t);
    if (what == "pos")
      training ? train_pos(train) : evaluate_pos(evaluate);
    else if (what == "ner")
      training ? train_ner(train) : evaluate_ner(evaluate);
    else if (what == "quotes")
      training ? train_quotes(train) : evaluate_quotes(evaluate);
    else if (what == "speakers")
      training ? train_speakers(train) : evaluate_speakers(evaluate);
    else
      throw Error("unknown stage \"" + what + "\"; use pos, ner, quotes or speakers");
    return 0;
  }
  const Analyzer analyzer(model.empty() ? Model::builtin() : Model::open(model));
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::cout << to_json(analyzer.analyze(std::string(std::istreambuf_iterator<char>(in), {})), {file, {}, {}}) << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "newsnlp: " << e.what() << '\n';
    return 2;
  }
}
