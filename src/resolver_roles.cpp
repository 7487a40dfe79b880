#include "resolver_roles.h"

#include <algorithm>

namespace newsnlp {
namespace {

void sort_best_first(RoleCandidates& candidates) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

}  // namespace

bool RoleReader::has_role(uint32_t entity, uint64_t key) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + 16; ++r)
    if (notes_.role_keys[r] == key) return true;
  return false;
}

// Words before the head that stand in a role of the entity, too: "the foreign minister".
uint32_t RoleReader::shared_words(uint32_t entity, IndexRange phrase) const {
  const IndexRange roles = layers_.entities[entity].roles;
  uint32_t best = 0;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + 16; ++r) {
    const std::string_view role = layers_.of(layers_.roles[r].span);
    uint32_t shared = 0;
    for (uint32_t t = phrase.begin; t < phrase.end && t < phrase.begin + 8; ++t) {
      const std::string_view word = layers_.of(layers_.tokens[t]);
      if (word.size() > 2 && role.find(word.substr(1)) != std::string_view::npos) ++shared;
    }
    best = std::max(best, shared);
  }
  return best;
}

RoleCandidates RoleReader::read(const SourceReading& source) const {
  RoleCandidates out;
  const WordFacts& head = notes_.at(workspace_, source.head);
  const bool relation = source.possessive || head.noun == NounKind::Kin;
  size_t m = mention_at_or_before(notes_, source.phrase.begin);
  uint32_t rank = 0;
  std::vector<uint32_t> known;
  const auto first_time = [&](uint32_t e) {
    if (std::find(known.begin(), known.end(), e) != known.end()) return false;
    known.push_back(e);
    return true;
  };
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps) {
    const uint32_t e = layers_.mentions[m].entity;
    const bool seen = e == Mention::kNoEntity || !first_time(e);
    if (!seen && layers_.entities[e].type == EntityType::Person && layers_.entities[e].named) {
      const int16_t evidence = notes_.gender[e];
      const bool contradicts = (head.gender == Gender::Male && evidence <= -kShownGender) ||
                               (head.gender == Gender::Female && evidence >= kShownGender);
      const bool role = has_role(e, head.key);
      float score = 0;
      if (role && !contradicts) {
        score = 0.85F - 0.04F * static_cast<float>(std::min(rank, 5U)) +
                0.03F * static_cast<float>(std::min(shared_words(e, source.phrase), 3U));
      } else if (!contradicts && !relation && source.definite) {
        // Somebody without a known role, or with others: likelier the nearer.
        const bool other = !layers_.entities[e].roles.empty();
        const bool agrees = head.gender != Gender::Unknown && evidence != 0;
        score = (rank == 0 ? 0.5F : rank == 1 ? 0.3F : 0.1F) + (agrees ? 0.1F : 0) - (other ? 0.2F : 0);
      }
      if (score > 0) out.push_back({e, std::clamp(score, 0.01F, 0.97F)});
      ++rank;
    }
    if (m == 0) break;
    --m;
  }
  sort_best_first(out);
  if (out.size() > 5) out.resize(5);
  return out;
}

RoleCandidates RoleReader::bodies(const SourceReading& source) const {
  RoleCandidates out;
  const WordFacts& head = notes_.at(workspace_, source.head);
  size_t m = mention_at_or_before(notes_, source.phrase.begin);
  uint32_t rank = 0;
  std::vector<uint32_t> known;
  const auto first_time = [&](uint32_t e) {
    if (std::find(known.begin(), known.end(), e) != known.end()) return false;
    known.push_back(e);
    return true;
  };
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps) {
    const uint32_t e = layers_.mentions[m].entity;
    const bool seen = e == Mention::kNoEntity || !first_time(e);
    if (!seen && layers_.entities[e].type == EntityType::Organization) {
      // A body whose name says what it is: "the court", "Supreme Court".
      bool named = false;
      const IndexRange tokens = notes_.mention_tokens[m];
      for (uint32_t t = tokens.begin; t < tokens.end && t < tokens.begin + 8; ++t)
        named |= notes_.at(workspace_, t).key == head.key;
      const float score = named ? 0.85F : rank == 0 ? 0.55F : rank == 1 ? 0.35F : 0.2F;
      out.push_back({e, score});
      ++rank;
    }
    if (m == 0) break;
    --m;
  }
  sort_best_first(out);
  if (out.size() > 5) out.resize(5);
  return out;
}

}  // namespace newsnlp
