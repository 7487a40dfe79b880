// Room: features. Values by 64-bit key, several a key, newest first; reused from article to article.
//
//   slots   newest node of a key; 0: free   open addressing, at most half full
//   nodes   key, value, the key's node before
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace newsnlp {

class NameIndex {
 public:
  static constexpr uint32_t kEnd = 0;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  void clear(size_t expected);
  /// Adds the value at a place (a kind of key) unless it is the key's newest.
  void put(uint64_t key, uint8_t place, uint32_t value);
  /// for (auto n = first(key, place); n != kEnd; n = next(n)) … value(n)
  uint32_t first(uint64_t key, uint8_t place) const noexcept;
  uint32_t next(uint32_t node) const noexcept { return nodes_[node].next; }
  uint32_t value(uint32_t node) const noexcept { return nodes_[node].value; }
  /// The key's newest value; kNone: it has none.
  uint32_t newest(uint64_t key, uint8_t place) const noexcept;

 private:
  struct Node {
    uint64_t key = 0;
    uint32_t value = kNone;
    uint32_t next = kEnd;
  };
  size_t slot(uint64_t key) const noexcept {
    const size_t mask = slots_.size() - 1;
    size_t at = (key ^ key >> 29) & mask;
    while (slots_[at] != kEnd && nodes_[slots_[at]].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow();

  std::vector<uint32_t> slots_ = std::vector<uint32_t>(64);
  std::vector<Node> nodes_ = std::vector<Node>(1);  // the first is kEnd
  size_t keys_ = 0;
};

}  // namespace newsnlp
