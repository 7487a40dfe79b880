#include "resolver_unnamed.h"

#include <algorithm>

#include "hash.h"
#include "role_words.h"

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
    const uint32_t same = known_.newest(words, kWords);
    // "the official" is the official of before, whatever was said of him then; "the prime minister" is not the foreign
    // minister.
    const uint32_t called = same == kNone && source.definite ? known_.newest(noun, kNoun) : kNone;
    if (called == kNone) return same;
    const std::string_view name = layers_.of(layers_.entities[called].name);
    const bool bare = source.head == begin + 1 || std::count(name.begin(), name.end(), ' ') < 2;
    return bare ? called : kNone;
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
    notes_.entities(entity + 1);
    known_.put(words, kWords, entity);
    known_.put(noun, kNoun, entity);
  }
  if (type == EntityType::Person && !group) called_ = {source.head, entity};
  // "The official said … She added", but "the teacher" may be somebody with a name.
  const WordFacts& head = notes_.at(workspace_, source.head);
  const bool kin = head.noun == NounKind::Kin, anonymous = head.is(WordList::Office);
  const bool ruler = head.noun != NounKind::Group && source.head == begin + 1 &&
                     rules(workspace_.types.lower(workspace_.word[source.head]));
  if (type != EntityType::Person || group || (source.definite && !anonymous && !kin && !ruler)) return entity;
  // "Her daughter" may be followed by a "she" who is somebody else.
  if (head.is(WordList::Interviewer)) return entity;
  const bool known_noun =
      head.noun == NounKind::Person || head.title == TitleKind::Office || head.is(WordList::Indefinite);  // "Another"
  const bool told_apart =
      (first == "his" && head.gender == Gender::Female) || (first == "her" && head.gender == Gender::Male);
  const bool speaks = workspace_.types.lower(workspace_.word[source.head]).starts_with("spokes");
  const bool owned = source.possessive && first != "a" && first != "an" && !speaks;  // but "a resident's daughter"
  if (told_apart || ((known_noun || (kin && (source.possessive || source.definite))) && !owned))
    last_ = {source.phrase.end - 1, entity};
  return entity;
}

uint32_t UnnamedEntities::goes_on(uint32_t token, bool male) const {
  if (last_.token == kNone || last_.token >= token) return kNone;
  if (workspace_.sentence[token] - workspace_.sentence[last_.token] > kSentences) return kNone;
  if (workspace_.paragraph[token] - workspace_.paragraph[last_.token] > 1) return kNone;
  if (layers_.entities[last_.entity].gender == (male ? Gender::Female : Gender::Male)) return kNone;
  // "Pressed by an analyst, she replied", "When a minister came, she said", "…, an analyst asked. “…,” he answered":
  // who was asked.
  const uint32_t begin = layers_.sentences[workspace_.sentence[token]].tokens.begin;
  if (last_.token >= begin && notes_.at(workspace_, token - 1).small == SmallWord::Comma) {
    const Tag first = layers_.tokens[begin].tag;
    if (first == Tag::VBN || first == Tag::VBG || notes_.at(workspace_, begin).is(WordList::OpensClause)) return kNone;
  }
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

void UnnamedEntities::call_again(const SourceReading& source, uint32_t entity) {
  if (last_.entity == entity) last_.token = source.phrase.end - 1;
  if (called_.entity == entity) called_.token = source.head;
}

uint32_t UnnamedEntities::called_last(const SourceReading& source) const {
  if (called_.token == kNone || called_.token > source.head || source.head != source.phrase.begin + 1) return kNone;
  if (workspace_.word[called_.token] != workspace_.word[source.head]) return kNone;
  if (workspace_.paragraph[source.head] - workspace_.paragraph[called_.token] > 1) return kNone;
  const size_t m = mention_at_or_before(notes_, source.head);
  if (m < layers_.mentions.size() && layers_.mentions[m].type == EntityType::Person &&
      notes_.mention_tokens[m].begin > called_.token)
    return kNone;
  return called_.entity;
}

}  // namespace newsnlp
