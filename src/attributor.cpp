#include "attributor.h"

#include <algorithm>

#include "article_view.h"
#include "cue_lexicon.h"
#include "cue_reader.h"
#include "cue_words.h"
#include "joint_choice.h"
#include "quote_model.h"
#include "quote_spans.h"
#include "record_fields.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

constexpr float kLeastReading = 0.02F;  // readings below take no part in the joint choice

}  // namespace

struct Attributor::State {
  State(const Model& m, const Options& options)
      : model(m.section("quotes.bin")),
        classes(m.section("classes.bin")),
        cues(m, options),
        fields(m),
        min_score(options.min_score.value_or(model.best_score())) {}

  QuoteModel model;
  WordClasses classes;
  CueLexicon cues;
  RecordFields fields;
  float min_score;
};

namespace {

struct AttributorScratch : Scratch {
  explicit AttributorScratch(const QuoteModel& model) : reader(model), owner(&model) {}
  CueWords words;
  ArticleView view;
  CueReader reader;
  std::vector<CueReading> readings;
  const QuoteModel* owner;
};

AttributorScratch& scratch_of(Workspace& workspace, const QuoteModel& model) {
  auto* scratch = static_cast<AttributorScratch*>(workspace.attributor.get());
  if (scratch == nullptr || scratch->owner != &model) {
    workspace.attributor = std::make_unique<AttributorScratch>(model);
    scratch = static_cast<AttributorScratch*>(workspace.attributor.get());
  }
  return *scratch;
}

bool in_boilerplate(const Layers& layers, const Workspace& workspace, int token) {
  return layers.paragraphs[workspace.paragraph[static_cast<size_t>(token)]].kind == ParagraphKind::Boilerplate;
}

}  // namespace

Attributor::Attributor(const Model& model, const Options& options)
    : state_(std::make_unique<const State>(model, options)) {}
Attributor::~Attributor() = default;
Attributor::Attributor(Attributor&&) noexcept = default;

void Attributor::attribute(Layers& layers, Workspace& workspace) const {
  if (state_->model.empty() || layers.tokens.empty()) return;
  AttributorScratch& s = scratch_of(workspace, state_->model);
  s.words.update(workspace.types, state_->cues, state_->model, &state_->classes);
  s.view.build(layers, workspace, s.words);
  s.reader.read(s.view, s.readings);
  struct Found {
    QuoteSpans spans;
    float score;
  };
  std::vector<Found> found;
  for (const uint32_t i : choose(s.view, s.readings, kLeastReading)) {
    const CueReading& r = s.readings[i];
    const float score = state_->model.calibrated(r.score);
    if ((score < state_->min_score && !r.own && !r.certain) || in_boilerplate(layers, workspace, r.cue)) continue;
    found.push_back({spans_of(layers, s.view, r), score});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.spans.content.front().begin < b.spans.content.front().begin;
  });
  for (const Found& f : found) {
    Quote q;
    q.type = f.spans.type;
    q.speech = f.spans.speech;
    q.content = layers.add_spans(f.spans.content);
    q.cue = layers.add_spans(f.spans.cue);
    q.source = layers.add_spans(f.spans.source);
    q.score = f.score;
    q.abstention = Abstention::NotAsked;
    layers.quotes.push_back(q);
  }
  state_->fields.fill(layers, workspace);
}

std::vector<std::string> Attributor::explain(const Layers&, const Workspace&, uint32_t) const {
  return {};
}

}  // namespace newsnlp
