// Room: segmenter. The words of data/en/abbreviations.txt: which forms keep their full stop, and which words begin a
// sentence behind such a form.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace newsnlp {

/// What a word of the list does with the full stop behind it.
enum class Abbreviation : uint8_t {
  None,          ///< is no abbreviation
  BeforeName,    ///< "Sen", "Gen": keeps the stop, never ends a sentence
  MayEnd,        ///< "Inc", "a.m": keeps the stop; ends a sentence when a starter follows
  BeforeNumber,  ///< "No", "Art": keeps the stop before a number only
};

class Abbreviations {
 public:
  /// `text` is the list; the empty one is allowed. Throws ModelError ("abbreviations.txt:line: …").
  explicit Abbreviations(std::string_view text);

  /// `word` as it stands before the full stop. An all-capital form counts as its capitalised one ("SEN"); in a text
  /// without capitals so does a lower-case one of the class BeforeName ("sen", yet not "wash").
  Abbreviation find(std::string_view word, bool lower_case_text = false) const;
  /// A lower-case word which, capitalised behind an abbreviation, begins a sentence ("the", "he", "but").
  bool is_starter(std::string_view lower_word) const;
  /// A lower-case verb that tells who spoke the quotation before it ("said", "asked").
  bool is_cue(std::string_view lower_word) const;

 private:
  enum Role : uint8_t { kStarter = 1, kCue = 2 };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>()(s); }
  };
  template <class T>
  using Words = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  // By first and last byte, five bits each, so that case does not count: is there such an abbreviation?
  static size_t ends(std::string_view word) noexcept {
    return static_cast<size_t>(static_cast<unsigned char>(word.front()) & 31) << 5 |
           (static_cast<unsigned char>(word.back()) & 31);
  }

  Words<Abbreviation> abbreviations_;
  std::bitset<1 << 10> ends_;
  Words<uint8_t> roles_;
};

}  // namespace newsnlp
