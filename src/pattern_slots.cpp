#include "pattern_slots.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace newsnlp {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kSlots = {{
    {"NP", "N[POLMCR][^NZ]*Z"},
    {"PERSON", "NP[^NZ]*Z"},
    {"ORG", "NO[^NZ]*Z"},
    {"PLACE", "NL[^NZ]*Z"},
    {"NAME", "N[POLM][^NZ]*Z"},
    {"PRONOUN", "NR[^NZ]*Z"},
    {"DATE", "ND[^NZ]*Z"},
    {"QUOTE", "Q"},
    {"VERB", "V[^ ]+"},
    {"DASH", "—"},
    {"WORD", "[^ ]+"},
    {"BREAK", "[SB]"},
    {"WHO", ""},
}};
constexpr std::string_view kText = "(?:[^ ]+(?: [^ ]+)*?)";
constexpr std::string_view kClause = "(?:[^ ,;:]+(?: [^ ,;:]+)*?)";
constexpr std::string_view kRest = "(?:[^ ]+(?: [^ ]+)*)";
// "the mayor of Turin, 61, a former judge," and pronouns
constexpr std::string_view kWho =
    "N[POLMCR][^NZ]*Z(?: [AE-KTUWXY]*(?:of|for|at|in|from|with|on|'s|’s) N[POLMCR][^NZ]*Z)*"
    "(?: , (?:N[POLMCRD])?[0-9]+Z?)?"
    "(?: , N[POLMC][^NZ]*Z(?: [AE-KTUWXY]*(?:of|for|at|in|from|with|on|'s|’s) N[POLMCR][^NZ]*Z)* ,)?";

bool builtin_slot(std::string_view name, std::string& out) {
  if (name == "TEXT") return out += kText, true;
  if (name == "CLAUSE") return out += kClause, true;
  if (name == "REST") return out += kRest, true;
  if (name == "WHO") return (out += "(?:").append(kWho) += ")", true;
  for (const auto& [slot, regex] : kSlots)
    if (slot == name) return (out += "(?:").append(regex) += ")", true;
  return false;
}

// Whether nothing but ends of groups and of the pattern comes behind.
bool ends_there(std::string_view rest) noexcept {
  while (rest.starts_with(')')) rest.remove_prefix(1);
  return rest == "$";
}

bool slot_letter(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

Translation translate_pattern(std::string_view pattern, SlotLists& own, const SlotLists* base,
                              std::span<const size_t> whole) {
  Translation t;
  const auto fail = [&](size_t at, std::string message) {
    t.error_at = at;
    t.error = std::move(message);
    return t;
  };
  size_t i = 0;
  if (pattern.starts_with('^')) {
    t.regex = "^";
    i = 1;
  }
  t.regex += kSymbolGap.substr(kSymbolGap.find(' '));
  bool in_class = false;
  std::vector<bool> choices = {false};  // has the pattern, has each open group a bar?
  for (; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      t.regex += c;
      if (i + 1 < pattern.size()) t.regex += pattern[++i];
      continue;
    }
    if (in_class) {
      in_class = c != ']';
      t.regex += c;
      continue;
    }
    if (c == '(') choices.push_back(false);
    if (c == ')' && choices.size() > 1) choices.pop_back();
    if (c == '|') choices.back() = true;
    if (c == '[') {
      in_class = true;
    } else if (c == ' ') {
      (t.regex += "(?:").append(kSymbolGap) += ')';
      continue;
    } else if (c == '(' && pattern.substr(i).starts_with("(?P<")) {
      const size_t end = pattern.find('>', i);
      if (end == std::string_view::npos) return fail(i, "a group's name is not closed; write (?P<cue>…)");
      const std::string_view name = pattern.substr(i + 4, end - i - 4);
      if (name != "source" && name != "cue" && name != "content" && name != "content2")
        return fail(i + 4, "unknown group \"" + std::string(name) + "\"; use source, cue, content or content2");
      t.regex += pattern.substr(i, end + 1 - i);
      i = end;
      continue;
    } else if (c == '{' && i + 1 < pattern.size() && slot_letter(pattern[i + 1])) {
      const size_t end = pattern.find('}', i);
      if (end == std::string_view::npos) return fail(i, "a slot is not closed; write {NP}");
      const std::string_view name = pattern.substr(i + 1, end - i - 1);
      if (name == "REST" && ends_there(pattern.substr(end + 1)) &&
          std::find(choices.begin(), choices.end(), true) == choices.end()) {
        (t.regex += "[^ ]").append(pattern.substr(end + 1));
        t.regex.pop_back();
        t.to_end = true;
        return t;
      }
      const bool symbol = std::find(whole.begin(), whole.end(), i) != whole.end();
      if (!own.slot(name, symbol, base, t.regex) && !builtin_slot(name, t.regex))
        return fail(i, "unknown slot {" + std::string(name) +
                           "}; use a built-in one ({NP}, {WHO}, {QUOTE}, …) or define it above: words " +
                           std::string(name) + " = …");
      i = end;
      continue;
    } else if (c >= 'A' && c <= 'Z') {
      return fail(i, std::string("a capital \"") + c + "\"; write words in lower case, slots as {NP}");
    }
    t.regex += c;
  }
  if (t.regex.ends_with('$')) {
    t.regex.pop_back();
    t.regex += "Z? $";
  } else {
    t.regex += "Z? ";
  }
  return t;
}

}  // namespace newsnlp
