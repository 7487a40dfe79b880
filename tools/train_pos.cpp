#include <cstdio>

#include "commands.h"
#include "model_update.h"
#include "newsnlp/error.h"
#include "pos_trainer.h"
#include "word_class_table.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

struct Settings : PosSettings {
  uint32_t fold = 0;  // fold=K/N leaves out PolNeAR's silver articles whose index is K modulo N
  uint32_t of = 0;
};

Settings read_settings(const TrainJob& job) {
  Settings s;
  s.seed = job.seed;
  for (const std::string& setting : job.settings) {
    unsigned n = 0;
    unsigned of = 0;
    double x = 0;
    const char* text = setting.c_str();
    if (std::sscanf(text, "fold=%u/%u", &n, &of) == 2 && n < of) {
      s.fold = n;
      s.of = of;
    } else if (std::sscanf(text, "epochs=%u", &n) == 1) {
      s.epochs = n;
    } else if (std::sscanf(text, "more_epochs=%u", &n) == 1) {
      s.more_epochs = n;
    } else if (std::sscanf(text, "cutoff=%u", &n) == 1) {
      s.cutoff = n;
    } else if (std::sscanf(text, "rows=%u", &n) == 1) {
      s.rows = n;
    } else if (std::sscanf(text, "lexicon_count=%u", &n) == 1) {
      s.lexicon_count = n;
    } else if (std::sscanf(text, "lexicon_share=%lf", &x) == 1) {
      s.lexicon_share = x;
    } else if (std::sscanf(text, "rate=%lf", &x) == 1) {
      s.rate = x;
    } else if (std::sscanf(text, "dropout=%lf", &x) == 1) {
      s.dropout = x;
    } else if (std::sscanf(text, "scale=%lf", &x) == 1) {
      s.scale = x;
    } else {
      throw Error("--set " + setting +
                  " is unknown to train pos; it takes fold=K/N, epochs, more_epochs, cutoff, rows, lexicon_count, "
                  "lexicon_share, rate, dropout, scale");
    }
  }
  return s;
}

}  // namespace

void train_pos(const TrainJob& job) {
  const Settings settings = read_settings(job);
  ModelSections sections;
  if (!job.resources.empty()) {
    sections["classes.bin"] = word_class_section(job.resources);
    update_model(job.model, sections);
  }
  const auto base = base_model(job.model);
  const WordClasses classes(base->section("classes.bin"));
  const Segmenter segmenter(*base);
  Workspace workspace(&classes);
  std::vector<TaggedText> texts;
  for (const std::string& path : job.data) {
    const size_t before = texts.size();
    for (TaggedText& text : read_tagged(path, job.resources, segmenter, workspace, settings.fold, settings.of))
      texts.push_back(std::move(text));
    std::fprintf(stderr, "%s: %zu documents\n", path.c_str(), texts.size() - before);
  }
  sections["pos.bin"] = train_tagger(workspace.types, texts, settings,
                                     [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); });
  update_model(job.model, sections);
}

}  // namespace newsnlp
