#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void train_ner(const TrainJob&) {
  throw Error("train ner is missing from this build");
}

}  // namespace newsnlp
