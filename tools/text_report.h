// Room: tools. Who said what, to read:
//
//   Harbour bridge to close for a year
//   bridge.txt · 3 quotes, 2 speakers                                how sure
//
//   Ann Lee (mayor) · told · to reporters · direct                        97%
//       “We have no choice,”
//
//       Ben Ode · had warned · indirect                                   81%      nested: stands inside Ann Lee's
//       words
//           that the bridge …
#pragma once

#include <mutex>

#include "page.h"
#include "report.h"

namespace newsnlp {

class TextReport : public Report {
 public:
  TextReport(const ReportSettings& settings, const Analyzer& analyzer) : settings_(settings), analyzer_(analyzer) {}
  std::string between() const override { return "\n\n"; }
  std::string article(const Article& article, const Document& document) const override;

 private:
  void heading(Page& page, const Article& article, const Document& document) const;
  void speaker_heading(Page& page, const Document& document, const Quote& quote, size_t quotes) const;
  void quote(Page& page, const Document& document, uint32_t index, size_t indent) const;
  void in_text_order(Page& page, const Document& document) const;
  void by_speaker(Page& page, const Document& document) const;

  ReportSettings settings_;
  const Analyzer& analyzer_;
  mutable std::mutex explaining_;  // the analyzer keeps the evidence of one article: quotes of two would chase it away
};

}  // namespace newsnlp
