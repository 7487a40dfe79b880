// Room: segmenter. The word segments of UAX #29 over UTF-8, exactly as the linked ICU cuts them.
//
// Most news is ASCII, Latin letters and the marks of U+2000-207F. For these a table says what ICU's rules do with each
// character; it is filled at construction by asking the linked ICU, so that both always agree. What the table does not
// know (marks that combine, emoji, scripts that need a dictionary, …) goes to ICU itself, up to the next blank.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "word_masks.h"

namespace newsnlp {

/// One segment: [begin of text or end of the one before, end). White space gives segments too.
struct Segment {
  enum Kind : uint8_t { kOther, kNumber, kLetter };  // of ICU's rule status; kOther: marks, symbols, white space

  uint32_t end = 0;  ///< byte
  Kind kind = kOther;
  friend bool operator==(const Segment&, const Segment&) = default;
};

struct WordTables;

/// Immutable after construction; all verbs may be called from any number of threads at once.
class WordBreaks {
 public:
  /// Throws std::runtime_error if ICU has no word rules.
  WordBreaks();
  explicit WordBreaks(WordMasker::Path path);
  ~WordBreaks();
  WordBreaks(WordBreaks&&) noexcept;

  /// Replaces `out` by the segments of `text`, which is valid UTF-8. Linear time.
  void break_words(std::string_view text, std::vector<Segment>& out) const;

  /// The same, given to a sink (word_scan.h).
  template <class Sink>
  void scan(std::string_view text, Sink& sink) const;

  /// The same by ICU alone, several times slower: what break_words is tested against.
  void break_words_by_icu(std::string_view text, std::vector<Segment>& out) const;

 private:
  std::unique_ptr<const WordTables> tables_;
};

}  // namespace newsnlp
