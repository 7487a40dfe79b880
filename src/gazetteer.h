// Room: recognizer. Lists of names: which lists hold a word or a phrase, looked up by token hashes.
//
//   A phrase's key is mixed of the hashes of its lower-case tokens, so is that of each of its beginnings.
//   index    HashIndex of the keys
//   value    u16 [keys]    number of a set
//   sets     u32 [sets]    bit l: the phrase is in list l; bit 31: a longer phrase begins with it
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "hash.h"
#include "hash_index.h"

namespace newsnlp {

/// In which lists the phrases around a token stand: bit l of `unit` when the token is a whole name of list l, of
/// `begin`, `inside`, `last` when it is that part of a longer one.
struct GazetteerHit {
  uint32_t begin = 0;
  uint32_t inside = 0;
  uint32_t last = 0;
  uint32_t unit = 0;

  bool any() const noexcept { return (begin | inside | last | unit) != 0; }
  /// One number for the whole combination; 0 for none.
  uint64_t hash() const noexcept { return any() ? mix(mix(mix(mix(1, begin), inside), last), unit) : 0; }
};

class Gazetteer {
 public:
  static constexpr uint32_t kMaxLists = 31;
  static constexpr uint32_t kMaxWords = 7;
  static constexpr uint32_t kLonger = 1U << 31;

  Gazetteer() = default;
  /// Reads what write() wrote, in place. Throws ModelError.
  explicit Gazetteer(SectionReader& in);

  bool empty() const noexcept { return index_.size() == 0; }
  /// Extends the key of a beginning by one token.
  static uint64_t extend(uint64_t key, uint64_t lower) noexcept { return mix(key, lower); }
  /// The set of a phrase; 0 when it is neither a name nor a beginning.
  uint32_t find(uint64_t key) const noexcept {
    const uint32_t i = index_.find(key);
    return i == HashIndex<uint16_t>::kNone ? 0 : sets_[values_[i]];
  }
  /// Sets of phrases that were asked for lately: names come again.
  struct Memo {
    static constexpr size_t kPlaces = 1 << 12;
    std::vector<std::pair<uint64_t, uint32_t>> places = std::vector<std::pair<uint64_t, uint32_t>>(kPlaces);
  };
  /// Looks up many phrases at once, so that match() finds them in the memo.
  void fetch(std::span<const uint64_t> keys, Memo& memo) const;
  /// Marks the longest name of each list that begins at each token, names of one list without overlap. `lower` holds
  /// the hashes of the lower-case tokens of one sentence; `first`, parallel to it, the set of each alone, or 0 where no
  /// name may begin; `hits`, parallel to it, are those of no name.
  void match(std::span<const uint64_t> lower, std::span<const uint32_t> first, Memo& memo,
             std::span<GazetteerHit> hits) const;

  /// Phrase key -> lists.
  using Phrases = std::map<uint64_t, uint32_t>;
  /// Adds one phrase and its beginnings.
  static void add(Phrases& phrases, std::span<const uint64_t> lower, uint32_t list);
  static void write(const Phrases& phrases, SectionWriter& out);

 private:
  uint32_t find(uint64_t key, Memo& memo) const noexcept {
    auto& [known, set] = memo.places[key % Memo::kPlaces];
    if (known != key) {
      known = key;
      set = find(key);
    }
    return set;
  }
  HashIndex<uint16_t> index_;
  std::span<const uint16_t> values_;
  std::span<const uint32_t> sets_;
};

}  // namespace newsnlp
