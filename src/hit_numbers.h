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
    const uint64_t hash = hit.hash();
    if (hash == 0) return 0;
    if (2 * met_.size() >= slots_.size()) grow();
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != 0 && met_[slots_[at]].hash != hash) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] == 0) {
      slots_[at] = static_cast<uint32_t>(met_.size());
      met_.push_back({hit, hash});
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
  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (uint32_t n = 1; n < met_.size(); ++n) {
      size_t at = met_[n].hash & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = n;
    }
  }

  std::vector<Combination> met_ = std::vector<Combination>(1);
  std::vector<uint32_t> slots_ = std::vector<uint32_t>(1024);  // open addressing; 0: free
};

}  // namespace newsnlp
