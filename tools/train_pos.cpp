#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void train_pos(const TrainJob&) {
  throw Error("train pos is missing from this build");
}

}  // namespace newsnlp
