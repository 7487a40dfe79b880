#include "word_class_table.h"

#include <charconv>
#include <fstream>
#include <vector>

#include "hash.h"
#include "newsnlp/error.h"
#include "unicode.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

// One of the three tables, read a line at a time.
class Table {
 public:
  Table(const std::string& folder, unsigned classes)
      : path_(folder + "/word_classes/glove100_kmeans" + std::to_string(classes) + ".tsv"),
        classes_(classes),
        in_(path_) {
    if (!in_) throw Error(path_ + ": cannot be read; --resources names the folder that holds word_classes/");
  }

  bool next() {
    if (!std::getline(in_, line_)) return false;
    ++number_;
    const size_t tab = line_.find('\t');
    if (tab == std::string::npos) fail("a word, a tab and a class were expected");
    const char* end = line_.data() + line_.size();
    unsigned value = 0;
    if (std::from_chars(line_.data() + tab + 1, end, value).ec != std::errc{} || value >= classes_)
      fail("the class is no number below " + std::to_string(classes_));
    word_ = std::string_view(line_).substr(0, tab);
    class_ = static_cast<uint16_t>(value);
    return true;
  }
  std::string_view word() const { return word_; }
  uint16_t word_class() const { return class_; }
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(path_ + ":" + std::to_string(number_) + ": " + what);
  }

 private:
  std::string path_;
  unsigned classes_;
  std::ifstream in_;
  std::string line_;
  size_t number_ = 0;
  std::string_view word_;
  uint16_t class_ = 0;
};

}  // namespace

std::string word_class_section(const std::string& resources) {
  Table coarse(resources, 256);
  Table middle(resources, 1024);
  Table fine(resources, 3000);
  std::vector<WordClasses::Row> rows;
  while (coarse.next()) {
    if (!middle.next() || middle.word() != coarse.word()) middle.fail("expected the word of the table of 256");
    if (!fine.next() || fine.word() != coarse.word()) fine.fail("expected the word of the table of 256");
    if (find_invalid_utf8(coarse.word()) != std::string_view::npos) coarse.fail("the word is not valid UTF-8");
    rows.push_back({hash_bytes(lower(coarse.word())), coarse.word_class(), middle.word_class(), fine.word_class()});
  }
  SectionWriter out;
  WordClasses::write(rows, out);
  return out.bytes();
}

}  // namespace newsnlp
