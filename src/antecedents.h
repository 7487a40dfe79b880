// Room: resolver. What "they", "it", and a "he" or "she" who has no name go back to: a group, body or person that its
// sentence or the one before is about.
#pragma once

#include <cstdint>
#include <optional>

#include "resolver_source.h"

namespace newsnlp {

/// The phrase that a pronoun goes back to; `entity` where it is a name.
struct Antecedent {
  SourceReading reading;
  std::optional<uint32_t> entity;
  bool subject = false;  // it is the subject of its sentence
};

/// They: a group, people, a body. It: a body or place. He, She: one person without a name.
enum class Pronoun : uint8_t { They, It, He, She };

/// The likeliest phrase before `token`, and before the token `before`, in its sentence or the one before; nothing if
/// none fits. Looks at 24 phrases.
std::optional<Antecedent> find_antecedent(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                          uint32_t token, Pronoun pronoun, uint32_t before = 0xFFFFFFFF);

/// "“I told the officer. He said …”": the last person without a name whom the quotations of this paragraph and the one
/// above speak of, at most three sentences before; nothing where somebody with a name comes behind, but for `speaker`.
/// The tokens from `turn` on are quoted without marks.
std::optional<Antecedent> find_inside(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                      uint32_t token, bool male, uint32_t speaker, uint32_t turn = 0xFFFFFFFF);

/// "The coroner reserved his decision. He said …": the person without a name that the sentence before that of `token`
/// begins with, outside quotations; kind None: it begins otherwise.
SourceReading subject_before(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token);

/// "It is understood that", "it was reported": the "it" at this token is nobody.
bool is_impersonal(const Layers& layers, const Workspace& workspace, uint32_t it);

}  // namespace newsnlp
