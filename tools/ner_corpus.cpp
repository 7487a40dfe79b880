#include "ner_corpus.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

[[noreturn]] void broken(const std::string& file, size_t line, const std::string& what) {
  throw ListError(file + ":" + std::to_string(line) + ": " + what);
}

constexpr const char* kTypes = "expected PER, ORG, LOC, MISC or another known type (PERSON, GPE, NORP, DATE, MONEY, …)";

NameArticleLabels read_record(const std::string& line, const std::string& file, size_t number) {
  const auto record = nlohmann::json::parse(line, nullptr, false);
  if (!record.is_object() || !record.contains("text") || !record["text"].is_string())
    broken(file, number, "no record; expected {\"id\", \"text\", \"entities\": [[start, end, type], …]}");
  NameArticleLabels article;
  article.text = record["text"].get<std::string>();
  if (record.contains("id"))
    article.id = record["id"].is_string() ? record["id"].get<std::string>() : record["id"].dump();
  if (find_invalid_utf8(article.text) != std::string_view::npos) broken(file, number, "the text is not valid UTF-8");
  std::vector<uint32_t> bytes;  // of each code point
  for (size_t i = 0; i < article.text.size(); next_code_point(article.text, i))
    bytes.push_back(static_cast<uint32_t>(i));
  bytes.push_back(static_cast<uint32_t>(article.text.size()));
  const auto entities = record.find("entities");
  if (entities == record.end() || !entities->is_array()) broken(file, number, "expected a list \"entities\"");
  for (const auto& e : *entities) {
    if (!e.is_array() || e.size() < 3 || !e[0].is_number_unsigned() || !e[1].is_number_unsigned() || !e[2].is_string())
      broken(file, number, "expected [start, end, type] in \"entities\"");
    const auto begin = e[0].get<uint64_t>();
    const auto end = e[1].get<uint64_t>();
    if (begin >= end || end >= bytes.size())
      broken(file, number, "span [" + std::to_string(begin) + ", " + std::to_string(end) + "] is not within the text");
    const auto name = e[2].get<std::string>();
    const auto type = entity_type(name);
    if (!type) broken(file, number, "unknown type \"" + name + "\"; " + kTypes);
    article.names.push_back({{bytes[begin], bytes[end]}, *type});
  }
  std::sort(article.names.begin(), article.names.end(),
            [](const LabelledName& a, const LabelledName& b) { return a.span.begin < b.span.begin; });
  for (size_t i = 1; i < article.names.size(); ++i)
    if (article.names[i].span.overlaps(article.names[i - 1].span))
      broken(file, number, "two spans overlap; expected names without overlap");
  return article;
}

/// Builds articles of column lines.
class ColumnReader {
 public:
  explicit ColumnReader(const std::string& file) : file_(file) {}

  void line(const std::string& line, size_t number) {
    const size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) return end_sentence();
    if (line.compare(first, 10, "-DOCSTART-") == 0) {
      end_sentence();
      begin_article();
      return;
    }
    const size_t token_end = line.find_first_of(" \t", first);
    const size_t last = line.find_last_not_of(" \t\r");
    const size_t tag_begin = line.find_last_of(" \t", last) + 1;
    if (token_end == std::string::npos || token_end > last)
      broken(file_, number, "one column; expected a token first and its tag last");
    if (articles.empty()) begin_article();
    std::string& text = articles.back().text;
    if (!tokens_.empty()) text += ' ';
    const auto begin = static_cast<uint32_t>(text.size());
    text.append(line, first, token_end - first);
    if (find_invalid_utf8(std::string_view(text).substr(begin)) != std::string_view::npos)
      broken(file_, number, "the token is not valid UTF-8");
    tokens_.push_back({begin, static_cast<uint32_t>(text.size())});
    tag(line.substr(tag_begin, last + 1 - tag_begin), number);
  }
  void end_sentence() {
    if (tokens_.empty()) return;
    articles.back().text += '\n';
    articles.back().sentences.push_back(std::move(tokens_));
    tokens_.clear();
    inside_ = false;
  }

  std::vector<NameArticleLabels> articles;

 private:
  void begin_article() {
    if (!articles.empty() && articles.back().sentences.empty()) return;
    articles.emplace_back();
    articles.back().id = std::to_string(articles.size() - 1);
    articles.back().id.insert(0, 1, 'd');
    articles.back().layout = Layout::SentencePerLine;
  }
  void tag(const std::string& tag, size_t number) {
    std::vector<LabelledName>& names = articles.back().names;
    if (tag == "O") {
      inside_ = false;
      return;
    }
    if (tag.size() < 3 || tag[1] != '-' || std::string_view("BILUES").find(tag[0]) == std::string_view::npos)
      broken(file_, number, "unknown tag \"" + tag + "\"; expected O, or B-, I-, L-, U-, E-, S- and a type");
    const auto type = entity_type(std::string_view(tag).substr(2));
    if (!type) broken(file_, number, "unknown type in \"" + tag + "\"; " + kTypes);
    const bool begins = tag[0] == 'B' || tag[0] == 'U' || tag[0] == 'S';
    if (begins || !inside_ || names.back().type != *type)
      names.push_back({tokens_.back(), *type});
    else
      names.back().span.end = tokens_.back().end;
    inside_ = tag[0] == 'B' || tag[0] == 'I';
  }

  const std::string& file_;
  std::vector<Span> tokens_;
  bool inside_ = false;
};

}  // namespace

std::optional<EntityType> entity_type(std::string_view name) {
  static const std::map<std::string, EntityType, std::less<>> kNames = {{"per", EntityType::Person},
                                                                        {"person", EntityType::Person},
                                                                        {"org", EntityType::Organization},
                                                                        {"organization", EntityType::Organization},
                                                                        {"organisation", EntityType::Organization},
                                                                        {"loc", EntityType::Location},
                                                                        {"location", EntityType::Location},
                                                                        {"gpe", EntityType::Location},
                                                                        {"facility", EntityType::Location},
                                                                        {"fac", EntityType::Location},
                                                                        {"country", EntityType::Location},
                                                                        {"city", EntityType::Location},
                                                                        {"state_or_province", EntityType::Location},
                                                                        {"misc", EntityType::Misc},
                                                                        {"miscellaneous", EntityType::Misc},
                                                                        {"norp", EntityType::Misc},
                                                                        {"product", EntityType::Misc},
                                                                        {"event", EntityType::Misc},
                                                                        {"work_of_art", EntityType::Misc},
                                                                        {"law", EntityType::Misc},
                                                                        {"language", EntityType::Misc},
                                                                        {"nationality", EntityType::Misc},
                                                                        {"religion", EntityType::Misc},
                                                                        {"ideology", EntityType::Misc},
                                                                        {"date", EntityType::Date},
                                                                        {"time", EntityType::Time},
                                                                        {"money", EntityType::Money},
                                                                        {"percent", EntityType::Percent},
                                                                        {"quantity", EntityType::Quantity},
                                                                        {"url", EntityType::Url},
                                                                        {"email", EntityType::Email},
                                                                        {"handle", EntityType::Handle}};
  const auto it = kNames.find(lower(name));
  return it == kNames.end() ? std::nullopt : std::optional(it->second);
}

Span trimmed(std::string_view text, Span span) {
  static constexpr std::string_view kStrip[] = {
      " ", "\t",           "\n",           "\r",           "\xC2\xA0",     "\"",
      "'", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "`"};
  const auto rest = [&] { return text.substr(span.begin, span.size()); };
  for (bool again = true; again && !span.empty();) {
    again = false;
    for (std::string_view s : kStrip)
      if (rest().starts_with(s)) {
        span.begin += static_cast<uint32_t>(s.size());
        again = true;
      }
  }
  for (bool again = true; again && !span.empty();) {
    again = false;
    for (std::string_view s : kStrip)
      if (rest().ends_with(s)) {
        span.end -= static_cast<uint32_t>(s.size());
        again = true;
      }
  }
  if ((rest().starts_with("the") || rest().starts_with("The")) && rest().size() > 3) {
    size_t space = 3;
    while (space < rest().size() && (rest()[space] == ' ' || rest()[space] == '\n' || rest()[space] == '\t')) ++space;
    if (space > 3 && space < rest().size()) span.begin += static_cast<uint32_t>(space);
  }
  for (std::string_view s : {std::string_view("'s"), std::string_view("\xE2\x80\x99s")})
    if (rest().ends_with(s) && rest().size() > s.size()) {
      span.end -= static_cast<uint32_t>(s.size());
      break;
    }
  return span;
}

std::vector<LabelledName> names_to_learn(const NameArticleLabels& article) {
  if (article.layout == Layout::SentencePerLine) return article.names;
  std::vector<LabelledName> names;
  for (const LabelledName& n : article.names)
    if (const Span s = trimmed(article.text, n.span); !s.empty()) names.push_back({s, n.type});
  return names;
}

std::vector<NameArticleLabels> read_ner_corpus(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw ListError(file + ": cannot be read; expected a label file (JSON Lines or CoNLL columns)");
  std::vector<NameArticleLabels> articles;
  ColumnReader columns(file);
  std::string line;
  bool records = false;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (number == 1)
      records = line.find_first_not_of(" \t") != std::string::npos && line[line.find_first_not_of(" \t")] == '{';
    if (!records)
      columns.line(line, number);
    else if (line.find_first_not_of(" \t\r") != std::string::npos)
      articles.push_back(read_record(line, file, number));
  }
  if (records) return articles;
  columns.end_sentence();
  if (columns.articles.empty()) throw ListError(file + ": no labelled sentence; expected JSON Lines or CoNLL columns");
  return std::move(columns.articles);
}

}  // namespace newsnlp
