#include "tagged_text.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "newsnlp/error.h"
#include "tagger.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// Articles by id, out of {"id", "text"} lines.
std::unordered_map<std::string, std::string> read_articles(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw Error(path + ": cannot be read; --resources names the folder that holds quotes/ and ner/");
  std::unordered_map<std::string, std::string> articles;
  std::string line;
  for (size_t n = 1; std::getline(in, line); ++n) try {
      const auto record = nlohmann::json::parse(line);
      articles[record.at("id").get<std::string>()] = record.at("text").get<std::string>();
    } catch (const nlohmann::json::exception&) {
      throw Error(path + ":" + std::to_string(n) + ": an object with \"id\" and \"text\" was expected");
    }
  return articles;
}

// "polnear.train.silver.conllu.gz" -> its articles' file; "" when the file is not silver.
std::string articles_of(const std::string& path, const std::string& resources) {
  const std::string name = std::filesystem::path(path).filename().string();
  if (name.find(".silver.") == std::string::npos) return "";
  const std::string set = name.substr(0, name.find(".silver."));
  if (set.starts_with("polnear.")) return resources + "/quotes/polnear/" + set.substr(8) + ".jsonl";
  return resources + "/ner/en_worldwide/raw/" + set + ".jsonl";
}

}  // namespace

GivenText lay_out(const ConlluDocument& document, bool spaced) {
  GivenText out;
  for (const ConlluSentence& sentence : document.sentences) {
    for (const ConlluToken& t : sentence.tokens) {
      const auto begin = static_cast<uint32_t>(out.text.size());
      for (const char c : t.form)
        if (c == ' ')
          out.text += "\u00A0";  // a space inside a token
        else
          out.text += c;
      out.given.push_back({{begin, static_cast<uint32_t>(out.text.size())}, t.tag});
      if (spaced || t.space_after) out.text += ' ';
    }
    if (out.text.ends_with(' ')) out.text.pop_back();
    out.text += '\n';
  }
  return out;
}

GivenText lay_out(const ConlluDocument& document, std::string article) {
  GivenText out;
  out.text = std::move(article);
  std::vector<uint32_t> bytes;  // of each code point
  for (size_t at = 0; at < out.text.size(); next_code_point(out.text, at)) bytes.push_back(static_cast<uint32_t>(at));
  bytes.push_back(static_cast<uint32_t>(out.text.size()));
  uint32_t end = 0;
  for (const ConlluSentence& sentence : document.sentences)
    for (const ConlluToken& t : sentence.tokens) {
      const auto span = offsets_of(t.misc);
      if (!span || span->end >= bytes.size() || bytes[span->begin] < end) continue;
      end = bytes[span->end];
      out.given.push_back({{bytes[span->begin], end}, t.tag});
    }
  return out;
}

std::vector<Tag> project(const std::vector<GivenTag>& given, const Layers& layers) {
  std::vector<Tag> tags(layers.tokens.size(), Tag::None);
  size_t g = 0;
  for (size_t i = 0; i < tags.size(); ++i) {
    const Span token = layers.tokens[i].span;
    while (g < given.size() && given[g].span.end <= token.begin) ++g;
    for (size_t k = g; k < given.size() && given[k].span.begin < token.end; ++k) {
      if (given[k].span.end > token.end) break;  // a later piece has its tag
      const bool mark = given[k].tag >= Tag::Dollar;
      // "cannot" is a modal; of other joined words the last speaks.
      if (tags[i] == Tag::None || (!mark && tags[i] != Tag::MD)) tags[i] = given[k].tag;
    }
  }
  return tags;
}

std::vector<uint32_t> last_pieces(const std::vector<GivenTag>& given, const Layers& layers) {
  std::vector<uint32_t> pieces(given.size(), Workspace::kNone);
  uint32_t i = 0;
  for (size_t g = 0; g < given.size(); ++g) {
    const Span span = given[g].span;
    while (i < layers.tokens.size() && layers.tokens[i].span.end <= span.begin) ++i;
    for (uint32_t k = i; k < layers.tokens.size() && layers.tokens[k].span.begin < span.end; ++k) pieces[g] = k;
  }
  return pieces;
}

TaggedText cut(const GivenText& given, const Segmenter& segmenter, Workspace& workspace, Layout layout) {
  Layers layers;
  layers.text = given.text;
  segmenter.segment(layers, workspace, layout);
  TaggedText out;
  out.word = workspace.word;
  out.tag = project(given.given, layers);
  for (const Sentence& s : layers.sentences) out.sentence_ends.push_back(s.tokens.end);
  for (size_t i = 0; i < layers.tokens.size(); ++i)
    out.evident.push_back(evident_tag(layers.tokens[i], workspace.quotation[i]));
  return out;
}

std::vector<TaggedText> read_tagged(const std::string& path, const std::string& resources, const Segmenter& segmenter,
                                    Workspace& workspace, uint32_t fold, uint32_t of) {
  const std::string source = articles_of(path, resources);
  std::unordered_map<std::string, std::string> articles;
  if (!source.empty()) articles = read_articles(source);
  const bool folded = of > 0 && source.find("/polnear/") != std::string::npos;
  std::vector<TaggedText> texts;
  uint32_t index = 0;
  for (const ConlluDocument& document : read_conllu(path)) {
    const bool left_out = folded && index++ % of == fold;
    if (left_out) continue;
    if (source.empty()) {
      texts.push_back(cut(lay_out(document, false), segmenter, workspace, Layout::SentencePerLine));
      continue;
    }
    const auto found = articles.find(document.id);
    if (found == articles.end())
      throw Error(std::string(source).append(": has no article \"").append(document.id).append("\" of ").append(path));
    texts.push_back(cut(lay_out(document, found->second), segmenter, workspace, Layout::Article));
  }
  return texts;
}

}  // namespace newsnlp
