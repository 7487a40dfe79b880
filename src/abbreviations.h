// Room: segmenter. The words of data/en/abbreviations.txt: which forms keep their full stop, and which words begin a
// sentence behind such a form.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
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
  // Values of words, 1 to 3, by their hashes: a line of memory a look. Another word is taken for one of the list with a
  // chance of 1e-15.
  class Words {
   public:
    uint8_t find(std::string_view word) const { return static_cast<uint8_t>(slots_[slot(hash_of(word))] & kValue); }
    void set(std::string_view word, uint8_t value);

   private:
    static constexpr uint64_t kValue = 3;
    static uint64_t hash_of(std::string_view word);
    size_t slot(uint64_t hash) const {
      size_t i = hash >> 2 & (slots_.size() - 1);
      while (slots_[i] != 0 && ((slots_[i] ^ hash) & ~kValue) != 0) i = (i + 1) & (slots_.size() - 1);
      return i;
    }

    std::vector<uint64_t> slots_ = std::vector<uint64_t>(256);  // at most a quarter is taken
    size_t taken_ = 0;
  };

  // By first and last byte, five bits each, so that case does not count: is there such an abbreviation?
  static size_t ends(std::string_view word) noexcept {
    return static_cast<size_t>(static_cast<unsigned char>(word.front()) & 31) << 5 |
           (static_cast<unsigned char>(word.back()) & 31);
  }

  Words abbreviations_;
  std::bitset<1 << 10> ends_;
  std::array<uint16_t, 32> sizes_{};  // by five bits of the first byte: the sizes that there are, a bit each
  Words roles_;
};

}  // namespace newsnlp
