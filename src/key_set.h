// Room: features. A set of 64-bit keys that is filled once and asked often, mostly in vain.
//
//   seen    a bit of each key: most keys that are not in the set end here, in the first cache
//   slots   open addressing, at most half full; 0: free
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace newsnlp {

template <size_t kSeen>  // bits of `seen`: several a key
class KeySet {
 public:
  void insert(uint64_t key) {
    if (has(key)) return;
    if (2 * (count_ + 1) > slots_.size()) grow();
    slots_[place(key)] = key;
    seen_.set(key % kSeen);
    ++count_;
  }
  /// 0 is in no set.
  bool has(uint64_t key) const noexcept { return seen_[key % kSeen] && key != 0 && slots_[place(key)] == key; }

 private:
  size_t place(uint64_t key) const noexcept {
    const size_t mask = slots_.size() - 1;
    size_t at = (key >> 20) & mask;
    while (slots_[at] != 0 && slots_[at] != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    for (const uint64_t key : old)
      if (key != 0) slots_[place(key)] = key;
  }

  std::bitset<kSeen> seen_;
  std::vector<uint64_t> slots_ = std::vector<uint64_t>(64);
  size_t count_ = 0;
};

}  // namespace newsnlp
