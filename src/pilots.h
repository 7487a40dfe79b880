// Room: model. Where the rows of a fixed set of features stand, in groups of which nearly all rows are taken: a feature
// is in its group or nowhere.
//
//   feature -> pilot u8, shared by some three features -> group
//
// "Hash and displace" (Belazzougui, Botelho, Dietzfelbinger: Hash, displace, and compress, ESA 2009) with groups of
// several rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace newsnlp {

struct Pilots {
  /// Which pilot a feature has; `buckets`: a quarter of the features.
  static size_t number(uint64_t feature, uint64_t buckets) noexcept {
    const auto bucket = static_cast<uint64_t>((static_cast<unsigned __int128>(feature) * buckets) >> 64);
    return (bucket * 8 + (static_cast<uint32_t>(feature) >> 29)) * 3 / 16;
  }
  static size_t count(uint64_t buckets) noexcept { return buckets * 3 / 2 + 1; }
  /// The group of a feature, below `groups`, which is below 2^31.
  static size_t group(uint64_t feature, uint8_t pilot, uint64_t groups) noexcept {
    const uint32_t mixed = (static_cast<uint32_t>(feature) ^ pilot * 0x9E3779B1U) * 0x85EBCA6BU;
    return static_cast<size_t>(mixed * groups >> 32);
  }

  struct Placement {
    static constexpr uint32_t kNowhere = 0xFFFFFFFF;
    uint64_t buckets = 1;
    size_t groups = 0;
    std::vector<uint8_t> pilots;
    std::vector<uint32_t> group;  // of each feature; kNowhere: an earlier one has its lowest 32 bits, and its pilot
  };
  /// At most `together` features a group, no two of one group with the same lowest 32 bits. Throws ModelError if the
  /// features are no hashes.
  static Placement place(std::span<const uint64_t> features, uint32_t together);
};

}  // namespace newsnlp
