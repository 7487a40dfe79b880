#include "quote_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

namespace newsnlp {
namespace {

constexpr std::array<const char*, 4> kTypes = {"all", "direct", "mixed", "indirect"};
constexpr std::array<const char*, 4> kErrors = {"missed", "false", "content", "source"};

void print_rates(const char* what, const std::array<Rate, 4>& rates) {
  for (size_t t = 0; t < rates.size(); ++t) {
    std::array<char, 160> line{};
    std::snprintf(line.data(), line.size(), "%-16s %-9s P %5.1f  R %5.1f  F1 %5.1f  (gold %llu, predicted %llu)\n",
                  what, kTypes[t], 100 * rates[t].precision(), 100 * rates[t].recall(), 100 * rates[t].f1(),
                  static_cast<unsigned long long>(rates[t].gold), static_cast<unsigned long long>(rates[t].predicted));
    std::cerr << line.data();
  }
}

void print_errors(std::vector<QuoteError> errors, size_t worst) {
  std::stable_sort(errors.begin(), errors.end(),
                   [](const QuoteError& a, const QuoteError& b) { return a.score > b.score; });
  std::array<size_t, 4> counts{};
  for (const QuoteError& e : errors) ++counts[static_cast<size_t>(e.kind)];
  for (size_t kind = 0; kind < counts.size(); ++kind) {
    std::cerr << kErrors[kind] << ": " << counts[kind] << '\n';
    size_t shown = 0;
    for (const QuoteError& e : errors) {
      if (static_cast<size_t>(e.kind) != kind || shown++ >= worst) continue;
      std::cerr << "  " << e.article << "  " << e.score << "\n    gold      " << e.gold << "\n    predicted "
                << e.predicted << '\n';
    }
  }
}

}  // namespace

QuoteScores report_quotes(const std::string& title, const std::vector<LabelledArticle>& gold,
                          const std::vector<std::vector<LabelledQuote>>& predicted, size_t worst) {
  QuoteScores speech;
  QuoteScores all;
  std::vector<QuoteError> errors;
  for (size_t i = 0; i < gold.size(); ++i) {
    score_article(gold[i], predicted[i], true, speech, worst > 0 ? &errors : nullptr);
    score_article(gold[i], predicted[i], false, all, nullptr);
  }
  std::cerr << title << ": " << gold.size() << " articles, speech only\n";
  print_rates("content exact", speech.exact);
  print_rates("content overlap", speech.overlap);
  print_rates("e2e", speech.whole);
  const CurveFigures c = curve_figures(speech);
  std::array<char, 240> line{};
  std::snprintf(line.data(), line.size(),
                "e2e exact F1 %.1f  average precision %.1f  P at R 57 %.1f  calibration error %.4f  score >= 0.9: %zu, "
                "P %.1f\nall attributions: e2e F1 %.1f\n",
                100 * speech.all_parts.f1(), 100 * c.average_precision, 100 * c.precision_at_57, c.calibration_error,
                c.from_90, 100 * c.precision_from_90, 100 * all.whole[0].f1());
  std::cerr << line.data();
  if (worst > 0) print_errors(std::move(errors), worst);
  return speech;
}

}  // namespace newsnlp
