#include "csv_report.h"

#include <array>
#include <charconv>

namespace newsnlp {
namespace {

class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}
  ~Row() { out_ += '\n'; }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  Row& field(std::string_view value) {
    if (!first_) out_ += ',';
    first_ = false;
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_ += value;
      return *this;
    }
    out_ += '"';
    for (const char c : value) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
    return *this;
  }
  Row& field(uint32_t value) { return field(std::string_view(std::to_string(value))); }
  Row& score(float value) {
    std::array<char, 16> digits;
    const char* end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 4).ptr;
    return field(std::string_view(digits.data(), static_cast<size_t>(end - digits.data())));
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace

std::string CsvReport::head() const {
  return "id,quote,type,speech,speaker,role,cue,content,source,addressee,relay,polarity,certainty,nested_in,resolution,"
         "score,start,end\n";
}

std::string CsvReport::article(const Article& article, const Document& document) const {
  const OffsetMap map(document.text(), offsets_);
  std::string out;
  const auto quotes = document.quotes();
  for (uint32_t i = 0; i < quotes.size(); ++i) {
    const Quote& q = quotes[i];
    const auto content = document.spans(q.content);
    Row row(out);
    row.field(article.record.id).field(i).field(to_string(q.type)).field(q.speech ? "true" : "false");
    row.field(q.speaker ? document.text(document.entities()[*q.speaker].name) : std::string_view());
    row.field(q.role ? document.text(document.roles()[*q.role].span) : std::string_view());
    row.field(document.joined(q.cue)).field(document.joined(q.content)).field(document.joined(q.source));
    row.field(document.joined(q.addressee)).field(document.relay_name(q));
    row.field(to_string(q.polarity)).field(to_string(q.certainty));
    row.field(q.nested_in ? std::to_string(*q.nested_in) : std::string()).field(to_string(q.resolution)).score(q.score);
    row.field(map(content.front().begin)).field(map(content.back().end));
  }
  return out;
}

}  // namespace newsnlp
