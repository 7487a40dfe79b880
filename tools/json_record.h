// Room: tools. One line of JSON Lines input: {"id", "text", "title", "date"}; what else it holds is passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newsnlp {

struct JsonRecord {
  std::string text;
  std::optional<std::string> id;  // a number is taken as it is written
  std::optional<std::string> title;
  std::optional<std::string> date;
};

/// Linear in the line, whatever its depth. Throws Error with the byte of the line and the remedy; the message never
/// repeats the line.
JsonRecord parse_json_record(std::string_view line);

}  // namespace newsnlp
