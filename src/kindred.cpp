#include "kindred.h"

#include <algorithm>
#include <array>

#include "hash.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr size_t kBefore = 64, kBehind = 32;  // mentions
constexpr uint32_t kMaxRoles = 8;             // of one person

// What one is to the other; the order is that of kWords.
enum Tie : uint8_t { kParent, kChild, kSibling, kSpouse, kGrandparent, kGrandchild, kAunt, kNephew, kTies };
constexpr std::array<Tie, kTies> kInverse = {kChild,      kParent,      kSibling, kSpouse,
                                             kGrandchild, kGrandparent, kNephew,  kAunt};
struct Word {
  uint64_t key;
  Tie tie;
};
constexpr auto kWords = std::to_array<Word>({
    {hash_bytes("father"), kParent},
    {hash_bytes("mother"), kParent},
    {hash_bytes("dad"), kParent},
    {hash_bytes("daddy"), kParent},
    {hash_bytes("mum"), kParent},
    {hash_bytes("mummy"), kParent},
    {hash_bytes("mom"), kParent},
    {hash_bytes("mommy"), kParent},
    {hash_bytes("mam"), kParent},
    {hash_bytes("mama"), kParent},
    {hash_bytes("papa"), kParent},
    {hash_bytes("stepfather"), kParent},
    {hash_bytes("stepmother"), kParent},
    {hash_bytes("son"), kChild},
    {hash_bytes("daughter"), kChild},
    {hash_bytes("stepson"), kChild},
    {hash_bytes("stepdaughter"), kChild},
    {hash_bytes("brother"), kSibling},
    {hash_bytes("sister"), kSibling},
    {hash_bytes("husband"), kSpouse},
    {hash_bytes("wife"), kSpouse},
    {hash_bytes("widow"), kSpouse},
    {hash_bytes("widower"), kSpouse},
    {hash_bytes("grandfather"), kGrandparent},
    {hash_bytes("grandmother"), kGrandparent},
    {hash_bytes("grandpa"), kGrandparent},
    {hash_bytes("grandma"), kGrandparent},
    {hash_bytes("granddad"), kGrandparent},
    {hash_bytes("grandad"), kGrandparent},
    {hash_bytes("gran"), kGrandparent},
    {hash_bytes("granny"), kGrandparent},
    {hash_bytes("nan"), kGrandparent},
    {hash_bytes("nana"), kGrandparent},
    {hash_bytes("grandson"), kGrandchild},
    {hash_bytes("granddaughter"), kGrandchild},
    {hash_bytes("uncle"), kAunt},
    {hash_bytes("aunt"), kAunt},
    {hash_bytes("nephew"), kNephew},
    {hash_bytes("niece"), kNephew},
});

Tie tie_of(uint64_t noun) {
  const auto at = std::find_if(kWords.begin(), kWords.end(), [&](const Word& w) { return w.key == noun; });
  return at == kWords.end() ? kTies : at->tie;
}

// The ties that the roles beside the name tell, a bit each.
unsigned ties_of(const Layers& layers, const LinkNotes& notes, uint32_t entity) {
  unsigned ties = 0;
  const IndexRange roles = layers.entities[entity].roles;
  for (uint32_t r = roles.begin; r < std::min(roles.end, roles.begin + kMaxRoles); ++r)
    ties |= (1U << tie_of(notes.role_keys[r])) & ((1U << kTies) - 1);
  return ties;
}

// The last word of the fullest name, where it has two; 0: none.
uint64_t surname_of(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t entity) {
  const Entity& e = layers.entities[entity];
  if (e.type != EntityType::Person || !e.named || notes.fullest[entity] >= notes.mention_tokens.size()) return 0;
  IndexRange name = notes.mention_tokens[notes.fullest[entity]];
  while (name.size() > 1 && layers.tokens[name.end - 1].span.begin >= e.name.end) --name.end;
  return name.size() > 1 ? notes.at(workspace, name.end - 1).key : 0;
}

}  // namespace

uint32_t relative_of(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t person,
                     uint32_t noun) {
  const WordFacts& asked = notes.at(workspace, noun);
  const Tie tie = tie_of(asked.key);
  const uint64_t surname = tie == kTies ? 0 : surname_of(layers, workspace, notes, person);
  if (surname == 0) return kNone;
  const unsigned own = ties_of(layers, notes, person);
  if (own != 0 && (own >> kInverse[tie] & 1) == 0) return kNone;
  const bool male = asked.gender == Gender::Male;
  uint32_t found = kNone;
  const size_t at = mention_at_or_before(notes, noun), count = layers.mentions.size();
  const size_t here = at < count ? at : 0;
  for (size_t m = here - std::min(here, kBefore); m < std::min(count, here + kBehind); ++m) {
    const uint32_t e = layers.mentions[m].entity;
    if (e == Mention::kNoEntity || e == person || e == found) continue;
    const int16_t gender = notes.gender[e];
    const int16_t fits = male ? gender : static_cast<int16_t>(-gender);
    if (fits <= -kShownGender || (fits <= 0 && own == 0)) continue;
    if (surname_of(layers, workspace, notes, e) != surname) continue;
    const unsigned others = ties_of(layers, notes, e);
    if (others != 0 && (others >> tie & 1) == 0) continue;  // somebody else's relative
    if (found != kNone) return kNone;
    found = e;
  }
  return found;
}

}  // namespace newsnlp
