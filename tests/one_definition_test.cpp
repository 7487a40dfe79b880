// No two headers define a type of one name: the linker would take one layout for both, silently.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace newsnlp {
namespace {

TEST(OneDefinition, EveryTypeOfAHeaderHasAHeaderOfItsOwn) {
  const std::regex type(R"(^(?:struct|class|enum class) (?:alignas\(\d+\) )?([A-Za-z_]\w*)[^;]*$)");
  std::map<std::string, std::string> where;
  size_t headers = 0;
  for (const char* folder : {"include/newsnlp", "src", "tools", "bench", "tests", "python"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(NEWSNLP_SOURCE_DIR) + "/" + folder)) {
      if (entry.path().extension() != ".h") continue;
      ++headers;
      std::ifstream in(entry.path());
      std::string line;
      while (std::getline(in, line)) {
        std::smatch found;
        if (!std::regex_match(line, found, type)) continue;
        const auto [at, fresh] = where.emplace(found[1].str(), entry.path().string());
        EXPECT_TRUE(fresh) << found[1] << " is defined in " << at->second << " and in " << entry.path().string();
      }
    }
  }
  EXPECT_GT(headers, 20U);
  EXPECT_GT(where.size(), 20U);
}

}  // namespace
}  // namespace newsnlp
