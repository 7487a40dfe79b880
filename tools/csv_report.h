// Room: tools. One quote a row, for a spreadsheet or a data frame. Fields are quoted as RFC 4180 says.
#pragma once

#include "report.h"

namespace newsnlp {

class CsvReport : public Report {
 public:
  explicit CsvReport(Offsets offsets) : offsets_(offsets) {}
  std::string head() const override;
  std::string article(const Article& article, const Document& document) const override;

 private:
  Offsets offsets_;
};

}  // namespace newsnlp
