// Room: linker. Roles that a sentence tells of a name, titles that stand alone, and titles of many words.
#include <algorithm>

#include "long_titles.h"
#include "roles.h"

namespace newsnlp {
namespace {

constexpr uint32_t kLongTitle = 18;  // tokens of "Director of Programs at the Forum for Authors"

}  // namespace

// "The third woman to take the prize".
bool RoleFinder::is_ordinal(uint32_t token) const {
  const std::string_view s = text(token);
  return s == "second" || s == "third" || s == "fourth" || s == "fifth";
}

// "Is a small man", "was the daughter of a judge": no role that could stand beside the name.
bool RoleFinder::says_nothing(uint32_t head) const {
  const std::string_view noun = workspace_.types.lower(workspace_.word[head]);
  return facts(head).noun == NounKind::Kin || noun == "man" || noun == "woman" || noun == "boy" || noun == "girl" ||
         noun == "person";
}

// "(Ann Moss) is a retired nurse", "worked as a clerk", "has been a nurse", "is also head of the union".
void RoleFinder::is_told(uint32_t mention, uint32_t t, uint32_t end, std::vector<FoundRole>& out) const {
  if (t + 3 >= end) return;
  const SmallWord verb = facts(t).small;
  if (verb == SmallWord::Works && (facts(t + 1).small == SmallWord::As || text(t + 1) == "been"))
    ++t;
  else if (verb != SmallWord::Be)
    return;
  ++t;
  if (tag(t) == Tag::RB && (text(t) == "now" || text(t) == "also" || text(t) == "then")) ++t;
  const bool article = tag(t) == Tag::DT;
  if (t + 1 >= end || text(t) == "no" || (!article && !is_noun(tag(t)))) return;  // "is no stranger to courts"
  const uint32_t head = phrase_head(t, end);
  if (head == Workspace::kNone || says_nothing(head)) return;
  if (article) return head == t ? void() : add_told(mention, t + 1, head, end, out);
  // "is head of the union", but not "was victim of a fraud"
  if (head + 1 < end && (tag(head + 1) == Tag::IN || is_sign(head + 1, ',')) && text(head) != "victim")
    add_told(mention, t, head, end, out);
}

// The phrase from `begin` on with what follows its head; not "the only candidate", "the best player".
void RoleFinder::add_told(uint32_t mention, uint32_t begin, uint32_t head, uint32_t stop,
                          std::vector<FoundRole>& out) const {
  if (tag(begin) == Tag::JJS || tag(begin) == Tag::RBS || text(begin) == "only" || text(begin) == "first") return;
  uint32_t end = phrase_end(head, stop);
  for (uint32_t t = head + 1; t + 1 < end; ++t)  // "for nine years"
    if (is_lower(t, WordList::Preposition) && tag(t + 1) == Tag::CD) end = t;
  while (end > head + 1 && !is_noun(tag(end - 1))) --end;
  add(mention, begin, end, head, out);
}

// "Dr Ann Moss", "Ann Moss KC", of whom nothing else is said there.
void RoleFinder::bare_title(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  const auto add_token = [&](uint32_t t) {
    out.push_back({layers_.tokens[t].span, mention, facts(t).key, Gender::Unknown});
  };
  for (uint32_t t = name.begin > sentence.begin ? name.begin - 1 : name.begin; t <= name.begin; ++t)
    if (facts(t).title == TitleKind::Civil && facts(t).gender == Gender::Unknown && facts(t).first_upper &&
        is_capital(t))
      return add_token(t);
  for (uint32_t t = name.size() > 2 ? name.end - 1 : name.end; t <= name.end && t < sentence.end; ++t)
    if (is_capital(t) && facts(t).title == TitleKind::Suffix && facts(t).all_upper &&
        text(t).find_first_not_of("IVX") < 9)
      return add_token(t);
}

// "Director of Ports and Roads Ann Lee", "The minister for ports and roads, Ann Lee, said".
void RoleFinder::long_title(uint32_t mention, IndexRange name, IndexRange whole, std::vector<FoundRole>& out) const {
  uint32_t end = name.begin;
  while (end > whole.begin && facts(end - 1).title == TitleKind::Civil && !is_role_noun(end - 1)) --end;
  if (end > whole.begin + 5 && is_sign(end - 1, ')') && is_sign(end - 3, '(')) end -= 3;  // "(GCC) Dr. Ann Lee"
  const bool apposed = end > whole.begin && is_sign(end - 1, ',');
  if (apposed) --end;
  if (end < whole.begin + 3 || !is_noun(tag(end - 1))) return;
  const uint32_t first = std::max(whole.begin, end - std::min(end, kLongTitle));
  const bool closed = name.end < whole.end && is_sign(name.end, ',');
  if (apposed && !closed && first > whole.begin + 1) return;
  const uint32_t head = long_title_head(layers_, workspace_, notes_, first, end);
  if (head == Workspace::kNone) return;
  uint32_t begin = head;
  for (; begin > first && !facts(begin - 1).is(WordList::Time); --begin) {
    const Tag before = tag(begin - 1);
    if (!is_noun(before) && before != Tag::JJ && before != Tag::POS && !is_sign(begin - 1, '-')) break;
  }
  // "They will hear the head of ports and roads, Lee said."
  const bool opens = begin <= whole.begin + 1;
  if (apposed && !opens && !closed) return;
  while (begin < head && (tag(begin) == Tag::POS || tag(begin) == Tag::HYPH)) ++begin;
  add(mention, begin, end, head, out);
}

// "a care worker called Jean", "a driver, who gave his name only as Razak".
void RoleFinder::introduced(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  if (name.begin < sentence.begin + 2) return;
  uint32_t t = name.begin - 1;
  if (facts(t).small == SmallWord::As) {
    constexpr uint32_t kClause = 8;  // tokens of "who gave his name only as"
    const uint32_t verb = t - 1;     // "a driver(, later) named as Razak"
    bool names = facts(verb).small == SmallWord::Called;
    while (t > sentence.begin && name.begin - t < kClause && facts(t).person != PronounPerson::Who) {
      --t;
      names |= facts(t).small == SmallWord::Names;
    }
    if (!names) return;
    if (facts(t).person != PronounPerson::Who) {
      if (tag(verb) != Tag::VBN && tag(verb) != Tag::VBD) return;
      t = verb > sentence.begin && tag(verb - 1) == Tag::RB ? verb - 1 : verb;
    }
    if (t == sentence.begin) return;
    if (is_sign(t - 1, ',')) --t;
  } else if (facts(t).small != SmallWord::Called) {
    return;
  }
  if (t == sentence.begin) return;
  const uint32_t p = workspace_.noun_phrase[t - 1];
  if (p == Workspace::kNone) return;
  IndexRange phrase = workspace_.noun_phrases[p].tokens;
  const uint32_t head = workspace_.noun_phrases[p].head;
  if (head + 1 != phrase.end || !is_role_noun(head)) return;
  if (tag(phrase.begin) == Tag::DT) ++phrase.begin;
  add(mention, phrase.begin, phrase.end, head, out);
}

}  // namespace newsnlp
