#include "linker.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "alias_table.h"
#include "hash.h"
#include "link_notes.h"
#include "name_clusters.h"
#include "person_clusters.h"
#include "roles.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr size_t kUnnamed = 8;  // entities that the resolver adds to most articles
constexpr size_t kFewRoles = 32;
constexpr int kRoleEvidence = 2 * kSureGender;  // "spokeswoman" outweighs a first name

// A name that the recognizer took for an organisation, or for a place without being sure, is a person's surname.
bool may_be_surname(const Mention& mention, const NameForm& form) {
  return form.count == 1 && !form.upper &&
         (mention.type == EntityType::Organization || (mention.type == EntityType::Location && mention.score < 0.6F));
}

bool modifies_noun(const Layers& layers, const LinkNotes& notes, uint32_t mention) {
  const uint32_t behind = notes.mention_tokens[mention].end;
  if (behind >= layers.tokens.size()) return false;
  return layers.tokens[behind].tag == Tag::NN || layers.tokens[behind].tag == Tag::NNS;
}

// "The Velden Courier reported", "said the Velden Courier.": no person. But "the Ann Lee campaign".
bool behind_article(const Layers& layers, const LinkNotes& notes, uint32_t mention) {
  const IndexRange name = notes.mention_tokens[mention];
  if (name.begin == 0 || name.end >= layers.tokens.size()) return false;
  const std::string_view article = layers.of(layers.tokens[name.begin - 1]);
  if (article != "the" && article != "The") return false;
  const Tag behind = layers.tokens[name.end].tag;
  return behind == Tag::VBD || behind == Tag::VBZ || behind == Tag::MD || behind == Tag::Period || behind == Tag::Comma;
}

}  // namespace

struct Linker::State {
  State(const Model& model, const Options& options) : words(model), offices(model), aliases(options.aliases) {}

  PersonWords words;
  OfficeNames offices;
  AliasTable aliases;
};

Linker::Linker(const Model& model, const Options& options) : state_(std::make_unique<const State>(model, options)) {}
Linker::~Linker() = default;
Linker::Linker(Linker&&) noexcept = default;

namespace {

// Reused from article to article.
struct LinkerScratch : Scratch {
  NameForms forms;
  PersonClusters people;
  NameClusters names;
  std::vector<uint32_t> persons, others;  // mentions with a form; others: bodies, places, things
  std::vector<FoundRole> roles;

  static LinkerScratch& of(LinkNotes& notes) {
    if (notes.linker == nullptr) notes.linker = std::make_unique<LinkerScratch>();
    return static_cast<LinkerScratch&>(*notes.linker);
  }
};

// The clusters of one article, numbered as entities in the order in which they appear in the text.
class Entities {
 public:
  Entities(Layers& layers, LinkNotes& notes) : layers_(layers), notes_(notes) {}

  void number(LinkerScratch& scratch) {
    const NameForms& forms = scratch.forms;
    PersonClusters& people = scratch.people;
    NameClusters& names = scratch.names;
    const size_t most = people.clusters.size() + names.clusters.size();
    layers_.entities.clear();
    layers_.entities.reserve(most + kUnnamed);
    notes_.entities(most);
    const size_t mentions = layers_.mentions.size();
    for (size_t m = 0; m < mentions; ++m) {
      const uint32_t person = people.cluster_of[m];
      const uint32_t name = names.cluster_of[m];
      uint32_t* entity = nullptr;
      if (person != PersonClusters::kNone) {
        PersonCluster& c = people.clusters[person];
        entity = &c.entity;
        if (c.entity == kNone) c.entity = open(EntityType::Person, forms, c.fullest, c.gender, false);
      } else if (name != NameClusters::kNone) {
        NameCluster& c = names.clusters[name];
        entity = &c.entity;
        if (c.entity == kNone) c.entity = open(c.type(), forms, c.fullest, 0, c.seat);
      } else {
        continue;
      }
      layers_.mentions[m].entity = *entity;
    }
    notes_.entities(layers_.entities.size());
  }

  void add_roles(std::vector<FoundRole>& found) {
    // By entity, then in text order; what two mentions or two readings give twice stands once.
    if (found.size() > kFewRoles) [[unlikely]]
      sort(found);
    else  // without the memory that stable_sort asks for
      for (size_t i = 1; i < found.size(); ++i)
        for (size_t k = i; k > 0 && place(found[k]) < place(found[k - 1]); --k) std::swap(found[k], found[k - 1]);
    layers_.roles.clear();
    layers_.roles.reserve(found.size());
    notes_.role_keys.clear();
    for (const FoundRole& r : found) {
      const uint32_t entity = layers_.mentions[r.mention].entity;
      Entity& e = layers_.entities[entity];
      if (e.roles.empty() && is_namesakes(r, e, notes_.gender[entity])) continue;
      const auto at = static_cast<uint32_t>(layers_.roles.size());
      if (e.roles.empty())
        e.roles = {at, at};
      else if (layers_.roles.back().span.overlaps(r.span))
        continue;
      layers_.roles.push_back({r.span, entity});
      notes_.role_keys.push_back(r.key);
      e.roles.end = at + 1;
      vote(entity, r.gender);
    }
  }

 private:
  // Entity and place in the text.
  uint64_t place(const FoundRole& r) const { return uint64_t{layers_.mentions[r.mention].entity} << 32 | r.span.begin; }
  [[gnu::cold, gnu::noinline]] void sort(std::vector<FoundRole>& found) const {
    std::stable_sort(found.begin(), found.end(),
                     [&](const FoundRole& a, const FoundRole& b) { return place(a) < place(b); });
  }
  // "Crane, her former husband", where Crane is surely a woman: a namesake of whom only the surname was found.
  bool is_namesakes(const FoundRole& r, const Entity& e, int evidence) const {
    const bool other = r.gender == Gender::Male ? evidence <= -kSureGender : evidence >= kSureGender;
    return r.gender != Gender::Unknown && other && notes_.mention_tokens[r.mention].size() == 1 &&
           layers_.mentions[r.mention].span.size() < e.name.size();
  }
  void vote(uint32_t entity, Gender gender) {
    if (gender == Gender::Unknown) return;
    const int evidence = notes_.gender[entity] + (gender == Gender::Male ? kRoleEvidence : -kRoleEvidence);
    notes_.gender[entity] = static_cast<int16_t>(evidence);
    layers_.entities[entity].gender = shown(evidence);
  }
  static Gender shown(int evidence) {
    return evidence >= kShownGender ? Gender::Male : evidence <= -kShownGender ? Gender::Female : Gender::Unknown;
  }
  uint32_t open(EntityType type, const NameForms& forms, uint32_t fullest, int16_t gender, bool seat) {
    const NameForm& form = forms.forms[fullest];
    const auto entity = static_cast<uint32_t>(layers_.entities.size());
    Entity e;
    e.type = type;
    e.name = form.name;
    e.gender = shown(gender);
    layers_.entities.push_back(e);
    notes_.gender[entity] = gender;
    notes_.name_keys[entity] = form.key;
    notes_.seats[entity] = seat ? 1 : 0;
    notes_.fullest[entity] = fullest;
    return entity;
  }

  Layers& layers_;
  LinkNotes& notes_;
};

[[gnu::cold, gnu::noinline]] void outside_quotations(Workspace& workspace, size_t tokens) {
  workspace.quotation.assign(tokens, Quotation::Outside);
}

// An alias joins the cluster of the name that it stands for; aliases of a name that the article lacks make one of their
// own.
[[gnu::cold, gnu::noinline]] void link_aliases(const Layers& layers, const std::vector<AliasTable::Hit>& hits,
                                               PersonClusters& people, NameClusters& names) {
  std::unordered_map<uint64_t, uint32_t> opened;  // by name and kind
  for (const AliasTable::Hit& hit : hits) {
    const EntityType type = layers.mentions[hit.mention].type;
    const bool person = type == EntityType::Person;
    uint32_t cluster = person ? people.by_key(hit.name) : names.by_key(hit.name, type == EntityType::Misc);
    if (cluster == kNone) {
      const auto next = static_cast<uint32_t>(person ? people.clusters.size() : names.clusters.size());
      const auto [at, fresh] = opened.emplace(mix(hit.name, static_cast<uint64_t>(type)), next);
      cluster = at->second;
      if (fresh && person) people.clusters.push_back({});
      if (fresh && !person) names.clusters.push_back({});
      if (fresh) (person ? people.clusters[cluster].fullest : names.clusters[cluster].fullest) = hit.mention;
    }
    if (person) {
      people.cluster_of[hit.mention] = cluster;
    } else {
      names.cluster_of[hit.mention] = cluster;
      names.clusters[cluster].votes[static_cast<size_t>(type) & 3] += 1;
    }
  }
}

}  // namespace

void Linker::link(Layers& layers, Workspace& workspace) const {
  LinkNotes& notes = LinkNotes::of(workspace);
  if (notes.words != &state_->words) notes.forget(state_->words);
  if (workspace.quotation.size() != layers.tokens.size()) [[unlikely]]
    outside_quotations(workspace, layers.tokens.size());
  std::vector<AliasTable::Hit> aliases;
  if (!state_->aliases.empty()) aliases = state_->aliases.find(layers);
  locate_mentions(layers, workspace, notes);
  LinkerScratch& scratch = LinkerScratch::of(notes);
  NameForms& forms = scratch.forms;
  forms.read(layers, workspace, notes);
  for (const AliasTable::Hit& a : aliases) forms.forms[a.mention].count = 0;  // linked below
  scratch.persons.clear();
  scratch.others.clear();
  const size_t mentions = layers.mentions.size();
  for (uint32_t m = 0; m < mentions; ++m) {
    const NameForm& form = forms.forms[m];
    EntityType& type = layers.mentions[m].type;
    if (type > EntityType::Misc) continue;
    // "Kremlin" is nobody's surname.
    if (type == EntityType::Person && !form.titled && state_->offices.seat(form.key)) type = EntityType::Organization;
    if (type == EntityType::Person && form.count > 1 && !form.titled && behind_article(layers, notes, m))
      type = EntityType::Organization;
    if (form.count > 0) (type == EntityType::Person ? scratch.persons : scratch.others).push_back(m);
  }
  PersonClusters& people = scratch.people;
  people.build(layers, scratch.persons, forms, notes, workspace);
  NameClusters& names = scratch.names;
  names.build(layers, scratch.others, forms, state_->offices, notes, workspace);
  std::vector<FoundRole>& roles = scratch.roles;
  roles.clear();
  const RoleFinder finder(layers, workspace, notes);
  for (const uint32_t m : scratch.persons) finder.find(m, roles);
  finder.find_alone(scratch.persons, roles);
  finder.find_in_lead(scratch.persons, roles);
  for (const uint32_t m : scratch.others) {
    const NameForm& form = forms.forms[m];
    if (!may_be_surname(layers.mentions[m], form)) continue;
    const uint32_t person = people.by_surname(forms.words[form.begin].key);
    if (person == kNone || people.clusters[person].single) continue;
    // "Marchetti shares" of Marchetti Motors, which Enzo Marchetti founded.
    const uint32_t body = names.cluster_of[m];
    if (body != kNone && forms.forms[names.clusters[body].fullest].count > 1 && modifies_noun(layers, notes, m))
      continue;
    people.cluster_of[m] = person;
  }
  if (!aliases.empty()) link_aliases(layers, aliases, people, names);
  Entities entities(layers, notes);
  entities.number(scratch);
  entities.add_roles(roles);
  notes.listed_roles.clear();
  for (const AliasTable::Hit& a : aliases)
    if (a.role != 0) notes.listed_roles.emplace_back(layers.mentions[a.mention].entity, a.role);
}

}  // namespace newsnlp
