// Room: resolver. What the resolver notes while it reads one article; reused from article to article.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "resolver_ground.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "workspace.h"

namespace newsnlp {

struct ResolverNotes : Scratch {
  PronounScratch pronouns;
  RoleScratch roles;
  std::vector<std::pair<uint64_t, uint32_t>> order;  // of the quotes: place of the source, quote
  std::vector<Ground> grounds;                       // of each quote; Count: found by the ranker, or nobody was found

  /// The notes of this workspace, made on first use.
  static ResolverNotes& of(Workspace& workspace) {
    if (workspace.resolver == nullptr) workspace.resolver = std::make_unique<ResolverNotes>();
    return static_cast<ResolverNotes&>(*workspace.resolver);
  }
};

}  // namespace newsnlp
