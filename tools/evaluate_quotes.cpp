#include <newsnlp/newsnlp.h>

#include "commands.h"
#include "quote_report.h"

namespace newsnlp {
namespace {

std::vector<Span> list(const Document& d, IndexRange range) {
  const auto spans = d.spans(range);
  return {spans.begin(), spans.end()};
}

std::vector<LabelledQuote> quotes_of(const Document& d) {
  std::vector<LabelledQuote> out;
  for (const Quote& q : d.quotes())
    out.push_back({list(d, q.content), list(d, q.cue), list(d, q.source), q.speech, q.nested_in.has_value(), q.score});
  return out;
}

}  // namespace

void evaluate_quotes(const EvaluateJob& job) {
  const Analyzer analyzer(job.model.empty() ? Model::builtin() : Model::open(job.model));
  for (const std::string& file : job.gold) {
    const std::vector<LabelledArticle> gold = read_quote_corpus(file);
    std::vector<std::vector<LabelledQuote>> predicted;
    predicted.reserve(gold.size());
    for (const LabelledArticle& a : gold) predicted.push_back(quotes_of(analyzer.analyze(a.text)));
    report_quotes(file, gold, predicted, job.worst);
  }
}

}  // namespace newsnlp
