// Room: recognizer. Lists of names: which lists hold a word or a phrase, looked up by token hashes.
//
//   A phrase's key is mixed of the hashes of its lower-case tokens, so is that of each of its beginnings.
//   fours    u64              a quarter of the phrases
//   buckets  Bucket [buckets] keys whose home this is, or one before it whose bucket is full; the last has room; of
//                             eight places some six are taken
//   sets     u32 [sets]       bit l: the phrase is in list l; bit 31: a longer phrase begins with it
//
// A phrase that is in no list is taken for one with a chance of 1e-4.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <vector>

#include "hash.h"
#include "section.h"

namespace newsnlp {

/// In which lists the phrases around a token stand: bit l of `unit` when the token is a whole name of list l, of
/// `begin`, `inside`, `last` when it is that part of a longer one.
struct GazetteerHit {
  uint32_t begin = 0;
  uint32_t inside = 0;
  uint32_t last = 0;
  uint32_t unit = 0;

  friend bool operator==(const GazetteerHit&, const GazetteerHit&) = default;
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

  bool empty() const noexcept { return sets_.empty(); }
  /// Extends the key of a beginning by one token.
  static uint64_t extend(uint64_t key, uint64_t lower) noexcept { return mix(key, lower); }
  /// The set of a phrase; 0 when it is neither a name nor a beginning.
  uint32_t find(uint64_t key) const noexcept {
    if (empty()) return 0;
    for (const Bucket* bucket = &buckets_[home(key, fours_)];; ++bucket) {
      const uint32_t number = bucket->find(static_cast<uint16_t>(key));
      if (number != 0) return sets_[number - 1];
      if (bucket->values[kKeys - 1] == 0) return 0;
    }
  }
  /// Fetches what find() reads.
  void prefetch(uint64_t key) const noexcept { __builtin_prefetch(buckets_.data() + home(key, fours_)); }
  struct Found {
    uint32_t token = 0;
    GazetteerHit hit;
  };
  /// Appends the tokens of the longest name of each list that begins at each token, names of one list without overlap,
  /// in order; tokens without a hit may be among them. `lower` holds the hashes of lower-case tokens, 0 between those
  /// that no name joins; `first`, parallel to it, the set of each alone, or 0 where no name may begin.
  void match(std::span<const uint64_t> lower, std::span<const uint32_t> first, std::vector<Found>& out) const;

  /// Phrase key -> lists.
  using Phrases = std::map<uint64_t, uint32_t>;
  /// Adds one phrase and its beginnings.
  static void add(Phrases& phrases, std::span<const uint64_t> lower, uint32_t list);
  static void write(const Phrases& phrases, SectionWriter& out);

 private:
  static constexpr uint32_t kKeys = 8;
  // Half a line of memory.
  struct Bucket {
    typedef uint16_t Keys __attribute__((vector_size(2 * kKeys)));
    Keys keys;    // their lowest bits
    Keys values;  // number of a set + 1; 0: free, and so are those behind it
    uint32_t find(uint16_t key) const noexcept {
      const Keys wanted = Keys{} + key;
      const Keys found = reinterpret_cast<Keys>(keys == wanted) & values;
      std::array<uint64_t, 2> halves;
      std::memcpy(halves.data(), &found, sizeof halves);
      const uint64_t any = halves[0] != 0 ? halves[0] : halves[1];
      return any == 0 ? 0 : static_cast<uint16_t>(any >> (std::countr_zero(any) & ~15));  // the first of a key counts
    }
  };
  static uint64_t home(uint64_t key, uint64_t fours) noexcept {
    const auto four = static_cast<uint64_t>((static_cast<unsigned __int128>(key) * fours) >> 64);
    return (four * 8 + (static_cast<uint16_t>(key) >> 13)) * 5 / 64;
  }
  static uint64_t homes(uint64_t fours) noexcept { return fours * 5 / 8 + 1; }

  uint64_t fours_ = 0;
  std::span<const Bucket> buckets_;
  std::span<const uint32_t> sets_;
};

}  // namespace newsnlp
