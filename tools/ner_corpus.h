// Room: tools. Articles with labelled names, from JSON Lines (text and code point spans) or CoNLL columns (given
// tokens).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/analyzer.h"
#include "newsnlp/document.h"

namespace newsnlp {

struct LabelledName {
  Span span;  // bytes
  EntityType type = EntityType::Person;
  friend bool operator==(const LabelledName&, const LabelledName&) = default;
};

struct NameArticleLabels {
  std::string id;
  std::string text;
  Layout layout = Layout::Article;
  std::vector<LabelledName> names;           // in text order, no overlap
  std::vector<std::vector<Span>> sentences;  // of given tokens; empty for raw text
};

/// Reads a label file. JSON Lines: {"id", "text", "entities": [[start, end, type], …]} a line. Columns: the token
/// first, the tag (IOB1, IOB2, BILOU, BIOES) last, a blank line ends a sentence, -DOCSTART- begins a document; tokens
/// are joined with one space, sentences with a line break. Throws ListError ("file:line: …") at the first broken line,
/// at an unknown tag or type, and where spans overlap.
std::vector<NameArticleLabels> read_ner_corpus(const std::string& file);

/// PER, Person, GPE, NORP, … -> our type; nothing for a name that no corpus has.
std::optional<EntityType> entity_type(std::string_view name);

/// Edges as score_ner.py compares them: without white space, quotation marks, a leading "the", a possessive.
Span trimmed(std::string_view text, Span span);

/// Edges that are learned: trimmed() for raw text, as they are for given tokens.
std::vector<LabelledName> names_to_learn(const NameArticleLabels& article);

}  // namespace newsnlp
