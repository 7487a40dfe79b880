// Spans of text and ranges of indices: the two units that every layer is made of.
#pragma once

#include <cstddef>
#include <cstdint>

namespace newsnlp {

/// Half-open range of bytes [begin, end) of the document's UTF-8 text, on code point boundaries.
struct Span {
  uint32_t begin = 0;  ///< byte
  uint32_t end = 0;    ///< byte

  constexpr uint32_t size() const noexcept { return end - begin; }
  constexpr bool empty() const noexcept { return begin == end; }
  constexpr bool contains(Span other) const noexcept { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(Span other) const noexcept { return begin < other.end && other.begin < end; }
  friend constexpr bool operator==(Span, Span) noexcept = default;
};

/// Half-open range of indices [begin, end) into one of the document's arrays; the field says which.
struct IndexRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  constexpr uint32_t size() const noexcept { return end - begin; }
  constexpr bool empty() const noexcept { return begin == end; }
  constexpr bool contains(uint32_t index) const noexcept { return begin <= index && index < end; }
  friend constexpr bool operator==(IndexRange, IndexRange) noexcept = default;
};

}  // namespace newsnlp
