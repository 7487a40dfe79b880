// Room: resolver. Whom "the minister" and which body "the company" means: the one whose role or name has the noun, else
// one that the sentences before are about.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "newsnlp/model.h"
#include "resolver_ground.h"
#include "resolver_source.h"
#include "role_families.h"

namespace newsnlp {

/// media.tsv, by NameForm::key: "the company" is hardly the paper that reports it.
class MediaNames {
 public:
  explicit MediaNames(const Model& model);
  bool has(uint64_t name_key) const { return keys_.contains(name_key); }

 private:
  std::unordered_set<uint64_t> keys_;
};

/// Who may be meant, best first, and why the first is; empty: nobody of the article.
struct RoleAnswer {
  Ground ground = Ground::RoleHeld;
  std::vector<Candidate> candidates;  // scores are weights, of which only the order and the ratio matter
};

class RoleReader {
 public:
  static constexpr size_t kMaxLookedAt = 64;  // mentions before the source
  static constexpr size_t kMaxAhead = 24;     // mentions behind it
  static constexpr uint32_t kNobody = 0xFFFFFFFF;

  /// `in_source`: of each token, bit 0 set where it stands in a source.
  RoleReader(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const MediaNames& media,
             const RoleFamilies& families, const std::vector<uint8_t>& in_source)
      : layers_(layers),
        workspace_(workspace),
        notes_(notes),
        media_(media),
        families_(families),
        in_source_(in_source) {}

  /// The person whom the role means; never `except`, who is the speaker of the quote around it.
  RoleAnswer person(const SourceReading& source, uint32_t except = kNobody) const;
  /// The body that "the company" or "the court" is.
  RoleAnswer body(const SourceReading& source) const;

 private:
  struct Scored {
    uint32_t entity = 0;
    int points = 0;
    Ground ground = Ground::RoleHeld;
  };
  template <class Visit>
  void each_before(uint32_t token, Visit visit) const;
  template <class Visit>
  void each_behind(uint32_t token, Visit visit) const;
  bool is_person(uint32_t entity) const;
  bool holds(uint32_t entity, uint64_t noun) const;
  bool related(uint32_t entity, uint64_t noun) const;
  std::vector<uint32_t> known_as(const SourceReading& source, bool& asked) const;
  std::vector<uint32_t> bodies_called(uint32_t token, uint64_t noun) const;
  bool stem_in_roles(uint32_t entity, std::string_view noun) const;
  int fit(uint32_t entity, IndexRange phrase, uint32_t head) const;
  bool opens_next(size_t mention, uint32_t token) const;
  bool opens_sentence(size_t mention) const;
  uint64_t surname(size_t mention) const;
  bool about(size_t mention, uint32_t token, bool above) const;
  static RoleAnswer answer(std::vector<Scored>& found);

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  const MediaNames& media_;
  const RoleFamilies& families_;
  const std::vector<uint8_t>& in_source_;
};

}  // namespace newsnlp
