// Room: attribution patterns. What of a pattern can be said of whole symbols: a quick test that a window cannot match.
//
//   ^(?P<source>{NP}) (?:has )?(?P<cue>{SAY}) :     Phrase Space [Word Space] Word Space Word
//
// Sets of places are run through the steps, all at once, a bit a symbol. What a step cannot tell it lets pass.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace newsnlp {

enum class PhraseKind : uint8_t { Any, Person, Organization, Place, Name, Pronoun, Date, Count };  // Any but a Date

struct SketchStep {
  enum class Kind : uint8_t {
    Part,    // some of a symbol, whatever it is
    Word,    // a symbol of the set `arg`
    Whole,   // the same; nothing stands before it in the symbol
    Begin,   // the same as Word, of a list with entries of several words: they go on
    Phrase,  // a noun phrase of the PhraseKind `arg`
    Who,     // {WHO}; `arg`: the set of prepositions; a Comma stands behind it
    Comma,   // `arg`: the set of the comma
    Some,    // symbols
    Any,     // nothing or symbols
    Space,
    Group,   // `arg` steps that follow are its choices
    Choice,  // `arg` steps that follow
  };
  Kind kind = Kind::Part;
  bool optional = false;
  uint16_t arg = 0;

  bool of_set() const noexcept {
    return kind == Kind::Word || kind == Kind::Whole || kind == Kind::Begin || kind == Kind::Who || kind == Kind::Comma;
  }
};

using WideBits = unsigned __int128;

inline size_t lowest_bit(uint64_t bits) noexcept {
  return static_cast<size_t>(std::countr_zero(bits));
}
inline size_t lowest_bit(WideBits bits) noexcept {
  const auto low = static_cast<uint64_t>(bits);
  return low != 0 ? lowest_bit(low) : 64 + lowest_bit(static_cast<uint64_t>(bits >> 64));
}
inline size_t highest_bit(uint64_t bits) noexcept {
  return static_cast<size_t>(63 - std::countl_zero(bits));
}
inline size_t highest_bit(WideBits bits) noexcept {
  const auto high = static_cast<uint64_t>(bits >> 64);
  return high != 0 ? 64 + highest_bit(high) : highest_bit(static_cast<uint64_t>(bits));
}

/// A window of at most kMost symbols as sets of them, as bits: uint64_t or WideBits.
template <class Bits>
struct SymbolSets {
  static constexpr size_t kMost = 8 * sizeof(Bits);

  std::vector<Bits> of;                                              // by set
  std::array<Bits, static_cast<size_t>(PhraseKind::Count)> opens{};  // begins of noun phrases
  Bits closes = 0;                                                   // ends of any
  Bits numbers = 0;                                                  // what begins with a digit
  size_t size = 0;                                                   // symbols

  Bits all() const noexcept { return size >= kMost ? ~Bits{0} : (Bits{1} << size) - 1; }
};

class PatternSketch {
 public:
  std::vector<SketchStep> steps;  // none: anything may match
  bool from_begin = false, to_end = false;

  /// Whether it can tell anything of the window.
  template <class Bits>
  bool reads(const SymbolSets<Bits>& sets) const noexcept {
    return !steps.empty() && sets.size > 0 && sets.size <= SymbolSets<Bits>::kMost;
  }
  /// Symbols, as bits, with which a match can begin, and with which one can end that begins at one of `begins`.
  template <class Bits>
  Bits begins(const SymbolSets<Bits>& sets) const noexcept;
  template <class Bits>
  Bits ends(const SymbolSets<Bits>& sets, Bits begins) const noexcept;
  /// False: surely not.
  template <class Bits>
  bool may_match(const SymbolSets<Bits>& sets) const noexcept {
    return !reads(sets) || ends(sets, begins(sets)) != 0;
  }
};

}  // namespace newsnlp
