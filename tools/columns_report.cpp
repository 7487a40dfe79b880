#include "columns_report.h"

namespace newsnlp {
namespace {

// Tags of spans that come in text order: a span takes the type of the mention that it overlaps.
class Tagging {
 public:
  explicit Tagging(const Document& document) : document_(document) {}

  std::string tag(Span token) {
    const auto mentions = document_.mentions();
    while (at_ < mentions.size() && (mentions[at_].span.end <= token.begin || short_name(mentions[at_]).empty())) ++at_;
    if (at_ == mentions.size() || mentions[at_].span.begin >= token.end) {
      last_ = kNone;
      return "O";
    }
    const bool inside = last_ == at_;
    last_ = at_;
    return (inside ? "I-" : "B-") + std::string(short_name(mentions[at_]));
  }
  void end_sentence() { last_ = kNone; }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  // Dates, amounts and addresses have no tag in column files.
  static std::string_view short_name(const Mention& m) {
    switch (m.type) {
      case EntityType::Person:
        return "PER";
      case EntityType::Organization:
        return "ORG";
      case EntityType::Location:
        return "LOC";
      case EntityType::Misc:
        return "MISC";
      default:
        return {};
    }
  }

  const Document& document_;
  size_t at_ = 0;  // of mentions
  size_t last_ = kNone;
};

std::string given_lines(const Article& article, Tagging& tagging) {
  std::string out;
  for (size_t i = 0; i < article.lines.size(); ++i) {
    const std::string& line = article.lines[i];
    out += line;
    const bool token = !article.tokens[i].empty();
    if (token || line.find_first_not_of(" \t") != std::string::npos) {
      out += line.find('\t') == std::string::npos ? ' ' : '\t';
      out += token ? tagging.tag(article.tokens[i]) : "O";
    }
    if (!token) tagging.end_sentence();
    out += '\n';
  }
  return out;
}

}  // namespace

std::string ColumnsReport::article(const Article& article, const Document& document) const {
  Tagging tagging(document);
  if (!article.lines.empty()) return given_lines(article, tagging);
  std::string out = "-DOCSTART-\t-X-\tO\n\n";
  for (const Sentence& sentence : document.sentences()) {
    for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end; ++i) {
      const Token& token = document.tokens()[i];
      const std::string_view pos = to_string(token.tag);
      out.append(document.text(token.span)).append("\t").append(pos.empty() ? "_" : pos);
      out.append("\t").append(tagging.tag(token.span)).append("\n");
    }
    tagging.end_sentence();
    out += '\n';
  }
  return out;
}

}  // namespace newsnlp
