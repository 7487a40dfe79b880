// Room: resolver. What kind of source a quote has: a name, a pronoun, a role, a group, a body without a name.
#pragma once

#include <cstdint>
#include <string_view>

#include "link_notes.h"

namespace newsnlp {

enum class SourceKind : uint8_t { None, Name, Pronoun, Role, Group, Body, Writing };

struct SourceReading {
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  SourceKind kind = SourceKind::None;
  uint32_t mention = kNone;  // Name: the mention that is the head
  uint32_t head = kNone;     // token of the head noun or pronoun
  IndexRange phrase;         // tokens of the noun phrase with its "of"-phrases, without apposition and relative clause
  bool definite = false;     // "the minister": somebody known; "a minister" is somebody new
  bool possessive = false;   // "his lawyer", "Smith's lawyer"
};

/// Reads the tokens of a source: its first span. Looks at 48 tokens at most.
SourceReading read_source(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange source);

/// Reads the noun phrase that `token` stands in, as if it were a source.
SourceReading read_phrase(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token);

/// "norwegian", "swede", "frenchwoman".
bool is_nationality(const WordFacts& facts);

}  // namespace newsnlp
