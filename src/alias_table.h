// Room: linker. A person's own aliases: "the Iron Lady" stands for "Margaret Thatcher" in every article.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "layers.h"
#include "newsnlp/options.h"

namespace newsnlp {

/// Immutable after construction.
class AliasTable {
 public:
  /// A mention that is an alias, and NameForm::key of the name that it stands for.
  struct Hit {
    uint32_t mention = 0;
    uint64_t name = 0;
    uint64_t role = 0;  // WordFacts::key of the last word of the listed role; 0: none
  };

  /// Chains are followed to their end. Throws ListError, which names the entry (from 1), for an empty or twofold alias
  /// and for one that leads back to itself.
  explicit AliasTable(const std::vector<AliasEntry>& entries);

  bool empty() const noexcept { return entries_.empty(); }
  /// Finds the aliases, as they are spelled and on token boundaries. An occurrence that overlaps no mention becomes
  /// one; a mention of the same span takes the listed type. In text order. Linear in the text.
  std::vector<Hit> find(Layers& layers) const;

 private:
  struct Entry {
    std::string alias;
    EntityType type = EntityType::Person;
    uint64_t name = 0;
    uint64_t role = 0;
  };
  static uint32_t prefix(std::string_view text) noexcept;  // of four bytes at most
  const Entry* match(const Layers& layers, uint32_t token, uint32_t& end) const;

  std::vector<Entry> entries_;
  std::unordered_multimap<uint32_t, uint32_t> by_prefix_;  // entry numbers
};

}  // namespace newsnlp
