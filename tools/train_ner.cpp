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
  double seeds = 3;            // models that are averaged
  double kept = 1;             // train the model that sees case
  double folded = 1;           // train the caseless model too
  double held_out = 5;         // every n-th article measures and calibrates; 0: none
  double resources = 1;        // build names.bin anew
  double least_weight = 0.06;  // rows whose largest weight is below are left out
  double least_weight_folded = 0.09;

  explicit Recipe(const std::vector<std::string>& settings) {
    const std::map<std::string, double*> keys = {{"epochs", &epochs},
                                                 {"dropout", &dropout},
                                                 {"rate", &rate},
                                                 {"l2", &l2},
                                                 {"least_count", &least_count},
                                                 {"seeds", &seeds},
                                                 {"kept", &kept},
                                                 {"folded", &folded},
                                                 {"held_out", &held_out},
                                                 {"resources", &resources},
                                                 {"least_weight", &least_weight},
                                                 {"least_weight_folded", &least_weight_folded}};
    for (const std::string& s : settings) {
      const size_t equals = s.find('=');
      const auto it = keys.find(s.substr(0, equals));
      if (equals == std::string::npos || it == keys.end())
        throw Error("unknown setting \"" + s +
                    "\"; train ner knows epochs, dropout, rate, l2, least_count, seeds, kept, folded, "
                    "held_out, resources, least_weight and least_weight_folded");
      *it->second = std::atof(s.c_str() + equals + 1);
    }
  }
};

/// Pairs of marginal and outcome become a table that says how often a marginal is right.
std::vector<uint16_t> isotonic(std::vector<std::pair<double, bool>> outcomes) {
  struct Block {
    double at, right, count;
  };
  std::sort(outcomes.begin(), outcomes.end());
  std::vector<Block> blocks;
  constexpr size_t kBin = 50;
  for (size_t i = 0; i < outcomes.size(); i += kBin) {
    Block b{0, 0, 0};
    for (size_t j = i; j < std::min(i + kBin, outcomes.size()); ++j) {
      b.at += outcomes[j].first;
      b.right += outcomes[j].second;
      ++b.count;
    }
    blocks.push_back(b);
    while (blocks.size() > 1) {
      Block& low = blocks[blocks.size() - 2];
      const Block& high = blocks.back();
      if (low.right / low.count < high.right / high.count) break;
      low = {low.at + high.at, low.right + high.right, low.count + high.count};
      blocks.pop_back();
    }
  }
  std::vector<std::pair<double, double>> curve = {{0, 0}};
  for (const Block& b : blocks) curve.emplace_back(b.at / b.count, (b.right + 0.5) / (b.count + 1));
  if (blocks.empty())
    curve.emplace_back(1, 1);
  else
    curve.emplace_back(1.0 + 1e-9, curve.back().second);
  std::vector<uint16_t> table;
  size_t k = 1;
  for (uint32_t i = 0; i < NameModel::kKnots; ++i) {
    const double x = static_cast<double>(i) / (NameModel::kKnots - 1);
    while (k + 1 < curve.size() && curve[k].first < x) ++k;
    const auto& [x0, y0] = curve[k - 1];
    const auto& [x1, y1] = curve[k];
    const double y = x1 > x0 ? y0 + (y1 - y0) * std::clamp((x - x0) / (x1 - x0), 0.0, 1.0) : y1;
    table.push_back(static_cast<uint16_t>(std::lround(std::clamp(y, 0.0, 1.0) * 65535)));
  }
  return table;
}

class NerTraining {
 public:
  NerTraining(const TrainJob& job, const std::vector<NameArticleLabels>& articles, const std::vector<EntityType>& types)
      : job_(job), recipe_(job.settings), articles_(articles), types_(types) {}

  std::string train(const NameResources& resources, Casing casing, const Segmenter& segmenter,
                    const WordClasses& classes) {
    const NerSamples samples = make_ner_samples(articles_, types_, resources, casing, segmenter, classes,
                                                static_cast<uint32_t>(recipe_.least_count));
    size_t lost = 0;
    for (uint32_t l : samples.lost) lost += l;
    say("%s: %zu regions, %zu tokens, %zu features, %.1f a token; %zu names outside\n",
        casing == Casing::Kept ? "ner.bin" : "ner_folded.bin", samples.crf.size(), samples.crf.labels.size(),
        samples.features.size(),
        static_cast<double>(samples.crf.features.size()) / std::max<size_t>(1, samples.crf.labels.size()), lost);
    NameModel::Content content;
    content.casing = casing;
    for (auto& c : content.calibration) c = isotonic({});
    if (const auto every = static_cast<uint32_t>(recipe_.held_out); every > 1) calibrate(samples, every, content);
    CrfWeights sum;
    const auto seeds = static_cast<uint32_t>(std::max(1.0, recipe_.seeds));
    for (uint32_t s = 0; s < seeds; ++s) {
      const CrfWeights one = run(samples, job_.seed + s, [](uint32_t) { return true; });
      if (s == 0) {
        sum = one;
        continue;
      }
      for (size_t i = 0; i < one.weights.size(); ++i) sum.weights[i] += one.weights[i];
      for (size_t i = 0; i < one.steps.size(); ++i) sum.steps[i] += one.steps[i];
    }
    for (float& w : sum.weights) w /= static_cast<float>(seeds);
    for (float& w : sum.steps) w /= static_cast<float>(seeds);
    quantise(samples, sum, casing == Casing::Kept ? recipe_.least_weight : recipe_.least_weight_folded, content);
    SectionWriter out;
    NameModel::write(content, out);
    say("  %zu rows, %.2f MB\n", content.features.size(), static_cast<double>(out.bytes().size()) / 1e6);
    return out.bytes();
  }

  template <class... Args>
  void say(const char* format, Args... args) const {
    std::fprintf(stderr, "[%5.0f s] ", std::chrono::duration<double>(Clock::now() - start_).count());
    std::fprintf(stderr, format, args...);
  }
  const Recipe& recipe() const { return recipe_; }

 private:
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

  void calibrate(const NerSamples& samples, uint32_t every, NameModel::Content& content) const {
    const auto held = [&](uint32_t s) { return samples.crf.group[s] % every == every - 1; };
    const CrfWeights model = run(samples, job_.seed + 100, [&](uint32_t s) { return !held(s); });
    const Crf crf = to_crf(model, types_);
    Crf::Lattice lattice;
    std::vector<int32_t> emission;
    std::vector<Crf::Chunk> chunks;
    std::array<std::vector<std::pair<double, bool>>, 2> outcomes;
    std::array<size_t, 2> gold{}, found{}, right{};
    for (uint32_t a = every - 1; a < articles_.size(); a += every)
      gold[articles_[a].layout == Layout::Article] += samples.lost[a];
    for (uint32_t s = 0; s < samples.crf.size(); ++s) {
      if (!held(s)) continue;
      const size_t domain = articles_[samples.crf.group[s]].layout == Layout::Article;
      const uint32_t length = samples.crf.sequence_begin[s + 1] - samples.crf.sequence_begin[s];
      emission_of(samples.crf, s, model, crf.row(), emission);
      crf.decode(emission, length, lattice, chunks);
      crf.forward_backward(emission, length, lattice);
      gold[domain] += samples.gold[s].size();
      found[domain] += chunks.size();
      for (const Crf::Chunk& c : chunks) {
        const bool ok = std::find(samples.gold[s].begin(), samples.gold[s].end(), c) != samples.gold[s].end();
        right[domain] += ok;
        outcomes[domain].emplace_back(crf.probability(c, lattice), ok);
      }
    }
    for (size_t d = 0; d < 2; ++d) {
      if (gold[d] > 0)
        say("  held out, %s: F1 %.2f (P %.2f R %.2f, %zu names)\n", d == 1 ? "raw text" : "given tokens",
            200.0 * right[d] / std::max<size_t>(1, gold[d] + found[d]),
            100.0 * right[d] / std::max<size_t>(1, found[d]), 100.0 * right[d] / gold[d], gold[d]);
      content.calibration[d] = isotonic(outcomes[outcomes[d].empty() ? 1 - d : d]);
    }
  }

  void quantise(const NerSamples& samples, const CrfWeights& model, double least, NameModel::Content& content) const {
    content.crf = to_crf(model, types_);
    const uint32_t row = content.crf.row();
    for (size_t f = 0; f < samples.features.size(); ++f) {
      float largest = 0;
      for (uint32_t b = 0; b < row; ++b) largest = std::max(largest, std::abs(model.weights[f * row + b]));
      if (largest < least) continue;
      content.features.push_back(samples.features[f]);
      for (uint32_t b = 0; b < row; ++b)
        content.weights.push_back(
            static_cast<int8_t>(std::clamp(std::lround(model.weights[f * row + b] * Crf::kScale), -127L, 127L)));
    }
  }

  const TrainJob& job_;
  Recipe recipe_;
  const std::vector<NameArticleLabels>& articles_;
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
  for (const std::string& file : job.data)
    for (NameArticleLabels& a : read_ner_corpus(file)) articles.push_back(std::move(a));
  const std::vector<EntityType> types = types_of(articles);
  if (types.empty()) throw ListError(job.data.front() + ": no labelled name; expected at least one");
  const auto base = base_model(job.model);
  const Segmenter segmenter(*base);
  const WordClasses classes(base->section("classes.bin"));
  NerTraining training(job, articles, types);
  ModelSections changed;
  const bool build = !job.resources.empty() && training.recipe().resources > 0;
  if (build) {
    changed["names.bin"] = build_name_resources(job.resources, articles, segmenter, classes);
    training.say("names.bin: %.2f MB\n", static_cast<double>(changed["names.bin"].size()) / 1e6);
  }
  const NameResources resources(build ? std::as_bytes(std::span(changed["names.bin"])) : base->section("names.bin"));
  // A new names.bin makes old weights worthless: what is not trained is emptied then, else it stays.
  const auto section = [&](const char* name, bool train, Casing casing) {
    if (train)
      changed[name] = training.train(resources, casing, segmenter, classes);
    else if (build)
      changed[name].clear();
  };
  section("ner.bin", training.recipe().kept > 0, Casing::Kept);
  section("ner_folded.bin", training.recipe().folded > 0, Casing::Folded);
  update_model(job.model, changed);
}

}  // namespace newsnlp
