// Room: document. Enumerators as they stand in JSON and Python.
#include <array>

#include "newsnlp/json.h"

namespace newsnlp {
namespace {

template <class E, size_t N>
std::string_view pick(const std::array<std::string_view, N>& names, E value) noexcept {
  const auto i = static_cast<size_t>(value);
  return i < N ? names[i] : std::string_view("?");
}

}  // namespace

std::string_view to_string(EntityType v) noexcept {
  static constexpr std::array<std::string_view, 12> k = {"PERSON",   "ORGANIZATION", "LOCATION", "MISC",
                                                         "DATE",     "TIME",         "MONEY",    "PERCENT",
                                                         "QUANTITY", "URL",          "EMAIL",    "HANDLE"};
  return pick(k, v);
}
std::string_view to_string(QuoteType v) noexcept {
  static constexpr std::array<std::string_view, 3> k = {"direct", "mixed", "indirect"};
  return pick(k, v);
}
std::string_view to_string(ParagraphKind v) noexcept {
  static constexpr std::array<std::string_view, 3> k = {"body", "headline", "boilerplate"};
  return pick(k, v);
}
std::string_view to_string(TokenKind v) noexcept {
  static constexpr std::array<std::string_view, 5> k = {"word", "number", "punctuation", "symbol", "url"};
  return pick(k, v);
}
std::string_view to_string(Gender v) noexcept {
  static constexpr std::array<std::string_view, 3> k = {"unknown", "male", "female"};
  return pick(k, v);
}
std::string_view to_string(Polarity v) noexcept {
  static constexpr std::array<std::string_view, 2> k = {"affirmed", "denied"};
  return pick(k, v);
}
std::string_view to_string(Certainty v) noexcept {
  static constexpr std::array<std::string_view, 3> k = {"asserted", "hedged", "expected"};
  return pick(k, v);
}
std::string_view to_string(Resolution v) noexcept {
  static constexpr std::array<std::string_view, 6> k = {"named", "pronoun", "role", "group", "continued", "none"};
  return pick(k, v);
}
std::string_view to_string(Abstention v) noexcept {
  static constexpr std::array<std::string_view, 5> k = {"none", "not_asked", "no_candidate", "too_close",
                                                        "below_threshold"};
  return pick(k, v);
}
std::string_view to_string(Tag v) noexcept {
  static constexpr std::array<std::string_view, static_cast<size_t>(Tag::Count)> k = {
      "",    "CC",  "CD",    "DT",    "EX",  "FW",  "IN",   "JJ",   "JJR", "JJS", "LS",  "MD",  "NN",
      "NNS", "NNP", "NNPS",  "PDT",   "POS", "PRP", "PRP$", "RB",   "RBR", "RBS", "RP",  "SYM", "TO",
      "UH",  "VB",  "VBD",   "VBG",   "VBN", "VBP", "VBZ",  "WDT",  "WP",  "WP$", "WRB", "$",   "#",
      "``",  "''",  "-LRB-", "-RRB-", ",",   ".",   ":",    "HYPH", "NFP", "ADD", "AFX", "GW"};
  return pick(k, v);
}

}  // namespace newsnlp
