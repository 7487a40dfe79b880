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
  uint32_t fullest = 0;  // mention
  uint32_t entity = Mention::kNoEntity;
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
  const Row* find(uint64_t key) const { return seen_[key % kSeen] ? look_up(key) : nullptr; }
  const Row* look_up(uint64_t key) const;
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
  uint32_t by_key(uint64_t key, bool thing) const { return index_.newest(key, thing ? Thing : Whole); }

  std::vector<NameCluster> clusters;
  std::vector<uint32_t> cluster_of;  // of each mention

 private:
  enum Place : uint8_t { Whole, Thing, Acronym, First, Last, Tail };
  // One article, while it is read.
  struct Article {
    const Layers& layers;
    const NameForms& forms;
    const OfficeNames& offices;
    LinkNotes& notes;
    const Workspace& workspace;
  };
  bool is_body(const Article& a, uint32_t mention) const;
  void join(const Article& a, uint32_t mention, uint32_t cluster);
  uint32_t open(const Article& a, uint32_t mention);
  void add_long(const Article& a, uint32_t mention);
  void add_short_forms(const Article& a, uint32_t mention, uint32_t cluster);
  void add_acronyms(std::span<const FormWord> words, uint32_t cluster);
  uint32_t bracketed(const Article& a, uint32_t mention) const;
  uint32_t called(const Article& a, uint32_t mention, uint64_t noun, NounKind kind) const;
  uint32_t short_name(const Article& a, uint32_t mention) const;

  NameIndex index_;
};

}  // namespace newsnlp
