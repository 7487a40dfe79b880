#include "attributor.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>

#include "analysis_judge.h"
#include "article_view.h"
#include "asked_infinitive.h"
#include "attribution_patterns.h"
#include "content_ends.h"
#include "cue_lexicon.h"
#include "cue_reader.h"
#include "cue_words.h"
#include "dateline.h"
#include "empty_reports.h"
#include "evidence_lines.h"
#include "foretold_reports.h"
#include "free_quotations.h"
#include "fronted_clause.h"
#include "inner_quotations.h"
#include "joint_choice.h"
#include "model_file.h"
#include "nested_judge.h"
#include "nested_reports.h"
#include "newsnlp/error.h"
#include "opening_verbs.h"
#include "outer_reports.h"
#include "pattern_readings.h"
#include "quotation_runs.h"
#include "quote_model.h"
#include "quote_spans.h"
#include "record_fields.h"
#include "report_adjuncts.h"
#include "set_phrases.h"
#include "trailing_sources.h"
#include "transcript_turns.h"
#include "verbs_as_nouns.h"
#include "whole_names.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

constexpr float kLeastReading = 0.02F;  // readings below take no part in the joint choice
constexpr float kLikelyInTurn = 0.5F;   // calibrated, of reports in a turn of a transcript, which is no mere content
constexpr float kNestedEase = 0.1F;     // the threshold was learned with readings that tell nothing among the others
constexpr float kLikelyDeed = 0.53F;    // calibrated, of verbs and things that are seldom reports
constexpr float kSaysQuotation = 0.6F;  // "he goes, ‘Got a light?’" in a quotation, at least
constexpr uint32_t kMaxDepth = 2;       // a report in a report in a quotation

// A list of the model that is broken is a damaged model, not a person's mistake.
template <class T, class... Args>
T from_model(Args&&... args) {
  try {
    return T(std::forward<Args>(args)...);
  } catch (const ListError& e) {
    throw ModelError(std::string("the model is damaged: ") + e.what() + "; use a model that newsnlp wrote");
  }
}

bool in_boilerplate(const Layers& layers, const Workspace& workspace, int token) {
  return layers.paragraphs[workspace.paragraph[static_cast<size_t>(token)]].kind == ParagraphKind::Boilerplate;
}

// A chosen reading and the one in whose content it stands.
struct Found {
  CueReading reading;
  QuoteSpans spans;
  float score = 0;
  int parent = -1;      // index of the found readings
  bool quoted = false;  // its parent stands in quotation marks
};

// A part of the content of a found reading.
struct ContentPlace {
  int begin, end;  // tokens, inclusive
  int found;
};

struct AttributorScratch : Scratch {
  explicit AttributorScratch(const QuoteModel& model) : reader(model), owner(&model) {}
  CueWords words;
  ArticleView view;
  CueReader reader;
  AnalysisJudge analysis_judge;
  PatternScratch patterns, own_patterns;
  std::vector<Proposal> proposals;
  std::vector<CueReading> readings;
  std::vector<ForetoldReport> foretold;
  JointChoice choice;
  std::vector<Found> found;
  std::vector<Span> contents;  // QuoteSpans::content
  std::vector<CueReading*> chosen;
  std::vector<ContentPlace> places;
  QuotationRuns runs;
  FreeQuotations free;
  NestedReader nested;
  FeatureBatch batch;
  std::vector<uint8_t> sure;  // of the readings that are judged: grammar alone is
  std::vector<uint32_t> order, place;
  Statements statements;
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

}  // namespace

struct Attributor::State {
  State(const Model& m, const Options& options)
      : model(m.section("quotes.bin")),
        classes(m.section("classes.bin")),
        cues(m, options),
        patterns(from_model<AttributionPatterns>(text_section(m, "attribution_patterns.txt"),
                                                 std::string("attribution_patterns.txt"), nullptr,
                                                 is_builtin_section(m, "attribution_patterns.txt"))),
        own_patterns(options.patterns, "patterns", &patterns),
        records(m),
        phrases(m),
        min_score(options.min_score) {}

  void propose(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const;
  void find(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const;
  void find_nested(const Layers& layers, const Workspace& workspace, AttributorScratch& s, size_t first) const;
  void judge_nested(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const;
  void find_inner(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const;
  static void list_places(AttributorScratch& s);

  QuoteModel model;
  WordClasses classes;
  CueLexicon cues;
  AttributionPatterns patterns;
  AttributionPatterns own_patterns;
  RecordFields records;
  SetPhrases phrases;
  std::optional<float> min_score;  // none: the best of its kind

  void leave_set_phrases(const Workspace& workspace, AttributorScratch& s) const {
    std::erase_if(s.readings, [&](const CueReading& r) {
      return r.cue >= 0 && !r.certain && !r.own && phrases.hold(workspace, s.view, r.cue);
    });
  }
  bool may_be_enough(const CueReading& r) const {
    using enum ScoreKind;
    return r.certain || std::max(model.calibrated(r.score, Speech), model.calibrated(r.score, Thought)) >=
                            min_score.value_or(std::min(model.best_score(Speech), model.best_score(Thought)));
  }
  /// The calibrated score of a reading whose edges are known.
  struct Score {
    float value;
    bool enough;  // to be kept
  };
  Score score_of(const ArticleView& view, const CueReading& r) const {
    const ScoreKind kind = reports_speech(view, r) ? ScoreKind::Speech : ScoreKind::Thought;
    const float value = model.calibrated(r.score, kind);
    return {value, value >= min_score.value_or(model.best_score(kind))};
  }
};

void Attributor::State::propose(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const {
  s.proposals.clear();
  patterns.match(layers, workspace, s.patterns, s.proposals);
  add_proposals(s.view, s.proposals, s.readings);
  if (own_patterns.size() == 0) return;
  s.proposals.clear();
  own_patterns.match(layers, workspace, s.own_patterns, s.proposals);
  for (Proposal& p : s.proposals) p.pattern = CueReading::kOwnPattern;
  add_proposals(s.view, s.proposals, s.readings);
}

void Attributor::State::find(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const {
  for (Found& f : s.found) s.reader.give_back(f.reading);
  s.found.clear();
  s.contents.clear();
  s.words.update(workspace.types, cues, model, &classes);
  s.view.build(layers, workspace, s.words, cues);
  s.reader.read(s.view, s.readings);
  add_turns(layers, s.view, s.readings);
  std::erase_if(s.readings, [&](CueReading& r) {
    return in_dateline(layers, s.view, r) || !may_report(layers, workspace, s.view, records.words(), r);
  });
  find_foretold(workspace, s.view, records.words(), s.reader, s.readings, s.foretold);
  propose(layers, workspace, s);
  add_verbs_as_nouns(layers, workspace, s.view, s.readings);
  leave_set_phrases(workspace, s);
  s.analysis_judge.judge(s.view, model.ranker(RankerKind::Analysis), s.readings);
  promote_foretold(s.view, s.foretold, s.readings);
  promote_told(workspace, s.view, records.words(), s.readings);
  find_trailing_sources(layers, workspace, s.view, records.words(), s.readings);
  raise_outer(s.view, s.readings);
  raise_outer_behind(workspace, s.view, records.words(), s.readings);
  leave_next_deeds(workspace, s.view, records.words(), s.readings);
  for (const uint32_t i : s.choice.choose(s.view, s.readings, kLeastReading)) {
    CueReading& r = s.readings[i];
    if (!may_be_enough(r) || in_boilerplate(layers, workspace, r.cue)) continue;
    if (reports_nothing(workspace, s.view, records.words(), r)) continue;
    if (r.cue >= 0) __builtin_prefetch(&workspace.types[workspace.word[static_cast<size_t>(r.cue)]]);
    s.reader.find_edges(s.view, r, r.best);
    if (r.cue >= 0) begin_with_infinitive(s.view, kinds_of(workspace, records.words(), r.cue), r);
    leave_fronted_clause(workspace, s.view, records.words(), r);
    leave_adjuncts(layers, workspace, s.view, records.words(), r);
    mend_content(layers, workspace, s.view, records.words(), r);
    leave_dateline(layers, s.view, r);
    begin_with_whole_name(layers, s.view, r);
    cue_by_opening_verb(layers, s.view, r);
    const Score score = score_of(s.view, r);
    if (!score.enough && !r.certain) continue;
    if (score.value < kLikelyDeed && !min_score && tells_deed(workspace, s.view, records.words(), r)) continue;
    s.found.push_back({std::move(r), {}, score.value, -1});
  }
  const auto list_chosen = [&] {
    s.chosen.clear();
    for (Found& f : s.found) s.chosen.push_back(&f.reading);
  };
  list_chosen();
  if (finish_fronted_contents(s.view, s.chosen)) {
    std::erase_if(s.found, [](const Found& f) { return f.reading.analyses.empty(); });
    list_chosen();
  }
  s.runs.read(layers, workspace, s.view);
  if (!s.runs.none()) {
    s.runs.join(s.view, s.chosen);
    std::erase_if(s.found, [](const Found& f) { return f.reading.analyses.empty(); });
    list_chosen();
  }
  std::vector<CueReading>& free = s.free.find(layers, workspace, s.view, s.runs, s.chosen);
  for (Found& f : s.found) f.spans = spans_of(layers, s.view, f.reading, s.contents);
  for (CueReading& r : free) {
    if (r.score < min_score.value_or(0)) continue;
    const QuoteSpans spans = spans_of(layers, s.view, r, s.contents);
    const float score = r.score;
    s.found.push_back({std::move(r), spans, score, -1});
  }
  size_t first = 0;
  for (uint32_t depth = 0; depth < kMaxDepth && first < s.found.size(); ++depth) {
    const size_t next = s.found.size();
    find_nested(layers, workspace, s, first);
    first = next;
  }
  find_inner(layers, workspace, s);
}

// Quotations in quotations that no reading has taken.
void Attributor::State::find_inner(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const {
  constexpr size_t kNear = 4;  // contents that may lie around one another
  s.places.clear();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (pair.depth == 0 || pair.close == QuotationPair::kNone) continue;
    const auto open = static_cast<int>(pair.open);
    const auto close = static_cast<int>(pair.close);
    std::optional<CueReading> r = inner_report(workspace, s.view, records.words(), open, close);
    if (!r || r->score < min_score.value_or(0)) continue;
    if (s.places.empty()) list_places(s);
    // The contents that begin at its end or before, the nearest first.
    const auto last =
        std::partition_point(s.places.begin(), s.places.end(), [&](const ContentPlace& p) { return p.begin <= close; });
    int parent = -1;
    bool taken = false;
    size_t before = 0;
    for (auto p = last; p != s.places.begin() && before < kNear && parent < 0 && !taken;) {
      --p;
      const bool nested = s.found[static_cast<size_t>(p->found)].parent >= 0;
      before += p->begin <= open ? 1 : 0;
      if (nested) {
        taken = p->end >= open;
      } else if (p->begin <= open && p->end >= close && (p->begin < open || p->end > close)) {
        parent = p->found;
      }
    }
    if (taken || parent < 0 || s.found[static_cast<size_t>(parent)].reading.cue == r->cue) continue;
    const QuoteSpans spans = spans_of(layers, s.view, *r, s.contents);
    const float score = r->score;
    s.found.push_back({std::move(*r), spans, score, parent, true});
  }
}

// What the contents of s.found cover, in text order.
void Attributor::State::list_places(AttributorScratch& s) {
  for (size_t i = 0; i < s.found.size(); ++i)
    s.found[i].reading.analysis().content.each([&](int a, int b) { s.places.push_back({a, b, static_cast<int>(i)}); });
  std::sort(s.places.begin(), s.places.end(), [](const ContentPlace& a, const ContentPlace& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.found < b.found;
  });
}

// Reads the contents of s.found from `first` on, each as an article of its own.
void Attributor::State::find_nested(const Layers& layers, const Workspace& workspace, AttributorScratch& s,
                                    size_t first) const {
  s.nested.clear();
  for (size_t i = first; i < s.found.size(); ++i) {
    const CueReading& r = s.found[i].reading;
    s.nested.add(
        s.view, r.analysis().content,
        {.parent = static_cast<int>(i), .outer = r.cue, .quoted = s.found[i].quoted, .turn = is_turn(s.view, r)});
  }
  const LinearRanker& analysis = model.ranker(RankerKind::Analysis);
  s.nested.read({layers, workspace, s.words, records.words(), phrases, analysis, model.ranker(RankerKind::NestedCue)},
                s.view, s.reader, s.analysis_judge, s.readings);
  judge_nested(layers, workspace, s);
  for (const uint32_t i : s.choice.choose(s.view, s.readings, kLeastReading)) {
    CueReading& r = s.readings[i];
    const NestedPlace& place = s.nested.place_of(r.cue);
    float score = model.calibrated(r.score, ScoreKind::Nested);
    if (place.turn) {  // what somebody says in a turn of a transcript is read as an article is
      s.reader.find_edges(s.view, r, r.best);
      if (is_own_voice(layers, s.view, r)) continue;
      const Score as_article = score_of(s.view, r);
      if (!as_article.enough || !reports_speech(s.view, r)) continue;
      if (as_article.value < kLikelyInTurn && nested_trust(layers, workspace, s.view, records.words(), r) == 0)
        continue;
      score = as_article.value;
      if (Content& k = r.analyses[r.best].content; k.right()) {  // it ends with its paragraph
        const Paragraph& p = layers.paragraphs[workspace.paragraph[static_cast<size_t>(k.right_begin)]];
        k.right_end = std::min(k.right_end, static_cast<int>(layers.sentences[p.sentences.end - 1].tokens.end) - 1);
      }
    } else if (score < min_score.value_or(model.best_score(ScoreKind::Nested) - kNestedEase)) {
      continue;
    }
    if (reports_nothing(workspace, s.view, records.words(), r)) continue;
    if (!place.turn && tells_nothing(workspace, s.view, records.words(), r)) continue;
    // "nobody has asked me": a content that denies a report makes none
    const int source = r.analysis().source;
    if (source >= 0 && kinds_of(workspace, records.words(), source).has(WordKind::Nobody)) continue;
    bool inside = true;
    const auto check = [&](int a, int b) { inside &= a >= place.tokens.begin && b <= place.tokens.end; };
    r.analysis().content.each(check);
    if (r.analysis().source >= 0) check(r.analysis().source_begin, r.analysis().source_end);
    inside &= r.cue != place.outer;
    if (!inside) continue;
    const QuoteSpans spans = spans_of(layers, s.view, r, s.contents);
    s.found.push_back({std::move(r), spans, score, place.parent, place.quoted});
  }
}

// Mends the readings of contents that are no turns, and says how likely each is a report of its own.
void Attributor::State::judge_nested(const Layers& layers, const Workspace& workspace, AttributorScratch& s) const {
  const LinearRanker& ranker = model.ranker(RankerKind::Nested);
  s.batch.clear();
  s.sure.clear();
  const auto in_turn = [&](const CueReading& r) { return s.nested.place_of(r.cue).turn; };
  for (CueReading& r : s.readings) {
    if (in_turn(r)) continue;
    s.reader.find_edges(s.view, r, r.best);
    leave_quotation_before(s.view, r);
    const NestedCase c = nested_case(layers, workspace, s.view, records.words(), s.nested.place_of(r.cue), r);
    s.sure.push_back(c.grammar == 1 && c.place.quoted && tells_habit(layers, s.view, r) ? 1 : 0);
    s.batch.add(ranker, [&](FeatureGather f) { return nested_features(s.view, c, r, f); });
  }
  s.batch.sum_up(ranker);
  size_t place = 0;
  for (CueReading& r : s.readings) {
    if (in_turn(r)) continue;
    const bool sure = s.sure[place] != 0;
    r.score = ranker.probability(s.batch.sum(place++));
    const bool quoted = s.nested.place_of(r.cue).quoted;
    if (sure || (quoted && says_quotation(s.view, r))) {
      r.score = std::max(r.score, kSaysQuotation);
    } else if (quoted && is_habit(layers, s.view, r.cue) &&
               !s.view.at(r.analysis().content.right_begin).is(CueWord::kTo)) {
      r.score = 0;  // "will say things like that"
    }
  }
}

Attributor::Attributor(const Model& model, const Options& options)
    : state_(std::make_unique<const State>(model, options)) {}
Attributor::~Attributor() = default;
Attributor::Attributor(Attributor&&) noexcept = default;

void Attributor::attribute(Layers& layers, Workspace& workspace) const {
  workspace.source_tokens.clear();
  if (state_->model.empty() || layers.tokens.empty()) return;
  AttributorScratch& s = scratch_of(workspace, state_->model);
  state_->find(layers, workspace, s);
  std::vector<uint32_t>& order = s.order;
  std::vector<uint32_t>& place = s.place;
  order.resize(s.found.size());
  place.resize(s.found.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto content = [&](uint32_t i) {
    const IndexRange range = s.found[i].spans.content;
    return std::span<const Span>(s.contents).subspan(range.begin, range.size());
  };
  const auto begin = [&](uint32_t i) { return s.contents[s.found[i].spans.content.begin].begin; };
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return begin(a) != begin(b) ? begin(a) < begin(b) : a < b; });
  layers.quotes.reserve(s.found.size());
  layers.spans.reserve(layers.spans.size() + s.contents.size() + 4 * s.found.size());
  const auto add = [&](std::span<const Span> spans) {
    const auto first = static_cast<uint32_t>(layers.spans.size());
    layers.spans.insert(layers.spans.end(), spans.begin(), spans.end());
    return IndexRange{first, static_cast<uint32_t>(layers.spans.size())};
  };
  const auto add_one = [&](const Span& span) { return add({&span, span.empty() ? size_t{0} : size_t{1}}); };
  for (uint32_t k = 0; k < order.size(); ++k) place[order[k]] = k;
  for (const uint32_t i : order) {
    const QuoteSpans& spans = s.found[i].spans;
    Quote q;
    q.type = spans.type;
    q.speech = spans.speech;
    q.content = add(content(i));
    q.cue = add_one(spans.cue);
    q.source = add_one(spans.source);
    q.score = s.found[i].score;
    q.abstention = Abstention::NotAsked;
    if (const int parent = s.found[i].parent; parent >= 0) {
      const Span first = content(i).front();
      for (const Span outer : content(static_cast<uint32_t>(parent)))
        if (outer.contains(first)) q.nested_in = place[static_cast<size_t>(parent)];
    }
    layers.quotes.push_back(q);
  }
  state_->records.fill(layers, workspace, s.statements);
  for (size_t i = 0; i < s.statements.size(); ++i)
    workspace.source_tokens.push_back(s.statements[i].source.empty() ? IndexRange() : s.statements[i].source.front());
}

std::vector<std::string> Attributor::explain(const Layers& layers, const Workspace& workspace, uint32_t quote) const {
  const auto* s = static_cast<const AttributorScratch*>(workspace.attributor.get());
  if (s == nullptr || s->owner != &state_->model || quote >= layers.quotes.size()) return {};
  const Quote& q = layers.quotes[quote];
  for (const Found& f : s->found) {
    if (f.reading.cue < 0) continue;
    const Span cue = layers.tokens[static_cast<size_t>(f.reading.cue)].span;
    if (q.cue.empty() || !layers.spans[q.cue.begin].contains(cue) || f.score != q.score) continue;
    const std::string_view pattern = f.reading.pattern == CueReading::kNoPattern ? ""
                                     : f.reading.pattern == CueReading::kOwnPattern
                                         ? "your own"
                                         : state_->patterns.name(f.reading.pattern);
    return evidence_lines(layers, workspace, f.reading, pattern, q.score);
  }
  return {};
}

}  // namespace newsnlp
