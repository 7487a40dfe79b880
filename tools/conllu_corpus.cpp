#include "conllu_corpus.h"

#include <zlib.h>

#include <array>
#include <charconv>
#include <memory>
#include <unordered_map>

#include "newsnlp/error.h"
#include "newsnlp/json.h"
#include "unicode.h"

namespace newsnlp {
namespace {

std::string read_gzip(const std::string& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) throw Error(path + ": cannot be read");
  std::string text;
  std::array<char, 1 << 16> block;
  int n = 0;
  while ((n = gzread(file.get(), block.data(), block.size())) > 0) text.append(block.data(), static_cast<size_t>(n));
  if (n < 0) throw Error(path + ": is no intact gzip file");
  return text;
}

bool number(std::string_view s, uint32_t& value) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc{} && end == s.data() + s.size();
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), text_(read_gzip(path)) {
    if (find_invalid_utf8(text_) != std::string_view::npos) throw Error(path + ": is not valid UTF-8");
  }

  std::vector<ConlluDocument> run() {
    for (size_t at = 0; at < text_.size();) {
      const size_t end = std::min(text_.find('\n', at), text_.size());
      std::string_view line = std::string_view(text_).substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      at = end + 1;
      ++number_;
      if (line.empty()) {
        close_sentence();
      } else if (line.starts_with("# newdoc")) {
        close_sentence();
        const size_t equals = line.find("= ");
        documents_.push_back({std::string(equals == std::string_view::npos ? "" : line.substr(equals + 2)), {}});
      } else if (line[0] != '#') {
        row(line);
      }
    }
    close_sentence();
    return std::move(documents_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(path_ + ":" + std::to_string(number_) + ": " + what);
  }

  void row(std::string_view line) {
    std::array<std::string_view, 10> column;
    for (size_t i = 0; i < column.size(); ++i) {
      const size_t tab = line.find('\t');
      if ((tab == std::string_view::npos) != (i + 1 == column.size())) fail("ten columns were expected");
      column[i] = line.substr(0, tab);
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
    const bool spaced = column[9].find("SpaceAfter=No") == std::string_view::npos;
    const std::string_view id = column[0];
    if (id.find('.') != std::string_view::npos) return;
    if (const size_t dash = id.find('-'); dash != std::string_view::npos) {
      if (!number(id.substr(dash + 1), range_end_)) fail("a range of tokens was expected");
      range_spaced_ = spaced;
      return;
    }
    uint32_t index = 0;
    if (!number(id, index) || index != sentence_.tokens.size() + 1) fail("tokens are not numbered from 1");
    ConlluToken t;
    t.form = column[1];
    t.lemma = column[2];
    t.tag = tag_of(column[4]);
    if (column[6] != "_" && !number(column[6], t.head)) fail("the head is no number");
    t.relation = column[7];
    t.misc = column[9];
    t.space_after = index < range_end_ ? false : index == range_end_ ? range_spaced_ : spaced;
    sentence_.tokens.push_back(std::move(t));
  }

  void close_sentence() {
    range_end_ = 0;
    if (sentence_.tokens.empty()) return;
    if (documents_.empty()) documents_.emplace_back();
    documents_.back().sentences.push_back(std::move(sentence_));
    sentence_ = {};
  }

  std::string path_;
  std::string text_;
  size_t number_ = 0;
  std::vector<ConlluDocument> documents_;
  ConlluSentence sentence_;
  uint32_t range_end_ = 0;  // last token of the multiword token that is open
  bool range_spaced_ = true;
};

}  // namespace

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> kTags = [] {
    std::unordered_map<std::string_view, Tag> tags;
    for (uint32_t t = 1; t < static_cast<uint32_t>(Tag::Count); ++t)
      tags.emplace(to_string(static_cast<Tag>(t)), static_cast<Tag>(t));
    return tags;
  }();
  const auto found = kTags.find(name);
  return found == kTags.end() ? Tag::None : found->second;
}

std::optional<Span> offsets_of(std::string_view misc) {
  const size_t colon = misc.find(':');
  Span s;
  if (colon == std::string_view::npos || !number(misc.substr(0, colon), s.begin) ||
      !number(misc.substr(colon + 1), s.end) || s.begin >= s.end)
    return std::nullopt;
  return s;
}

std::vector<ConlluDocument> read_conllu(const std::string& path) {
  return Reader(path).run();
}

}  // namespace newsnlp
