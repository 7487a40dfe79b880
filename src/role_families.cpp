#include "role_families.h"

#include <string_view>
#include <vector>

#include "hash.h"

namespace newsnlp {
namespace {

// The first piece of the text up to the sign; the text then begins behind it.
std::string_view cut(std::string_view& text, char sign) {
  const size_t end = text.find(sign);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return piece;
}

}  // namespace

RoleFamilies::RoleFamilies(const Model& model) {
  const auto bytes = model.section("role_families.tsv");
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<uint64_t> nouns, words;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    nouns.clear();
    words.clear();
    for (std::string_view field = cut(line, '\t'); !field.empty();) nouns.push_back(hash_bytes(cut(field, ' ')));
    while (!line.empty()) words.push_back(hash_bytes(cut(line, ' ')));
    words.insert(words.end(), nouns.begin(), nouns.end());
    for (const uint64_t noun : nouns) {
      asked_.insert(noun);
      for (const uint64_t word : words) pairs_.insert(mix(noun, word));
    }
  }
}

bool RoleFamilies::fits(uint64_t asked, uint64_t held) const {
  return pairs_.has(mix(asked, held));
}

}  // namespace newsnlp
