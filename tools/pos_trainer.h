// Room: tools. The tagger's weights: multinomial logistic regression, a token at a time, on the tags that the model
// itself has given before it.
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
  uint32_t epochs = 4;           // before the small weights are dropped …
  uint32_t more_epochs = 4;      // … and after that, averaged
  uint32_t lexicon_count = 20;   // a form seen that often has only the tags that it was seen with …
  double lexicon_share = 0.003;  // … in at least this share
  uint32_t cutoff = 3;           // a feature must be seen that often
  double rate = 0.2;             // of the first step; falls to a tenth
  double dropout = 0.3;          // share of a token's features that a step does not see
  double scale = 16;             // integer score a unit of weight
  uint32_t rows = 130000;        // of three weights each: the largest ones stay
};

/// The bytes of section "pos.bin", learned from `texts`, whose word ids are of `types`. The same input gives the same
/// bytes. `log` receives a line of progress an epoch.
std::string train_tagger(const WordTypes& types, const std::vector<TaggedText>& texts, const PosSettings& settings,
                         const std::function<void(const std::string&)>& log);

}  // namespace newsnlp
