// Room: resolver. Whom "the minister" means: the person whose role it is, nearest first.
#pragma once

#include <cstdint>
#include <vector>

#include "resolver_source.h"

namespace newsnlp {

/// A person who may be meant, with a probability that was set by hand for each kind of evidence.
using RoleCandidates = std::vector<Candidate>;

class RoleReader {
 public:
  static constexpr size_t kMaxLookedAt = 64;  // mentions before the source

  RoleReader(const Layers& layers, const Workspace& workspace, LinkNotes& notes)
      : layers_(layers), workspace_(workspace), notes_(notes) {}

  /// Who may be meant by the role, best first; empty if nobody may.
  RoleCandidates read(const SourceReading& source) const;
  /// Which body "the company" or "it" may be, best first.
  RoleCandidates bodies(const SourceReading& source) const;

 private:
  bool has_role(uint32_t entity, uint64_t key) const;
  uint32_t shared_words(uint32_t entity, IndexRange phrase) const;

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
};

}  // namespace newsnlp
