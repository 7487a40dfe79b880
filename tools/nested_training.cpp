#include "nested_training.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "nested_judge.h"
#include "score_calibration.h"

namespace newsnlp {
namespace {

constexpr uint32_t kUnlabelledEvery = 3;  // of the articles without reports in contents every third is read
constexpr float kLeast = 0.65F;           // calibrated: reports inside contents should be sure
constexpr float kSame = 0.5F;             // share of a label's words that a reading must have to be judged by it

constexpr auto kAnalysis = static_cast<size_t>(RankerKind::Analysis);
constexpr auto kCue = static_cast<size_t>(RankerKind::NestedCue);
constexpr auto kReading = static_cast<size_t>(RankerKind::Nested);
constexpr auto kScore = static_cast<size_t>(ScoreKind::Nested);

std::vector<AlignedQuote>::const_iterator label_at(const QuoteTraining::Article& a, int cue) {
  return std::find_if(a.nested.begin(), a.nested.end(),
                      [&](const AlignedQuote& n) { return cue >= n.cue_begin && cue <= n.cue_end; });
}

}  // namespace

NestedTraining::NestedTraining(QuoteTraining& training, const Model& model)
    : training_(training), words_(model), phrases_(model) {}

bool NestedTraining::list_places(uint32_t article) {
  const Article& a = training_.articles()[article];
  if (a.nested.empty() && article % kUnlabelledEvery != 0) return false;
  reader_.clear();
  for (const AlignedQuote& q : a.gold) reader_.add(a.view, q.content, {.outer = q.cue});
  for (const Content& k : a.continued) reader_.add(a.view, k, {});
  return true;
}

void NestedTraining::add_cues(uint32_t article, RankerExamples& to) {
  if (!list_places(article)) return;
  const Article& a = training_.articles()[article];
  FeatureList f;
  training_.with_tokens(article, [&](const Workspace& workspace, const CueWords&) {
    reader_.each(a.view, [&](const NestedPlace& place, int cue) {
      const auto label = label_at(a, cue);
      if (label != a.nested.end() && label->optional) return;
      f.clear();
      nested_cue_features(a.view, place, words_.kinds(workspace.types[workspace.word[static_cast<size_t>(cue)]].lower),
                          cue, FeatureWriter(f));
      to.begin_group(article, label != a.nested.end() ? 1 : 0);
      to.add_candidate(f);
    });
  });
}

void NestedTraining::add_readings(uint32_t article, CueReader& reader, const QuoteModel& model, RankerExamples& to) {
  if (!list_places(article)) return;
  const Article& a = training_.articles()[article];
  ArticleView view = a.view;
  FeatureList f;
  std::vector<CueReading> readings;
  AnalysisJudge judge;
  reader.start(view);
  training_.with_tokens(article, [&](const Workspace& workspace, const CueWords& cues) {
    reader_.read({a.layers, workspace, cues, words_, phrases_, model.ranker(RankerKind::Analysis),
                  model.ranker(RankerKind::NestedCue)},
                 view, reader, judge, readings);
    for (CueReading& r : readings) {
      reader.find_edges(view, r, r.best);
      const NestedCase c = nested_case(a.layers, workspace, view, words_, reader_.place_of(r.cue), r);
      const auto label = label_at(a, r.cue);
      const bool labelled = label != a.nested.end();
      if (labelled && (label->optional || overlap(view, label->content, r.analysis().content) < kSame)) continue;
      f.clear();
      nested_features(view, c, r, FeatureWriter(f));
      to.begin_group(article, labelled ? 1 : 0);
      to.add_candidate(f);
    }
  });
}

void NestedTraining::fit(std::vector<QuoteModel::Parts>& folds, QuoteModel::Parts& all) {
  const auto n = static_cast<uint32_t>(folds.size());
  const auto every = [](size_t) { return true; };
  const auto unseen = [&](const RankerExamples& examples, RankerKind kind, uint32_t fold) {
    return training_.fit(examples, kind, [&](size_t g) { return examples.article(g) % n != fold; });
  };
  RankerExamples cues;
  RankerExamples readings;
  for (uint32_t i = 0; i < training_.articles().size(); ++i) {
    add_cues(i, cues);
    for (const AlignedQuote& q : training_.articles()[i].nested) reports_ += q.optional ? 0 : 1;
  }
  all.weights[kCue] = quantise(training_.fit(cues, RankerKind::NestedCue, every), all.scales[kCue]);
  for (uint32_t fold = 0; fold < n; ++fold) {
    QuoteModel::Parts& parts = folds[fold];
    parts.weights[kAnalysis] = all.weights[kAnalysis];
    parts.scales[kAnalysis] = all.scales[kAnalysis];
    parts.weights[kCue] = quantise(unseen(cues, RankerKind::NestedCue, fold), parts.scales[kCue]);
    const TrainedQuotes trained(parts);
    CueReader reader(trained.model());
    for (uint32_t i = fold; i < training_.articles().size(); i += n) add_readings(i, reader, trained.model(), readings);
  }
  all.weights[kReading] = quantise(training_.fit(readings, RankerKind::Nested, every), all.scales[kReading]);
  for (uint32_t fold = 0; fold < n; ++fold) {
    const std::vector<float> weights = unseen(readings, RankerKind::Nested, fold);
    for (size_t g = 0; g < readings.size(); ++g) {
      if (readings.article(g) % n != fold || training_.articles()[readings.article(g)].nested.empty()) continue;
      const double odds = static_cast<double>(readings.log_odds(g, weights));
      judged_.emplace_back(static_cast<float>(sigmoid(odds)), readings.answer(g) == 1);
    }
  }
  all.calibration[kScore] = isotonic_table(judged_, QuoteModel::kSteps);
  all.best_score[kScore] = kLeast;
}

std::string NestedTraining::report() const {
  std::string out = "reports inside contents: " + std::to_string(reports_) + " labelled\n";
  for (const float least : {0.2F, 0.35F, 0.5F, 0.65F, 0.8F}) {
    size_t right = 0;
    size_t all = 0;
    for (const auto& [p, is] : judged_) {
      if (p < least) continue;
      ++all;
      right += is ? 1 : 0;
    }
    char line[80];
    std::snprintf(line, sizeof line, "  before calibration from %.2f on: P %.1f  R %.1f\n", static_cast<double>(least),
                  all == 0 ? 0 : 100 * static_cast<double>(right) / static_cast<double>(all),
                  reports_ == 0 ? 0 : 100 * static_cast<double>(right) / static_cast<double>(reports_));
    out += line;
  }
  return out;
}

}  // namespace newsnlp
