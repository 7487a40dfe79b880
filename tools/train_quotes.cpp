#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iostream>

#include "analysis_judge.h"
#include "commands.h"
#include "cue_reader.h"
#include "joint_choice.h"
#include "model_update.h"
#include "nested_training.h"
#include "newsnlp/error.h"
#include "pattern_readings.h"
#include "quote_report.h"
#include "quote_scores.h"
#include "quote_spans.h"
#include "quote_training.h"
#include "score_calibration.h"

namespace newsnlp {
namespace {

constexpr float kLeast = 0.02F;

struct QuoteSettings {
  uint32_t folds = 5;
  size_t worst = 0;          // errors to print of the cross-validation
  bool nested_only = false;  // all but the rankers of reports inside contents stays as it is
};

QuoteSettings read_settings(const std::vector<std::string>& settings) {
  QuoteSettings s;
  for (const std::string& text : settings) {
    const size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    uint32_t value = 0;
    const char* begin = text.data() + (equals == std::string::npos ? text.size() : equals + 1);
    if (std::from_chars(begin, text.data() + text.size(), value).ec != std::errc())
      throw Error("--set " + text + ": expected a whole number, as in cv=5");
    if (name == "cv" && value >= 2)
      s.folds = value;
    else if (name == "worst")
      s.worst = value;
    else if (name == "nested" && value <= 1)
      s.nested_only = value == 1;
    else
      throw Error("--set " + text + ": unknown; use cv=N (2 or more), worst=N or nested=1");
  }
  return s;
}

std::vector<LabelledQuote> predicted(const QuoteTraining::Article& a, const std::vector<CueReading>& readings) {
  std::vector<LabelledQuote> out;
  JointChoice choice;
  for (const uint32_t i : choice.choose(a.view, readings, kLeast)) {
    std::vector<Span> content;
    const QuoteSpans s = spans_of(a.layers, a.view, readings[i], content);
    const auto list = [](Span span) { return span.empty() ? std::vector<Span>() : std::vector<Span>{span}; };
    out.push_back({content, list(s.cue), list(s.source), s.speech, false, readings[i].score});
  }
  return out;
}

using Readings = std::vector<std::vector<CueReading>>;
using FoldParts = std::vector<QuoteModel::Parts>;

constexpr auto kContent = static_cast<size_t>(RankerKind::Content);

// Every article read by a model that has not seen it. `content`: weights of all articles' choices between contents.
Readings cross_validated(const QuoteTraining& training, uint32_t folds, std::vector<float>& content, FoldParts& parts) {
  const auto& articles = training.articles();
  Readings readings(articles.size());
  RankerExamples choices;
  for (uint32_t fold = 0; fold < folds; ++fold) {
    parts.push_back(training.fit([&](uint32_t i) { return i % folds != fold; }));
    const TrainedQuotes trained(parts.back());
    CueReader reader(trained.model());
    for (uint32_t i = fold; i < articles.size(); i += folds) {
      reader.start(articles[i].view);
      for (const AlignedQuote& q : articles[i].gold)
        if (q.speech) training.add_content_example(i, q, reader.contents_of(articles[i].view, q.cue), choices);
    }
  }
  content = training.fit(choices, RankerKind::Content, [](size_t) { return true; });
  for (uint32_t fold = 0; fold < folds; ++fold) {
    parts[fold].weights[kContent] = quantise(
        training.fit(choices, RankerKind::Content, [&](size_t g) { return choices.article(g) % folds != fold; }),
        parts[fold].scales[kContent]);
    const TrainedQuotes trained(parts[fold]);
    CueReader reader(trained.model());
    for (uint32_t i = fold; i < articles.size(); i += folds) {
      reader.read(articles[i].view, readings[i]);
      add_proposals(articles[i].view, articles[i].proposals, readings[i]);
      for (CueReading& r : readings[i])
        for (size_t k = 0; k < r.analyses.size(); ++k) reader.find_edges(articles[i].view, r, k);
    }
    std::cerr << "fold " << fold + 1 << " of " << folds << '\n';
  }
  return readings;
}

// The second stage: judged by models of other articles' readings. Returns the weights of all of them.
std::vector<float> judge_all(const QuoteTraining& training, uint32_t folds, Readings& readings) {
  const RankerExamples examples = training.analysis_examples(readings);
  const auto settings = training.settings(RankerKind::Analysis);
  Readings judged = readings;
  for (uint32_t fold = 0; fold < folds; ++fold) {
    float scale = 1;
    const auto weights =
        quantise(examples.train(settings, [&](size_t g) { return examples.article(g) % folds != fold; }), scale);
    const LinearRanker ranker(weights, scale);
    for (uint32_t i = fold; i < readings.size(); i += folds)
      AnalysisJudge().judge(training.articles()[i].view, ranker, judged[i]);
  }
  readings = std::move(judged);
  return examples.train(settings, [](size_t) { return true; });
}

using Quotes = std::vector<std::vector<LabelledQuote>>;

// `least`: of speech, of thoughts.
QuoteScores report(const QuoteTraining& training, const Readings& readings, const std::vector<LabelledArticle>& gold,
                   std::array<float, 2> least, size_t worst, const std::string& title) {
  Quotes quotes;
  for (size_t i = 0; i < gold.size(); ++i) {
    quotes.push_back(predicted(training.articles()[i], readings[i]));
    std::erase_if(quotes.back(), [&](const LabelledQuote& q) { return q.score < least[q.speech ? 0 : 1]; });
  }
  return report_quotes(title, gold, quotes, worst);
}

// Quotes of one kind, judged against all labels.
QuoteScores kind_scores(const QuoteTraining& training, const Readings& readings,
                        const std::vector<LabelledArticle>& gold, bool speech, float least) {
  QuoteScores scores;
  for (size_t i = 0; i < gold.size(); ++i) {
    std::vector<LabelledQuote> quotes = predicted(training.articles()[i], readings[i]);
    std::erase_if(quotes, [&](const LabelledQuote& q) { return q.speech != speech || q.score < least; });
    score_article(gold[i], quotes, false, scores, nullptr);
  }
  return scores;
}

// Speech: the best F1 of speech. Thoughts: the best F1 of all attributions, speech being chosen.
struct OperatingPoint {
  std::array<float, 2> thresholds;
  std::array<std::vector<uint16_t>, 2> calibration;
};

// People overlook reports, so that a few finds of each score are right that the labels call wrong.
std::vector<uint16_t> trusted(std::vector<uint16_t> table) {
  constexpr double kOverlooked = 0.03;  // of the reports; by the calibration error on dev
  constexpr double kMost = 0.95 * 65535;
  for (uint16_t& p : table) p = static_cast<uint16_t>(std::max<double>(p, std::min(p / (1 - kOverlooked), kMost)));
  return table;
}

OperatingPoint choose_point(const QuoteTraining& training, const Readings& readings,
                            const std::vector<LabelledArticle>& gold, const QuoteScores& speech) {
  constexpr double kSlack = 0.003;  // of F1, given for recall
  OperatingPoint p;
  p.thresholds[0] = best_threshold(speech.judged, speech.whole[0].gold, kSlack);
  const Rate kept = kind_scores(training, readings, gold, true, p.thresholds[0]).whole[0];
  const QuoteScores thoughts = kind_scores(training, readings, gold, false, 0);
  p.thresholds[1] = best_threshold(thoughts.judged, kept.gold, 0, {kept.right, kept.predicted});
  p.calibration = {trusted(isotonic_table(speech.judged, QuoteModel::kSteps)),
                   trusted(isotonic_table(thoughts.judged, QuoteModel::kSteps))};
  return p;
}

// What `model` has learned, but of reports inside contents what `learned` has.
QuoteModel::Parts with_nested_of(QuoteModel::Parts learned, const Model& model) {
  const QuoteModel old(model.section("quotes.bin"));
  if (old.empty()) throw Error("--set nested=1: the model has learned no quotes yet; train it without first");
  QuoteModel::Parts parts = old.parts();
  for (const RankerKind kind : {RankerKind::NestedCue, RankerKind::Nested}) {
    const auto k = static_cast<size_t>(kind);
    parts.weights[k] = std::move(learned.weights[k]);
    parts.scales[k] = learned.scales[k];
  }
  constexpr auto kNested = static_cast<size_t>(ScoreKind::Nested);
  parts.calibration[kNested] = std::move(learned.calibration[kNested]);
  parts.best_score[kNested] = learned.best_score[kNested];
  return parts;
}

}  // namespace

void train_quotes(const TrainJob& job) {
  const QuoteSettings settings = read_settings(job.settings);
  std::vector<LabelledArticle> gold;
  size_t first_file = 0;  // articles
  for (const std::string& file : job.data) {
    for (LabelledArticle& a : read_quote_corpus(file)) gold.push_back(std::move(a));
    if (first_file == 0) first_file = gold.size();
  }
  const auto base = base_model(job.model);
  QuoteTraining training(gold, *base, job.resources, job.seed);
  std::cerr << gold.size() << " articles analysed\n";
  training.make_examples();
  std::cerr << "labels within reach of each ranker:";
  for (size_t k = 0; k + 1 < kRankers; ++k) std::cerr << ' ' << training.reach(static_cast<RankerKind>(k));
  std::cerr << '\n';
  training.leave_out_doubtful(settings.folds);
  std::vector<float> content;
  FoldParts fold_parts;
  Readings readings = cross_validated(training, settings.folds, content, fold_parts);
  const std::vector<float> analysis = judge_all(training, settings.folds, readings);
  const std::vector<LabelledArticle> scored(gold.begin(), gold.begin() + static_cast<std::ptrdiff_t>(first_file));
  report(training, readings, scored, {0.2F, 0.2F}, 0, "cross-validation, first stage at 0.2");
  const QuoteScores all = report(training, readings, scored, {}, 0, "cross-validation, all");
  const OperatingPoint point = choose_point(training, readings, scored, all);
  report(training, readings, scored, point.thresholds, settings.worst, "cross-validation, best F1");
  QuoteModel::Parts parts = training.fit([](uint32_t) { return true; });
  constexpr auto kAnalysis = static_cast<size_t>(RankerKind::Analysis);
  parts.weights[kAnalysis] = quantise(analysis, parts.scales[kAnalysis]);
  parts.weights[kContent] = quantise(content, parts.scales[kContent]);
  std::copy(point.calibration.begin(), point.calibration.end(), parts.calibration.begin());
  NestedTraining nested(training, *base);
  nested.fit(fold_parts, parts);
  std::cerr << nested.report();
  for (size_t k = 0; k < point.thresholds.size(); ++k) {
    const float at = point.thresholds[k] * static_cast<float>(QuoteModel::kSteps - 1);
    parts.best_score[k] =
        static_cast<float>(parts.calibration[k][std::min(static_cast<size_t>(at), QuoteModel::kSteps - 1)]) / 65535.0F;
  }
  if (settings.nested_only) parts = with_nested_of(std::move(parts), *base);
  update_model(job.model, {{"quotes.bin", QuoteModel::write(std::move(parts))}});
}

}  // namespace newsnlp
