// Room: attribution patterns. English verbs in the editable lists: one entry, all of its forms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsnlp {

/// The forms of a list entry "lemma[/past[/participle]]" in lower case: base, third person, past, participle, -ing,
/// each once. Without a past the verb is regular: "deny" gives deny, denies, denied, denying. A doubled consonant shows
/// in the past: "admit/admitted" gives admitting, too. An entry of several words inflects its first one: "point/pointed
/// out".
std::vector<std::string> verb_forms(std::string_view entry);

}  // namespace newsnlp
