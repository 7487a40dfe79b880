// Room: linker. What first names say of a person's gender: a large list, so little memory a name. Section
// "first_names.table", which pack_model makes of data/en/first_names.tsv:
//
//   keys    u32 [slots]   the highest bits of a name's key, 0: free; open addressing by its lowest bits, four of five
//                         slots are taken
//   sure    i8 [slots]    percent sure that a person of this name is a man (> 0) or a woman (< 0)
//
// A word that is no name of the list is taken for one with a chance of 1e-9.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "newsnlp/model.h"

namespace newsnlp {

class FirstNames {
 public:
  FirstNames() = default;
  /// Reads the section in place; an empty one knows no name. Throws ModelError.
  explicit FirstNames(std::span<const std::byte> section);

  /// The section for the list "first_names.tsv" of `lists`. Of several values of one name the last counts. Throws
  /// ModelError that names the line of a broken row.
  static std::string section(const Model& lists);

  /// `key`: folded_hash(). 0: not of the list.
  int8_t find(uint64_t key) const noexcept { return keys_.empty() ? int8_t{0} : sure_[slot(keys_, key)]; }

 private:
  static uint32_t check(uint64_t key) noexcept { return std::max<uint32_t>(1, static_cast<uint32_t>(key >> 32)); }
  // Where the key stands, or else a free slot.
  static size_t slot(std::span<const uint32_t> keys, uint64_t key) noexcept {
    const uint32_t wanted = check(key);
    auto at = static_cast<size_t>(static_cast<uint32_t>(key) * uint64_t{keys.size()} >> 32);
    while (keys[at] != wanted && keys[at] != 0) at = at + 1 == keys.size() ? 0 : at + 1;
    return at;
  }

  std::span<const uint32_t> keys_;
  std::span<const int8_t> sure_;
};

}  // namespace newsnlp
