// Room: recognizer. A name or a pattern's match, before it becomes a mention.
#pragma once

#include "newsnlp/document.h"

namespace newsnlp {

struct FoundName {
  IndexRange tokens;
  EntityType type = EntityType::Person;
  float score = 0;

  bool operator==(const FoundName&) const = default;
};

}  // namespace newsnlp
