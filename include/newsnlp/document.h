// Document: an analysed article. Text and layers, immutable.
//
//   text         "“We won,” she said.\n…"                      one UTF-8 buffer; every Span points into it
//   paragraphs   [ . . . ]      -> sentences                   IndexRange
//   sentences    [ . . . . ]    -> tokens                      IndexRange
//   tokens       [ . . . . . . . . . ]
//   mentions     [ . . . ]      -> entity                      index, several mentions an entity
//   entities     [ . . ]        -> roles                       IndexRange
//   roles        [ . . ]
//   quotes       [ . . . ]      -> spans (content, cue, source, addressee, relay), entity, role, quote (nested_in)
//   spans        [ . . . . . . . ]                             pool of the quotes' span lists
//
// Arrays of structs, spans and indices: no pointer and no string is stored in a layer.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/span.h"

namespace newsnlp {

enum class TokenKind : uint8_t { Word, Number, Punctuation, Symbol, Url };

/// Penn Treebank part-of-speech tags. The order is part of the model format: append only.
enum class Tag : uint8_t {
  None,
  CC,
  CD,
  DT,
  EX,
  FW,
  IN,
  JJ,
  JJR,
  JJS,
  LS,
  MD,
  NN,
  NNS,
  NNP,
  NNPS,
  PDT,
  POS,
  PRP,
  PRPS,
  RB,
  RBR,
  RBS,
  RP,
  SYM,
  TO,
  UH,
  VB,
  VBD,
  VBG,
  VBN,
  VBP,
  VBZ,
  WDT,
  WP,
  WPS,
  WRB,
  Dollar,
  Hash,
  OpenQuote,
  CloseQuote,
  LeftBracket,
  RightBracket,
  Comma,
  Period,
  Colon,
  HYPH,
  NFP,
  ADD,
  AFX,
  GW,
  Count
};

enum class ParagraphKind : uint8_t { Body, Headline, Boilerplate };
enum class EntityType : uint8_t {
  Person,
  Organization,
  Location,
  Misc,  // decided by the recognizer's linear model
  Date,
  Time,
  Money,
  Percent,
  Quantity,
  Url,
  Email,
  Handle  // matched by patterns
};
enum class Gender : uint8_t { Unknown, Male, Female };
enum class QuoteType : uint8_t { Direct, Mixed, Indirect };
enum class Polarity : uint8_t { Affirmed, Denied };
enum class Certainty : uint8_t { Asserted, Hedged, Expected };
enum class Resolution : uint8_t { Named, Pronoun, Role, Group, Continued, None };
enum class Abstention : uint8_t { None, NotAsked, NoCandidate, TooClose, BelowThreshold };

/// A word, number, mark or address. Tokens are in text order and do not overlap; white space belongs to none.
struct Token {
  Span span;
  TokenKind kind = TokenKind::Word;
  Tag tag = Tag::None;
};

struct Sentence {
  Span span;          ///< from its first token's begin to its last token's end
  IndexRange tokens;  ///< of tokens(); never empty
};

/// A line, or a block between blank lines where the text is hard-wrapped.
struct Paragraph {
  Span span;
  IndexRange sentences;  ///< of sentences(); never empty
  ParagraphKind kind = ParagraphKind::Body;
};

/// One occurrence of a name, date, amount or address.
struct Mention {
  static constexpr uint32_t kNoEntity = std::numeric_limits<uint32_t>::max();

  Span span;
  EntityType type = EntityType::Misc;
  uint32_t entity = kNoEntity;  ///< index of entities(); kNoEntity for dates, amounts and addresses
  float score = 0;              ///< probability that span and type are right, calibrated
};

/// What mentions name: a person, an organisation, a place. Also a group ("analysts": Person, group) and somebody of
/// whom only a relation is known ("his lawyer": Person, not named).
struct Entity {
  EntityType type = EntityType::Person;
  Span name;                        ///< its fullest form in the text
  IndexRange roles;                 ///< of roles()
  Gender gender = Gender::Unknown;  ///< evidence for pronouns, not a fact about a person
  bool named = true;
  bool group = false;
};

/// "Kremlin spokesman": an office, a trade, a function of one entity.
struct Role {
  Span span;
  uint32_t entity = 0;  ///< index of entities()
};

/// An attributed statement. The IndexRanges named "spans" are of Document::spans(), in text order.
struct Quote {
  QuoteType type = QuoteType::Indirect;
  bool speech = true;                 ///< said or written; false: thought, feared, expected
  IndexRange content;                 ///< spans; never empty
  IndexRange cue;                     ///< spans; "said", "according to"; may be empty
  IndexRange source;                  ///< spans; "she", "Kremlin spokesman Dmitry Peskov"; may be empty
  IndexRange addressee;               ///< spans; "reporters"; may be empty
  IndexRange relay;                   ///< spans; "Euronews" in "told reporters, according to Euronews"; may be empty
  std::optional<uint32_t> speaker;    ///< index of entities(): whom the source names
  std::optional<uint32_t> role;       ///< index of roles(): the speaker's role nearest to the quote
  std::optional<uint32_t> nested_in;  ///< index of quotes(): the quote whose content it stands inside
  float score = 0;                    ///< calibrated: of quotes at 0.9, nine in ten are right
  float speaker_score = 0;            ///< calibrated: how sure the resolution is; 0 without a speaker
  Abstention abstention = Abstention::None;  ///< why there is no speaker; None when there is one
  Polarity polarity = Polarity::Affirmed;
  Certainty certainty = Certainty::Asserted;
  Resolution resolution = Resolution::None;  ///< how the speaker was found
};

/// An entity that a source may stand for.
struct Candidate {
  uint32_t entity = 0;  ///< index of entities()
  float score = 0;      ///< probability
};

/// A key for entities across articles: the type and the name in lower case, without diacritics, full stops and
/// apostrophes, words parted by one space: "PERSON:jose garcia". The same key is not the same person: namesakes share
/// it, and who is "Garcia" in one article and "José García" in another has two.
std::string entity_key(EntityType type, std::string_view name);

struct Layers;

/// The result of Analyzer::analyze. Immutable; a copy shares the layers and costs a reference count; safe to read from
/// any number of threads. Views stay valid as long as one copy of the document lives.
class Document {
 public:
  /// The empty document.
  Document();

  std::string_view text() const noexcept;
  std::string_view text(Span span) const noexcept;

  std::span<const Token> tokens() const noexcept;
  std::span<const Sentence> sentences() const noexcept;
  std::span<const Paragraph> paragraphs() const noexcept;
  std::span<const Mention> mentions() const noexcept;
  std::span<const Entity> entities() const noexcept;
  std::span<const Role> roles() const noexcept;
  std::span<const Quote> quotes() const noexcept;

  /// The spans of a quote's field, for instance spans(quote.content).
  std::span<const Span> spans(IndexRange range) const noexcept;
  /// The text of a quote's field, its pieces joined with one space.
  std::string joined(IndexRange range) const;
  /// Indices of the quotes whose speaker is this entity, in text order.
  std::vector<uint32_t> quotes_of(uint32_t entity) const;
  /// Whom the source of a quote may stand for, best first; empty where nothing had to be resolved.
  std::span<const Candidate> candidates(uint32_t quote) const noexcept;
  /// entity_key() of this entity; "" where it has no name ("analysts", "his lawyer").
  std::string key(uint32_t entity) const;
  /// The relay's name: the name of the body or person that its span mentions, or of what else it ends with, else the
  /// span's own words, else "".
  std::string_view relay_name(const Quote& quote) const noexcept;

 private:
  friend Document make_document(Layers&& layers);
  explicit Document(std::shared_ptr<const Layers> layers) noexcept;
  std::shared_ptr<const Layers> layers_;
};

}  // namespace newsnlp
