// Room: resolver. Which nouns may mean who or what was called by another one: "the lawmaker" a senator, "the airline"
// Harper Airways.
#pragma once

#include <cstdint>

#include "key_set.h"
#include "newsnlp/model.h"

namespace newsnlp {

/// role_families.tsv, by WordFacts::key. Immutable after construction.
class RoleFamilies {
 public:
  /// A list that the model lacks is empty.
  explicit RoleFamilies(const Model& model);

  /// Somebody who was called `held` may be called `asked`.
  bool fits(uint64_t asked, uint64_t held) const;
  /// The noun has a family: fits() may be true of it.
  bool has(uint64_t asked) const { return asked_.has(asked); }

 private:
  KeySet<4096> asked_;
  KeySet<32768> pairs_;
};

}  // namespace newsnlp
