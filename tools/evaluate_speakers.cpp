#include <newsnlp/newsnlp.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "resolver.h"
#include "resolver_pronouns.h"
#include "speaker_model.h"
#include "speaker_stages.h"

namespace newsnlp {
namespace {

struct Judged {
  float score = 0;
  bool right = false;
  bool abstained = false;
};

double percent(size_t a, size_t b) {
  return b == 0 ? 0 : 100.0 * static_cast<double>(a) / static_cast<double>(b);
}

std::ofstream open_output(const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  if (!out) throw Error(file + ": cannot be written; is the folder missing?");
  return out;
}

// The figures of score_speakers.py: right of all, and of the surest part; abstentions stand last.
void print_coverage(const std::string& title, std::vector<Judged> judged, size_t all) {
  const auto right = static_cast<size_t>(std::count_if(judged.begin(), judged.end(), [](auto& j) { return j.right; }));
  const auto none =
      static_cast<size_t>(std::count_if(judged.begin(), judged.end(), [](auto& j) { return j.abstained; }));
  std::printf("%s: sources %zu  found %zu  right of found %.1f%%  right of all %.1f%%  abstained %zu\n", title.c_str(),
              all, judged.size(), percent(right, judged.size()), percent(right, all), none);
  std::stable_sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
    return a.abstained != b.abstained ? b.abstained : a.score > b.score;
  });
  for (size_t share : {90, 80, 70, 50}) {
    const size_t n = std::max<size_t>(1, (judged.size() * share + 50) / 100);
    if (judged.size() < n) continue;
    const auto good = static_cast<size_t>(std::count_if(judged.begin(), judged.begin() + static_cast<std::ptrdiff_t>(n),
                                                        [](const Judged& j) { return j.right; }));
    std::printf("  coverage %zu%%: %.1f%% right\n", share, percent(good, n));
  }
}

class SpeakerEvaluation {
 public:
  SpeakerEvaluation(const EvaluateJob& job, const std::shared_ptr<const Model>& model)
      : job_(job), stages_(model), resolver_(*model, Options()), ranker_(*model), analyzer_(model) {}

  void run(const std::string& file) {
    const std::vector<SpeakerArticle> articles = read_speaker_corpus(file);
    if (!articles.empty() && articles[0].gap) return gap(file, articles);
    if (!articles.empty() && articles[0].coreference) return coreference(file, articles);
    given(file, articles);
    raw(file, articles);
  }

 private:
  // Gold sources given.
  void given(const std::string& file, const std::vector<SpeakerArticle>& articles) {
    std::ofstream out;
    if (!job_.resolved.empty()) out = open_output(job_.resolved);
    std::vector<Judged> judged;
    size_t all = 0;
    size_t shown = 0;
    for (const SpeakerArticle& a : articles) {
      Layers layers = stages_.read(a);
      if (a.article.quotes.empty()) add_sources(a, layers);
      resolver_.resolve(layers, stages_.workspace());
      nlohmann::ordered_json resolved = nlohmann::ordered_json::array();
      for (size_t i = 0; i < a.units.size(); ++i) {
        const SpeakerUnit& u = a.units[i];
        const Quote& q = layers.quotes[u.quote == static_cast<size_t>(-1) ? i : u.quote];
        const std::string name = q.speaker ? std::string(layers.of(layers.entities[*q.speaker].name)) : std::string();
        Judged j{q.speaker_score, q.speaker && same_speaker(u.names, name), !q.speaker};
        judged.push_back(j);
        ++all;
        resolved.push_back({u.code_points.begin, u.code_points.end, nullptr, q.speaker_score});
        if (q.speaker) resolved.back()[2] = name;
        if (!j.right && shown < job_.worst) {
          ++shown;
          std::printf("  %s %u %s: gold %s, predicted %s %.2f\n", a.article.id.c_str(), u.code_points.begin,
                      std::string(layers.of(u.span)).c_str(), u.names.front().c_str(), name.c_str(), q.speaker_score);
        }
      }
      if (out.is_open())
        out << nlohmann::ordered_json{{"id", a.article.id}, {"resolved", std::move(resolved)}}.dump() << '\n';
    }
    print_coverage(file + ", sources given", judged, all);
  }

  // Pronouns without quotes: each is taken for the source of a quote of its own.
  static void add_sources(const SpeakerArticle& a, Layers& layers) {
    for (const SpeakerUnit& u : a.units) {
      Quote q;
      q.content = layers.add_spans({u.span});
      q.source = layers.add_spans({u.span});
      layers.quotes.push_back(q);
    }
  }

  // From the text alone: the quote with this source, the best of them.
  void raw(const std::string& file, const std::vector<SpeakerArticle>& articles) {
    std::vector<Judged> judged;
    size_t all = 0;
    for (const SpeakerArticle& a : articles) {
      if (a.article.quotes.empty()) return;
      const Document d = analyzer_.analyze(a.article.text);
      for (const SpeakerUnit& u : a.units) {
        ++all;
        const Quote* best = nullptr;
        for (const Quote& q : d.quotes())
          if (q.source.size() == 1 && d.spans(q.source)[0] == u.span && (best == nullptr || q.score > best->score))
            best = &q;
        if (best == nullptr) continue;
        const std::string_view name = best->speaker ? d.text(d.entities()[*best->speaker].name) : std::string_view();
        judged.push_back({best->speaker_score, best->speaker && same_speaker(u.names, name), !best->speaker});
      }
    }
    print_coverage(file + ", from the text", judged, all);
  }

  // Every "he" and "she" whose gold chain has a name, said or not.
  void coreference(const std::string& file, const std::vector<SpeakerArticle>& articles) {
    size_t right = 0, all = 0;
    for (const SpeakerArticle& a : articles) {
      const Layers layers = stages_.read(a);
      const Span whole{0, static_cast<uint32_t>(a.article.text.size())};
      const auto answers = PronounReader(ranker_, scratch_)
                               .read(layers, stages_.workspace(), LinkNotes::of(stages_.workspace()), {}, whole);
      for (const SpeakerUnit& u : a.units) {
        ++all;
        for (const PronounAnswer& answer : answers)
          if (layers.tokens[answer.token].span.overlaps(u.span) && answer.count > 0 &&
              same_speaker(u.names, layers.of(layers.entities[answer.candidates[0].entity].name)))
            ++right;
      }
    }
    std::printf("%s: he and she whose chain has a name %zu  right %.1f%%\n", file.c_str(), all, percent(right, all));
  }

  // Each of the two names is a decision: does the pronoun stand for it?
  void gap(const std::string& file, const std::vector<SpeakerArticle>& articles) {
    std::ofstream out;
    if (!job_.gap.empty()) out = open_output(job_.gap);
    size_t hit = 0, predicted = 0, gold = 0;
    for (const SpeakerArticle& a : articles) {
      const Layers layers = stages_.read(a);
      const SpeakerUnit& u = a.units[0];
      uint32_t entity = Mention::kNoEntity;
      LinkNotes& notes = LinkNotes::of(stages_.workspace());
      for (const PronounAnswer& answer :
           PronounReader(ranker_, scratch_).read(layers, stages_.workspace(), notes, {}, u.span))
        if (layers.tokens[answer.token].span.overlaps(u.span) && answer.count > 0) entity = answer.candidates[0].entity;
      // A stands before B in the table's columns, wherever they stand in the text.
      std::string answers[2];
      const auto decide = [&](Span name, bool truth) {
        const bool same = entity != Mention::kNoEntity && SpeakerStages::entity_at(layers, name) == entity;
        hit += same && truth ? 1 : 0;
        predicted += same ? 1 : 0;
        gold += truth ? 1 : 0;
        return same ? "TRUE" : "FALSE";
      };
      for (size_t i = 0; i < 2; ++i) {
        const SpeakerUnit::Name& n = u.gap_names[i];
        answers[i] = decide(n.span, n.same);
      }
      if (out.is_open()) out << a.article.id << '\t' << answers[0] << '\t' << answers[1] << '\n';
    }
    const double p = percent(hit, predicted), r = percent(hit, gold);
    std::printf("%s: P %.1f  R %.1f  F1 %.1f\n", file.c_str(), p, r, p + r == 0 ? 0 : 2 * p * r / (p + r));
  }

  const EvaluateJob& job_;
  SpeakerStages stages_;
  Resolver resolver_;
  SpeakerModel ranker_;
  PronounScratch scratch_;
  Analyzer analyzer_;
};

}  // namespace

void evaluate_speakers(const EvaluateJob& job) {
  SpeakerEvaluation evaluation(job, job.model.empty() ? Model::builtin() : Model::open(job.model));
  for (const std::string& file : job.gold) evaluation.run(file);
}

}  // namespace newsnlp
