// Room: unicode. Names without what spellings differ in.
#pragma once

#include <string>
#include <string_view>

namespace newsnlp {

/// Appends `lower` without diacritics (Latin letters), full stops and apostrophes: "josé" and "jose" become one.
void append_folded(std::string_view lower, std::string& out);

}  // namespace newsnlp
