#include "namesake.h"

#include <algorithm>

#include "interview.h"

namespace newsnlp {
namespace {

constexpr size_t kNamesakes = 64;  // mentions before and behind the source
constexpr uint32_t kNameWords = 3;
constexpr uint32_t kNone = 0xFFFFFFFF;

// Calls is(mention) for the mentions around token `at`, those before it first, nearest first; kNone: none is.
template <class Is>
uint32_t nearest(const Layers& layers, const LinkNotes& notes, uint32_t at, Is is) {
  const size_t mentions = layers.mentions.size();
  const size_t before = mention_at_or_before(notes, at);
  const size_t behind = before < mentions ? before + 1 : 0;
  for (size_t m = behind; m > 0 && behind - m < kNamesakes; --m)
    if (is(m - 1)) return layers.mentions[m - 1].entity;
  for (size_t m = behind; m < std::min(mentions, behind + kNamesakes); ++m)
    if (is(m)) return layers.mentions[m].entity;
  return kNone;
}

// "IV: The neighbours’.": the person with these initials, in an interview.
uint32_t with_initials(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, uint32_t token) {
  const std::string_view initials = layers.of(layers.tokens[token]);
  if (initials.size() == 2 && initials[1] == '.') {  // "A. In the cellar."
    const IndexRange sentences = layers.paragraphs[workspace.paragraph[token]].sentences;
    if (layers.sentences[sentences.begin].tokens.begin == token) return labelled(layers, workspace, notes, token);
  }
  const bool label = token + 1 < layers.tokens.size() && layers.of(layers.tokens[token + 1]) == ":";
  if (label && (initials.size() == 1 || initials.size() > kNameWords)) return labelled(layers, workspace, notes, token);
  if (!label || initials.size() < 2 || initials.size() > kNameWords ||
      !workspace.types[workspace.word[token]].is(WordType::kAllUpper))
    return kNone;
  return nearest(layers, notes, token, [&](size_t m) {
    const uint32_t e = layers.mentions[m].entity;
    const IndexRange name = notes.mention_tokens[m];
    if (e == Mention::kNoEntity || layers.entities[e].type != EntityType::Person || name.size() != initials.size())
      return false;
    for (uint32_t k = 0; k < name.size(); ++k)
      if (layers.of(layers.tokens[name.begin + k]).front() != initials[k]) return false;
    return true;
  });
}

}  // namespace

uint32_t namesake(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, const SourceReading& r) {
  if (r.head != SourceReading::kNone && r.phrase.size() == 1)
    if (const uint32_t person = with_initials(layers, workspace, notes, r.head); person != kNone) return person;
  if ((r.kind != SourceKind::Body && r.kind != SourceKind::Role) || r.definite || r.possessive) return kNone;
  if (!workspace.types[workspace.word[r.head]].is(WordType::kFirstUpper) || r.phrase.end != r.head + 1 ||
      r.phrase.size() > kNameWords)
    return kNone;
  const auto word = [&](uint32_t t) { return workspace.types[workspace.word[t]].lower; };
  const auto is_person = [&](size_t m) {
    const uint32_t e = layers.mentions[m].entity;
    const IndexRange name = notes.mention_tokens[m];
    if (e == Mention::kNoEntity || layers.entities[e].type != EntityType::Person || name.size() < r.phrase.size())
      return false;
    for (uint32_t back = 1; back <= r.phrase.size(); ++back)
      if (word(name.end - back) != word(r.phrase.end - back)) return false;
    return true;
  };
  return nearest(layers, notes, r.head, is_person);
}

}  // namespace newsnlp
