// Room: segmenter. The one table of adjustments that makes tokens of word segments:
//
//   address   https://a.b/c  x@y.org     one token, whatever the segments are
//   clitic    Russia|'s  do|n't  they|'ll   also after a stop or a mark: U.S.|'s
//   low line  _a_b_                      cut at runs of '_'
//   stop      U.S.  J.  Sen.  No. 5      abbreviations and initials keep their full stop
//   join      AT&T  #MeToo  @name        '&' between letters or digits; '#' and '@' before them
//   run       ''  ``  ‘‘  ’’  --  ...    equal marks side by side
//   number    2018-19                    digit, hyphen, digit; other hyphens are tokens: US|-|led
//
// Segments of white space, control characters and invisible marks alone give no token.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "abbreviations.h"
#include "newsnlp/document.h"

namespace newsnlp {

/// Web and e-mail addresses of `text`, in text order, without the marks that end a sentence. Linear time.
std::vector<Span> find_addresses(std::string_view text);

/// Tokens, in text order, at which those who look for marks and for line breaks need to look.
struct TokenPlaces {
  std::vector<uint32_t> marks;  ///< all but commas that do not end with a letter or digit; some others
  std::vector<uint32_t> gaps;   ///< all that more than blanks stand before
};

/// Immutable after construction; make() may be called from any number of threads at once.
class TokenMaker {
 public:
  /// Throws std::runtime_error if ICU has no word rules.
  TokenMaker();
  ~TokenMaker();
  TokenMaker(TokenMaker&&) noexcept;

  /// Replaces `tokens` and `places` by those of `text`; `lower_case`: it is written without capitals. Linear time.
  void make(std::string_view text, const Abbreviations& abbreviations, bool lower_case, std::vector<Token>& tokens,
            TokenPlaces& places) const;
  /// The same by the word segments of ICU, one by one: what make() is tested against.
  void make_by_icu(std::string_view text, const Abbreviations& abbreviations, bool lower_case,
                   std::vector<Token>& tokens, TokenPlaces& places) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace newsnlp
