// Room: tests. The articles under tests/golden and the demo's article: text, expected JSON, and a table of who said
// what.
#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace newsnlp {

struct GoldenArticle {
  std::string name;  // of tests/golden/NAME.json and NAME.said
  std::string path;  // of the text
};

inline std::vector<GoldenArticle> golden_articles() {
  const std::string root = NEWSNLP_SOURCE_DIR;
  std::vector<GoldenArticle> out = {{"article", root + "/examples/article.txt"}};
  for (const char* name : {"court", "opinion", "press_conference", "sports", "transcript", "wire"})
    out.push_back({name, root + "/tests/golden/" + name + ".txt"});
  return out;
}

/// The file's bytes; "" when it cannot be read.
inline std::string read_golden(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

}  // namespace newsnlp
