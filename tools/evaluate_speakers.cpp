#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void evaluate_speakers(const EvaluateJob&) {
  throw Error("evaluate speakers is missing from this build");
}

}  // namespace newsnlp
