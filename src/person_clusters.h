// Room: linker. Which person mentions name the same person.
//
// Two passes. Names of several words make the people; what has one word then joins the person whose surname, first name
// or other word it is. Several candidates: the title's gender, then how often and how near.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "name_form.h"
#include "name_index.h"

namespace newsnlp {

struct PersonCluster {
  uint32_t fullest = 0;  // mention with the most words
  uint32_t count = 0;    // mentions
  uint32_t last = 0;     // mention seen last
  uint32_t suffix = 0;   // NameForm::suffix
  uint32_t civil = 0;    // NameForm::civil of the first mention that has it
  uint32_t office = 0;   // NameForm::office of its mentions; 0: none yet
  uint32_t entity = Mention::kNoEntity;
  int16_t gender = 0;   // evidence, as LinkNotes::gender
  bool single = false;  // no mention has two words
  bool bare = false;    // was called by the surname alone
  bool first = false;   // was called by the first name alone
  bool apart = false;   // was called by the full name again where somebody else of the surname is known
};

class PersonClusters {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  static constexpr uint32_t kMaxChecked = 24;  // candidates looked at for one mention: keeps the whole linear

  /// Fills clusters and cluster_of. Linear in the mentions. `persons`: the mentions that are people, with a form.
  void build(const Layers& layers, std::span<const uint32_t> persons, const NameForms& forms, LinkNotes& notes,
             const Workspace& workspace);
  /// The person whose surname is `key`; kNone if there is none.
  uint32_t by_surname(uint64_t key) const { return index_.newest(key, Last); }
  /// The person with this NameForm::key; kNone if there is none.
  uint32_t by_key(uint64_t key) const { return index_.newest(key, Full); }

  std::vector<PersonCluster> clusters;
  std::vector<uint32_t> cluster_of;  // of each mention; kNone for what is no person

 private:
  enum Place : uint8_t { Full, Last, First, Other };
  uint32_t find_full(const NameForms& forms, const NameForm& form) const;
  uint32_t find_single(const NameForms& forms, uint32_t mention) const;
  uint32_t best_of(Place place, uint64_t key, const NameForm& form, uint32_t mention, bool& contradicted) const;
  bool behind_generation(const NameForm& form) const;
  std::string_view word_before(const PersonCluster& cluster) const;
  int is_married(const NameForm& form, const PersonCluster& cluster) const;
  Gender says_of_self(const NameForm& form) const;
  int kin_age(const NameForm& form, const PersonCluster& cluster) const;
  uint32_t by_office(uint32_t office, uint32_t mention) const;
  bool side_by_side(const NameForm& form, const PersonCluster& cluster) const;
  bool misspelt(const FormWord& a, const FormWord& b) const;
  bool surname_misspelt(const NameForm& form, const PersonCluster& cluster) const;
  bool compatible(const NameForms& forms, const NameForm& form, const PersonCluster& cluster) const;
  bool has_namesake(const NameForms& forms, const NameForm& form, uint32_t cluster) const;
  void join(const NameForms& forms, uint32_t mention, uint32_t cluster);
  uint32_t open(uint32_t mention, const NameForm& form);
  void enter(const NameForms& forms, const NameForm& form, uint32_t cluster);
  int16_t first_name_evidence(const NameForm& form) const;

  const NameForms* forms_ = nullptr;
  const Workspace* workspace_ = nullptr;
  LinkNotes* notes_ = nullptr;
  NameIndex index_;
};

}  // namespace newsnlp
