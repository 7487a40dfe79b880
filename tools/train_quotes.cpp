#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void train_quotes(const TrainJob&) {
  throw Error("train quotes is missing from this build");
}

}  // namespace newsnlp
