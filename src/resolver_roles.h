// Room: resolver. Whom "the minister" and which body "the company" means: the one whose role or name has the noun, else
// one that the sentences before are about.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "key_set.h"
#include "newsnlp/model.h"
#include "resolver_ground.h"
#include "resolver_source.h"
#include "role_deeds.h"
#include "role_families.h"

namespace newsnlp {

/// media.tsv, by NameForm::key: "the company" is hardly the paper that reports it.
class MediaNames {
 public:
  explicit MediaNames(const Model& model);
  bool has(uint64_t name_key) const { return keys_.has(name_key); }

 private:
  KeySet<4096> keys_;
};

/// The lists that tell who "the minister" or "the company" may be.
struct RoleLists {
  explicit RoleLists(const Model& model) : media(model), families(model), deeds(model) {}

  MediaNames media;
  RoleFamilies families;
  RoleDeeds deeds;
};

/// One who may be meant.
struct ScoredEntity {
  uint32_t entity = 0;
  int points = 0;
  Ground ground = Ground::RoleHeld;
};

/// What the reader keeps from article to article, to allocate nothing.
struct RoleScratch {
  static constexpr uint8_t kNowhere = 0xFF;

  std::vector<uint8_t> place;  // of each entity, among those before a source; kNowhere between two sources
  std::vector<ScoredEntity> found;
  std::vector<uint32_t> known;    // entities that a clue tells
  std::vector<uint64_t> words;    // keys of what stands before the head of "the farm bank"
  uint64_t asked = 0;             // a noun whose holders are too many roles to list; 0: they are listed
  std::vector<uint32_t> holders;  // entities that have the noun as a role
};

/// Who may be meant, best first, and why the first is; empty: nobody of the article.
struct RoleAnswer {
  Ground ground = Ground::RoleHeld;
  uint32_t count = 0;
  std::array<Candidate, 5> candidates;  // scores are weights, of which only the order and the ratio matter

  bool empty() const { return count == 0; }
  std::span<Candidate> list() { return {candidates.data(), count}; }
};

class RoleReader {
 public:
  static constexpr size_t kMaxLookedAt = 64;  // mentions before the source
  static constexpr size_t kMaxAhead = 24;     // mentions behind it
  static constexpr size_t kMaxRoles = 16;     // of one person that are looked at
  static constexpr uint32_t kNobody = 0xFFFFFFFF;
  static constexpr int kEnough = 45;              // points below it make nobody of the article the speaker
  static constexpr uint32_t kLeadParagraphs = 2;  // in which a role may come before its name
  static constexpr uint32_t kLeadTokens = 100, kLeadLines = 8;  // where lines are short

  /// `in_source`: of each token, bit 0 set where it stands in a source.
  RoleReader(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleLists& lists,
             const std::vector<uint8_t>& in_source, RoleScratch& scratch)
      : layers_(layers),
        workspace_(workspace),
        notes_(notes),
        media_(lists.media),
        families_(lists.families),
        deeds_(lists.deeds),
        in_source_(in_source),
        s_(scratch) {
    s_.place.assign(layers.entities.size(), RoleScratch::kNowhere);
  }

  /// The person whom the role means; never `except`, who is the speaker of the quote around it. `alone`: the role is
  /// the whole source.
  RoleAnswer person(const SourceReading& source, uint32_t except = kNobody, bool alone = false) const;
  /// The person whom "a judge" in the lead introduces: the first behind it with that role.
  RoleAnswer ahead(const SourceReading& source) const;
  /// The body that "the company" or "the court" is; never `except`.
  RoleAnswer body(const SourceReading& source, uint32_t except = kNobody) const;
  /// The head is no noun for people, or one that a deed may give to a body: "the buyer", but not "the witness".
  bool may_be_body(const SourceReading& source) const;

 private:
  using Scored = ScoredEntity;
  // Calls visit(entity, its last mention, how often it is named) for the entities named before `token`, nearest first.
  template <class Visit>
  void each_before(uint32_t token, Visit visit) const {
    struct Known {  // not set before it is used
      uint32_t entity, count;
      size_t mention;
    };
    std::array<Known, kMaxLookedAt> known;
    size_t count = 0;
    if (token == 0) return;
    size_t m = mention_at_or_before(notes_, token - 1);
    const size_t mentions = layers_.mentions.size();
    for (size_t steps = 0; m < mentions && steps < kMaxLookedAt; ++steps, --m) {
      const uint32_t e = layers_.mentions[m].entity;
      if (e != Mention::kNoEntity) {
        uint8_t& at = s_.place[e];
        if (at == RoleScratch::kNowhere) {
          at = static_cast<uint8_t>(count);
          known[count++] = {e, 0, m};
        }
        ++known[at].count;
      }
      if (m == 0) break;
    }
    for (size_t i = 0; i < count; ++i) s_.place[known[i].entity] = RoleScratch::kNowhere;
    for (size_t i = 0; i < count; ++i) visit(known[i].entity, known[i].mention, known[i].count);
  }

  // Calls visit(entity, mention) for the mentions behind `token`.
  template <class Visit>
  void each_behind(uint32_t token, Visit visit) const {
    const auto begin = std::partition_point(notes_.mention_tokens.begin(), notes_.mention_tokens.end(),
                                            [&](IndexRange r) { return r.begin <= token; });
    auto m = static_cast<size_t>(begin - notes_.mention_tokens.begin());
    for (const size_t end = std::min(layers_.mentions.size(), m + kMaxAhead); m < end; ++m)
      if (layers_.mentions[m].entity != Mention::kNoEntity) visit(layers_.mentions[m].entity, m, 1);
  }
  bool is_person(uint32_t entity) const;
  bool is_lead(uint32_t token) const;
  bool speaks_for(uint32_t token) const;
  bool says_little(uint32_t token) const {
    const WordFacts& f = notes_.at(workspace_, token);
    return f.is(WordList::SaysLittle) && !f.has_upper;
  }
  void find_holders(uint64_t noun) const;
  bool holds(uint32_t entity) const;
  bool held(uint32_t entity, uint64_t noun) const;
  bool shortened(uint32_t entity, std::string_view acronym) const;
  bool related(uint32_t entity, uint64_t noun, bool possessed) const;
  bool called_before(const SourceReading& source, bool definite) const;
  bool last_called(const SourceReading& source, size_t mention) const;
  bool is_secretary(uint32_t entity) const;
  bool in_sentence(uint32_t entity, uint32_t token) const;
  bool leads(uint32_t entity, const SourceReading& source) const;
  bool opens_article(uint32_t entity) const;
  bool has_age(const std::vector<Scored>& found) const;
  uint64_t participle_before(uint32_t head) const;
  bool is_victim(size_t mention) const;
  bool stands_beside(uint32_t entity, uint32_t token) const;
  bool is_owned_by_body(const SourceReading& source) const;
  static bool asks_by_clue(std::string_view noun, bool years);
  void known_as(const SourceReading& source, bool years, bool asked) const;
  bool was_joined(uint32_t entity) const;
  void bodies_called(uint32_t token, uint64_t noun) const;
  bool stem_in_roles(uint32_t entity, std::string_view noun) const;
  int fit_words(uint32_t entity, IndexRange phrase, uint32_t head, std::string_view role, int spared) const;
  int fit(uint32_t entity, IndexRange phrase, uint32_t head) const;
  bool opens_next(size_t mention, uint32_t token) const;
  bool opens_sentence(size_t mention) const;
  IndexRange full_name(uint32_t entity) const;
  uint64_t surname(size_t mention) const;
  bool about(size_t mention, uint32_t token, bool above) const;
  static RoleAnswer answer(const std::vector<Scored>& found);
  bool is_known(uint32_t entity) const;

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  const MediaNames& media_;
  const RoleFamilies& families_;
  const RoleDeeds& deeds_;
  const std::vector<uint8_t>& in_source_;
  RoleScratch& s_;
};

}  // namespace newsnlp
