// Room: resolver. What "they", "it", and a "he" or "she" who has no name go back to: a group, body or person that its
// sentence or the one before is about.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "resolver_source.h"

namespace newsnlp {

/// The phrase that a pronoun goes back to; `entity` where it is a name.
struct Antecedent {
  SourceReading reading;
  std::optional<uint32_t> entity;
  bool subject = false;  // it is the subject of its sentence
  bool other = false;    // "they" inside of a quotation: rather than who speaks
};

/// They: a group, people, a body. It: a body or place. He, She: one person without a name.
enum class Pronoun : uint8_t { They, It, He, She };

/// The likeliest phrase before `token`, and before the token `before`, in its sentence or the one before; nothing if
/// none fits. Inside of a quotation "they" are rather not the side that speaks: `in_source` has bit 0 set for each
/// token of a source. Looks at 24 phrases.
std::optional<Antecedent> find_antecedent(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                          uint32_t token, Pronoun pronoun, uint32_t before = 0xFFFFFFFF,
                                          std::span<const uint8_t> in_source = {});

/// What is known of a "he" inside of what somebody says.
struct InsideOf {
  uint32_t quote = 0;                   // of which "he" is the source
  uint32_t speaker = 0xFFFFFFFF;        // of the quotation around it
  uint32_t turn = 0xFFFFFFFF;           // the tokens from here on are quoted without marks
  std::span<const IndexRange> sources;  // of each quote: tokens
};

/// "“I told the officer. He said …”", "She had warned her husband. “He said …”": the last person without a name whom
/// the quotations of this paragraph and the one above speak of, at most three sentences before, or the sentences around
/// them, two before; nothing where somebody with a name comes behind, but for the speaker. `subject`: inside of
/// quotations.
std::optional<Antecedent> find_inside(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                      uint32_t token, bool male, const InsideOf& of);

/// "The coroner reserved his decision. He said …": the person without a name that the sentence before that of `token`
/// begins with, outside quotations; kind None: it begins otherwise.
SourceReading subject_before(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token);

/// "It is understood that", "it was reported": the "it" at this token is nobody.
bool is_impersonal(const Layers& layers, const Workspace& workspace, uint32_t it);

}  // namespace newsnlp
