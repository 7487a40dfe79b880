// Room: tools. Builds section "names.bin" of lists of names, word classes and the training texts.
#pragma once

#include <string>
#include <vector>

#include "name_resources.h"
#include "ner_corpus.h"
#include "segmenter.h"
#include "word_classes.h"

namespace newsnlp {

/// How words are written inside sentences of running text.
struct CaseCounts {
  uint32_t lower = 0;
  uint32_t capital = 0;
};

/// `resources` is the folder with lexicon/, word_classes/ and, if it is there, quotes/polnear/train.jsonl (texts whose
/// capitals are counted, but those of ner/us_politics/us_politics.dev.jsonl). Throws Error for a missing list.
std::string build_name_resources(const std::string& resources, const std::vector<NameArticleLabels>& articles,
                                 const Segmenter& segmenter, const WordClasses& classes);

}  // namespace newsnlp
