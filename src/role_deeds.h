// Room: resolver. Whom "the defendant", "the buyer", "her employer" means by what somebody does, or what is done to
// him, in the sentence that names him.
#pragma once

#include <cstdint>
#include <string_view>

#include "key_set.h"
#include "link_notes.h"
#include "newsnlp/model.h"

namespace newsnlp {

/// role_deeds.tsv, by WordFacts::key. Immutable after construction.
class RoleDeeds {
 public:
  static constexpr uint64_t kDoes = 1, kDone = 2;  // places; others: the key of a preposition

  /// A list that the model lacks is empty. Throws ModelError for a broken row.
  explicit RoleDeeds(const Model& model);

  /// The noun has a row: says() may be true of it.
  bool has(uint64_t noun) const { return asked_.has(noun); }
  bool fits(uint64_t noun, uint64_t place, uint64_t word) const;
  /// The sentence says of the name what makes somebody the noun: "Ray Molina bought", "was arrested", "sentenced
  /// Talavera", "from Sue Pratt". Looks at kMaxTokens on either side.
  bool says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange name, uint64_t noun) const;

  static constexpr uint32_t kMaxTokens = 20;

 private:
  KeySet<4096> asked_;
  KeySet<32768> rows_;
};

/// "The convicted man": the verb is done to the name in its sentence.
bool undergoes(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange name, uint64_t verb);

}  // namespace newsnlp
