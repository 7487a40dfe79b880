// The document as one JSON object, as docs/json.md describes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

/// The unit in which spans are written.
enum class Offsets : uint8_t { Codepoint, Byte, Utf16 };

/// What the caller knows of the article; carried through as it is.
struct Record {
  std::string id;
  std::optional<std::string> title;
  std::optional<std::string> date;
};

/// One line, no line break at its end. Key order is fixed, scores have four decimals.
std::string to_json(const Document& document, const Record& record = {}, Offsets offsets = Offsets::Codepoint);

/// Converts ascending or any byte offsets of `text` into the unit asked for. Time is linear in the text.
class OffsetMap {
 public:
  OffsetMap(std::string_view text, Offsets unit);
  /// `byte` on a code point boundary, at most text.size().
  uint32_t operator()(uint32_t byte) const noexcept;

 private:
  std::string_view text_;
  Offsets unit_;
  std::vector<uint32_t> blocks_;  // unit offset at every 8th byte; empty where bytes and units agree
};

/// Names as they stand in JSON and Python: "PERSON", "direct", "affirmed", …
std::string_view to_string(EntityType type) noexcept;
std::string_view to_string(QuoteType type) noexcept;
std::string_view to_string(ParagraphKind kind) noexcept;
std::string_view to_string(TokenKind kind) noexcept;
std::string_view to_string(Gender gender) noexcept;
std::string_view to_string(Polarity polarity) noexcept;
std::string_view to_string(Certainty certainty) noexcept;
std::string_view to_string(Resolution resolution) noexcept;
std::string_view to_string(Abstention abstention) noexcept;
std::string_view to_string(Tag tag) noexcept;

}  // namespace newsnlp
