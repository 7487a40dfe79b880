#include "shown_roles.h"

#include <algorithm>

namespace newsnlp {

namespace {

constexpr size_t kManyRoles = 64;
constexpr std::ptrdiff_t kClauses = 8;  // on either side of a quote that are looked at

bool stands_before(const Role& a, const Role& b) {
  return a.entity != b.entity ? a.entity < b.entity : a.span.begin < b.span.begin;
}

[[gnu::cold, gnu::noinline]] void sort_many(std::vector<Role>& roles) {
  std::stable_sort(roles.begin(), roles.end(), stands_before);
}

}  // namespace

void add_roles(Layers& layers, const std::vector<Role>& extra) {
  if (extra.empty()) return;
  std::vector<Role>& roles = layers.roles;
  for (const Role& r : extra) roles.push_back(r);
  if (roles.size() > kManyRoles)
    sort_many(roles);
  else
    for (size_t i = 1; i < roles.size(); ++i)
      for (size_t k = i; k > 0 && stands_before(roles[k], roles[k - 1]); --k) std::swap(roles[k], roles[k - 1]);
  for (Entity& e : layers.entities) e.roles = {};
  uint32_t kept = 0;
  for (const Role r : roles) {
    Entity& e = layers.entities[r.entity];
    if (e.roles.empty()) e.roles = {kept, kept};
    if (e.roles.end > e.roles.begin && roles[kept - 1].span.overlaps(r.span)) continue;
    roles[kept++] = r;
    e.roles.end = kept;
  }
  roles.resize(kept);
}

namespace {

// "who runs the site": what somebody does, no name for them that could stand beside theirs.
bool is_clause(const Layers& layers, const Role& role) {
  const auto token = std::partition_point(layers.tokens.begin(), layers.tokens.end(),
                                          [&](const Token& t) { return t.span.begin < role.span.begin; });
  return token != layers.tokens.end() && (token->tag == Tag::VBD || token->tag == Tag::VBZ || token->tag == Tag::VBP);
}

}  // namespace

void show_nearest_roles(Layers& layers) {
  for (Quote& q : layers.quotes) {
    q.role.reset();
    if (!q.speaker) continue;
    const IndexRange roles = layers.entities[*q.speaker].roles;
    const uint32_t here = layers.spans[q.content.begin].begin;
    // In text order: the last one before the quote, and the one behind it.
    const auto first = layers.roles.begin() + roles.begin;
    const auto last = layers.roles.begin() + roles.end;
    const auto behind = std::partition_point(first, last, [&](const Role& r) { return r.span.begin < here; });
    const auto next_end = behind + std::min(last - behind, kClauses);
    auto next = behind;
    while (next != next_end && is_clause(layers, *next)) ++next;
    if (next != next_end) q.role = static_cast<uint32_t>(next - layers.roles.begin());
    const auto before_end = behind - std::min(behind - first, kClauses);
    auto before = behind;
    while (before != before_end && is_clause(layers, *(before - 1))) --before;
    if (before != before_end) {
      --before;
      if (!q.role || here - before->span.begin < next->span.begin - here)
        q.role = static_cast<uint32_t>(before - layers.roles.begin());
    }
  }
}

}  // namespace newsnlp
