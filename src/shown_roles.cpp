#include "shown_roles.h"

#include <algorithm>
#include <array>

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

// "The chairman of the union, Chief Musa", "the Bishop of Graz, the Right Rev Ann Lee": how somebody is addressed.
bool is_address(const Layers& layers, const Role& before, const Role& role) {
  constexpr uint32_t kBetween = 6;  // bytes of ", the "
  if (before.entity != role.entity || role.span.begin < before.span.end ||
      role.span.begin > before.span.end + kBetween || layers.text[before.span.end] != ',')
    return false;
  const std::string_view words = layers.of(role.span);
  const size_t blank = words.find(' ');
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return is_capital(words.front()) &&
         (blank == std::string_view::npos || (words.find(' ', blank + 1) == std::string_view::npos &&
                                              blank + 1 < words.size() && is_capital(words[blank + 1])));
}

// Clause: "who runs the site", what somebody does, no name for them that could stand beside theirs; or "the man",
// "the elder", "the 31-year-old", "the second": nothing. Loose: "Democrat", "Dr", "a tall man with a dog", or the words
// of a source elsewhere.
enum class Strength : uint8_t { Clause, Loose, Beside };

bool is_one_of(std::string_view word, std::string_view list) {  // words between blanks
  const size_t at = list.find(word);
  return at != std::string_view::npos && at > 0 && list[at - 1] == ' ' && list[at + word.size()] == ' ';
}

// "A courteous man with an office in Graz", "Graz woman".
bool is_mere_person(std::string_view words) {
  static constexpr auto kNouns = std::to_array<std::string_view>({" man", " woman", " boy", " girl"});
  return std::any_of(kNouns.begin(), kNouns.end(), [&](std::string_view noun) {
    const size_t at = words.find(noun);
    return at != std::string_view::npos && (at + noun.size() == words.size() || words[at + noun.size()] == ' ');
  });
}

Strength find_strength(const Layers& layers, const Role& role) {
  const auto token = std::partition_point(layers.tokens.begin(), layers.tokens.end(),
                                          [&](const Token& t) { return t.span.begin < role.span.begin; });
  if (token == layers.tokens.end()) return Strength::Beside;
  if (token->tag == Tag::VBD || token->tag == Tag::VBZ || token->tag == Tag::VBP) return Strength::Clause;
  const std::string_view words = layers.of(role.span);
  if (words.ends_with("-old")) return Strength::Clause;
  if (const size_t blank = words.find(' '); blank != std::string_view::npos) {  // "29-year-old Swede"
    const bool age = words.substr(0, blank).ends_with("-old") && words.find(' ', blank + 1) == std::string_view::npos;
    return age || is_mere_person(words) ? Strength::Loose : Strength::Beside;
  }
  if (is_one_of(words, " man woman elder younger boy girl first second third fourth other latter former last next "))
    return Strength::Clause;
  if (is_one_of(words, " Dr Dr. Prof Prof. Cllr Cllr. Coun Coun. Adv Adv. KC QC SC MD PhD Democrat Republican "))
    return Strength::Loose;
  return Strength::Beside;
}

}  // namespace

void show_nearest_roles(Layers& layers, const std::vector<Role>& extra, std::vector<uint8_t>& strengths) {
  strengths.assign(layers.roles.size(), 0);  // each is judged once: 1 + Strength
  const auto strength_of = [&](const Role& r) {
    uint8_t& known = strengths[static_cast<size_t>(&r - layers.roles.data())];
    if (known == 0) known = static_cast<uint8_t>(1 + static_cast<int>(find_strength(layers, r)));
    return static_cast<Strength>(known - 1);
  };
  const auto is_extra = [&](const Role& r) {  // `extra` is in no order; who has many of them is shown as if he had none
    const size_t looked_at = std::min(extra.size(), kManyRoles);
    return std::any_of(extra.begin(), extra.begin() + static_cast<std::ptrdiff_t>(looked_at),
                       [&](const Role& x) { return x.entity == r.entity && x.span.begin == r.span.begin; });
  };
  for (Quote& q : layers.quotes) {
    q.role.reset();
    if (!q.speaker) continue;
    const IndexRange roles = layers.entities[*q.speaker].roles;
    const uint32_t here = layers.spans[q.content.begin].begin;
    const auto in_source = [&](const Role& r) {
      return !q.source.empty() && layers.spans[q.source.begin].contains(r.span);
    };
    // The last one before the quote, and the one behind it.
    const auto first = layers.roles.begin() + roles.begin;
    const auto last = layers.roles.begin() + roles.end;
    const auto behind = std::partition_point(first, last, [&](const Role& r) { return r.span.begin < here; });
    const auto from = behind - std::min(behind - first, kClauses), to = behind + std::min(last - behind, kClauses);
    Strength best = Strength::Clause;
    uint32_t least = 0;
    for (auto r = from; r != to; ++r) {
      Strength s = strength_of(*r);
      if (s == Strength::Beside && !extra.empty() && is_extra(*r) && !in_source(*r)) s = Strength::Loose;
      if (s == Strength::Beside && r > first && is_address(layers, *(r - 1), *r)) s = Strength::Loose;
      const uint32_t distance = r < behind ? here - r->span.begin : r->span.begin - here;
      if (s == Strength::Clause || s < best || (s == best && distance > least)) continue;
      if (s == best && distance == least && r >= behind && q.role) continue;
      best = s, least = distance, q.role = static_cast<uint32_t>(r - layers.roles.begin());
    }
  }
}

}  // namespace newsnlp
