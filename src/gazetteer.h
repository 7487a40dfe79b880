// Room: recognizer. Lists of names: which lists hold a word or a phrase, looked up by token hashes.
//
//   A phrase's key is mixed of the hashes of its lower-case tokens, so is that of each of its beginnings.
//   index    HashIndex of the keys
//   value    u16 [keys]    number of a set
//   sets     u32 [sets]    bit l: the phrase is in list l; bit 31: a longer phrase begins with it
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <vector>

#include "hash.h"
#include "hash_index.h"
#include "table_memory.h"

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

  bool empty() const noexcept { return index_.size() == 0; }
  /// Extends the key of a beginning by one token.
  static uint64_t extend(uint64_t key, uint64_t lower) noexcept { return mix(key, lower); }
  /// The set of a phrase; 0 when it is neither a name nor a beginning.
  uint32_t find(uint64_t key) const noexcept {
    if (buckets_.empty()) return 0;
    const Bucket& bucket = buckets_[HashIndex<uint16_t>::bucket(key, buckets_.size())];
    const uint32_t number = bucket.find(static_cast<uint16_t>(key));
    return number != 0 ? sets_[number - 1] : bucket.values[kKept - 1] == 0 ? 0 : find_in_index(key);
  }
  /// Fetches what find() reads.
  void prefetch(uint64_t key) const noexcept {
    __builtin_prefetch(buckets_.data() + HashIndex<uint16_t>::bucket(key, buckets_.size()));
  }
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
  // The first keys of a bucket of the index with their values, so that one line of memory is read and not three.
  static constexpr uint32_t kKept = 8;
  struct Bucket {
    typedef uint16_t Keys __attribute__((vector_size(2 * kKept)));
    Keys keys;
    Keys values;  // + 1; 0: free
    uint32_t find(uint16_t key) const noexcept {
      const Keys wanted = Keys{} + key;
      const Keys found = reinterpret_cast<Keys>(keys == wanted) & values;
      std::array<uint64_t, 2> halves;
      std::memcpy(halves.data(), &found, sizeof halves);
      const uint64_t any = halves[0] != 0 ? halves[0] : halves[1];
      return any == 0 ? 0 : static_cast<uint16_t>(any >> (std::countr_zero(any) & ~15));  // the first of a key counts
    }
  };
  uint32_t find_in_index(uint64_t key) const noexcept {
    const uint32_t i = index_.find(key);
    return i == HashIndex<uint16_t>::kNone ? 0 : sets_[values_[i]];
  }

  Table<Bucket> buckets_;
  HashIndex<uint16_t> index_;
  std::span<const uint16_t> values_;
  std::span<const uint32_t> sets_;
};

}  // namespace newsnlp
