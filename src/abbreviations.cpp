#include "abbreviations.h"

#include <algorithm>

#include "hash.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

constexpr std::string_view kFile = "abbreviations.txt";
constexpr std::string_view kBlank = " \t\r";
constexpr size_t kLongest = 12;  // bytes; longer words are no abbreviations

[[noreturn]] void fail(size_t line, const std::string& what) {
  throw ModelError(std::string(kFile) + ":" + std::to_string(line) + ": " + what);
}

}  // namespace

uint64_t Abbreviations::Words::hash_of(std::string_view word) {
  return hash_bytes(word) & ~kValue;
}

void Abbreviations::Words::set(std::string_view word, uint8_t value) {
  const uint64_t hash = hash_of(word);
  uint64_t& known = slots_[slot(hash)];
  taken_ += known == 0;
  known = hash | value;
  if (taken_ * 4 <= slots_.size()) return;
  std::vector<uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (const uint64_t s : old)
    if (s != 0) slots_[slot(s & ~kValue)] = s;
}

Abbreviations::Abbreviations(std::string_view text) {
  enum class Part { None, BeforeName, MayEnd, BeforeNumber, Starters, Cues };
  static constexpr std::pair<std::string_view, Part> kParts[] = {{"[before-name]", Part::BeforeName},
                                                                 {"[may-end]", Part::MayEnd},
                                                                 {"[before-number]", Part::BeforeNumber},
                                                                 {"[starters]", Part::Starters},
                                                                 {"[cues]", Part::Cues}};
  if (find_invalid_utf8(text) != std::string_view::npos) fail(1, "the list is not valid UTF-8; save it as UTF-8");
  Part part = Part::None;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    for (;;) {
      const size_t begin = line.find_first_not_of(kBlank);
      if (begin == std::string_view::npos) break;
      line.remove_prefix(begin);
      const std::string word(line.substr(0, line.find_first_of(kBlank)));
      line.remove_prefix(word.size());
      if (word.front() == '[') {
        part = Part::None;
        for (const auto& [name, value] : kParts)
          if (word == name) part = value;
        if (part == Part::None)
          fail(number,
               "unknown part " + word + "; use [before-name], [may-end], [before-number], [starters] or [cues]");
        continue;
      }
      switch (part) {
        case Part::None:
          fail(number, "\"" + word + "\" stands before the first [part]");
        case Part::BeforeName:
        case Part::MayEnd:
        case Part::BeforeNumber:
          if (word.back() == '.') fail(number, "\"" + word + "\": write it without its last full stop");
          ends_.set(ends(word));
          if (word.size() <= kLongest) sizes_[word.front() & 31] |= static_cast<uint16_t>(1U << word.size());
          abbreviations_.set(word, static_cast<uint8_t>(part == Part::BeforeName ? Abbreviation::BeforeName
                                                        : part == Part::MayEnd   ? Abbreviation::MayEnd
                                                                                 : Abbreviation::BeforeNumber));
          break;
        case Part::Starters:
        case Part::Cues:
          if (word != lower(word)) fail(number, "\"" + word + "\": write it in lower case");
          roles_.set(word, roles_.find(word) | (part == Part::Starters ? kStarter : kCue));
          break;
      }
    }
  }
}

Abbreviation Abbreviations::find(std::string_view word, bool lower_case_text) const {
  if (word.empty() || word.size() > kLongest || !ends_.test(ends(word)) ||
      (sizes_[word.front() & 31] >> word.size() & 1) == 0)
    return Abbreviation::None;
  if (const uint8_t value = abbreviations_.find(word); value != 0) return static_cast<Abbreviation>(value);
  if (word.size() < 2) return Abbreviation::None;
  const auto is_all = [&](char first, char last) {
    return std::all_of(word.begin(), word.end(), [&](char c) { return c >= first && c <= last; });
  };
  const bool small = lower_case_text && is_all('a', 'z');
  if (!small && !is_all('A', 'Z')) return Abbreviation::None;
  std::string capitalised(word);
  capitalised[0] = static_cast<char>(word[0] & ~0x20);
  for (size_t i = 1; i < word.size(); ++i) capitalised[i] = static_cast<char>(word[i] | 0x20);
  const auto found = static_cast<Abbreviation>(abbreviations_.find(capitalised));
  return small && found != Abbreviation::BeforeName ? Abbreviation::None : found;
}

bool Abbreviations::is_starter(std::string_view lower_word) const {
  return (roles_.find(lower_word) & kStarter) != 0;
}

bool Abbreviations::is_cue(std::string_view lower_word) const {
  return (roles_.find(lower_word) & kCue) != 0;
}

}  // namespace newsnlp
