#include "report.h"

#include <array>
#include <string_view>

#include "columns_report.h"
#include "csv_report.h"
#include "newsnlp/error.h"
#include "text_report.h"

namespace newsnlp {
namespace {

constexpr std::array<std::string_view, 5> kFormats = {"text", "json", "jsonl", "csv", "conll"};  // as enum Format

class JsonLinesReport : public Report {
 public:
  explicit JsonLinesReport(Offsets offsets) : offsets_(offsets) {}
  std::string article(const Article& article, const Document& document) const override {
    return to_json(document, article.record, offsets_) + "\n";
  }

 private:
  Offsets offsets_;
};

// One object, or an array of them with an object a line.
class JsonReport : public Report {
 public:
  JsonReport(Offsets offsets, bool one) : offsets_(offsets), one_(one) {}
  std::string head() const override { return one_ ? "" : "["; }
  std::string between() const override { return ","; }
  std::string tail() const override { return one_ ? "" : "\n]\n"; }
  std::string article(const Article& article, const Document& document) const override {
    const std::string json = to_json(document, article.record, offsets_);
    return one_ ? json + "\n" : "\n" + json;
  }

 private:
  Offsets offsets_;
  bool one_;
};

}  // namespace

Format parse_format(const std::string& name) {
  for (size_t i = 0; i < kFormats.size(); ++i)
    if (kFormats[i] == name) return static_cast<Format>(i);
  throw Error("unknown format \"" + name + "\"; use text, json, jsonl, csv or conll");
}

std::unique_ptr<Report> make_report(const ReportSettings& settings, const Analyzer& analyzer) {
  switch (settings.format) {
    case Format::Json:
      return std::make_unique<JsonReport>(settings.offsets, settings.one_article);
    case Format::JsonLines:
      return std::make_unique<JsonLinesReport>(settings.offsets);
    case Format::Csv:
      return std::make_unique<CsvReport>(settings.offsets);
    case Format::Columns:
      return std::make_unique<ColumnsReport>();
    case Format::Text:
      break;
  }
  return std::make_unique<TextReport>(settings, analyzer);
}

}  // namespace newsnlp
