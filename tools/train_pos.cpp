#include "commands.h"
#include "model_update.h"
#include "newsnlp/error.h"
#include "word_class_table.h"

namespace newsnlp {

void train_pos(const TrainJob& job) {
  ModelSections sections;
  if (!job.resources.empty()) sections["classes.bin"] = word_class_section(job.resources);
  update_model(job.model, sections);
}

}  // namespace newsnlp
