// Room: linker. What the linker notes while it links one article, and the resolver reads: word facts, where mentions
// stand, evidence of gender.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "layers.h"
#include "person_words.h"
#include "workspace.h"

namespace newsnlp {

struct LinkNotes : Scratch {
  const PersonWords* words = nullptr;      // the linker's; null until it has run
  std::vector<WordFacts> facts;            // by word type; filled on demand
  uint32_t generation = 0;                 // of the word types that `facts` is about
  std::vector<IndexRange> mention_tokens;  // tokens of each mention; empty if its edges cut through tokens
  std::vector<int16_t> gender;             // of each entity: evidence for a man (> 0) or a woman (< 0)
  std::vector<uint64_t> role_keys;         // of each role: WordFacts::key of its head noun
  std::vector<uint64_t> name_keys;         // of each entity: NameForm::key of its fullest name
  std::vector<uint8_t> seats;              // of each entity: it is a seat of offices.tsv ("the Kremlin")
  std::vector<uint32_t> fullest;           // of each entity: the mention with its fullest name
  std::vector<std::pair<uint32_t, uint64_t>> listed_roles;  // entity, key of a role from a person's alias list or
                                                            // from a source that was resolved

  std::unique_ptr<Scratch> linker;  // what the linker alone keeps from article to article

  /// The notes of this workspace, made on first use; forgets what belonged to other word types.
  static LinkNotes& of(Workspace& workspace);

  /// Begins anew with these words.
  [[gnu::cold]] void forget(const PersonWords& with);

  /// Asks for the facts of a token's word ahead of its turn.
  void prefetch(const Workspace& workspace, uint32_t token) const { __builtin_prefetch(&facts[workspace.word[token]]); }

  /// A list or an earlier source gave the entity this role. Looks at the kMaxListed given last.
  bool is_listed(uint32_t entity, uint64_t role) const {
    const size_t size = listed_roles.size();
    for (size_t i = size; i > 0 && size - i < kMaxListed; --i)
      if (listed_roles[i - 1].first == entity && listed_roles[i - 1].second == role) return true;
    return false;
  }
  /// The entities for which that is true of the role.
  void listed(uint64_t role, std::vector<uint32_t>& out) const {
    out.clear();
    const size_t size = listed_roles.size();
    for (size_t i = size; i > 0 && size - i < kMaxListed; --i)
      if (listed_roles[i - 1].second == role) out.push_back(listed_roles[i - 1].first);
  }
  static constexpr size_t kMaxListed = 64;

  /// Makes what is noted of entities this long.
  void entities(size_t count);
  /// Makes it `size` times 0xFFFFFFFF; in one place, since no code is in the caches when a stage begins.
  static void fill(std::vector<uint32_t>& numbers, size_t size);

  const WordFacts& at(const Workspace& workspace, uint32_t token) {
    const uint32_t type = workspace.word[token];
    const WordFacts& f = facts[type];  // of() has made room for all types
    return f.known ? f : learn(workspace, type);
  }

 private:
  /// The first time that a word form is asked about.
  [[gnu::cold, gnu::noinline]] const WordFacts& learn(const Workspace& workspace, uint32_t type);
};

/// Evidence that settles a gender (a title, "spokeswoman"), and the least that Entity::gender shows.
constexpr int16_t kSureGender = 4;
constexpr int16_t kShownGender = 2;

/// The last mention that begins at or before `token`; layers.mentions.size() if there is none.
inline size_t mention_at_or_before(const LinkNotes& notes, uint32_t token) {
  const size_t size = notes.mention_tokens.size();
  const IndexRange* at = notes.mention_tokens.data();
  for (size_t count = size; count > 0;) {  // by halves, without a branch that could be guessed wrongly
    const size_t half = (count + 1) / 2;
    at += half & (size_t{0} - static_cast<size_t>(at[half - 1].begin <= token));
    count -= half;
  }
  const auto behind = static_cast<size_t>(at - notes.mention_tokens.data());
  return behind == 0 ? size : behind - 1;
}

}  // namespace newsnlp
