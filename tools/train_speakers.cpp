#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void train_speakers(const TrainJob&) {
  throw Error("train speakers is missing from this build");
}

}  // namespace newsnlp
