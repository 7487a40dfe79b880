#include "shown_roles.h"

#include <algorithm>

namespace newsnlp {

void add_roles(Layers& layers, const std::vector<Role>& extra) {
  if (extra.empty()) return;
  std::vector<Role> roles = layers.roles;
  roles.insert(roles.end(), extra.begin(), extra.end());
  std::stable_sort(roles.begin(), roles.end(), [](const Role& a, const Role& b) {
    return a.entity != b.entity ? a.entity < b.entity : a.span.begin < b.span.begin;
  });
  layers.roles.clear();
  for (Entity& e : layers.entities) e.roles = {};
  for (const Role& r : roles) {
    Entity& e = layers.entities[r.entity];
    const auto at = static_cast<uint32_t>(layers.roles.size());
    if (e.roles.empty()) e.roles = {at, at};
    if (e.roles.end > e.roles.begin && layers.roles.back().span.overlaps(r.span)) continue;
    layers.roles.push_back(r);
    e.roles.end = at + 1;
  }
}

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
    if (behind != last) q.role = static_cast<uint32_t>(behind - layers.roles.begin());
    if (behind != first) {
      const auto before = behind - 1;
      if (!q.role || here - before->span.begin < behind->span.begin - here)
        q.role = static_cast<uint32_t>(before - layers.roles.begin());
    }
  }
}

}  // namespace newsnlp
