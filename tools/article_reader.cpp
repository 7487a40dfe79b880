#include "article_reader.h"

#include <utility>

#include "json_record.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// A column file without document marks is cut at a sentence end once this much text has come.
constexpr size_t kColumnDocument = size_t{1} << 20;
constexpr size_t kColumnLine = size_t{1} << 20;
constexpr std::string_view kDocumentMark = "-DOCSTART-";

bool blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string over_limit(size_t limit) {
  return "larger than the limit of " + std::to_string(limit) + " bytes; split it";
}

}  // namespace

bool is_html(std::string_view text) {
  constexpr size_t kFar = size_t{1} << 16;
  text = text.substr(0, kFar);
  for (const std::string_view tag :
       {"</p>", "</div>", "</P>", "</DIV>", "<html", "<HTML", "<!DOCTYPE html", "<!doctype html"})
    if (text.find(tag) != std::string_view::npos) return true;
  return false;
}

ArticleReader::ArticleReader(std::vector<std::string> files, InputFormat format, size_t max_bytes, Report report)
    : files_(std::move(files)), format_(format), max_bytes_(max_bytes), report_(std::move(report)) {}

bool ArticleReader::open_next() {
  while (next_file_ < files_.size()) {
    try {
      file_ = std::make_unique<InputFile>(files_[next_file_++]);
      record_ = 0;
      return true;
    } catch (const Error& e) {
      report_(e.what());
    }
  }
  return false;
}

void ArticleReader::close() {
  closed_bytes_ += file_->bytes();
  file_.reset();
}

std::optional<Article> ArticleReader::next() {
  while (file_ || open_next()) {
    try {
      std::optional<Article> article = format_ == InputFormat::Text        ? text_article()
                                       : format_ == InputFormat::JsonLines ? json_article()
                                                                           : column_article();
      if (article) return article;
    } catch (const Error& e) {  // the file cannot be read on
      report_(e.what());
    }
    if (file_) close();
  }
  return {};
}

std::optional<Article> ArticleReader::text_article() {
  if (record_++ > 0) return {};
  Article article;
  article.where = article.record.id = file_->path();
  if (file_->read_all(article.text, max_bytes_)) return article;
  report_(article.where + ": " + over_limit(max_bytes_));
  return {};
}

std::optional<Article> ArticleReader::json_article() {
  // Six bytes of JSON (\u0000) can stand for one byte of text; the rest of the record gets as much again as a text.
  const size_t limit = 7 * max_bytes_ + kColumnLine;
  std::string line;
  for (;;) {
    const InputFile::Line state = file_->read_line(line, limit);
    if (state == InputFile::Line::End) return {};
    std::string_view json = line;
    if (file_->line() == 1) json = without_byte_order_mark(json);
    if (state == InputFile::Line::Read && blank(json)) continue;
    const std::string place = file_->path() + ":" + std::to_string(file_->line());
    Article article;
    article.where = place + ": record " + std::to_string(++record_);
    try {
      if (state == InputFile::Line::TooLong) throw Error(over_limit(limit));
      JsonRecord record = parse_json_record(json);
      if (record.text.size() > max_bytes_) throw Error("the text is " + over_limit(max_bytes_));
      article.record = {std::move(record.id).value_or(place), std::move(record.title), std::move(record.date)};
      article.text = std::move(record.text);
      return article;
    } catch (const Error& e) {
      report_(article.where + ": " + e.what());
    }
  }
}

// The tokens of a sentence are joined by single spaces, a sentence is a line.
void ArticleReader::add_columns(Article& article, const std::string& line) const {
  article.lines.push_back(line);
  const std::string_view token = std::string_view(line).substr(0, line.find_first_of(" \t"));
  std::string& text = article.text;
  const auto end = static_cast<uint32_t>(text.size());
  if (token.empty() || token == kDocumentMark) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    article.tokens.push_back({end, end});
    return;
  }
  if (!text.empty() && text.back() != '\n') text += ' ';
  const auto begin = static_cast<uint32_t>(text.size());
  text += token;
  article.tokens.push_back({begin, static_cast<uint32_t>(text.size())});
}

std::optional<Article> ArticleReader::column_article() {
  for (;;) {
    Article article;
    std::string broken;
    const bool more = read_columns(article, broken);
    if (broken.empty()) return article.lines.empty() ? std::nullopt : std::optional(std::move(article));
    report_(broken + " (its document is left out)");
    if (!more) return {};
  }
}

// One document, or the first thing that is wrong with it; true: there may be another one.
bool ArticleReader::read_columns(Article& article, std::string& broken) {
  article.record.id = file_->path() + ":" + std::to_string(file_->line() + (pending_ ? 0 : 1));
  article.where = article.record.id;
  std::string line;
  for (bool begun = false;; begun = true) {
    InputFile::Line state = InputFile::Line::Read;
    if (pending_)
      line = *std::exchange(pending_, std::nullopt);
    else
      state = file_->read_line(line, kColumnLine);
    if (state == InputFile::Line::End) return false;
    if (file_->line() == 1) line = without_byte_order_mark(line);
    const bool mark = line.compare(0, kDocumentMark.size(), kDocumentMark) == 0;
    if (mark && begun) {
      pending_ = line;
      return true;
    }
    const std::string place = file_->path() + ":" + std::to_string(file_->line());
    if (state == InputFile::Line::TooLong && broken.empty()) broken = place + ": a line " + over_limit(kColumnLine);
    if (const size_t bad = find_invalid_utf8(line); bad != std::string_view::npos && broken.empty())
      broken = place + ": not valid UTF-8 at byte " + std::to_string(bad) + " of the line; convert it to UTF-8 first";
    add_columns(article, line);
    if (article.tokens.back().empty() && !mark && article.text.size() >= kColumnDocument) return true;
    if (article.text.size() <= max_bytes_) continue;
    if (broken.empty()) broken = place + ": a sentence " + over_limit(max_bytes_);
    article = {};  // it goes on, and is not kept
  }
}

}  // namespace newsnlp
