#include "commands.h"
#include "newsnlp/error.h"

namespace newsnlp {

void evaluate_ner(const EvaluateJob&) {
  throw Error("evaluate ner is missing from this build");
}

}  // namespace newsnlp
