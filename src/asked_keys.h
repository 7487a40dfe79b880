// Room: recognizer. Which keys of an article's spans may be asked for: a few bits that answer "not this one" for most.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "span_candidate.h"

namespace newsnlp {

class AskedKeys {
 public:
  /// The keys of open candidates; `keys` holds one for each.
  AskedKeys(const std::vector<SpanCandidate>& candidates, std::span<const uint64_t> keys) {
    for (size_t i = 0; i < candidates.size(); ++i)
      if (candidates[i].open) asked_.set(keys[i] % kBits);
  }
  bool may_have(uint64_t key) const noexcept { return asked_[key % kBits]; }

 private:
  static constexpr size_t kBits = 1024;
  std::bitset<kBits> asked_;
};

}  // namespace newsnlp
