// Room: linker. What first names say of a person's gender: a large list, so little memory a name.
//
//   keys    u32 [slots]   the highest bits of a name's key, 0: free; open addressing by its lowest bits
//   sure    i8 [slots]    percent sure that a person of this name is a man (> 0) or a woman (< 0)
//
// A word that is no name of the list is taken for one with a chance of 1e-9. The built-in model has the table itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "newsnlp/model.h"
#include "table_memory.h"

namespace newsnlp {

class FirstNames {
 public:
  FirstNames() = default;
  /// Of the list first_names.tsv. Of several values of one name the last counts. Throws ModelError that names the line
  /// of a broken row.
  explicit FirstNames(const Model& model);
  /// Of what table() gave for the list; it is read where it lies.
  explicit FirstNames(std::span<const std::byte> table);
  std::string table() const;

  /// `key`: folded_hash(). 0: not of the list.
  int8_t find(uint64_t key) const noexcept { return slots_ == 0 ? int8_t{0} : sure_[slot(key)]; }

 private:
  static uint32_t check(uint64_t key) noexcept { return std::max<uint32_t>(1, static_cast<uint32_t>(key >> 32)); }
  size_t slot(uint64_t key) const noexcept {
    const uint32_t wanted = check(key);
    size_t at = key & (slots_ - 1);
    while (keys_[at] != wanted && keys_[at] != 0) at = (at + 1) & (slots_ - 1);
    return at;
  }

  size_t slots_ = 0;  // a power of two
  const uint32_t* keys_ = nullptr;
  const int8_t* sure_ = nullptr;
  Table<uint32_t> own_keys_;  // unless they lie in the model
  Table<int8_t> own_sure_;
};

}  // namespace newsnlp
