// Room: recognizer. A person's own names: forced, helped or forbidden, found by the hashes of their tokens.
//
//   first    bit [2^20]     of the forms that begin an entry: most tokens of an article go no further
//   nodes    key of a beginning (mixed of its forms' hashes) -> whether a longer entry follows, and the entry that ends
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "hash.h"
#include "layers.h"
#include "newsnlp/options.h"
#include "segmenter.h"
#include "workspace.h"

namespace newsnlp {

class NameLists {
 public:
  /// One occurrence of an entry.
  struct Match {
    IndexRange tokens;
    EntityType type = EntityType::Person;
    NameRule rule = NameRule::Help;
  };

  NameLists() = default;
  /// Cuts the entries as articles are cut. An entry that stands twice has the rule and type of its last line. Throws
  /// ListError for a name that is not valid UTF-8 or holds a line break.
  NameLists(const std::vector<NameEntry>& entries, const Segmenter& segmenter);

  bool empty() const noexcept { return nodes_.empty(); }
  /// The longest entry at each token, left to right, without overlap; written as listed, case included.
  void match(const Layers& layers, const Workspace& workspace, std::vector<Match>& out) const;

 private:
  struct Node {
    static constexpr uint8_t kNoRule = 0xFF;
    EntityType type = EntityType::Person;
    uint8_t rule = kNoRule;
    bool longer = false;
  };
  static constexpr uint64_t kFirstBits = 1 << 20;
  static uint64_t bit(uint64_t hash) noexcept { return hash >> 44; }

  std::vector<uint64_t> first_;
  std::unordered_map<uint64_t, Node> nodes_;
};

}  // namespace newsnlp
