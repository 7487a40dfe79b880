#include "verb_forms.h"

#include <algorithm>

namespace newsnlp {
namespace {

bool is_vowel(char c) noexcept {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool ends_consonant_y(std::string_view s) noexcept {
  return s.size() > 1 && s.back() == 'y' && !is_vowel(s[s.size() - 2]);
}

std::string third_person(std::string_view s) {
  std::string out(s);
  if (ends_consonant_y(s)) return out.replace(out.size() - 1, 1, "ies");
  const bool hisses = s.ends_with("s") || s.ends_with("x") || s.ends_with("z") || s.ends_with("ch") ||
                      s.ends_with("sh") || s.ends_with("o");
  return out + (hisses ? "es" : "s");
}

std::string regular_past(std::string_view s) {
  std::string out(s);
  if (ends_consonant_y(s)) return out.replace(out.size() - 1, 1, "ied");
  return out + (s.ends_with("e") ? "d" : "ed");
}

std::string ing_form(std::string_view s, std::string_view past) {
  std::string out(s);
  if (s.ends_with("ie")) return out.replace(out.size() - 2, 2, "ying");
  if (s.size() > 2 && s.ends_with("e") && !s.ends_with("ee") && !s.ends_with("oe") && !s.ends_with("ye"))
    return out.substr(0, out.size() - 1) + "ing";
  // "admitted": the consonant that the past doubles is doubled here.
  if (past.size() == s.size() + 3 && past.starts_with(s) && past[s.size()] == s.back()) out += s.back();
  return out + "ing";
}

}  // namespace

std::vector<std::string> verb_forms(std::string_view entry) {
  const size_t space = entry.find(' ');
  const std::string rest(space == std::string_view::npos ? std::string_view() : entry.substr(space));
  const std::string_view head = entry.substr(0, space);
  const size_t first = head.find('/');
  const std::string_view lemma = head.substr(0, first);
  std::string past, participle;
  if (first != std::string_view::npos) {
    const size_t second = head.find('/', first + 1);
    past = head.substr(first + 1, second == std::string_view::npos ? second : second - first - 1);
    if (second != std::string_view::npos) participle = head.substr(second + 1);
  }
  if (lemma.empty()) return {};
  if (past.empty()) past = regular_past(lemma);
  if (participle.empty()) participle = past;
  std::vector<std::string> forms;
  for (std::string form : {std::string(lemma), third_person(lemma), past, participle, ing_form(lemma, past)}) {
    form += rest;
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  }
  return forms;
}

}  // namespace newsnlp
