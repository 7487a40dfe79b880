#include "slot_lists.h"

#include <re2/re2.h>

#include <algorithm>

#include "hash.h"
#include "pattern_slots.h"
#include "unicode.h"
#include "verb_forms.h"

namespace newsnlp {
namespace {

/// The next entry of a list's right side: a word, or what stands between straight quotation marks.
std::string_view next_entry(std::string_view& s) noexcept {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  if (s.empty()) return s;
  size_t end = std::string_view::npos;
  std::string_view entry;
  if (s.front() == '"' && (end = s.find('"', 1)) != std::string_view::npos) {
    entry = s.substr(1, end - 1);
    ++end;
  } else {
    end = std::min(s.find(' '), s.find('\t'));
    entry = s.substr(0, end);
  }
  s = end >= s.size() ? std::string_view() : s.substr(end);
  return entry;
}

// Signs and numbers are no words that a slot of the library could stand beside.
bool is_plain_word(std::string_view s) {
  if (s.empty() || s.find(' ') != std::string_view::npos) return false;
  const auto c = static_cast<unsigned char>(s.front());
  return (c >= 'a' && c <= 'z') || (c >= 0xC3 && c <= 0xDF);
}

void join(std::string& list, const std::string& entry) {
  if (!list.empty()) list += '|';
  list += entry;
}

}  // namespace

void SlotLists::add(bool of_verbs, const std::string& name, std::string_view entries) {
  List& list = lists_[name];
  FirstWords& first_words = first_words_[name];
  const auto add_phrase = [&](std::string_view phrase) {
    const uint64_t first = hash_bytes(phrase.substr(0, phrase.find(' ')));
    first_words.words.push_back(first);
    first_words.phrases |= phrase.find(' ') != std::string_view::npos;
    if (of_verbs) verbs_.insert(first);
    if (name == "CALLS") calls_.insert(first);
    std::string entry;
    for (size_t i = 0; i < phrase.size();) {
      const size_t space = std::min(phrase.find(' ', i), phrase.size());
      entry += RE2::QuoteMeta(re2::StringPiece(phrase.data() + i, space - i));
      if (space < phrase.size()) entry += kSymbolGap;
      i = space + 1;
    }
    join(list.entries, entry);
    if (is_plain_word(phrase))
      list.words.push_back(first);
    else
      join(list.others, entry);
  };
  for (std::string_view entry = next_entry(entries); !entry.empty(); entry = next_entry(entries)) {
    const std::string low = lower(entry);
    if (!of_verbs) {
      add_phrase(low);
      continue;
    }
    for (const std::string& form : verb_forms(low)) add_phrase(form);
  }
}

const SlotLists::List* SlotLists::find(std::string_view name) const {
  const auto it = lists_.find(name);
  return it == lists_.end() ? nullptr : &it->second;
}

// '\0': all are in use.
char SlotLists::letter_of(const List& list) {
  const auto known = std::find_if(letters_.begin(), letters_.end(),
                                  [&](const Letter& l) { return l.list == &list && l.words == list.words.size(); });
  const auto k = static_cast<size_t>(known - letters_.begin());
  if (k == kLetters.size()) return '\0';
  if (known == letters_.end()) {
    letters_.push_back({&list, list.words.size()});
    for (const uint64_t word : list.words) letters_of_[word] |= static_cast<uint16_t>(1U << k);
  }
  return kLetters[k];
}

bool SlotLists::slot(std::string_view name, bool whole, const SlotLists* base, std::string& regex) {
  const List* list = find(name);
  if (list == nullptr && base != nullptr) list = base->find(name);
  if (list == nullptr) return false;
  const char letter = whole && !list->words.empty() ? letter_of(*list) : '\0';
  if (letter == '\0') {
    (regex += "(?:").append(list->entries) += ')';
    return true;
  }
  ((regex += "(?:") += letter) += "[^ Z]+";
  if (!list->others.empty()) (regex += '|').append(list->others);
  regex += ')';
  return true;
}

uint16_t SlotLists::letters(uint64_t word) const {
  const auto it = letters_of_.find(word);
  return it == letters_of_.end() ? uint16_t{0} : it->second;
}

void SlotLists::inherit_calls(const SlotLists& base) {
  verbs_ = base.verbs_;
  calls_ = base.calls_;
}

}  // namespace newsnlp
