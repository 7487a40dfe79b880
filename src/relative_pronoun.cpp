#include "relative_pronoun.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr uint32_t kAside = 5;  // tokens of "(Lab)"

bool is_person(const Layers& layers, size_t m) {
  return m < layers.mentions.size() && layers.mentions[m].entity != Mention::kNoEntity &&
         layers.mentions[m].type == EntityType::Person;
}

}  // namespace

uint32_t before_relative(const Layers& layers, uint32_t at) {
  const auto is = [&](uint32_t x, std::string_view sign) { return layers.of(layers.tokens[x]) == sign; };
  uint32_t t = at - 1;
  if (t > 0 && is(t, ",")) --t;
  if (!is(t, ")")) return t;
  for (uint32_t back = 1; back < kAside && back < t; ++back)
    if (is(t - back, "(")) return t - back - 1;
  return t;
}

uint32_t apposed(const Layers& layers, const LinkNotes& notes, uint32_t begin) {
  const auto comma = [&](uint32_t x) { return layers.of(layers.tokens[x]) == ","; };
  if (begin < 2 || !comma(begin - 1)) return kNone;
  uint32_t t = begin - 2;
  if (t > 2 && layers.tokens[t].tag == Tag::CD && comma(t - 1)) t -= 2;
  const size_t m = mention_at_or_before(notes, t);
  return is_person(layers, m) && notes.mention_tokens[m].end == t + 1 ? layers.mentions[m].entity : kNone;
}

uint32_t named_before_relative(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, uint32_t t,
                               bool which) {
  if (t > 1 && layers.tokens[t].tag == Tag::CD && layers.of(layers.tokens[t - 1]) == ",") t -= 2;  // "Ann Lee, 19, who"
  const size_t m = mention_at_or_before(notes, t);
  if (m >= layers.mentions.size() || notes.mention_tokens[m].end != t + 1) return kNone;
  const Mention& last = layers.mentions[m];
  if (last.entity == Mention::kNoEntity || last.type > EntityType::Misc) return kNone;
  if (which) return last.type == EntityType::Person ? kNone : last.entity;
  if (last.type == EntityType::Person) return last.entity;
  if (last.type == EntityType::Misc && layers.tokens[t].tag != Tag::NNS && layers.tokens[t].tag != Tag::NNPS)
    return kNone;  // "the 29-year-old Bahraini, who"
  uint32_t x = notes.mention_tokens[m].begin;
  while (x > 0 && layers.tokens[x - 1].tag == Tag::DT) --x;
  if (x < 2 || layers.tokens[x - 1].tag != Tag::IN) return last.entity;
  if (m > 0 && is_person(layers, m - 1) && notes.mention_tokens[m - 1].end == x - 1)
    return layers.mentions[m - 1].entity;
  const uint32_t phrase = workspace.noun_phrase[x - 2];
  return phrase == Workspace::kNone ? kNone : apposed(layers, notes, workspace.noun_phrases[phrase].tokens.begin);
}

}  // namespace newsnlp
