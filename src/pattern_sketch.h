// Room: attribution patterns. What of a pattern can be said of whole symbols: a quick test that a window cannot match.
//
//   ^(?P<source>{NP}) (?:has )?(?P<cue>{SAY}) :     Phrase Space [Word Space] Word Space Word
//
// Sets of places are run through the steps, all at once, a bit a symbol. What a step cannot tell it lets pass.
#pragma once

#include <array>
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

/// A window of at most kMost symbols as sets of them, as bits.
struct SymbolSets {
  static constexpr size_t kMost = 64;

  std::vector<uint64_t> of;                                              // by set
  std::array<uint64_t, static_cast<size_t>(PhraseKind::Count)> opens{};  // begins of noun phrases
  uint64_t closes = 0;                                                   // ends of any
  uint64_t numbers = 0;                                                  // what begins with a digit
  size_t size = 0;                                                       // symbols

  uint64_t all() const noexcept { return size >= 64 ? ~uint64_t{0} : (uint64_t{1} << size) - 1; }
};

class PatternSketch {
 public:
  std::vector<SketchStep> steps;  // none: anything may match
  bool from_begin = false, to_end = false;

  /// Whether it can tell anything of the window.
  bool reads(const SymbolSets& sets) const noexcept {
    return !steps.empty() && sets.size > 0 && sets.size <= SymbolSets::kMost;
  }
  /// Symbols, as bits, with which a match can begin, and with which one can end that begins at one of `begins`.
  uint64_t begins(const SymbolSets& sets) const noexcept;
  uint64_t ends(const SymbolSets& sets, uint64_t begins) const noexcept;
  /// False: surely not.
  bool may_match(const SymbolSets& sets) const noexcept { return !reads(sets) || ends(sets, begins(sets)) != 0; }
};

}  // namespace newsnlp
