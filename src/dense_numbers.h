// Room: features. Dense numbers of 64-bit keys: 0, 1, 2, … in the order in which they are first asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "prefetch.h"

namespace newsnlp {

class DenseNumbers {
 public:
  uint32_t number(uint64_t key) {
    if (2 * keys_.size() >= slots_.size()) grow();
    size_t at = place(key);
    while (slots_[at] != 0 && keys_[slots_[at] - 1] != key) at = next(at);
    if (slots_[at] == 0) {
      keys_.push_back(key);
      slots_[at] = static_cast<uint32_t>(keys_.size());
    }
    return slots_[at] - 1;
  }
  /// Before number(), when there are many: asks for the memory of its first step, and, once that is there, of its
  /// second.
  void prefetch(uint64_t key) const noexcept { __builtin_prefetch(&slots_[place(key)]); }
  void prefetch_key(uint64_t key) const noexcept { prefetch_behind(keys_.data(), sizeof key * slots_[place(key)]); }
  /// Keys that have a number.
  size_t size() const noexcept { return keys_.size(); }
  void clear() {
    keys_.clear();
    slots_.assign(slots_.size(), 0);
  }

 private:
  size_t place(uint64_t key) const noexcept { return (key ^ key >> 29) & (slots_.size() - 1); }
  size_t next(size_t at) const noexcept { return (at + 1) & (slots_.size() - 1); }
  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (uint32_t n = 0; n < keys_.size(); ++n) {
      size_t at = place(keys_[n]);
      while (slots_[at] != 0) at = next(at);
      slots_[at] = n + 1;
    }
  }

  std::vector<uint64_t> keys_;                                    // by number
  std::vector<uint32_t> slots_ = std::vector<uint32_t>(1 << 12);  // open addressing: number + 1; 0: free
};

}  // namespace newsnlp
