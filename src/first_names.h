// Room: linker. What first names say of a person's gender: a large list, so little memory a name.
//
//   keys    u32 [slots]   the highest bits of a name's key, 0: free; open addressing by its lowest bits
//   sure    i8 [slots]    percent sure that a person of this name is a man (> 0) or a woman (< 0)
//
// A word that is no name of the list is taken for one with a chance of 1e-9.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "table_memory.h"

namespace newsnlp {

class FirstNames {
 public:
  FirstNames() = default;
  /// For at most so many names.
  explicit FirstNames(size_t most) : keys_(std::bit_ceil(most + most / 2 + 1)), sure_(keys_.size()) {}

  /// Of several values of one name the last counts. To be followed by finish().
  void insert(uint64_t key, int8_t sure) {
    __builtin_prefetch(&keys_[key & (keys_.size() - 1)], 1);
    waiting_[count_++] = {key, sure};
    if (count_ == waiting_.size()) finish();
  }
  void finish() {
    for (size_t i = 0; i < count_; ++i) {
      const size_t at = slot(waiting_[i].key);
      keys_[at] = check(waiting_[i].key);
      sure_[at] = waiting_[i].sure;
    }
    count_ = 0;
  }
  /// 0: not of the list.
  int8_t find(uint64_t key) const noexcept { return keys_.empty() ? int8_t{0} : sure_[slot(key)]; }

 private:
  static uint32_t check(uint64_t key) noexcept { return std::max<uint32_t>(1, static_cast<uint32_t>(key >> 32)); }
  size_t slot(uint64_t key) const noexcept {
    const uint32_t wanted = check(key);
    size_t at = key & (keys_.size() - 1);
    while (keys_[at] != wanted && keys_[at] != 0) at = (at + 1) & (keys_.size() - 1);
    return at;
  }

  Table<uint32_t> keys_;
  Table<int8_t> sure_;
  // Names wait until their places have been fetched.
  struct Waiting {
    uint64_t key = 0;
    int8_t sure = 0;
  };
  std::array<Waiting, 32> waiting_{};
  size_t count_ = 0;
};

}  // namespace newsnlp
