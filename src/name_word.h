// Room: recognizer. What the recognizer's features say of a word form: computed once a form, kept by the worker.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dense_numbers.h"
#include "layers.h"
#include "name_resources.h"
#include "prefetch.h"
#include "table_memory.h"
#include "workspace.h"

namespace newsnlp {

/// Whether capitals are taken as they stand, or as this word usually has them (for texts whose case says nothing).
enum class Casing : uint8_t { Kept, Folded };

struct NameWord {
  enum Flag : uint32_t {
    kCapital = 1,      // begins with a capital letter; folded: usually does
    kUpper = 2,        // all capitals, two or more
    kAlnum = 4,        // begins with a letter or digit
    kDigit = 8,        // has a digit
    kRole = 16,        // "spokesman"
    kTitle = 32,       // "Mr"
    kLower = 64,       // letters, none of them a capital
    kConnector = 128,  // "of", "de": may stand inside a name
    // The next eight are kept beside each other for all tokens of an article.
    kMarks = 256,
    kActive = kMarks * 1,    // may belong to a name; tokens far from all such are outside
    kCompound = kMarks * 2,  // of no word, but of a token: it is of a compound
    kSmall = kMarks * 4,     // has a small letter, as it stands
    kLarge = kMarks * 8,     // has a capital letter, as it stands
    kPlain = kMarks * 16,  // begins and ends no name: a word that is hardly ever capitalised, a mark that parts, "Mr."
    kWeak = kMarks * 32,   // a capital that says nothing at the beginning of a sentence: of a word that is else kPlain;
                           // both are "I", whose capital never says anything
    kHyphen = kMarks * 64,  // the mark itself
    kOpens = kMarks * 128,  // a mark after which a capital says little
    kParts = 65536,         // a mark that stands between names, never in one
    kXx = 131072,           // `collapsed` is that of "Xx" …
    kX = 262144,            // … or of "x": the commonest ones
    kKnown = 524288,        // of every word that has been described
  };

  uint64_t lower = 0;                 // in lower case, digits and quotation marks unified
  uint64_t key = 0;                   // lower case as it stands: the gazetteer's key
  uint64_t collapsed = 0;             // shape with runs of one
  uint64_t acronym = 0;               // of an all-capital word: without its full stops
  uint32_t shape_id = 0;              // dense number of `collapsed`, from 1
  uint32_t lower_id = 0;              // dense number of `lower`
  uint32_t phrases = 0;               // the gazetteer's set of what begins with this word, if that is no small one
  char32_t initial = 0;               // first code point
  std::array<uint16_t, 3> classes{};  // K = 256, 1024, 3000, from 1
  uint8_t capitals = NameWordFacts::kUnseen;
  uint32_t flags = 0;
  uint64_t form = 0;                 // digits and quotation marks unified
  uint64_t shape = 0;                // runs of at most two
  std::array<uint64_t, 4> prefix{};  // of 1 to 4 code points; 0 where the word is not longer
  std::array<uint64_t, 4> suffix{};
  std::array<uint16_t, 4> path{};

  bool is(Flag f) const noexcept { return (flags & f) != 0; }
};

/// What is read of every token of an article, small so that all of them stay near.
struct NameDigest {
  static constexpr uint32_t kFlags = 22;

  uint32_t lower_id = 0;
  uint32_t bits = 0;  // flags, of which there are kFlags, then the class; 0: not known yet

  uint32_t flags() const noexcept { return bits & ((1U << kFlags) - 1); }
  uint32_t class_256() const noexcept { return bits >> kFlags; }  // of what begins with a letter or digit; else 0
  bool is(NameWord::Flag f) const noexcept { return (bits & f) != 0; }
};

/// What is read of every token that may be of a name or stands near one: half a line of memory.
struct alignas(32) NameCore {
  static constexpr uint64_t kEdge = 1;  // `lower` of the word before the first and behind the last

  uint64_t lower = 0;  // these as in NameWord
  uint64_t key = 0;
  uint32_t phrases = 0;
  char32_t initial = 0;
  uint32_t shape_id = 0;
  uint16_t class_256 = 0;
  uint8_t capitals = NameWordFacts::kUnseen;
};

/// The records of one worker, by its word types. Not thread-safe.
class NameWords {
 public:
  NameWords(const NameResources& resources, Casing casing) : resources_(resources), casing_(casing) {}

  Casing casing() const noexcept { return casing_; }
  /// For word types below `types`; all that follows is for such.
  void make_room(size_t types);
  bool knows(uint32_t type) const noexcept { return digests_[type].bits != 0; }
  /// Describes a word type of `types`, whose form is `form`: it is known until reset().
  void describe(uint32_t type, const WordTypes& types, std::string_view form);
  /// The two steps of what describe() reads of memory, for many types together.
  void prefetch_first(const WordType& type) const noexcept {
    resources_.prefetch_first(type.lower);
    lower_ids_.prefetch(type.lower);  // nearly always that of NameWord::lower
  }
  void prefetch_second(const WordType& type) const noexcept {
    resources_.prefetch_second(type.lower);
    lower_ids_.prefetch_key(type.lower);
  }
  /// Of a known type.
  const NameWord& operator[](uint32_t type) const noexcept { return words_[type]; }
  const NameCore& core(uint32_t type) const noexcept { return cores_[type + 1]; }
  /// core() of the word type before a number; of 0: that of the edge of a sentence.
  const NameCore& near(uint32_t number) const noexcept { return cores_[number]; }
  const NameDigest& digest(uint32_t type) const noexcept { return digests_[type]; }
  /// digest() of all types.
  const NameDigest* digests() const noexcept { return digests_.data(); }
  /// NameWord::collapsed of all words with this shape_id.
  uint64_t shape(uint32_t shape_id) const noexcept { return shapes_[shape_id]; }
  /// Fetches what is read of each token of a region.
  void prefetch(uint32_t type) const noexcept { prefetch_behind(cores_.data(), (type + size_t{1}) * sizeof cores_[0]); }
  size_t lower_forms() const noexcept { return lower_ids_.size(); }
  /// Forgets everything when the types were renumbered; true if it did.
  bool reset(uint32_t generation);

 private:
  NameWord description(std::string_view form, const WordType& type, std::string_view lower);

  const NameResources& resources_;
  Casing casing_;
  uint32_t generation_ = 0;
  GrowingTable<NameWord> words_;  // by word type
  GrowingTable<NameDigest> digests_;
  GrowingTable<NameCore> cores_;  // as near()
  std::vector<uint64_t> shapes_;  // by shape_id
  DenseNumbers lower_ids_, shape_ids_;
  std::string unified_, lower_, shape_, collapsed_;
};

}  // namespace newsnlp
