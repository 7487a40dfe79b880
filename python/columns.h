// Room: python. A document's layers as arrays of plain numbers: one column a field, for views, data frames and pickles.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "layers.h"

namespace newsnlp::python {

/// An absent index (no speaker, no role, no entity).
inline constexpr uint32_t kAbsent = 0xFFFFFFFF;

struct Column {
  enum class Kind : uint8_t { Offset, Index, Real, Flag, Choice };

  Kind kind = Kind::Offset;                         // Index: kAbsent may be among them
  const std::vector<std::string>* names = nullptr;  // Choice: of the enumerators, by value
  std::shared_ptr<const std::string> bytes;         // little-endian values, one after the other; shared, never changed

  char format() const noexcept {  // as in Python's struct: I uint32, B uint8, f float32
    return kind == Kind::Real ? 'f' : item_size() == 1 ? 'B' : 'I';
  }
  size_t item_size() const noexcept { return kind == Kind::Flag || kind == Kind::Choice ? 1 : 4; }
  size_t size() const noexcept { return bytes->size() / item_size(); }
};

using Columns = std::vector<std::pair<std::string, Column>>;

/// Layers: tokens, sentences, paragraphs, mentions, entities, roles, quotes, spans, candidates. Offsets are code
/// points. Throws std::invalid_argument for any other name.
Columns columns(const Document& document, const std::string& layer);

/// All layers but the text as bytes, and back. unpack() takes bytes from anywhere: what does not make a valid document
/// of this text is an Error.
std::string pack(const Document& document);
Document unpack(std::string text, std::string_view bytes);

}  // namespace newsnlp::python
