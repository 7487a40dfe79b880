// Room: tools. Column files: one token a line, the tag (B-PER, I-ORG, O) in the last column, a blank line after a
// sentence. Column input comes back line by line with the tag behind it; other input gives token, part of speech, tag.
#pragma once

#include "report.h"

namespace newsnlp {

class ColumnsReport : public Report {
 public:
  std::string article(const Article& article, const Document& document) const override;
};

}  // namespace newsnlp
