// Room: resolver. How well the words of a source fit the roles of a person.
#include <algorithm>
#include <string>

#include "hash.h"
#include "resolver_roles.h"
#include "role_clues.h"
#include "role_words.h"

namespace newsnlp {

// "The OC": one of the roles is that of an officer-in-charge.
bool RoleReader::shortened(uint32_t entity, std::string_view acronym) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r)
    if (is_short_for(acronym, layers_.of(layers_.roles[r].span).substr(0, 128))) return true;
  return false;
}

// "The lawmaker": one of the roles is that of a senator. With `possessed`, "her coach" of "her trainer".
bool RoleReader::related(uint32_t entity, uint64_t noun, bool possessed) const {
  if (!families_.has(noun)) return false;
  const IndexRange roles = layers_.entities[entity].roles;
  std::string word;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    if (possessed && !is_possessed(layers_.of(layers_.roles[r].span))) continue;
    if (families_.fits(noun, notes_.role_keys[r])) return true;
    const std::string_view role = layers_.of(layers_.roles[r].span).substr(0, 128);
    word.clear();
    for (size_t i = 0; i <= role.size(); ++i) {
      if (i < role.size() && role[i] != ' ') {
        word += static_cast<char>(role[i] >= 'A' && role[i] <= 'Z' ? role[i] + ('a' - 'A') : role[i]);
        continue;
      }
      if (word == "of" || word == "for" || word == "at" || word == "to") break;  // what follows is not the person
      if (families_.fits(noun, hash_bytes(word))) return true;
      word.clear();
    }
  }
  return false;
}

bool RoleReader::stem_in_roles(uint32_t entity, std::string_view noun) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    std::string_view role = layers_.of(layers_.roles[r].span).substr(0, 128);
    while (!role.empty()) {
      const size_t space = role.find(' ');
      if (same_stem(role.substr(0, space), noun)) return true;
      role.remove_prefix(space == std::string_view::npos ? role.size() : space + 1);
    }
  }
  return false;
}

// How the words beside the noun fit the role of that noun: 3 for each that the role has, too; -40 where every one is
// another: "the foreign minister" is not the finance minister.
int RoleReader::fit(uint32_t entity, IndexRange phrase, uint32_t head) const {
  const IndexRange roles = layers_.entities[entity].roles;
  const uint64_t noun = notes_.at(workspace_, head).key;
  const std::string_view phrase_text =
      std::string_view(layers_.text)
          .substr(layers_.tokens[phrase.begin].span.begin,
                  layers_.tokens[head].span.end - layers_.tokens[phrase.begin].span.begin);
  const bool lesser = is_lesser(phrase_text), head_teacher = is_head_teacher(phrase_text);
  const bool kin = families_.has(noun);
  int best = 0;
  bool any = false;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    if (notes_.role_keys[r] != noun && !(kin && families_.fits(noun, notes_.role_keys[r]))) continue;
    const std::string_view role = layers_.of(layers_.roles[r].span);
    const bool head_only = role.starts_with("Head ") || role.starts_with("head ");  // "head coach": of some team
    const bool longer = !head_only && role.find(' ') != std::string_view::npos && !role.starts_with("the ");
    int points = 0;
    if (is_lesser(role) != lesser)  // "deputy governor", "the governor"
      points = lesser || longer ? -40 : 0;
    else
      points = fit_words(entity, phrase, head, role, longer ? 0 : 1);
    if (is_head_teacher(role) && !head_teacher) points = -40;
    best = any ? std::max(best, points) : points;
    any = true;
  }
  return best;
}

// 3 for each word that the role has, too; -40 where none is, and more than `spared` are others.
int RoleReader::fit_words(uint32_t entity, IndexRange phrase, uint32_t head, std::string_view role, int spared) const {
  const uint32_t end = std::min(phrase.end, phrase.begin + 8);
  const auto counts = [&](uint32_t t, std::string_view word) {
    const Tag tag = layers_.tokens[t].tag;
    return t != head && is_word(word) && tag != Tag::DT && tag != Tag::PRPS && tag != Tag::IN && tag != Tag::POS;
  };
  int shared = 0, other = 0;
  for (uint32_t t = phrase.begin; t < end; ++t) {
    const std::string_view word = layers_.of(layers_.tokens[t]);
    if (!counts(t, word)) continue;
    // "Defense" and "Defence", "agricultural" and "Agriculture".
    const size_t stem = word.size() > 6 ? word.size() - 4 : std::string_view::npos;
    shared += role.find(word.substr(1, stem)) != std::string_view::npos ? 1 : 0;
  }
  if (shared > 0) return 3 * std::min(shared, 3);
  for (uint32_t t = phrase.begin; t < std::min(end, head); ++t) {
    const std::string_view word = layers_.of(layers_.tokens[t]);
    const Tag tag = layers_.tokens[t].tag;
    const bool owner = layers_.tokens[t + 1].tag == Tag::POS && tag == Tag::NN;  // "the state's prosecutor"
    if (counts(t, word) && !owner && !says_little(t) && !(tag == Tag::NNP && stands_beside(entity, t))) ++other;
  }
  return other > spared ? -40 : 0;
}

// "The Iowa senator" is Dale Hurst of Iowa.
bool RoleReader::stands_beside(uint32_t entity, uint32_t token) const {
  size_t m = mention_at_or_before(notes_, token);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const IndexRange name = notes_.mention_tokens[m];
    if (layers_.mentions[m].entity == entity && !name.empty() && name.end < token) {
      const uint32_t end = layers_.sentences[workspace_.sentence[name.begin]].tokens.end;
      for (uint32_t t = name.end; t < std::min({end, name.end + 5, token}); ++t)
        if (workspace_.types[workspace_.word[t]].lower == workspace_.types[workspace_.word[token]].lower) return true;
    }
    if (m == 0) break;
  }
  return false;
}

}  // namespace newsnlp
