#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

#include "commands.h"
#include "model_update.h"
#include "newsnlp/error.h"
#include "resolver.h"
#include "resolver_notes.h"
#include "resolver_pronouns.h"
#include "score_calibration.h"
#include "speaker_model.h"
#include "speaker_stages.h"

namespace newsnlp {
namespace {

struct Settings {
  int epochs = 8;
  double rate = 0.05;
  double decay = 1e-5;
  double news = 3;  // weight of the articles with quotes
  int folds = 5;
  double gender = 4;  // first weight of a sure fit; the opposite for a sure contradiction
};

Settings read_settings(const std::vector<std::string>& list) {
  Settings s;
  for (const std::string& setting : list) {
    const size_t equals = setting.find('=');
    const std::string key = setting.substr(0, equals);
    const double value = equals == std::string::npos ? 0 : std::stod(setting.substr(equals + 1));
    if (key == "epochs")
      s.epochs = static_cast<int>(value);
    else if (key == "rate")
      s.rate = value;
    else if (key == "decay")
      s.decay = value;
    else if (key == "news")
      s.news = value;
    else if (key == "gender")
      s.gender = value;
    else if (key == "folds")
      s.folds = static_cast<int>(value);
    else
      throw Error("unknown setting \"" + key + "\"; use epochs, rate, decay, news, gender or folds");
  }
  return s;
}

// An article as the linker left it, with what the workspace knew of it.
struct Prepared {
  Layers layers;
  ArticleNotes notes;
  std::vector<IndexRange> mention_tokens;
  std::vector<int16_t> gender;
  struct Label {
    Span span;
    std::vector<uint8_t> right;  // of each entity: 1 right, 2 wrong, 0 unknown (wrong where some other is right)
  };
  std::vector<Label> labels;
  bool news = false;
};

Prepared prepare(SpeakerStages& stages, const SpeakerArticle& article) {
  Prepared p;
  p.layers = stages.read(article);
  Workspace& w = stages.workspace();
  const LinkNotes& notes = LinkNotes::of(w);
  p.notes = w.notes();
  p.mention_tokens = notes.mention_tokens;
  p.gender = notes.gender;
  p.news = !article.article.quotes.empty();
  for (const SpeakerUnit& u : article.units) {
    Prepared::Label label{u.span, std::vector<uint8_t>(p.layers.entities.size(), 0)};
    for (size_t e = 0; e < p.layers.entities.size(); ++e)
      if (!u.names.empty() && same_speaker(u.names, p.layers.of(p.layers.entities[e].name))) label.right[e] = 1;
    for (const SpeakerUnit::Name& n : u.gap_names)
      if (const uint32_t e = SpeakerStages::entity_at(p.layers, n.span); e != Mention::kNoEntity)
        label.right[e] = n.same ? 1 : 2;
    p.labels.push_back(std::move(label));
  }
  return p;
}

class Training {
 public:
  Training(SpeakerStages& stages, Settings settings) : stages_(stages), settings_(settings), model_(stages.model()) {}

  std::vector<double> train(const std::vector<Prepared>& articles, const std::vector<size_t>& chosen, uint32_t seed) {
    weights_.assign(feature_space(), 0);
    // What everybody knows of gender, and the labels hardly show: they seldom offer somebody of the other one.
    for (size_t i = 0; i < 5; ++i) weights_[i] = settings_.gender * (2 - static_cast<double>(i)) / 2;
    std::vector<double> sum(feature_space(), 0);
    std::vector<size_t> order = chosen;
    std::mt19937 random(seed);
    int summed = 0;
    for (int epoch = 0; epoch < settings_.epochs; ++epoch) {
      for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
      rate_ = settings_.rate / (1 + epoch);
      for (size_t i : order) read(articles[i], true, nullptr);
      if (epoch * 3 < settings_.epochs) continue;
      for (size_t f = 0; f < sum.size(); ++f) sum[f] += weights_[f];
      ++summed;
    }
    for (double& w : sum) w /= std::max(1, summed);
    weights_ = sum;
    return sum;
  }

  /// Softmax probability of the best candidate, and whether it is right, of each labelled pronoun.
  void judge(const Prepared& article, std::vector<std::pair<float, bool>>& out) { read(article, false, &out); }
  void set_weights(std::vector<double> weights) { weights_ = std::move(weights); }

 private:
  void read(const Prepared& p, bool learn, std::vector<std::pair<float, bool>>* judged) {
    Workspace& w = stages_.workspace();
    LinkNotes& notes = LinkNotes::of(w);
    w.notes() = p.notes;
    notes.mention_tokens = p.mention_tokens;
    notes.gender = p.gender;
    const auto choose = [&](const PronounQuery& q, std::span<RankCandidate> candidates,
                            const PronounReader::Features& features) {
      std::vector<double> scores;
      for (const auto& list : features) {
        double s = 0;
        for (uint16_t f : list) s += weights_[f];
        scores.push_back(s);
      }
      const auto best = static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
      const Span here = p.layers.tokens[q.token].span;
      const auto label = std::find_if(p.labels.begin(), p.labels.end(), [&](auto& l) { return l.span == here; });
      if (label == p.labels.end()) return best;
      double total = 0;
      const double top = scores[best];
      for (double& s : scores) s = std::exp(s - top), total += s;
      double right = 0, wrong = 0;
      for (size_t i = 0; i < candidates.size(); ++i) {
        scores[i] /= total;
        const uint8_t sign = label->right[candidates[i].entity];
        if (sign == 1) right += scores[i];
        if (sign == 2) wrong += scores[i];
      }
      if (judged != nullptr)
        judged->emplace_back(static_cast<float>(scores[best]), label->right[candidates[best].entity] == 1);
      if (learn) learn_from(*label, candidates, features, scores, right, wrong, p.news ? settings_.news : 1);
      return best;
    };
    const Span asked = p.labels.empty() || p.news ? Span{} : p.labels[0].span;
    PronounReader(model_, scratch_).read(p.layers, w, notes, choose, asked);
  }

  // Gradient of the log probability that one of the right candidates is chosen; where none is right, that none of the
  // wrong ones is.
  void learn_from(const Prepared::Label& label, std::span<RankCandidate> candidates,
                  const PronounReader::Features& features, const std::vector<double>& p, double right, double wrong,
                  double weight) {
    if (right <= 1e-12 && (wrong <= 1e-12 || wrong > 1 - 1e-9)) return;
    for (size_t i = 0; i < candidates.size(); ++i) {
      const uint8_t sign = label.right[candidates[i].entity];
      double target = 0;
      if (right > 1e-12)
        target = sign == 1 ? p[i] / right : 0;
      else
        target = sign == 2 ? 0 : p[i] / (1 - wrong);
      const double step = rate_ * weight * (target - p[i]);
      for (uint16_t f : features[i]) {
        double& w = weights_[f];
        w += step - rate_ * settings_.decay * w;
      }
    }
  }

  SpeakerStages& stages_;
  Settings settings_;
  SpeakerModel model_;
  PronounScratch scratch_;
  std::vector<double> weights_;
  double rate_ = 0;
};

// How often each ground is right on records in which every speaker is labelled, gold sources given. With two cases of
// the common share added, so that a rare ground is not sure of itself.
class GroundCounts {
 public:
  explicit GroundCounts(SpeakerStages& stages) : stages_(stages), resolver_(stages.model(), always()) {}

  void add(const SpeakerArticle& article) {
    Layers layers = stages_.read(article);
    resolver_.resolve(layers, stages_.workspace());
    const std::vector<Ground>& grounds = ResolverNotes::of(stages_.workspace()).grounds;
    for (size_t i = 0; i < layers.quotes.size(); ++i) {
      const Quote& q = layers.quotes[i];
      const std::vector<std::string>& names = article.labels[i].names;
      if (grounds[i] == Ground::Count || names.empty() || !q.speech || !q.speaker) continue;
      Count& c = counts_[static_cast<size_t>(grounds[i])];
      ++c.all;
      if (right_speaker(names, layers.of(layers.entities[*q.speaker].name))) ++c.right;
    }
  }

  std::vector<double> probabilities() const {
    Count total;
    for (const Count& c : counts_) total.right += c.right, total.all += c.all;
    if (total.all == 0) throw Error("no record with labelled speakers of every kind is in the data; add records.jsonl");
    const double common = total.right / total.all;
    std::vector<double> out;
    for (size_t i = 0; i < counts_.size(); ++i) {
      const Count& c = counts_[i];
      out.push_back((c.right + kAdded * common) / (c.all + kAdded));
      std::fprintf(stderr, "  ground %2zu: %3.0f of %3.0f right, %.3f\n", i, c.right, c.all, out.back());
    }
    return out;
  }

 private:
  static constexpr double kAdded = 2;
  struct Count {
    double right = 0, all = 0;
  };
  static Options always() {
    Options o;
    o.min_speaker_score = 0;
    return o;
  }
  SpeakerStages& stages_;
  Resolver resolver_;
  std::array<Count, static_cast<size_t>(Ground::Count)> counts_{};
};

}  // namespace

void train_speakers(const TrainJob& job) {
  const Settings settings = read_settings(job.settings);
  SpeakerStages stages(base_model(job.model));
  std::vector<Prepared> articles;
  GroundCounts grounds(stages);
  for (const std::string& file : job.data) {
    const size_t before = articles.size();
    size_t records = 0;
    for (const SpeakerArticle& a : read_speaker_corpus(file)) {
      if (a.records)
        grounds.add(a), ++records;
      else
        articles.push_back(prepare(stages, a));
    }
    std::fprintf(stderr, "%s: %zu articles\n", file.c_str(), articles.size() - before + records);
  }
  Training training(stages, settings);
  // Cross-validation by article gives what the calibration is made of: news articles where there are some.
  std::vector<std::pair<float, bool>> judged;
  const bool news = std::any_of(articles.begin(), articles.end(), [](const Prepared& p) { return p.news; });
  for (int fold = 0; fold < settings.folds; ++fold) {
    std::vector<size_t> rest;
    const auto held = [&](size_t i) {
      return articles[i].news == news && static_cast<int>(i % static_cast<size_t>(settings.folds)) == fold;
    };
    for (size_t i = 0; i < articles.size(); ++i)
      if (!held(i)) rest.push_back(i);
    training.train(articles, rest, job.seed);
    for (size_t i = 0; i < articles.size(); ++i)
      if (held(i)) training.judge(articles[i], judged);
  }
  const auto right = std::count_if(judged.begin(), judged.end(), [](const auto& j) { return j.second; });
  std::fprintf(stderr, "cross-validated on %zu pronouns with candidates: %.1f%% right\n", judged.size(),
               judged.empty() ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(judged.size()));
  std::vector<double> calibration(SpeakerModel::kBins);
  if (judged.empty()) throw Error("no labelled pronoun has a candidate; train ner first, then speakers");
  const std::vector<uint16_t> table = isotonic_table(judged, SpeakerModel::kBins);
  for (size_t i = 0; i < table.size(); ++i) calibration[i] = table[i] / 65535.0;
  std::vector<size_t> all(articles.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  const std::vector<double> weights = training.train(articles, all, job.seed);
  SectionWriter section;
  SpeakerModel::write(weights, calibration, 0.3, grounds.probabilities(), section);
  update_model(job.model, {{"speakers.bin", section.bytes()}});
}

}  // namespace newsnlp
