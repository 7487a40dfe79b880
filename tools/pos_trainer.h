// Room: tools. The tagger's averaged perceptron.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tagged_text.h"
#include "word_type.h"

namespace newsnlp {

struct PosSettings {
  uint32_t seed = 1;
  uint32_t epochs = 4;
  uint32_t lexicon_count = 20;   // a form seen that often has only the tags that it was seen with …
  double lexicon_share = 0.003;  // … in at least this share
  uint32_t cutoff = 3;           // a feature must be seen that often
  double scale = 8;              // integer score a unit of weight
  double floor = 0;              // a smaller weight is left out …
  uint32_t rows = 130000;        // … and the smallest ones, until the table has so many rows
};

/// The bytes of section "pos.bin", learned from `texts`, whose word ids are of `types`. The same input gives the same
/// bytes. `log` receives a line of progress an epoch.
std::string train_tagger(const WordTypes& types, const std::vector<TaggedText>& texts, const PosSettings& settings,
                         const std::function<void(const std::string&)>& log);

}  // namespace newsnlp
