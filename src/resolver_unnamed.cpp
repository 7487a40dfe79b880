#include "resolver_unnamed.h"

#include "hash.h"

namespace newsnlp {
namespace {

constexpr uint32_t kSentences = 2;  // that "she" may stand behind "a spokeswoman"

}  // namespace

uint32_t UnnamedEntities::entity_of(const SourceReading& source, EntityType type, bool group) {
  const uint32_t begin = source.phrase.begin;
  const std::string_view first = workspace_.types.lower(workspace_.word[begin]);
  uint64_t words = static_cast<uint64_t>(type);
  for (uint32_t t = begin; t < source.phrase.end; ++t)
    if (t > begin || (first != "the" && first != "a" && first != "an"))
      words = mix(words, workspace_.types[workspace_.word[t]].lower);
  const uint64_t noun = mix(notes_.at(workspace_, source.head).key, group ? 1 : 0);
  const auto known = [&]() -> uint32_t {
    if (const uint32_t n = by_words_.first(words); n != NameIndex::kEnd) return by_words_.value(n);
    // "the official" is the official of before, whatever was said of him then.
    if (const uint32_t n = by_noun_.first(noun); source.definite && n != NameIndex::kEnd) return by_noun_.value(n);
    return kNone;
  };
  uint32_t entity = known();
  if (entity == kNone) {
    Entity e;
    e.type = type;
    e.name = {layers_.tokens[begin].span.begin, layers_.tokens[source.phrase.end - 1].span.end};
    e.named = false;
    e.group = group;
    e.gender = group ? Gender::Unknown : notes_.at(workspace_, source.head).gender;
    entity = static_cast<uint32_t>(layers_.entities.size());
    layers_.entities.push_back(e);
    notes_.gender.push_back(0);
    notes_.name_keys.push_back(0);
    notes_.seats.push_back(0);
    by_words_.put(words, entity);
    by_noun_.put(noun, entity);
  }
  // "Her daughter" or "the nominee" may be followed by a "she" who is somebody else.
  const NounKind kind = notes_.at(workspace_, source.head).noun;
  const std::string_view word = workspace_.types.lower(workspace_.word[source.head]);
  const bool asks = word == "reporter" || word == "journalist" || word == "interviewer";  // the answer is another's
  const bool known_noun = kind == NounKind::Person || notes_.at(workspace_, source.head).title == TitleKind::Office;
  const Gender gender = notes_.at(workspace_, source.head).gender;
  const bool told_apart = (first == "his" && gender == Gender::Female) || (first == "her" && gender == Gender::Male);
  if (type == EntityType::Person && !group && !asks && !source.definite &&
      (told_apart || (known_noun && !source.possessive)))
    last_ = {source.head, entity};
  return entity;
}

uint32_t UnnamedEntities::goes_on(uint32_t token, bool male) const {
  if (last_.token == kNone || last_.token >= token) return kNone;
  if (workspace_.sentence[token] - workspace_.sentence[last_.token] > kSentences) return kNone;
  if (workspace_.paragraph[token] - workspace_.paragraph[last_.token] > 1) return kNone;
  if (layers_.entities[last_.entity].gender == (male ? Gender::Female : Gender::Male)) return kNone;
  for (size_t m = mention_at_or_before(notes_, token);
       m < layers_.mentions.size() && notes_.mention_tokens[m].begin > last_.token; --m) {
    const uint32_t e = layers_.mentions[m].entity;
    if (e != Mention::kNoEntity && layers_.entities[e].type == EntityType::Person && layers_.entities[e].named &&
        (male ? notes_.gender[e] > -kShownGender : notes_.gender[e] < kShownGender))
      return kNone;
    if (m == 0) break;
  }
  return last_.entity;
}

}  // namespace newsnlp
