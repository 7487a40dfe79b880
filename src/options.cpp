// Room: document. The tab-separated lists that a person may add.
#include "newsnlp/options.h"

#include <array>
#include <optional>

#include "newsnlp/error.h"
#include "newsnlp/json.h"
#include "unicode.h"

namespace newsnlp {
namespace {

[[noreturn]] void fail(const std::string& file, size_t line, const std::string& what) {
  throw ListError(file + ":" + std::to_string(line) + ": " + what);
}

// Calls row(fields, line number) for each line that is neither blank nor a comment.
template <class Row>
void each_row(std::string_view tsv, const std::string& file, Row row) {
  constexpr size_t kMostFields = 8;  // more than any list has; the rest of the line is the last one
  tsv = without_byte_order_mark(tsv);
  size_t number = 0;
  while (!tsv.empty()) {
    const size_t end = tsv.find('\n');
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    if (const size_t bad = find_invalid_utf8(line); bad != std::string_view::npos)
      fail(file, number,
           "not valid UTF-8 at byte " + std::to_string(bad) + " of the line; convert the file to UTF-8 first");
    if (line.find('\r') != std::string_view::npos)
      fail(file, number, "a carriage return inside the line; end lines with \\n or \\r\\n");
    std::vector<std::string_view> fields;
    for (;;) {
      const size_t tab = fields.size() + 1 < kMostFields ? line.find('\t') : std::string_view::npos;
      fields.push_back(line.substr(0, tab));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    row(fields, number);
  }
}

EntityType entity_type(std::string_view name, const std::string& file, size_t line) {
  for (int i = 0; i <= static_cast<int>(EntityType::Handle); ++i)
    if (to_string(static_cast<EntityType>(i)) == name) return static_cast<EntityType>(i);
  fail(file, line, "unknown type \"" + std::string(name) + "\"; use PERSON, ORGANIZATION, LOCATION or MISC");
}

void require_fields(const std::vector<std::string_view>& fields, size_t least, size_t most, const char* expected,
                    const std::string& file, size_t line) {
  if (fields.size() < least || fields.size() > most || fields[0].empty())
    fail(file, line, std::string("expected ") + expected + ", separated by tabs");
}

}  // namespace

std::vector<NameEntry> read_names(std::string_view tsv, const std::string& file) {
  std::vector<NameEntry> out;
  each_row(tsv, file, [&](const std::vector<std::string_view>& f, size_t line) {
    require_fields(f, 2, 3, "name, type and optionally force, help or never", file, line);
    NameRule rule = NameRule::Help;
    if (f.size() == 3 && f[2] == "force")
      rule = NameRule::Force;
    else if (f.size() == 3 && f[2] == "never")
      rule = NameRule::Never;
    else if (f.size() == 3 && f[2] != "help")
      fail(file, line, "unknown rule \"" + std::string(f[2]) + "\"; use force, help or never");
    out.push_back({std::string(f[0]), entity_type(f[1], file, line), rule});
  });
  return out;
}

std::vector<AliasEntry> read_aliases(std::string_view tsv, const std::string& file) {
  std::vector<AliasEntry> out;
  each_row(tsv, file, [&](const std::vector<std::string_view>& f, size_t line) {
    require_fields(f, 3, 4, "alias, name, type and optionally a role", file, line);
    if (f[1].empty()) fail(file, line, "the name that the alias stands for is empty");
    out.push_back({std::string(f[0]), std::string(f[1]), entity_type(f[2], file, line),
                   f.size() == 4 ? std::string(f[3]) : std::string()});
  });
  return out;
}

std::vector<CueEntry> read_cues(std::string_view tsv, const std::string& file) {
  static constexpr std::array<std::string_view, 5> kKinds = {"speech", "thought", "noun", "preposition", "never"};
  std::vector<CueEntry> out;
  each_row(tsv, file, [&](const std::vector<std::string_view>& f, size_t line) {
    require_fields(f, 2, 2, "a cue and its kind", file, line);
    for (size_t i = 0; i < kKinds.size(); ++i) {
      if (f[1] != kKinds[i]) continue;
      out.push_back({std::string(f[0]), static_cast<CueKind>(i)});
      return;
    }
    fail(file, line, "unknown kind \"" + std::string(f[1]) + "\"; use speech, thought, noun, preposition or never");
  });
  return out;
}

}  // namespace newsnlp
