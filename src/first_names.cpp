#include "first_names.h"

#include <vector>

#include "folding.h"
#include "list_rows.h"
#include "section.h"

namespace newsnlp {

FirstNames::FirstNames(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "first_names.table");
  keys_ = in.array<uint32_t>();
  sure_ = in.array<int8_t>();
  in.require(in.at_end() && keys_.size() == sure_.size() && keys_.size() < uint64_t{1} << 32,
             "its columns differ in length");
  in.require(std::find(keys_.begin(), keys_.end(), 0U) != keys_.end(), "no slot is free");
}

std::string FirstNames::section(const Model& lists) {
  std::vector<std::pair<uint64_t, int8_t>> names;
  std::string scratch;
  each_list_row(lists, "first_names.tsv", 3, [&](const std::vector<std::string_view>& f) {
    int sure = 0;
    for (char c : f[1]) sure = c < '0' || c > '9' || sure > 100 ? 1000 : sure * 10 + (c - '0');
    if (sure < 1 || sure > 100 || (f[0] != "m" && f[0] != "f")) return false;
    const auto value = static_cast<int8_t>(f[0] == "m" ? sure : -sure);
    each_word(f[2], ' ', [&](std::string_view name) { names.emplace_back(folded_hash(name, scratch), value); });
    return true;
  });
  std::vector<uint32_t> keys(names.size() + names.size() / 4 + 1);
  std::vector<int8_t> sure(keys.size());
  for (const auto& [key, value] : names) {
    const size_t at = slot(keys, key);
    keys[at] = check(key);
    sure[at] = value;
  }
  SectionWriter out;
  out.array(keys);
  out.array(sure);
  return out.bytes();
}

}  // namespace newsnlp
