// Room: tools. A document in the form that was asked for. One report a run.
#pragma once

#include <memory>
#include <string>

#include "article.h"
#include "newsnlp/newsnlp.h"

namespace newsnlp {

enum class Format { Text, Json, JsonLines, Csv, Columns };

/// Throws Error that lists the formats there are.
Format parse_format(const std::string& name);

struct ReportSettings {
  Format format = Format::Text;
  Offsets offsets = Offsets::Codepoint;
  bool one_article = false;  // Json: an object instead of an array
  bool by_speaker = false;   // Text
  bool explain = false;      // Text
  bool colour = false;       // Text
  size_t width = 80;         // Text: columns
};

class Report {
 public:
  virtual ~Report() = default;
  /// What stands before the first article, between two of them, and behind the last one.
  virtual std::string head() const { return {}; }
  virtual std::string between() const { return {}; }
  virtual std::string tail() const { return {}; }
  /// One article, whole. Any number of threads at once.
  virtual std::string article(const Article& article, const Document& document) const = 0;
};

/// `analyzer` must outlive the report; it is asked for evidence.
std::unique_ptr<Report> make_report(const ReportSettings& settings, const Analyzer& analyzer);

}  // namespace newsnlp
