// Room: tools. Files -> articles, one after the other, in bounded memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article.h"
#include "input_file.h"

namespace newsnlp {

enum class InputFormat { Text, JsonLines, Columns };

/// Looks like a web page, or a piece of one, of which nobody has taken the text out.
bool is_html(std::string_view text);

class ArticleReader {
 public:
  /// Called with one line of words for each input that is passed over: a missing file, a bad record.
  using Report = std::function<void(const std::string&)>;

  /// Texts over `max_bytes` are reported and passed over.
  ArticleReader(std::vector<std::string> files, InputFormat format, size_t max_bytes, Report report);

  /// The next article that can be read; nothing at the end of the last file.
  std::optional<Article> next();

  uint64_t bytes() const noexcept { return closed_bytes_ + (file_ ? file_->bytes() : 0); }  ///< read so far

 private:
  bool open_next();
  void close();
  std::optional<Article> text_article();
  std::optional<Article> json_article();
  std::optional<Article> column_article();
  bool read_columns(Article& article, std::string& broken);
  void add_columns(Article& article, const std::string& line) const;

  std::vector<std::string> files_;
  InputFormat format_;
  size_t max_bytes_;
  Report report_;
  size_t next_file_ = 0;
  std::unique_ptr<InputFile> file_;
  uint64_t closed_bytes_ = 0;
  uint64_t record_ = 0;                 // of this file, from 1
  std::optional<std::string> pending_;  // the -DOCSTART- line of the next document
};

}  // namespace newsnlp
