// Room: linker. Which mentions name the same organisation, place or thing: the same words, an acronym, a short form, a
// second name of offices.tsv.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "name_form.h"
#include "name_index.h"

namespace newsnlp {

struct NameCluster {
  uint32_t fullest = 0;              // mention
  uint32_t last = 0;                 // mention seen last
  float votes[4] = {};               // for Person, Organization, Location, Misc: sums of mention scores
  bool seat = false;                 // "the Kremlin": an Organization
  EntityType type() const noexcept;  // the type with the most votes; ties: the first
};

/// offices.tsv: states, offices and bodies under two names, and seats that speak for those who work there.
class OfficeNames {
 public:
  /// Throws ModelError for a broken row.
  explicit OfficeNames(const Model& model);
  /// NameForm::key of the name that `key` is another name of, or `key` itself.
  uint64_t canonical(uint64_t key) const {
    const Row* row = find(key);
    return row == nullptr ? key : row->name;
  }
  bool seat(uint64_t key) const {
    const Row* row = find(key);
    return row != nullptr && row->seat;
  }

 private:
  struct Row {
    uint64_t name = 0;
    bool seat = false;
  };
  const Row* find(uint64_t key) const {
    if (!seen_[key % kSeen]) return nullptr;
    const auto at = rows_.find(key);
    return at == rows_.end() ? nullptr : &at->second;
  }
  static constexpr size_t kSeen = 4096;
  std::bitset<kSeen> seen_;  // of the keys: most names are no office
  std::unordered_map<uint64_t, Row> rows_;
};

class NameClusters {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  static constexpr uint32_t kMaxChecked = 16;
  static constexpr uint32_t kMaxTail = 6;  // words of a name that is called by its last ones

  /// Fills clusters and cluster_of for Organization, Location and Misc. Linear in the mentions. `others`: these
  /// mentions, with a form.
  void build(const Layers& layers, std::span<const uint32_t> others, const NameForms& forms, const OfficeNames& offices,
             LinkNotes& notes, const Workspace& workspace);

  /// The cluster of this NameForm::key; kNone if there is none.
  uint32_t by_key(uint64_t key, bool thing) const;

  std::vector<NameCluster> clusters;
  std::vector<uint32_t> cluster_of;  // of each mention

 private:
  enum class Place : uint8_t { Whole, Thing, Acronym, First, Last, Tail };
  uint32_t nearest(Place place, uint64_t key) const;
  uint32_t called(const NameForms& forms, LinkNotes& notes, const Workspace& workspace, uint32_t mention, uint64_t noun,
                  NounKind kind) const;
  void add(Place place, uint64_t key, uint32_t cluster);

  NameIndex index_;
};

}  // namespace newsnlp
