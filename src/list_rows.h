// Room: linker. The tab-separated lists of data/en, row by row.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "folding.h"
#include "newsnlp/error.h"
#include "newsnlp/model.h"

namespace newsnlp {

/// Calls row(fields) for each line of the section that is neither blank nor a comment. Throws ModelError, naming the
/// line, where there are not `columns` fields or row returns false.
template <class Row>
void each_list_row(const Model& model, std::string_view section, size_t columns, Row row) {
  const auto bytes = model.section(section);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::string_view> fields;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    fields.clear();
    for (;;) {
      const size_t tab = line.find('\t');
      fields.push_back(line.substr(0, tab));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    if (fields.size() != columns || fields.front().empty() || !row(fields))
      throw ModelError("model section \"" + std::string(section) + "\", line " + std::to_string(number) +
                       ": a row of " + std::to_string(columns) +
                       " known fields was expected; correct the list and pack the model again");
  }
}

/// Calls each(word) for the words of a list with one-sign separators.
template <class Each>
void each_word(std::string_view list, char separator, Each each) {
  for (size_t begin = 0; begin < list.size();) {
    size_t end = begin;
    if constexpr (std::endian::native == std::endian::little) {
      uint64_t separators = 0;
      for (; separators == 0 && end + 8 <= list.size(); end += separators == 0 ? 8 : 0) {
        uint64_t x;
        std::memcpy(&x, list.data() + end, 8);
        separators = bytes_that_are(x, separator);
      }
      end += separators == 0 ? 0 : static_cast<size_t>(std::countr_zero(separators)) / 8;
    }
    while (end < list.size() && list[end] != separator) ++end;
    if (end > begin) each(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace newsnlp
