#include "speaker_corpus.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "coreference_corpus.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

using Json = nlohmann::json;

std::vector<uint32_t> code_point_offsets(const std::string& text) {
  std::vector<uint32_t> at;
  for (uint32_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) at.push_back(i);
  at.push_back(static_cast<uint32_t>(text.size()));
  return at;
}

Span bytes_of(Span code_points, const std::vector<uint32_t>& bytes) {
  if (code_points.begin >= code_points.end || code_points.end >= bytes.size())
    throw Error("a span is empty or lies outside the text");
  return {bytes[code_points.begin], bytes[code_points.end]};
}

std::vector<std::string> names_of(const Json& names) {
  if (names.is_string()) return {names.get<std::string>()};
  return names.get<std::vector<std::string>>();
}

void read_units(const Json& record, SpeakerArticle& out) {
  const std::vector<uint32_t> bytes = code_point_offsets(out.article.text);
  for (const Json& p : record.value("pronouns", Json::array())) {
    SpeakerUnit u;
    u.code_points = {p.at("start").get<uint32_t>(), p.at("end").get<uint32_t>()};
    u.span = bytes_of(u.code_points, bytes);
    u.names = names_of(p.at("names"));
    out.units.push_back(std::move(u));
  }
  const Json attributions = record.value("attributions", Json::array());
  out.records = record.contains("entities");
  for (const Json& a : attributions) {
    QuoteLabel& label = out.labels.emplace_back();
    label.direct = a.value("type", "") == "direct";
    if (a.contains("speaker") && !a["speaker"].is_null()) label.names = names_of(a["speaker"]);
    if (!a.contains("nested_in") || a["nested_in"].is_null()) continue;
    const auto parent = std::find_if(attributions.begin(), attributions.end(),
                                     [&](const Json& p) { return p.value("id", "") == a["nested_in"]; });
    if (parent != attributions.end()) label.nested_in = static_cast<size_t>(parent - attributions.begin());
  }
  size_t quote = 0;
  for (const Json& a : attributions) {
    const size_t index = quote++;
    if (!a.contains("speaker") || a["speaker"].is_null() || !a.contains("source") || a["source"].empty()) continue;
    SpeakerUnit u;
    u.code_points = {a["source"][0].at(0).get<uint32_t>(), a["source"][0].at(1).get<uint32_t>()};
    u.span = bytes_of(u.code_points, bytes);
    u.names = names_of(a["speaker"]);
    u.quote = index;
    out.units.push_back(std::move(u));
  }
}

SpeakerArticle read_gap(const std::string& line) {
  std::vector<std::string> f;
  for (size_t at = 0; at != std::string::npos && f.size() < 11;) {
    const size_t tab = line.find('\t', at);
    f.push_back(line.substr(at, tab == std::string::npos ? tab : tab - at));
    at = tab == std::string::npos ? tab : tab + 1;
  }
  if (f.size() != 11) throw Error("expected the 11 columns of GAP");
  SpeakerArticle a;
  a.gap = true;
  a.article.id = f[0];
  a.article.text = f[1];
  const std::vector<uint32_t> bytes = code_point_offsets(f[1]);
  const auto span = [&](const std::string& words, const std::string& offset) {
    const auto begin = static_cast<uint32_t>(std::stoul(offset));
    return Span{begin, begin + static_cast<uint32_t>(code_point_offsets(words).size() - 1)};
  };
  SpeakerUnit u;
  u.code_points = span(f[2], f[3]);
  u.span = bytes_of(u.code_points, bytes);
  for (size_t column : {size_t{4}, size_t{7}})
    u.gap_names.push_back({bytes_of(span(f[column], f[column + 1]), bytes), f[column + 2] == "TRUE"});
  a.units.push_back(std::move(u));
  return a;
}

std::vector<std::string> norm_name(std::string_view name) {
  static constexpr auto kTitles = std::to_array<std::string_view>(
      {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "the", "former", "senator", "secretary"});
  static constexpr auto kSuffixes = std::to_array<std::string_view>({"jr", "sr", "ii", "iii"});
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty() && word != "s") words.push_back(word);
    word.clear();
  };
  const std::string low = lower(name);
  for (char c : low) {
    if (c == ' ' || c == '\'' || c == ',' || c == '"')
      flush();
    else
      word += c;
  }
  flush();
  std::vector<std::string> kept;
  for (const std::string& w : words)
    if (std::find(kTitles.begin(), kTitles.end(), w) == kTitles.end()) kept.push_back(w);
  if (kept.empty()) kept = words;
  std::erase_if(
      kept, [&](const std::string& w) { return std::find(kSuffixes.begin(), kSuffixes.end(), w) != kSuffixes.end(); });
  return kept;
}

}  // namespace

bool same_speaker(const std::vector<std::string>& gold, std::string_view name) {
  const std::vector<std::string> n = norm_name(name);
  if (n.empty()) return false;
  for (const std::string& g : gold) {
    const std::vector<std::string> w = norm_name(g);
    if (w.empty()) continue;
    if (w == n) return true;
    if ((w.size() == 1 || n.size() == 1) && w.back() == n.back()) return true;
    if (w.size() > 1 && n.size() > 1 && w.front() == n.front() && w.back() == n.back()) return true;
  }
  return false;
}

bool right_speaker(const std::vector<std::string>& gold, std::string_view name) {
  static constexpr auto kFirst =
      std::to_array<std::string_view>({"a", "an", "the", "his", "her", "its", "their", "my", "our", "some"});
  if (same_speaker(gold, name)) return true;
  const size_t space = name.find(' ');
  if (space == std::string_view::npos) return false;
  const std::string first = lower(name.substr(0, space));
  if (std::find(kFirst.begin(), kFirst.end(), first) == kFirst.end()) return false;
  return same_speaker(gold, name.substr(space + 1));
}

std::vector<SpeakerArticle> read_speaker_corpus(const std::string& file) {
  if (file.ends_with(".conllu")) return read_coreference_corpus(file);
  const bool gap = file.ends_with(".tsv");
  const std::vector<LabelledArticle> articles = gap ? std::vector<LabelledArticle>() : read_quote_corpus(file);
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(file + ": cannot be read; give a he_said file, GUM's pronouns or a GAP table");
  std::vector<SpeakerArticle> out;
  std::string line;
  size_t record = 0;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || (gap && number == 1)) continue;
    try {
      if (gap) {
        out.push_back(read_gap(line));
        continue;
      }
      SpeakerArticle a;
      a.article = articles.at(record++);
      read_units(Json::parse(line), a);
      out.push_back(std::move(a));
    } catch (const std::exception& e) {
      throw Error(file + ":" + std::to_string(number) + ": " + e.what() +
                  "; expected a line of a he_said file, of GUM's pronouns or of GAP");
    }
  }
  return out;
}

}  // namespace newsnlp
