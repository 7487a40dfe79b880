// Room: linker. Values by 64-bit key, several a key, newest first; reused from article to article.
//
//   slots   key, head of its chain (node + 1; 0: free)   open addressing, at most half full
//   nodes   value, next
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace newsnlp {

class NameIndex {
 public:
  static constexpr uint32_t kEnd = 0;

  void clear(size_t expected) {
    size_t size = 64;
    while (size < 2 * expected) size *= 2;
    slots_.assign(size, {});
    nodes_.assign(1, {});
    keys_ = 0;
  }
  void add(uint64_t key, uint32_t value) {
    if (2 * (keys_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    if (slot.head == kEnd) slot.key = key, ++keys_;
    nodes_.push_back({value, slot.head});
    slot.head = static_cast<uint32_t>(nodes_.size() - 1);
  }
  /// Adds the value unless it is the key's newest.
  void put(uint64_t key, uint32_t value) {
    if (2 * (keys_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    if (slot.head == kEnd)
      slot.key = key, ++keys_;
    else if (nodes_[slot.head].value == value)
      return;
    nodes_.push_back({value, slot.head});
    slot.head = static_cast<uint32_t>(nodes_.size() - 1);
  }
  /// for (auto n = first(key); n != kEnd; n = next(n)) … value(n)
  uint32_t first(uint64_t key) const noexcept { return slots_[place(key)].head; }
  uint32_t next(uint32_t node) const noexcept { return nodes_[node].next; }
  uint32_t value(uint32_t node) const noexcept { return nodes_[node].value; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t head = kEnd;
  };
  struct Node {
    uint32_t value = 0;
    uint32_t next = kEnd;
  };
  size_t place(uint64_t key) const noexcept {
    const size_t mask = slots_.size() - 1;
    size_t at = (key ^ key >> 29) & mask;
    while (slots_[at].head != kEnd && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& s : old)
      if (s.head != kEnd) slots_[place(s.key)] = s;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::vector<Node> nodes_ = std::vector<Node>(1);
  size_t keys_ = 0;
};

}  // namespace newsnlp
