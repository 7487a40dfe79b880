// Room: python. A document's layers as arrays of plain numbers: one column a field, for views, data frames and pickles.
//
//   start start … | end end … | kind kind … | …      one block of memory a layer, columns begin at multiples of 16
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "layers.h"
#include "newsnlp/json.h"

namespace newsnlp::python {

/// An absent index (no speaker, no role, no entity).
inline constexpr uint32_t kAbsent = 0xFFFFFFFF;

struct Column {
  enum class Kind : uint8_t { Offset, Index, Real, Flag, Choice };

  const char* name;
  Kind kind;                              // Index: kAbsent may be among them
  const std::vector<std::string>* names;  // Choice: of the enumerators, by value; else nullptr
  size_t begin;                           // of its values in the block, in bytes

  char format() const noexcept {  // as in Python's struct: I uint32, B uint8, f float32
    return kind == Kind::Real ? 'f' : item_size() == 1 ? 'B' : 'I';
  }
  size_t item_size() const noexcept { return kind == Kind::Flag || kind == Kind::Choice ? 1 : 4; }
};

/// A layer; never changed once it is made. Values have the machine's byte order.
struct Columns {
  size_t rows = 0;
  std::vector<Column> all;
  std::unique_ptr<char[]> block;

  const char* values(const Column& column) const noexcept { return block.get() + column.begin; }
};

/// Layers: tokens, sentences, paragraphs, mentions, entities, roles, quotes, spans, candidates. Offsets are code
/// points. Throws std::invalid_argument for any other name.
std::shared_ptr<const Columns> columns(const Document& document, const OffsetMap& code_points,
                                       const std::string& layer);

/// All layers but the text as bytes, and back. unpack() takes bytes from anywhere: what does not make a valid document
/// of this text is an Error.
std::string pack(const Document& document);
Document unpack(std::string text, std::string_view bytes);

}  // namespace newsnlp::python
