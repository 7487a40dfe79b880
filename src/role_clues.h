// Room: resolver. What stands beside a name and says who is meant by "the 29-year-old", "the Swede", "the union".
#pragma once

#include <string_view>

#include "link_notes.h"
#include "role_families.h"

namespace newsnlp {

/// More than a sign or a short word in what stands beside a role.
inline bool is_word(std::string_view s) {
  return s.size() > 2 && static_cast<unsigned char>(s[0]) >= 'A';
}

/// "Amara Bello, 29,", "the 29-year-old Amara Bello", "Bello, who is 29": the age beside the name; 0: none.
int age_beside(const Layers& layers, const Workspace& workspace, IndexRange name);
/// "29" of "29-year-old"; 0: none.
int leading_number(std::string_view text);
/// fits_age() may be true of the noun.
bool tells_age(std::string_view noun);
/// "Pensioner" of somebody of 71.
bool fits_age(std::string_view noun, int age);

/// "Swede", "Frenchwoman" and a country or nationality near the name: "Mats Lind of Sweden". Lower-case noun.
bool nation_beside(const Layers& layers, const Workspace& workspace, IndexRange name, std::string_view noun);

/// "Victor Lyle, who has represented the valley in Congress,": the clause has a word of the stem or family of the noun,
/// a token ("congressman").
bool clause_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint32_t noun);

/// "Hugo Bell is a carpenter", "Anna Prior has worked as a nurse": the noun or one of its family.
bool predicate_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                    IndexRange name, uint64_t noun);

/// "Sociologist" and "sociology", "hotelier" and "hotel": what they have in common is most of the shorter one.
bool same_stem(std::string_view a, std::string_view b);

/// "Airline Skylark", "Skylark, the airline,": the noun or one of its family beside the name of a body, before `until`.
bool kind_beside(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint64_t noun, uint32_t until);

/// "A driver, who gave his name only as Razak,", "A baker said … ¶ Ann Lee, 41, …": the person who is named behind the
/// token and has it in a role; 0xFFFFFFFF where there is none. Looks at eight mentions.
uint32_t named_behind(const Layers& layers, const LinkNotes& notes, uint32_t token);

}  // namespace newsnlp
