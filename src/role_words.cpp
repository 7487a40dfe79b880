#include "role_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsnlp {

bool is_office(const WordFacts& facts) {
  return (facts.title == TitleKind::Office && facts.noun != NounKind::Kin) || facts.is(WordList::Office);
}

bool is_lesser(std::string_view role) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"deputy", "Deputy", "vice", "Vice", "former", "Former", "assistant", "Assistant",
                                       "acting", "ex-", "shadow", "Shadow", "retired", "Retired"});
  static constexpr uint32_t kInitials = [] {
    uint32_t letters = 0;
    for (const std::string_view w : kWords) letters |= uint32_t{1} << (w.front() & 31);
    return letters;
  }();
  for (size_t i = 0; i < role.size(); ++i) {
    if ((kInitials >> (role[i] & 31) & 1) == 0) continue;
    for (const std::string_view w : kWords)
      if (role[i] == w.front() && role.substr(i).starts_with(w)) return true;
  }
  return false;
}

bool is_head_teacher(std::string_view role) {
  return role.find("ead teacher") != std::string_view::npos;
}

bool is_cabinet_secretary(std::string_view role) {
  static constexpr auto kPortfolios =
      std::to_array<std::string_view>({"business", "culture", "defence", "education", "energy", "environment",
                                       "foreign", "health", "home", "housing", "justice", "transport", "work"});
  const size_t secretary = role.find("ecretary");
  if (secretary == std::string_view::npos || secretary < 3 || is_lesser(role)) return false;
  std::string_view before = role.substr(0, secretary - 2);
  before.remove_prefix(before.rfind(' ') + 1);  // all of it, where there is no space
  std::string word(before);
  if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') word[0] = static_cast<char>(word[0] + ('a' - 'A'));
  return std::binary_search(kPortfolios.begin(), kPortfolios.end(), word);
}

bool rules(std::string_view noun) {
  static constexpr auto kOffices = std::to_array<std::string_view>(
      {"president", "premier", "minister", "governor", "mayor", "chancellor", "senator", "pm", "cm"});
  return std::find(kOffices.begin(), kOffices.end(), noun) != kOffices.end();
}

bool is_possessed(std::string_view role) {
  static constexpr auto kWords = std::to_array<std::string_view>({"is ", "er ", "heir ", "ts "});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view w) { return role.size() > 1 && role.substr(1).starts_with(w); });
}

bool names_thing(const WordFacts& noun, std::string_view lower, Tag tag) {
  if (tag == Tag::DT) return true;
  if (noun.noun != NounKind::None || noun.title != TitleKind::None || noun.lists != 0) return false;
  if (tag != Tag::NN && tag != Tag::NNP) return false;
  static constexpr auto kPeople = std::to_array<std::string_view>(
      {"man", "woman", "person", "boy", "girl", "ist", "eer", "ian", "goer", "holder", "maker", "keeper", "old"});
  if (std::any_of(kPeople.begin(), kPeople.end(), [&](std::string_view end) { return lower.ends_with(end); }))
    return false;
  return lower.find('-') == std::string_view::npos && lower != "former" && lower != "latter";
}

bool is_short_for(std::string_view acronym, std::string_view role) {
  static constexpr auto kSmall = std::to_array<std::string_view>({"of", "in", "for", "the", "and", "to", "at"});
  std::array<char, 24> initials;
  size_t count = 0;
  for (size_t begin = 0; begin < role.size() && count < initials.size();) {
    const size_t end = std::min(role.find_first_of(" -", begin), role.size());
    const std::string_view word = role.substr(begin, end - begin);
    if (!word.empty() && std::find(kSmall.begin(), kSmall.end(), word) == kSmall.end())
      initials[count++] = static_cast<char>(word.front() & ~0x20);
    begin = end + 1;
  }
  return acronym.size() > 1 && std::string_view(initials.data(), count).find(acronym) != std::string_view::npos;
}

}  // namespace newsnlp
