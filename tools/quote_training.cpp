#include "quote_training.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <thread>
#include <unordered_map>

#include "analysis_judge.h"
#include "attribution_candidates.h"
#include "attribution_features.h"
#include "attribution_glances.h"
#include "clause.h"
#include "content_judge.h"
#include "cue_reader.h"
#include "hash.h"
#include "lemma_count.h"
#include "newsnlp/error.h"
#include "segmenter.h"
#include "tagger.h"
#include "unicode.h"

namespace newsnlp {
namespace {

constexpr size_t kFirstNames = 5000;
constexpr uint32_t kMinSpeech = 2;    // a lemma that is a cue of speech less often is no candidate …
constexpr double kMinShare = 0.01;    // … nor one that is a cue less often than once in a hundred …
constexpr uint32_t kMinAny = 3;       // … unless it is a cue of thoughts at least as often …
constexpr double kMinAnyShare = 0.1;  // … as one in ten
constexpr uint32_t kMinDull = 200;    // a listed lemma seen as often …
constexpr double kDullShare = 0.01;   // … and hardly ever a cue is no candidate either
constexpr uint32_t kRuns = 3;         // of each ranker, by other orders of the examples; their weights are averaged
constexpr double kDoubtfulYes = 0.05;
constexpr double kDoubtfulNo = 0.9;

uint32_t key(std::string_view word) {
  return static_cast<uint32_t>(hash_bytes(lower(word)) >> 32);
}

std::vector<uint32_t> read_keys(const std::string& file, size_t most) {
  std::ifstream in(file);
  if (!in) throw Error(file + ": cannot be read; give --resources the folder that holds lexicon/");
  std::vector<uint32_t> out;
  std::string line;
  while (out.size() < most && std::getline(in, line)) out.push_back(key(line.substr(0, line.find('\t'))));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// The candidate `right`, or the nearest one with only marks between them.
std::vector<int>::const_iterator find_edge(const ArticleView& v, const std::vector<int>& candidates, int right,
                                           bool end) {
  for (const int delta : {0, -1, 1, -2, 2, -3, 3}) {
    const int j = right + delta;
    const int low = std::min(j, right);
    const int high = std::max(j, right);
    if (delta != 0 &&
        (!v.valid(low) || !v.valid(high) ||
         (end ? v.count(ArticleView::kWords, low + 1, high) : v.count(ArticleView::kWords, low, high - 1)) > 0))
      continue;
    const auto it = std::find(candidates.begin(), candidates.end(), j);
    if (it != candidates.end()) return it;
  }
  return candidates.end();
}

}  // namespace

TrainedQuotes::TrainedQuotes(const QuoteModel::Parts& parts) : bytes_(QuoteModel::write(parts)) {
  constexpr size_t kAlignment = 64;
  storage_.resize((bytes_.size() + kAlignment) / sizeof(std::max_align_t) + 1);
  void* at = storage_.data();
  size_t space = storage_.size() * sizeof(std::max_align_t);
  std::align(kAlignment, bytes_.size(), at, space);
  std::memcpy(at, bytes_.data(), bytes_.size());
  model_ = std::make_unique<QuoteModel>(std::span(static_cast<const std::byte*>(at), bytes_.size()));
}

QuoteTraining::QuoteTraining(const std::vector<LabelledArticle>& labelled, const Model& model,
                             const std::string& resources, uint32_t seed)
    : seed_(seed),
      classes_(model.section("classes.bin")),
      lexicon_(model, {}),
      workspace_(&classes_),
      articles_(labelled.size()),
      notes_(labelled.size()) {
  read_lists(model, resources);
  for (size_t k = 0; k < kRankers; ++k) {
    parts_.weights[k].assign(2, 0);
    parts_.scales[k] = 1;
  }
  analyse(labelled, model);
  parts_.lemmas.assign(1, LemmaRow{});
  build_views();
  count_lemmas();
  build_views();
}

void QuoteTraining::read_lists(const Model& model, const std::string& resources) {
  if (resources.empty()) throw Error("train quotes needs --resources, the folder that holds lexicon/");
  (void)model;
  parts_.roles = read_keys(resources + "/lexicon/person_role_nouns_wordnet.tsv", SIZE_MAX);
  parts_.first_names = read_keys(resources + "/lexicon/first_names_ssa.tsv", kFirstNames);
}

void QuoteTraining::analyse(const std::vector<LabelledArticle>& labelled, const Model& model) {
  const Segmenter segmenter(model);
  const Tagger tagger(model, {});
  const auto section = model.section("attribution_patterns.txt");
  const AttributionPatterns patterns({reinterpret_cast<const char*>(section.data()), section.size()},
                                     "attribution_patterns.txt");
  PatternScratch scratch;
  for (size_t i = 0; i < labelled.size(); ++i) {
    Article& a = articles_[i];
    a.labels = &labelled[i];
    a.layers.text = labelled[i].text;
    segmenter.segment(a.layers, workspace_, Layout::Article);
    tagger.tag(a.layers, workspace_);
    patterns.match(a.layers, workspace_, scratch, a.proposals);
    std::swap(workspace_.notes(), notes_[i]);
  }
}

void QuoteTraining::build_views() {
  lists_ = std::make_unique<TrainedQuotes>(parts_);
  words_ = {};
  words_.update(workspace_.types, lexicon_, lists_->model(), &classes_);
  for (size_t i = 0; i < articles_.size(); ++i) {
    std::swap(workspace_.notes(), notes_[i]);
    articles_[i].view.build(articles_[i].layers, workspace_, words_, lexicon_);
    std::swap(workspace_.notes(), notes_[i]);
    Article& a = articles_[i];
    a.gold = align(*a.labels, a.layers, a.view);
    a.nested.clear();
    std::copy_if(a.gold.begin(), a.gold.end(), std::back_inserter(a.nested),
                 [](const AlignedQuote& q) { return q.nested; });
    std::erase_if(a.gold, [](const AlignedQuote& q) { return q.nested; });
    a.continued = continued(*a.labels, a.layers);
  }
}

void QuoteTraining::count_lemmas() {
  std::map<uint32_t, LemmaCount> counts;
  std::map<uint32_t, bool> listed;
  for (const Article& a : articles_) {
    for (const AlignedQuote& q : a.gold) {
      LemmaCount& c = counts[a.view.at(q.cue).lemma];
      ++c.any;
      c.speech += q.speech;
    }
    for (int i = 0; i < a.view.size(); ++i) {
      const ViewToken& t = a.view.at(i);
      LemmaCount& c = counts[t.lemma];
      ++c.all;
      if (t.is(CueWord::kListed)) listed[t.lemma] = true;
      if (t.verb && t.tag != Tag::MD) count_kind(a.view, i, c.verb);
      if (t.noun()) count_kind(a.view, i, c.noun);
    }
  }
  parts_.lemmas.clear();
  for (const auto& [lemma, c] : counts) {
    const bool seen = (c.speech >= kMinSpeech && c.speech >= kMinShare * c.all) ||
                      (c.any >= kMinAny && c.any >= kMinAnyShare * c.all);
    const bool dull = c.all >= kMinDull && c.any < kDullShare * c.all;
    if (!seen && !listed.contains(lemma)) continue;
    LemmaRow row;
    row.lemma = lemma;
    row.cue = seen || !dull ? 1 : 0;
    row.as_verb = subcategory(c.verb);
    row.as_noun = subcategory(c.noun);
    parts_.lemmas.push_back(row);
  }
  if (parts_.lemmas.empty()) throw Error("the training data have no quotes with a cue");
}

RankerExamples::Settings QuoteTraining::settings(RankerKind kind) const {
  static constexpr std::array<uint32_t, kRankers> kBits = {18, 16, 18, 19, 17, 17, 18, 16, 17, 16, 16, 17, 16, 15, 15};
  RankerExamples::Settings s;
  s.bits = kBits[static_cast<size_t>(kind)];
  s.yes_no = kind == RankerKind::Cue || kind == RankerKind::Analysis || kind == RankerKind::NestedCue ||
             kind == RankerKind::Nested;
  if (kind == RankerKind::CueBegin || kind == RankerKind::CueEnd) s.epochs = 4;
  if (kind == RankerKind::Analysis) {
    s.epochs = 8;
    s.rate = 0.02F;
  }
  if (kind == RankerKind::NestedCue || kind == RankerKind::Nested) {
    s.epochs = 12;
    s.rate = 0.03F;
    s.dropout = 0.2F;
  }
  if (kind == RankerKind::Content) {
    s.epochs = 10;
    s.rate = 0.02F;
    s.dropout = 0.2F;
  }
  s.seed = seed_ + static_cast<uint32_t>(kind);
  return s;
}

void QuoteTraining::make_examples() {
  for (RankerExamples& e : examples_) e = {};
  asked_ = {};
  reached_ = {};
  for (uint32_t i = 0; i < articles_.size(); ++i) {
    add_cue_examples(i);
    for (const AlignedQuote& q : articles_[i].gold) add_chain_examples(i, q);
  }
  doubtful_.assign(examples_[0].size(), false);
  for (size_t k = 1; k < kRankers; ++k) reached_[k] = static_cast<uint32_t>(examples_[k].size());
}

void QuoteTraining::add_cue_examples(uint32_t article) {
  const Article& a = articles_[article];
  const auto cue = static_cast<size_t>(RankerKind::Cue);
  std::vector<bool> is_cue(static_cast<size_t>(a.view.size()), false);
  std::vector<bool> is_doubtful(is_cue.size(), false);
  for (const AlignedQuote& q : a.gold) {
    ++asked_[cue];
    reached_[cue] += is_cue_candidate(a.view, q.cue);
    is_cue[static_cast<size_t>(q.cue)] = true;
    is_doubtful[static_cast<size_t>(q.cue)] = q.optional;
  }
  FeatureList f;
  for (int i = 0; i < a.view.size(); ++i) {
    if (!is_cue_candidate(a.view, i) || is_doubtful[static_cast<size_t>(i)]) continue;
    f.clear();
    cue_glance(a.view, i, FeatureWriter(f));
    cue_features(a.view, lists_->model(), i, FeatureWriter(f));
    RankerExamples& e = examples_[static_cast<size_t>(RankerKind::Cue)];
    e.begin_group(article, is_cue[static_cast<size_t>(i)] ? 1 : 0);
    e.add_candidate(f);
  }
}

void QuoteTraining::add_chain_examples(uint32_t article, const AlignedQuote& q) {
  const ArticleView& v = articles_[article].view;
  FeatureList f;
  std::vector<int> candidates;
  const auto add = [&](RankerKind kind, int right, auto features) {
    const bool edge = kind != RankerKind::Side && kind != RankerKind::Source;
    const bool end = kind == RankerKind::RightEnd || kind == RankerKind::LeftEnd || kind == RankerKind::SourceEnd ||
                     kind == RankerKind::CueEnd;
    const auto it =
        edge ? find_edge(v, candidates, right, end) : std::find(candidates.cbegin(), candidates.cend(), right);
    // Of thoughts the edges of the content right of the cue are learned; the rest they would blur for speech.
    if (!q.speech && kind != RankerKind::RightBegin && kind != RankerKind::RightEnd) return;
    ++asked_[static_cast<size_t>(kind)];
    if (it == candidates.end()) return;
    RankerExamples& e = examples_[static_cast<size_t>(kind)];
    e.begin_group(article, static_cast<uint32_t>(it - candidates.begin()));
    for (const int c : candidates) {
      f.clear();
      features(c, FeatureWriter(f));
      e.add_candidate(f);
    }
  };
  using F = FeatureWriter;
  const Content& k = q.content;
  candidates = {0, 1, 2};
  add(RankerKind::Side, static_cast<int>(k.side),
      [&](int s, F) { side_features(v, q.cue, CandidateWriter<3>(f, static_cast<uint32_t>(s))); });
  if (k.right()) {
    right_begins(v, q.cue, candidates);
    add(RankerKind::RightBegin, k.right_begin, [&](int b, F to) {
      right_begin_glance(v, q.cue, k.side, b, to);
      right_begin_features(v, q.cue, k.side, b, to);
    });
    right_ends(v, k.right_begin, candidates);
    add(RankerKind::RightEnd, k.right_end, [&](int e, F to) {
      const NextClause next(v, e);
      right_end_edge(v, e, next, to);
      right_end_glance(v, k.right_begin, e, to);
      right_end_features(v, q.cue, k.right_begin, e, next, to);
    });
  }
  if (k.left()) {
    left_ends(v, q.cue, candidates);
    add(RankerKind::LeftEnd, k.left_end, [&](int e, F to) {
      left_end_glance(v, q.cue, e, to);
      left_end_features(v, q.cue, e, to);
    });
    left_begins(v, k.left_end, candidates);
    add(RankerKind::LeftBegin, k.left_begin, [&](int b, F to) {
      left_begin_glance(v, k.left_end, b, to);
      left_begin_features(v, q.cue, k.side, k.left_end, b, to);
    });
  }
  sources(v, q.cue, candidates);
  std::erase_if(candidates, [&](int h) { return k.covers(h); });
  add(RankerKind::Source, q.source, [&](int h, F to) {
    source_glance(v, q.cue, k.side, h, to);
    source_features(v, q.cue, k.side, h, to);
  });
  if (q.source >= 0) {
    source_begins(v, q.source, candidates);
    add(RankerKind::SourceBegin, q.source_begin, [&](int x, F to) {
      source_begin_glance(v, q.cue, q.source, x, to);
      source_begin_features(v, q.cue, k, q.source, x, to);
    });
    source_ends(v, q.cue, k, q.source, candidates);
    add(RankerKind::SourceEnd, q.source_end, [&](int x, F to) {
      source_end_glance(v, q.source, x, to);
      source_end_features(v, q.cue, q.source, x, to);
    });
  }
  cue_begins(v, q.cue, candidates);
  add(RankerKind::CueBegin, q.cue_begin, [&](int x, F to) {
    cue_begin_glance(v, q.cue, x, to);
    cue_begin_features(v, q.cue, x, to);
  });
  cue_ends(v, q.cue, candidates);
  add(RankerKind::CueEnd, q.cue_end, [&](int x, F to) {
    cue_end_glance(v, q.cue, x, to);
    cue_end_features(v, q.cue, x, to);
  });
}

void QuoteTraining::leave_out_doubtful(uint32_t folds) {
  const RankerExamples& cues = examples_[static_cast<size_t>(RankerKind::Cue)];
  for (uint32_t fold = 0; fold < folds; ++fold) {
    const auto weights =
        cues.train(settings(RankerKind::Cue), [&](size_t g) { return cues.article(g) % folds != fold; });
    for (size_t g = 0; g < cues.size(); ++g) {
      if (cues.article(g) % folds != fold) continue;
      const double p = sigmoid(static_cast<double>(cues.log_odds(g, weights)));
      doubtful_[g] = cues.answer(g) == 1 ? p < kDoubtfulYes : p > kDoubtfulNo;
    }
  }
}

void QuoteTraining::add_content_example(uint32_t article, const AlignedQuote& gold, std::span<const Content> contents,
                                        RankerExamples& to) const {
  if (contents.size() < 2) return;
  const ArticleView& v = articles_[article].view;
  size_t answer = contents.size();
  float best = 0.999F;
  for (size_t i = 0; i < contents.size(); ++i) {
    const float o = overlap(v, contents[i], gold.content);
    if (o > best) {
      best = o;
      answer = i;
    }
  }
  if (answer == contents.size()) return;
  to.begin_group(article, static_cast<uint32_t>(answer));
  FeatureList f;
  for (size_t i = 0; i < contents.size(); ++i) {
    f.clear();
    whole_content_features(v, gold.cue, contents, i, FeatureWriter(f));
    to.add_candidate(f);
  }
}

namespace {

bool is_right(const QuoteTraining::Article& a, int cue, const Analysis& y) {
  constexpr int kNear = 40;
  return std::any_of(a.gold.begin(), a.gold.end(), [&](const AlignedQuote& q) {
    return std::abs(q.cue - cue) < kNear && q.source == y.source && overlap(a.view, q.content, y.content) >= 0.5F;
  });
}

}  // namespace

RankerExamples QuoteTraining::analysis_examples(const std::vector<std::vector<CueReading>>& readings) const {
  RankerExamples out;
  FeatureList f;
  for (uint32_t i = 0; i < articles_.size(); ++i) {
    const Article& a = articles_[i];
    const ArticleEvidence evidence(a.view, readings[i]);
    for (uint32_t r = 0; r < readings[i].size(); ++r) {
      const CueReading& x = readings[i][r];
      if (x.certain) continue;
      for (size_t k = 0; k < std::min(x.analyses.size(), kJudged); ++k) {
        f.clear();
        reading_features(a.view, readings[i], r, evidence, FeatureWriter(f));
        analysis_features(a.view, readings[i], r, k, evidence, FeatureWriter(f));
        out.begin_group(i, is_right(a, x.cue, x.analyses[k]) ? 1 : 0);
        out.add_candidate(f);
      }
    }
  }
  return out;
}

std::vector<float> QuoteTraining::fit(const RankerExamples& examples, RankerKind kind,
                                      const std::function<bool(size_t)>& use) const {
  auto set = settings(kind);
  std::vector<float> weights(size_t{1} << set.bits);
  for (uint32_t run = 0; run < kRuns; ++run, set.seed += 1000) {
    const auto one = examples.train(set, use);
    for (size_t i = 0; i < weights.size(); ++i) weights[i] += one[i] / kRuns;
  }
  return weights;
}

QuoteModel::Parts QuoteTraining::fit(const Use& use) const {
  QuoteModel::Parts parts = parts_;
  const auto fit_one = [&](size_t k) {
    const RankerExamples& e = examples_[k];
    const bool cue = k == static_cast<size_t>(RankerKind::Cue);
    if (k >= static_cast<size_t>(RankerKind::Analysis)) return;
    const auto of_use = [&](size_t g) { return use(e.article(g)) && !(cue && doubtful_[g]); };
    parts.weights[k] = quantise(fit(e, static_cast<RankerKind>(k), of_use), parts.scales[k]);
  };
  std::thread other([&] {
    for (const size_t k : {3, 0}) fit_one(k);
  });
  for (size_t k = 1; k < kRankers; ++k)
    if (k != 3) fit_one(k);
  other.join();
  return parts;
}

}  // namespace newsnlp
