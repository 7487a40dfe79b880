// Room: tools. One article on its way from the input to the report.
#pragma once

#include <string>
#include <vector>

#include "newsnlp/json.h"
#include "newsnlp/span.h"

namespace newsnlp {

struct Article {
  Record record;
  std::string where;  // for messages: "PATH" or "PATH:LINE: record N"
  std::string text;   // empty once the analyzer has it

  // Column input only: the lines as they were read, and where each line's token lies in the text.
  //   "Acme B-ORG"  "rose O"  ""   ->  text "Acme rose\n", tokens {0,4} {5,9} {9,9}; an empty span is no token
  std::vector<std::string> lines;
  std::vector<Span> tokens;
};

}  // namespace newsnlp
