// train ner: names.bin (lists, capitals, topics), ner.bin and ner_folded.bin (weights).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>

#include "commands.h"
#include "crf_trainer.h"
#include "model_update.h"
#include "name_model.h"
#include "name_resource_builder.h"
#include "ner_corpus.h"
#include "ner_samples.h"
#include "newsnlp/error.h"
#include "span_trainer.h"

namespace newsnlp {
namespace {

using Clock = std::chrono::steady_clock;

/// The "key=value" settings of experiments, and how the shipped model is trained.
struct Recipe {
  double epochs = 15;
  double dropout = 0.5;
  double rate = 0.1;
  double l2 = 1;
  double least_count = 2;
  double seeds = 5;        // models that are averaged; 0: the first pass stays as it is
  double kept = 1;         // train the model that sees case
  double folded = 1;       // train the caseless model too
  double folds = 5;        // of the jackknife that the second pass learns from
  double fold_seeds = 3;   // models that are averaged for each fold
  double span_epochs = 5;  // the second pass
  double span_rate = 0.02;
  double span_dropout = 0.1;
  double span_least_weight = 0.03;
  double resources = 1;  // build names.bin anew
  double rows = 91000;   // of features with the largest weights; all others are left out
  double rows_folded = 66000;

  explicit Recipe(const std::vector<std::string>& settings) {
    const std::map<std::string, double*> keys = {{"epochs", &epochs},
                                                 {"dropout", &dropout},
                                                 {"rate", &rate},
                                                 {"l2", &l2},
                                                 {"least_count", &least_count},
                                                 {"seeds", &seeds},
                                                 {"kept", &kept},
                                                 {"folded", &folded},
                                                 {"folds", &folds},
                                                 {"fold_seeds", &fold_seeds},
                                                 {"span_epochs", &span_epochs},
                                                 {"span_rate", &span_rate},
                                                 {"span_dropout", &span_dropout},
                                                 {"span_least_weight", &span_least_weight},
                                                 {"resources", &resources},
                                                 {"rows", &rows},
                                                 {"rows_folded", &rows_folded}};
    for (const std::string& s : settings) {
      const size_t equals = s.find('=');
      const auto it = keys.find(s.substr(0, equals));
      if (equals == std::string::npos || it == keys.end())
        throw Error("unknown setting \"" + s +
                    "\"; train ner knows epochs, dropout, rate, l2, least_count, seeds, kept, "
                    "folded, folds, fold_seeds, resources, rows, rows_folded, span_epochs, span_rate, "
                    "span_dropout and span_least_weight");
      *it->second = std::atof(s.c_str() + equals + 1);
    }
  }
};

class NerTraining {
 public:
  /// `corpus` holds the number of each article's file.
  NerTraining(const TrainJob& job, const std::vector<NameArticleLabels>& articles, const std::vector<uint32_t>& corpus,
              const std::vector<EntityType>& types)
      : job_(job), recipe_(job.settings), articles_(articles), corpus_(corpus), types_(types) {
    const size_t folds = std::clamp<size_t>(static_cast<size_t>(recipe_.folds), 1, articles.size());
    for (size_t a = 0; a < articles.size(); ++a) fold_.push_back(static_cast<uint32_t>(a % folds));
  }

  struct Sections {
    std::string names, spans;
  };

  Sections train(const NameResources& resources, Casing casing, const Segmenter& segmenter,
                 const WordClasses& classes) const {
    const NerSamples samples = make_ner_samples(articles_, types_, resources, casing, segmenter, classes,
                                                static_cast<uint32_t>(recipe_.least_count));
    size_t lost = 0;
    for (uint32_t l : samples.lost) lost += l;
    say("%s: %zu regions, %zu tokens, %zu features, %.1f a token; %zu names outside\n",
        casing == Casing::Kept ? "ner.bin" : "ner_folded.bin", samples.crf.size(), samples.crf.labels.size(),
        samples.features.size(),
        static_cast<double>(samples.crf.features.size()) / std::max<size_t>(1, samples.crf.labels.size()), lost);
    SectionWriter spans;
    {
      const std::vector<std::vector<Crf::Marginal>> marginals = jackknife(samples);
      const SpanTask task{articles_, corpus_,   fold_,     static_cast<uint32_t>(types_.size()),
                          samples,   marginals, resources, casing,
                          segmenter, classes};
      SpanSettings settings;
      settings.epochs = static_cast<uint32_t>(recipe_.span_epochs);
      settings.rate = recipe_.span_rate;
      settings.dropout = recipe_.span_dropout;
      settings.least_weight = recipe_.span_least_weight;
      const SpanModel::Content content =
          train_spans(task, settings, [&](const std::string& line) { say("  %s\n", line.c_str()); });
      SpanModel::write(content, spans);
      say("  %zu rows, %.2f MB\n", content.features.size(), static_cast<double>(spans.bytes().size()) / 1e6);
    }
    const auto seeds = static_cast<uint32_t>(recipe_.seeds);
    if (seeds == 0) return {{}, spans.bytes()};
    const CrfWeights sum = run(samples, job_.seed, seeds, [](uint32_t) { return true; });
    NameModel::Content content;
    content.casing = casing;
    quantise(samples, sum, static_cast<size_t>(casing == Casing::Kept ? recipe_.rows : recipe_.rows_folded), content);
    SectionWriter out;
    NameModel::write(content, out);
    say("  %zu rows, %.2f MB\n", content.features.size(), static_cast<double>(out.bytes().size()) / 1e6);
    return {out.bytes(), spans.bytes()};
  }

  template <class... Args>
  void say(const char* format, Args... args) const {
    std::fprintf(stderr, "[%5.0f s] ", std::chrono::duration<double>(Clock::now() - start_).count());
    std::fprintf(stderr, format, args...);
  }
  const Recipe& recipe() const { return recipe_; }

 private:
  // The mean of models that differ by their seeds.
  CrfWeights run(const NerSamples& samples, uint64_t seed, uint32_t models,
                 const std::function<bool(uint32_t)>& use) const {
    constexpr uint64_t kNext = 1000;  // far from the seeds of other folds
    CrfWeights sum = run(samples, seed, use);
    for (uint32_t m = 1; m < models; ++m) {
      const CrfWeights one = run(samples, seed + m * kNext, use);
      for (size_t i = 0; i < one.weights.size(); ++i) sum.weights[i] += one.weights[i];
      for (size_t i = 0; i < one.steps.size(); ++i) sum.steps[i] += one.steps[i];
    }
    for (float& w : sum.weights) w /= static_cast<float>(models);
    for (float& w : sum.steps) w /= static_cast<float>(models);
    return sum;
  }

  CrfWeights run(const NerSamples& samples, uint64_t seed, const std::function<bool(uint32_t)>& use) const {
    CrfSettings settings;
    settings.epochs = static_cast<uint32_t>(recipe_.epochs);
    settings.dropout = recipe_.dropout;
    settings.rate = recipe_.rate;
    settings.l2 = recipe_.l2;
    settings.seed = seed;
    return train_crf(samples.crf, static_cast<uint32_t>(types_.size()), samples.features.size(), settings, use,
                     [&](uint32_t epoch, double loss) {
                       if ((epoch + 1) % 5 == 0)
                         say("  seed %llu epoch %u loss %.0f\n", static_cast<unsigned long long>(seed), epoch + 1,
                             loss);
                     });
  }

  // Marginals of every sequence by a model that was trained without its article; prints what that model finds.
  std::vector<std::vector<Crf::Marginal>> jackknife(const NerSamples& samples) const {
    const uint32_t folds = *std::max_element(fold_.begin(), fold_.end()) + 1;
    std::vector<std::vector<Crf::Marginal>> marginals(samples.crf.size());
    Crf::Lattice lattice;
    std::vector<int16_t> emission;
    std::vector<Crf::Chunk> chunks;
    struct Tally {
      size_t gold = 0, found = 0, right = 0;
    };
    std::vector<Tally> tally(corpus_.back() + 1);
    for (size_t a = 0; a < articles_.size(); ++a) tally[corpus_[a]].gold += samples.lost[a];
    for (uint32_t k = 0; k < folds; ++k) {
      const auto held = [&](uint32_t s) { return folds < 2 || fold_[samples.crf.group[s]] == k; };
      const CrfWeights model =
          run(samples, job_.seed + 100 + k, std::max(1U, static_cast<uint32_t>(recipe_.fold_seeds)),
              [&](uint32_t s) { return folds < 2 || !held(s); });
      const Crf crf = to_crf(model, types_);
      for (uint32_t s = 0; s < samples.crf.size(); ++s) {
        if (!held(s)) continue;
        Tally& t = tally[corpus_[samples.crf.group[s]]];
        const uint32_t length = samples.crf.sequence_begin[s + 1] - samples.crf.sequence_begin[s];
        emission_of(samples.crf, s, model, crf.row(), emission);
        crf.decode(emission, length, lattice, chunks);
        crf.marginals(emission, length, {}, SpanCandidate::kLeast, SpanCandidate::kLongest, lattice, marginals[s]);
        t.gold += samples.gold[s].size();
        t.found += chunks.size();
        for (const Crf::Chunk& c : chunks)
          t.right += std::find(samples.gold[s].begin(), samples.gold[s].end(), c) != samples.gold[s].end();
      }
    }
    for (size_t c = 0; c < tally.size(); ++c) {
      const Tally& t = tally[c];
      say("  first pass, held out, %s: F1 %.2f (P %.2f R %.2f, %zu names)\n", job_.data[c].c_str(),
          200.0 * t.right / std::max<size_t>(1, t.gold + t.found), 100.0 * t.right / std::max<size_t>(1, t.found),
          100.0 * t.right / std::max<size_t>(1, t.gold), t.gold);
    }
    return marginals;
  }

  void quantise(const NerSamples& samples, const CrfWeights& model, size_t rows, NameModel::Content& content) const {
    content.crf = to_crf(model, types_);
    const uint32_t row = content.crf.row();
    std::vector<std::pair<float, uint32_t>> by_weight;
    for (uint32_t f = 0; f < samples.features.size(); ++f) {
      float largest = 0;
      for (uint32_t b = 0; b < row; ++b) largest = std::max(largest, std::abs(model.weights[size_t{f} * row + b]));
      if (std::lround(largest * Crf::kScale) > 0) by_weight.emplace_back(-largest, f);
    }
    std::sort(by_weight.begin(), by_weight.end());
    by_weight.resize(std::min(by_weight.size(), rows));
    for (const auto& [weight, f] : by_weight) {
      content.features.push_back(samples.features[f]);
      for (uint32_t b = 0; b < row; ++b)
        content.weights.push_back(static_cast<int8_t>(
            std::clamp(std::lround(model.weights[size_t{f} * row + b] * Crf::kScale), -127L, 127L)));
    }
  }

  const TrainJob& job_;
  Recipe recipe_;
  const std::vector<NameArticleLabels>& articles_;
  const std::vector<uint32_t>& corpus_;
  std::vector<uint32_t> fold_;
  std::vector<EntityType> types_;
  Clock::time_point start_ = Clock::now();
};

// The types that the model learns: of PER, ORG, LOC, MISC those that occur; any others only where none of these does,
// since dates, amounts and addresses are found by patterns.
std::vector<EntityType> types_of(const std::vector<NameArticleLabels>& articles) {
  std::vector<EntityType> all;
  for (const NameArticleLabels& a : articles)
    for (const LabelledName& n : a.names)
      if (std::find(all.begin(), all.end(), n.type) == all.end()) all.push_back(n.type);
  std::sort(all.begin(), all.end());
  std::vector<EntityType> names = all;
  std::erase_if(names, [](EntityType t) { return t > EntityType::Misc; });
  return names.empty() ? all : names;
}

}  // namespace

void train_ner(const TrainJob& job) {
  std::vector<NameArticleLabels> articles;
  std::vector<uint32_t> corpus;  // of each article: number of its file
  for (uint32_t c = 0; c < job.data.size(); ++c)
    for (NameArticleLabels& a : read_ner_corpus(job.data[c])) {
      articles.push_back(std::move(a));
      corpus.push_back(c);
    }
  const std::vector<EntityType> types = types_of(articles);
  if (types.empty()) throw ListError(job.data.front() + ": no labelled name; expected at least one");
  const auto base = base_model(job.model);
  const Segmenter segmenter(*base);
  const WordClasses classes(base->section("classes.bin"));
  NerTraining training(job, articles, corpus, types);
  ModelSections changed;
  const bool build = !job.resources.empty() && training.recipe().resources > 0;
  if (build) {
    changed["names.bin"] = build_name_resources(job.resources, articles, segmenter, classes);
    training.say("names.bin: %.2f MB\n", static_cast<double>(changed["names.bin"].size()) / 1e6);
  }
  const NameResources resources(build ? std::as_bytes(std::span(changed["names.bin"])) : base->section("names.bin"));
  // A new names.bin makes old weights worthless: what is not trained is emptied then, else it stays.
  const auto sections = [&](const char* names, const char* spans, bool train, Casing casing) {
    if (train) {
      NerTraining::Sections trained = training.train(resources, casing, segmenter, classes);
      if (!trained.names.empty()) changed[names] = std::move(trained.names);
      changed[spans] = std::move(trained.spans);
    } else if (build) {
      changed[names].clear();
      changed[spans].clear();
    }
  };
  sections("ner.bin", "ner_spans.bin", training.recipe().kept > 0, Casing::Kept);
  sections("ner_folded.bin", "ner_folded_spans.bin", training.recipe().folded > 0, Casing::Folded);
  update_model(job.model, changed);
}

}  // namespace newsnlp
