// Room: resolver. What stands beside a name and says who is meant by "the 29-year-old", "the Swede", "the union".
#pragma once

#include <string_view>

#include "link_notes.h"
#include "role_families.h"

namespace newsnlp {

/// "Amara Bello, 29,": the age beside the name; empty where there is none.
std::string_view age_beside(const Layers& layers, const Workspace& workspace, IndexRange name);

/// "Swede", "Frenchwoman" and a country or nationality near the name: "Mats Lind of Sweden". Lower-case noun.
bool nation_beside(const Layers& layers, const Workspace& workspace, IndexRange name, std::string_view noun);

/// "Victor Lyle, who has represented the valley in Congress,": the clause has a word of the stem or family of the noun,
/// a token ("congressman").
bool clause_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint32_t noun);

/// "Sociologist" and "sociology", "hotelier" and "hotel": what they have in common is most of the shorter one.
bool same_stem(std::string_view a, std::string_view b);

/// "Airline Skylark", "Skylark, the airline,": the noun or one of its family beside the name of a body.
bool kind_beside(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint64_t noun);

}  // namespace newsnlp
