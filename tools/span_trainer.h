// Room: tools. Training of the recognizer's second pass: a log-linear model over the candidates that first-pass models
// propose for articles that they have not seen.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ner_corpus.h"
#include "ner_samples.h"
#include "span_model.h"

namespace newsnlp {

struct SpanSettings {
  uint32_t epochs = 5;
  double rate = 0.02;
  double dropout = 0.1;
  double least_weight = 0.03;  // rows whose largest weight is below are left out
  uint64_t seed = 3;
};

/// What the trainer reads of the first pass. A sequence is a region, as in NerSamples.
struct SpanTask {
  const std::vector<NameArticleLabels>& articles;
  const std::vector<uint32_t>& corpus;  // of each article: number of its file
  const std::vector<uint32_t>& fold;    // of each article: what is learned of a fold for it is learned of the others
  uint32_t types = 0;
  const NerSamples& samples;
  const std::vector<std::vector<Crf::Marginal>>& marginals;  // of each sequence, by a model that has not seen it
  const NameResources& resources;
  Casing casing = Casing::Kept;
  const Segmenter& segmenter;
  const WordClasses& classes;
};

/// Gives the content of the section. `report` gets lines of cross-validated figures.
SpanModel::Content train_spans(const SpanTask& task, const SpanSettings& settings,
                               const std::function<void(const std::string&)>& report);

}  // namespace newsnlp
