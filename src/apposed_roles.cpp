// Room: linker. Roles beside a name, between commas or brackets: "Ann Moss (72), a nurse", "Her teacher, Ann Moss,".
#include <algorithm>

#include "roles.h"

namespace newsnlp {

// Where the phrase behind the name begins, behind an age, a party or a degree: "Ann Moss KC, counsel", "Ann Moss (72),
// a nurse"; kNone if no comma opens one. may_open() of the token at t.
uint32_t RoleFinder::opened_behind(uint32_t t, uint32_t end, bool& age) const {
  constexpr uint32_t kBracket = 5;  // tokens of "(R-Maine)"
  const auto is_degree = [&](uint32_t x) { return facts(x).title == TitleKind::Suffix && facts(x).has_upper; };
  if (t < end && is_degree(t)) ++t;
  const auto opens = [&](uint32_t x) { return x < end && tag(x) == Tag::DT; };
  if (t < end && (is_sign(t, '(') || text(t) == "-" || text(t) == "–" || text(t) == "—") && opens(t + 1)) return t + 1;
  if (t < end && is_sign(t, '(')) {
    uint32_t close = t + 1;
    while (close < std::min(end, t + kBracket) && !is_sign(close, ')')) ++close;
    if (close >= end || !is_sign(close, ')')) return Workspace::kNone;
    age = close == t + 2 && tag(t + 1) == Tag::CD;
    t = close + 1;
  }
  if (t + 2 >= end || !is_sign(t, ',')) return Workspace::kNone;
  ++t;
  if (t + 3 < end && is_degree(t) && is_sign(t + 1, ',')) t += 2;
  if (tag(t) == Tag::CD && is_sign(t + 1, ',')) t += 2, age = true;
  if (t >= end) return Workspace::kNone;
  if (is_lower(t, WordList::OfOrFor) || text(t) == "from") {  // ", 45, of Larkspur Road, Evesham, a teacher"
    constexpr uint32_t kPlace = 8;                            // tokens
    uint32_t x = t + 1;
    while (x + 1 < std::min(end, t + kPlace) && (is_noun(tag(x)) || is_sign(x, ',')) &&
           !(is_sign(x, ',') && (opens(x + 1) || facts(x + 1).person == PronounPerson::Who)))
      ++x;
    if (x + 1 < end && is_sign(x, ',')) t = x + 1;
  }
  // ", formerly a teacher", ", himself a teacher"
  if ((tag(t) == Tag::RB || facts(t).pronoun == PronounKind::Reflexive) && opens(t + 1)) ++t;
  return t;
}

void RoleFinder::behind(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  bool age = false;
  uint32_t t = opened_behind(name.end, sentence.end, age);
  if (t == Workspace::kNone) return;
  const bool who = facts(t).person == PronounPerson::Who;
  if (who && t + 1 < sentence.end && facts(t + 1).is(WordList::Leads)) {
    uint32_t end = t + 2;
    while (end < sentence.end && !is_sign(end, ',') && !is_finite_verb(tag(end)) && tag(end) != Tag::Period) ++end;
    while (end > t + 2 && tag(end - 1) == Tag::CC) --end;  // "who studies birds and was not involved"
    if (end > t + 2) add(mention, t + 1, end, Workspace::kNone, out);
    return;
  }
  if (who) return is_told(mention, t + 1, sentence.end, out);
  if (text(t) == "one" && t + 2 < sentence.end && facts(t + 1).small == SmallWord::Of) {  // "one of Moss's lawyers"
    uint32_t x = t + 2;
    while (x < sentence.end && (is_modifier(x) || tag(x) == Tag::DT)) ++x;
    const WordFacts& f = facts(x - 1);
    if (x > t + 2 && f.plural && (f.noun == NounKind::Person || f.noun == NounKind::Kin))
      add(mention, t, x, x - 1, out);
    return;
  }
  uint32_t head = phrase_head(t, sentence.end);
  const bool listed = head != Workspace::kNone;
  if (!listed) head = unlisted_head(t, sentence.end);
  if (head == Workspace::kNone || (head == t + 2 && is_ordinal(t + 1) && says_nothing(head))) return;
  const uint32_t opening = t;
  if (tag(t) == Tag::DT) ++t;
  uint32_t end = phrase_end(head, sentence.end);
  // "Speaking to Reuters, the minister said": the subject of what follows.
  uint32_t first = name.begin;  // "The Rev Ann Lee"
  const uint32_t whole_begin = layers_.sentences[workspace_.sentence[name.begin]].tokens.begin;
  while (first > whole_begin && (facts(first - 1).title == TitleKind::Civil || tag(first - 1) == Tag::DT)) --first;
  const bool opens = first == whole_begin;
  if (!opens && end < sentence.end && is_finite_verb(tag(end))) return;
  if (!listed) {
    // "Carl Bray, 45, a scaffolder", "Ann Lee, a notable who", "the 71-year-old auteur", "Ann Lee, the lock, said".
    const bool clause = facts(head + 1).person == PronounPerson::Who;
    bool years = false;
    for (uint32_t x = opening + 2; x < head; ++x) years |= text(x) == "old" && is_sign(x - 1, '-');
    uint32_t close = head + 1;
    while (close < sentence.end && !is_sign(close, ',') && !is_finite_verb(tag(close))) ++close;
    const bool subject = opens && close + 1 < sentence.end && is_sign(close, ',') && is_finite_verb(tag(close + 1)) &&
                         tag(head) == Tag::NN;
    if (!age && !clause && !years && !subject) return;
  }
  while (end > head + 1 && !is_noun(tag(end - 1)) && tag(end - 1) != Tag::CD) --end;
  // "Al Moss, his wife, Ann Moss,": that is she
  if (tag(t) == Tag::PRPS && end + 1 < sentence.end && is_sign(end, ',')) {
    const size_t m = mention_at_or_before(notes_, end + 1);
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].begin == end + 1 &&
        layers_.mentions[m].type == EntityType::Person)
      return;
  }
  if (end < sentence.end && tag(end) == Tag::CC) {
    // "Ann Moss, president and owner of the club", "Ann Moss, Mayor of Graz and Chairman of the Board"
    if (end + 1 < sentence.end && facts(end).small == SmallWord::And && tag(end + 1) != Tag::DT) {
      const uint32_t second = phrase_head(end + 1, sentence.end);
      if (second != Workspace::kNone && head > t && end == head + 1 &&
          (second + 1 == sentence.end || is_sign(second + 1, ',') || tag(second + 1) == Tag::Period))
        return add(mention, t, second + 1, head, out);  // "Norlux CEO and Managing Director"
      if (second != Workspace::kNone && second + 2 < sentence.end && is_lower(second + 1, WordList::Preposition)) {
        uint32_t close = phrase_end(second, sentence.end);
        while (!is_noun(tag(close - 1)) && tag(close - 1) != Tag::CD) --close;
        if (!opens && close < sentence.end && is_finite_verb(tag(close))) return;
        return add(mention, t, end == head + 1 ? close : end, head, out);
      }
    }
    // "John, a lawyer, and Ann" is an apposition; "Kim, Lee and doctor …" may be a list.
    if (end + 1 < sentence.end && is_noun(tag(end + 1)) && tag(t) == Tag::NNP && t == opening) return;
  }
  // "A farmer's son who rose to become the first woman to be mayor": that is what she is called.
  if (end + 2 < sentence.end && facts(end).person == PronounPerson::Who) {
    constexpr uint32_t kClause = 7;  // tokens
    for (uint32_t x = end + 1; x + 2 < std::min(sentence.end, end + kClause); ++x) {
      if (text(x) != "became" && text(x) != "become") continue;
      const uint32_t later = phrase_head(x + 1, sentence.end);
      if (later == Workspace::kNone || later == x + 1 || says_nothing(later)) break;
      return add_told(mention, tag(x + 1) == Tag::DT ? x + 2 : x + 1, later, sentence.end, out);
    }
  }
  add(mention, t, end, head, out);
}

void RoleFinder::apposition_before(uint32_t mention, IndexRange name, IndexRange sentence,
                                   std::vector<FoundRole>& out) const {
  if (name.end < sentence.end && is_noun(tag(name.end))) return;
  const IndexRange full = name;
  // "The director, Dr Frost": titles may stand between the comma and the name.
  while (name.begin > sentence.begin + 2 && facts(name.begin - 1).title != TitleKind::None &&
         facts(name.begin - 1).title != TitleKind::Suffix && is_noun(tag(name.begin - 1))) {
    --name.begin;
    const std::string_view style = text(name.begin - 1);  // ", the Rt Rev Ann Lee"
    if (style == "Rt" || style == "Right" || style == "Very" || style == "Most") --name.begin;
    if (facts(name.begin - 1).small == SmallWord::The && is_sign(name.begin - 2, ',')) --name.begin;
  }
  const bool closed = name.end < sentence.end && is_sign(name.end, ',');
  // "Her teacher, the formidable Paul Moss,", "The councillor, Labour's Ann Lee,".
  if (closed && name.begin > sentence.begin + 4 && !is_sign(name.begin - 1, ',')) {
    uint32_t t = name.begin;
    if ((tag(t - 1) == Tag::POS && is_noun(tag(t - 2))) || (tag(t - 1) == Tag::JJ && tag(t - 2) == Tag::DT)) t -= 2;
    if (is_sign(t - 1, ',') && is_noun(tag(t - 2))) name.begin = t;
  }
  if (name.begin < sentence.begin + 2 || !is_sign(name.begin - 1, ',')) return;
  // "The watchman, Ann Lee noted, was missing."
  if (name.end + 1 < sentence.end && is_sign(name.end + 1, ',') && is_finite_verb(tag(name.end))) return;
  // "Marta Gil, mother of the boy, Pablo Gil," says it of her.
  const auto of_another = [&](uint32_t t) {
    return t > sentence.begin + 1 && is_sign(t - 1, ',') && mention > 0 &&
           notes_.mention_tokens[mention - 1].end == t - 1 && layers_.mentions[mention - 1].type == EntityType::Person;
  };
  // "The head of the Trade Board (NTB), Ann Lee"
  uint32_t comma = name.begin - 1;
  if (comma > sentence.begin + 4 && is_sign(comma - 1, ')') && is_sign(comma - 3, '(')) comma -= 3;
  // The phrase before the comma: a determiner or possessive, a noun for one person, perhaps a preposition and a name.
  uint32_t begin = comma;
  while (begin > sentence.begin &&
         (is_modifier(begin - 1) || is_lower(begin - 1, WordList::Preposition) || tag(begin - 1) == Tag::DT))
    --begin;
  // "Graz Mill founder and president, Ann Lee"
  if (begin > sentence.begin + 1 && tag(begin - 1) == Tag::CC && facts(begin - 1).small == SmallWord::And &&
      is_role_noun(begin - 2)) {
    uint32_t first = begin - 2;
    while (first > sentence.begin && is_modifier(first - 1)) --first;
    if (tag(first) != Tag::PRPS && (first == sentence.begin || tag(first - 1) != Tag::DT)) begin = first;
  }
  if (of_another(begin)) return;
  const uint32_t whole_begin = layers_.sentences[workspace_.sentence[name.begin]].tokens.begin;
  if (begin + 2 < name.begin && (text(begin) == "One" || text(begin) == "one") &&
      facts(begin + 1).small == SmallWord::Of &&
      (closed || begin == whole_begin)) {  // "One of her lawyers, Ann Lee, said"
    const WordFacts& f = facts(name.begin - 2);
    if (f.plural && (f.noun == NounKind::Person || f.noun == NounKind::Kin))
      return add(mention, begin, name.begin - 1, name.begin - 2, out);
  }
  const bool ends = name.end == sentence.end || tag(name.end) == Tag::Period;
  // The first phrase in it that is headed by a role noun and has a determiner, a possessive or an office.
  for (uint32_t t = begin; t < comma; ++t) {
    const bool behind_preposition = t > begin && is_lower(t - 1, WordList::Preposition);
    const bool opens = tag(t) == Tag::DT || tag(t) == Tag::PRPS || (t == begin && is_modifier(t)) ||
                       ((closed || ends) && behind_preposition && is_modifier(t) &&
                        has_owner(t, comma));  // "an email from Norlux's chief, Ann Lee, says"
    if (!opens) continue;
    // "Through his solicitor, Moss denied it.", but "As Norland's premier, Moss denied it."
    const bool through =
        t > whole_begin && (tag(t - 1) == Tag::IN || tag(t - 1) == Tag::TO) && facts(t - 1).small != SmallWord::As;
    if (through && name.end < sentence.end && is_finite_verb(tag(name.end))) return;
    const uint32_t head = phrase_head(t, comma);
    if (head == Workspace::kNone) continue;
    // "Al Weaver, Moss's manager": a name, no weaver
    if (mention > 0 && layers_.mentions[mention - 1].type == EntityType::Person &&
        notes_.mention_tokens[mention - 1].begin <= head && head < notes_.mention_tokens[mention - 1].end)
      return;
    const bool pair = facts(head + 1).small == SmallWord::And && is_role_noun(comma - 1);
    if (head + 1 < comma && !is_lower(head + 1, WordList::Preposition) && !pair) {
      if (head + 2 < comma || text(head + 1) != "there") continue;  // "our envoy there, Ann Lee"
    }
    if (tag(t) == Tag::DT) ++t;
    if (t <= head) add(mention, t, comma, head, out);
    return;
  }
  // "Her shadow, Ann Lee, said": a noun that no list knows.
  if (!closed || begin != whole_begin || full.size() < 2 || name.end + 1 >= sentence.end) return;
  const bool goes_on = is_finite_verb(tag(name.end + 1)) || facts(name.end + 1).person == PronounPerson::Who;
  const uint32_t head = name.begin - 2;
  if (!goes_on || !is_unlisted(head) || head <= begin) return;
  for (uint32_t t = begin + 1; t < head; ++t)
    if (!is_modifier(t)) return;
  if (tag(begin) == Tag::PRPS || has_owner(begin, head))
    add(mention, begin, head + 1, head, out);
  else if (tag(begin) == Tag::DT && facts(begin).is(WordList::Definite))
    add(mention, begin + 1, head + 1, head, out);
}

}  // namespace newsnlp
