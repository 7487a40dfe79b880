// Room: recognizer. Dense numbers of the combinations of list hits that one worker has met.
#pragma once

#include <cstdint>
#include <vector>

#include "gazetteer.h"

namespace newsnlp {

class HitNumbers {
 public:
  struct Combination {
    GazetteerHit hit;
    uint64_t hash = 0;  // of the hit
  };

  /// 0: no hit.
  uint32_t number(const GazetteerHit& hit) {
    if (!hit.any()) return 0;
    size_t at = home(hit);
    while (slots_[at] != 0 && met_[slots_[at]].hit != hit) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] == 0) {
      slots_[at] = static_cast<uint32_t>(met_.size());
      met_.push_back({hit, hit.hash()});
      if (2 * met_.size() >= slots_.size()) grow();
      return static_cast<uint32_t>(met_.size() - 1);
    }
    return slots_[at];
  }
  const Combination& operator[](uint32_t number) const noexcept { return met_[number]; }
  /// Forgets all numbers but 0.
  void clear() {
    met_.resize(1);
    slots_.assign(slots_.size(), 0);
  }

 private:
  size_t home(const GazetteerHit& hit) const noexcept {
    const uint64_t first = hit.begin | uint64_t{hit.inside} << 32;
    const uint64_t second = hit.last | uint64_t{hit.unit} << 32;
    const uint64_t mixed = (first * 0x9E3779B97F4A7C15ULL ^ second) * 0xBF58476D1CE4E5B9ULL;
    return (mixed ^ mixed >> 32) & (slots_.size() - 1);
  }
  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (uint32_t n = 1; n < met_.size(); ++n) {
      size_t at = home(met_[n].hit);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = n;
    }
  }

  std::vector<Combination> met_ = std::vector<Combination>(1);
  std::vector<uint32_t> slots_ = std::vector<uint32_t>(1024);  // open addressing; 0: free
};

}  // namespace newsnlp
