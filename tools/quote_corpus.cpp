#include "quote_corpus.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

using Json = nlohmann::json;

// Byte offset of each code point, and of the end.
std::vector<uint32_t> code_point_offsets(const std::string& text) {
  std::vector<uint32_t> at;
  at.reserve(text.size() + 1);
  for (uint32_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) at.push_back(i);
  at.push_back(static_cast<uint32_t>(text.size()));
  return at;
}

std::vector<Span> spans(const Json& quote, const char* field, const std::vector<uint32_t>& bytes) {
  std::vector<Span> out;
  const auto it = quote.find(field);
  if (it == quote.end() || it->is_null()) return out;
  for (const Json& pair : *it) {
    const auto begin = pair.at(0).get<size_t>();
    const auto end = pair.at(1).get<size_t>();
    if (begin >= end || end >= bytes.size())
      throw Error(std::string("\"") + field + "\" has a span that is empty or lies outside the text");
    out.push_back({bytes[begin], bytes[end]});
  }
  return out;
}

LabelledArticle article(const Json& record) {
  LabelledArticle a;
  a.id = record.at("id").get<std::string>();
  a.text = record.at("text").get<std::string>();
  const std::vector<uint32_t> bytes = code_point_offsets(a.text);
  const char* key = record.contains("attributions") ? "attributions" : "quotes";
  for (const Json& q : record.value(key, Json::array())) {
    LabelledQuote quote;
    quote.content = spans(q, "content", bytes);
    quote.cue = spans(q, "cue", bytes);
    quote.source = spans(q, "source", bytes);
    quote.speech = q.value("speech", true);
    quote.nested = q.contains("nested_in") && !q["nested_in"].is_null();
    quote.optional = q.value("optional", false);
    a.quotes.push_back(std::move(quote));
  }
  return a;
}

}  // namespace

std::vector<LabelledArticle> read_quote_corpus(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(file + ": cannot be read; give a file of labelled quotes, one JSON object a line");
  std::vector<LabelledArticle> out;
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    try {
      out.push_back(article(Json::parse(line)));
    } catch (const std::exception& e) {
      throw Error(file + ":" + std::to_string(number) + ": " + e.what() +
                  "; expected {\"id\", \"text\", \"attributions\": [{\"content\": [[begin, end]], …}]}");
    }
  }
  return out;
}

}  // namespace newsnlp
