// Room: tools. Labelled articles -> sequences of features and labels for the CRF, with the templates of the run time.
#pragma once

#include <cstdint>
#include <vector>

#include "crf_trainer.h"
#include "name_resources.h"
#include "name_word.h"
#include "ner_corpus.h"
#include "segmenter.h"
#include "word_classes.h"

namespace newsnlp {

struct NerSamples {
  CrfSamples crf;                             // a sequence is a region; its group is the article's number
  std::vector<uint64_t> features;             // hash of each feature number
  std::vector<std::vector<Crf::Chunk>> gold;  // of each sequence, by its own tokens
  std::vector<uint32_t> lost;                 // of each article: names outside all regions, or torn by their edges
};

/// `types` are the types that are learned; names of others are passed over. Features that stand at fewer than
/// `least_count` tokens are left out.
NerSamples make_ner_samples(const std::vector<NameArticleLabels>& articles, const std::vector<EntityType>& types,
                            const NameResources& resources, Casing casing, const Segmenter& segmenter,
                            const WordClasses& classes, uint32_t least_count);

}  // namespace newsnlp
