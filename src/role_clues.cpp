#include "role_clues.h"

#include <algorithm>
#include <array>
#include <utility>

namespace newsnlp {
namespace {

constexpr size_t kIntroduced = 8;  // mentions from a role to the name that it is given
constexpr uint32_t kNear = 5;      // tokens before and behind a name

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNP;
}

struct Range {
  std::string_view noun;
  int from, to;
};
constexpr auto kRanges = std::to_array<Range>({{"teenager", 13, 19},
                                               {"teen", 13, 19},
                                               {"boy", 2, 17},
                                               {"girl", 2, 17},
                                               {"schoolboy", 5, 18},
                                               {"schoolgirl", 5, 18},
                                               {"pensioner", 64, 120},
                                               {"septuagenarian", 70, 79},
                                               {"octogenarian", 80, 89},
                                               {"nonagenarian", 90, 99},
                                               {"centenarian", 100, 120}});

// The first letters that a country and its people share, where the words do not begin alike.
std::string_view stem(std::string_view word) {
  static constexpr auto kStems = std::to_array<std::pair<std::string_view, std::string_view>>({{"french", "franc"},
                                                                                               {"dutch", "netherl"},
                                                                                               {"holland", "netherl"},
                                                                                               {"welsh", "wales"},
                                                                                               {"dane", "denmar"},
                                                                                               {"danish", "denmar"},
                                                                                               {"irish", "irelan"},
                                                                                               {"spanish", "spain"},
                                                                                               {"spaniard", "spain"},
                                                                                               {"pole", "poland"},
                                                                                               {"polish", "poland"},
                                                                                               {"swiss", "switze"},
                                                                                               {"briton", "britai"},
                                                                                               {"british", "britai"},
                                                                                               {"filipino", "philip"},
                                                                                               {"scot", "scotland"},
                                                                                               {"scots", "scotland"}});
  for (const auto& [begin, same] : kStems)
    if (word.front() == begin.front() && word.starts_with(begin) && (begin.size() > 4 || word.size() == begin.size()))
      return same;
  return word;
}

bool same_nation(std::string_view a, std::string_view stem_of_b) {
  a = stem(a);
  const std::string_view b = stem_of_b;
  const size_t least = std::min(a.size(), b.size());
  size_t same = 0;
  while (same < least && a[same] == b[same]) ++same;
  return same >= 4 && same + 2 >= least;
}

}  // namespace

int leading_number(std::string_view text) {
  int number = 0;
  for (size_t i = 0; i < text.size() && i < 4 && text[i] >= '0' && text[i] <= '9'; ++i)
    number = 10 * number + (text[i] - '0');
  return number;
}

bool same_stem(std::string_view a, std::string_view b) {
  const size_t least = std::min(a.size(), b.size());
  size_t same = 0;
  while (same < least && a[same] == b[same]) ++same;
  return same >= 4 && same + 2 >= least;
}

int age_beside(const Layers& layers, const Workspace& workspace, IndexRange name) {
  if (name.empty()) return 0;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  const auto word = [&](uint32_t t) { return workspace.types.lower(workspace.word[t]); };
  for (uint32_t t = name.begin; t > sentence.begin && name.begin - t < kNear; --t)  // "the 71-year-old Oskar Lind"
    if (word(t - 1).ends_with("old") && leading_number(word(t - 1)) > 0) return leading_number(word(t - 1));
  uint32_t t = name.end;
  if (t + 1 >= sentence.end) return 0;
  const std::string_view sign = layers.of(layers.tokens[t]);
  if (sign == "," || sign == "(") ++t;
  for (const std::string_view skipped : {"who", "is", "was", "aged", "a"})  // ", who is 34", ", a 34-year-old …"
    if (t + 1 < sentence.end && word(t) == skipped) ++t;
  if (t == name.end || t >= sentence.end) return 0;
  const bool age = layers.tokens[t].tag == Tag::CD || word(t).ends_with("old");
  if (!age) return 0;
  // "is 34 percent"
  const bool bare = sign != "," && sign != "(";
  if (bare && t + 1 < sentence.end && layers.tokens[t + 1].kind != TokenKind::Punctuation && word(t + 1) != "years" &&
      !word(t).ends_with("old"))
    return 0;
  return leading_number(word(t));
}

bool fits_age(std::string_view noun, int age) {
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [&](const Range& r) { return r.noun == noun && r.from <= age && age <= r.to; });
}

bool tells_age(std::string_view noun) {
  return std::any_of(kRanges.begin(), kRanges.end(), [&](const Range& r) { return r.noun == noun; });
}

bool nation_beside(const Layers& layers, const Workspace& workspace, IndexRange name, std::string_view noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  noun = stem(noun);
  const auto says = [&](uint32_t t) {
    const Tag tag = layers.tokens[t].tag;
    if (tag != Tag::NNP && tag != Tag::JJ && tag != Tag::NN && tag != Tag::NNPS) return false;
    return same_nation(workspace.types.lower(workspace.word[t]), noun);
  };
  const auto is_stop = [&](uint32_t t) {
    const std::string_view text = layers.of(layers.tokens[t]);
    const Tag tag = layers.tokens[t].tag;
    return text == "," || text == ";" || text == "and" || tag == Tag::VBD || tag == Tag::VBZ;
  };
  for (uint32_t t = name.begin; t > sentence.begin && t + kNear > name.begin && !is_stop(t - 1); --t)
    if (says(t - 1)) return true;
  uint32_t t = name.end;
  if (t < sentence.end && layers.of(layers.tokens[t]) == ",") ++t;  // "Elise Fournet, a Frenchwoman,"
  for (const uint32_t stop = std::min(sentence.end, t + kNear); t < stop && !is_stop(t); ++t)
    if (says(t)) return true;
  return false;
}

bool clause_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint32_t noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  if (name.end + 2 >= sentence.end) return false;
  const bool who =
      layers.of(layers.tokens[name.end]) == "," && notes.at(workspace, name.end + 1).person == PronounPerson::Who;
  // "Rita Amato runs the town library": the present tense says what she is.
  const Tag verb = layers.tokens[name.end].tag, next = layers.tokens[name.end + 1].tag;
  const bool present = verb == Tag::VBZ || (verb == Tag::NNS && (next == Tag::DT || next == Tag::PRPS));
  if (!who && !present) return false;
  const std::string_view word = workspace.types.lower(workspace.word[noun]);
  for (uint32_t t = name.end + (who ? 2 : 1); t < std::min(sentence.end, name.end + 14); ++t) {
    if (layers.tokens[t].kind == TokenKind::Punctuation) return false;
    const bool kin =
        is_noun(layers.tokens[t].tag) && families.fits(notes.at(workspace, noun).key, notes.at(workspace, t).key);
    if (!kin && !same_stem(workspace.types.lower(workspace.word[t]), word)) continue;
    // "who is running for governor", "who is the governor's cousin"
    const bool owner = t + 1 < sentence.end && layers.tokens[t + 1].tag == Tag::POS;
    if (!owner && workspace.types.lower(workspace.word[t - 1]) != "for") return true;
  }
  return false;
}

bool predicate_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                    IndexRange name, uint64_t noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  uint32_t t = name.end;
  if (t + 1 < sentence.end && notes.at(workspace, t).small == SmallWord::Comma) ++t;
  if (t < sentence.end && notes.at(workspace, t).person == PronounPerson::Who) ++t;
  bool says = false;
  for (const uint32_t stop = std::min(sentence.end, t + 5); t < stop; ++t) {
    const SmallWord word = notes.at(workspace, t).small;
    const bool clitic =
        word == SmallWord::Possessive && layers.tokens[t].span.size() % 2 == 0;  // "'s", not the mark alone
    if (word == SmallWord::Be || word == SmallWord::Became || word == SmallWord::As || clitic)
      says = true;
    else if (word != SmallWord::Works && layers.tokens[t].tag != Tag::RB)
      break;
  }
  if (!says || t >= sentence.end || (layers.tokens[t].tag != Tag::DT && layers.tokens[t].tag != Tag::PRPS))
    return false;
  uint32_t head = 0;
  for (const uint32_t stop = std::min(sentence.end, t + 6); ++t < stop;) {
    const Tag tag = layers.tokens[t].tag;
    if (is_noun(tag))
      head = t;
    else if (tag != Tag::JJ && tag != Tag::CD && tag != Tag::POS && tag != Tag::HYPH && tag != Tag::VBN)
      break;
  }
  if (head == 0) return false;
  const uint64_t key = notes.at(workspace, head).key;
  return key == noun || families.fits(noun, key);
}

namespace {

// "A group that calls itself Pale Lantern", "a bloc known as Ecowas": the token behind the noun; `name`: it is not so.
uint32_t before_calling(const Layers& layers, const Workspace& workspace, uint32_t begin, uint32_t name) {
  const auto word = [&](uint32_t t) {
    return t > begin ? workspace.types.lower(workspace.word[t - 1]) : std::string_view();
  };
  uint32_t t = name;
  const bool self = word(t) == "itself", as = word(t) == "as";
  t -= self || as ? 1 : 0;
  const std::string_view verb = word(t);
  if (self ? verb != "calls" && verb != "calling" && verb != "called"
      : as ? verb != "known"
           : verb != "called" && verb != "named")
    return name;
  --t;
  if (word(t) == "that" || word(t) == "which") --t;
  const bool noun = t > begin && is_noun(layers.tokens[t - 1].tag);
  return noun ? t : name;
}

}  // namespace

bool kind_beside(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint64_t noun, uint32_t until) {
  if (name.empty()) return false;
  IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  sentence.end = std::min(sentence.end, until);
  const auto says = [&](uint32_t t) {
    if (!is_noun(layers.tokens[t].tag)) return false;
    const uint64_t key = notes.at(workspace, t).key;
    return key == noun || families.fits(noun, key);
  };
  uint32_t t = name.begin;
  if (t > sentence.begin + 1 && layers.of(layers.tokens[t - 1]) == ",") --t;  // "the yard, Orsted & Vik,"
  if (t > sentence.begin && says(t - 1)) return true;
  if (const uint32_t called = before_calling(layers, workspace, sentence.begin, t);
      called > sentence.begin && called < t)
    return says(called - 1);
  t = name.end;
  if (t >= sentence.end || layers.of(layers.tokens[t]) != ",") return false;
  const auto opens = [&](uint32_t x) { return layers.tokens[x].tag == Tag::DT || layers.tokens[x].tag == Tag::PRPS; };
  if (++t >= sentence.end || !opens(t)) return false;
  uint32_t head = 0;
  for (const uint32_t stop = std::min(sentence.end, t + 6); ++t < stop;) {
    const Tag tag = layers.tokens[t].tag;
    if (is_noun(tag))
      head = t;
    else if (tag != Tag::JJ && tag != Tag::CD && tag != Tag::POS && tag != Tag::HYPH)
      break;
  }
  return head != 0 && says(head);
}

uint32_t named_behind(const Layers& layers, const LinkNotes& notes, uint32_t token) {
  const Span noun = layers.tokens[token].span;
  const size_t before = mention_at_or_before(notes, token);
  const size_t behind = before < layers.mentions.size() ? before + 1 : 0;
  for (size_t m = behind; m < std::min(layers.mentions.size(), behind + kIntroduced); ++m) {
    const uint32_t e = layers.mentions[m].entity;
    if (e == Mention::kNoEntity || layers.entities[e].type != EntityType::Person) continue;
    const IndexRange roles = layers.entities[e].roles;  // in text order
    const auto first = layers.roles.begin() + roles.begin, last = layers.roles.begin() + roles.end;
    const auto role = std::partition_point(first, last, [&](const Role& x) { return x.span.end <= noun.begin; });
    if (role != last && role->span.contains(noun)) return e;
  }
  return 0xFFFFFFFF;
}

}  // namespace newsnlp
