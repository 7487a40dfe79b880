#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void evaluate_quotes(const EvaluateJob&) {
  throw Error("evaluate quotes is missing from this build");
}

}  // namespace newsnlp
