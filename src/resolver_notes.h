// Room: resolver. What the resolver notes while it reads one article; reused from article to article.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "resolver_ground.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "resolver_unnamed.h"
#include "spoken.h"
#include "workspace.h"

namespace newsnlp {

struct ResolverNotes : Scratch {
  PronounScratch pronouns;
  RoleScratch roles;
  UnnamedEntities::Scratch unnamed;
  std::vector<Spoken> spoken;                        // of quotes that stand in no other, in text order
  std::vector<Role> extra_roles;                     // that "the minister" adds
  std::vector<uint8_t> role_strengths;               // what show_nearest_roles() keeps
  std::vector<Candidate> candidates;                 // of one "he"
  std::vector<std::pair<uint64_t, uint32_t>> order;  // of the quotes: place of the source, quote
  std::vector<Ground> grounds;                       // of each quote; Count: found by the ranker, or nobody was found

  /// The notes of this workspace, made on first use.
  static ResolverNotes& of(Workspace& workspace) {
    if (workspace.resolver == nullptr) workspace.resolver = std::make_unique<ResolverNotes>();
    return static_cast<ResolverNotes&>(*workspace.resolver);
  }
};

}  // namespace newsnlp
