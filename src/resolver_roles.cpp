#include "resolver_roles.h"

#include <algorithm>
#include <array>
#include <string>

#include "hash.h"
#include "interview.h"
#include "name_form.h"
#include "resolver_history.h"
#include "resolver_pronouns.h"
#include "role_clues.h"
#include "role_words.h"

namespace newsnlp {
namespace {

constexpr size_t kMaxAllRoles = 256;  // that are walked through for one source
constexpr size_t kMaxFamily = 6;
constexpr uint32_t kSentences = 6;  // from a name to "the goalkeeper"
constexpr uint32_t kCalled = 256;   // tokens, the same
constexpr int kClue = 68;           // points of who is known by what stands beside his name
constexpr size_t kMaxPhrases = 48;  // before "the banker"
constexpr uint64_t kPremier = hash_bytes("premier");
constexpr uint64_t kLeader = hash_bytes("leader");
constexpr uint64_t kVictim = hash_bytes("victim");
constexpr uint64_t kPredecessor = hash_bytes("predecessor");

// "The head of state".
bool is_state(std::string_view noun) {
  return noun == "state" || noun == "government";
}

// Somebody near "her husband".
struct Relative {
  uint32_t entity = 0;
  uint64_t surname = 0;
  bool agrees = false;  // is of the gender asked for
  bool other = false;   // is of the other
};

}  // namespace

bool RoleReader::is_person(uint32_t entity) const {
  return layers_.entities[entity].type == EntityType::Person && layers_.entities[entity].named;
}

// Fills s_.holders: to whom a list, an earlier source or a role beside the name gave the noun. An article of very many
// roles is asked person by person.
void RoleReader::find_holders(uint64_t noun) const {
  s_.asked = notes_.role_keys.size() > kMaxAllRoles ? noun : 0;
  notes_.listed(noun, s_.holders);
  if (s_.asked != 0) return;
  for (uint32_t r = 0; r < notes_.role_keys.size(); ++r) {
    if (notes_.role_keys[r] != noun) continue;
    const uint32_t e = layers_.roles[r].entity;
    if (r < layers_.entities[e].roles.begin + kMaxRoles) s_.holders.push_back(e);
  }
}

bool RoleReader::holds(uint32_t entity) const {
  if (s_.asked != 0) return held(entity, s_.asked);
  return std::find(s_.holders.begin(), s_.holders.end(), entity) != s_.holders.end();
}

bool RoleReader::held(uint32_t entity, uint64_t noun) const {
  if (notes_.is_listed(entity, noun)) return true;
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r)
    if (notes_.role_keys[r] == noun) return true;
  return false;
}

// "The 29-year-old", "the Swede", "the executive", "the defendant": the people whose age, country, work or deed stands
// beside their name. With `asked` the source asks for age or country.
void RoleReader::known_as(const SourceReading& source, bool years, bool asked) const {
  std::vector<uint32_t>& out = s_.known;
  const std::string_view noun = workspace_.types.lower(workspace_.word[source.head]);
  const uint64_t key = notes_.at(workspace_, source.head).key;
  const int age = leading_number(layers_.of(layers_.tokens[std::min(source.phrase.begin + 1, source.head)]));
  const bool deeds = deeds_.has(key);
  const bool ages = tells_age(noun);
  const uint64_t participle = source.head > source.phrase.begin + 1 ? participle_before(source.head) : 0;
  if (source.phrase.begin == 0) return;
  size_t m = mention_at_or_before(notes_, source.phrase.begin - 1);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const uint32_t e = layers_.mentions[m].entity;
    const IndexRange name = notes_.mention_tokens[m];
    if (e != Mention::kNoEntity && is_person(e) && std::find(out.begin(), out.end(), e) == out.end()) {
      bool found = false;
      if (years) {
        const int known = age_beside(layers_, workspace_, name);
        found = known != 0 && known == age;
      } else if (asked) {
        found = nation_beside(layers_, workspace_, name, noun);
      } else {
        found = clause_says(layers_, workspace_, notes_, families_, name, source.head) ||
                predicate_says(layers_, workspace_, notes_, families_, name, key) ||
                (deeds && deeds_.says(layers_, workspace_, notes_, name, key)) ||
                (participle != 0 &&
                 (undergoes(layers_, workspace_, notes_, name, participle) ||
                  (deeds_.has(participle) && deeds_.says(layers_, workspace_, notes_, name, participle)))) ||
                (ages && fits_age(noun, age_beside(layers_, workspace_, name)));
      }
      if (found) out.push_back(e);
    }
    if (m == 0) break;
  }
}

// The mention is the subject of one of the two sentences before, in the paragraph of `token`, or with `above` the one
// above it, and outside quotations.
bool RoleReader::about(size_t mention, uint32_t token, bool above) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty()) return false;
  if (workspace_.paragraph[token] - workspace_.paragraph[name.begin] > (above ? 1U : 0U)) return false;
  if (workspace_.quotation[name.begin] != Quotation::Outside) return false;
  if (workspace_.sentence[token] - workspace_.sentence[name.begin] > 2) return false;
  const Function f = function_of(layers_, workspace_, name);
  return is_subject(f) || f == Function::Other;
}

// "Nuno Maas shrugged. ¶ “…,” the goalkeeper said": the mention is the subject of a sentence of this paragraph or the
// one above, and nobody was called by the noun before.
bool RoleReader::last_called(const SourceReading& source, size_t mention) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty() || workspace_.paragraph[source.head] - workspace_.paragraph[name.begin] > 1) return false;
  if (notes_.at(workspace_, source.head).is(WordList::Interviewer)) return false;
  if (workspace_.sentence[source.head] - workspace_.sentence[name.begin] > kSentences) return false;
  if (notes_.at(workspace_, source.head).noun == NounKind::Kin) {  // "the father of three"
    if (source.head + 2 >= source.phrase.end || layers_.tokens[source.head + 2].tag != Tag::CD) return false;
  } else if (notes_.at(workspace_, source.head).noun != NounKind::Person || source.phrase.end > source.head + 1) {
    return false;
  }
  const uint32_t begin = source.phrase.begin;
  if (begin > name.end + kCalled) return false;
  const auto quoted = [&](uint32_t back) {
    return begin >= back && workspace_.quotation[begin - back] != Quotation::Outside;
  };
  if (!quoted(1) && !quoted(2)) return false;    // "“…,” the goalkeeper said", "“…,” said the goalkeeper"
  for (uint32_t t = name.end; t < begin; ++t) {  // somebody else spoke
    const Tag tag = layers_.tokens[t].tag;
    if ((in_source_[t] & 1) != 0 && tag >= Tag::NN && tag <= Tag::NNPS && workspace_.quotation[t] == Quotation::Outside)
      return false;
  }
  const Function f = function_of(layers_, workspace_, name);
  return is_subject(f) && !called_before(source, false);
}

// "The convicted man": the key of the participle; 0: none.
uint64_t RoleReader::participle_before(uint32_t head) const {
  const std::string_view word = workspace_.types.lower(workspace_.word[head - 1]);
  const Tag tag = layers_.tokens[head - 1].tag;
  const bool may_be = tag == Tag::VBN || tag == Tag::JJ || tag == Tag::VBD;
  return may_be && word.ends_with("ed") && word.size() > 4 ? notes_.at(workspace_, head - 1).key : 0;
}

// The noun stood in one of the phrases before; with `definite`, behind "the".
bool RoleReader::called_before(const SourceReading& source, bool definite) const {
  const auto& phrases = workspace_.noun_phrases;
  const size_t size = noun_phrases_before(workspace_, source.phrase.begin);
  for (size_t i = size; i > 0 && size - i < kMaxPhrases; --i) {
    const NounPhrase& p = phrases[i - 1];
    if (workspace_.word[p.head] == workspace_.word[source.head] &&
        (!definite || workspace_.types.lower(workspace_.word[p.tokens.begin]) == "the"))
      return true;
  }
  return false;
}

// "Leonard Moss was knocked off his bicycle": not the driver.
bool RoleReader::is_victim(size_t mention) const {
  return deeds_.says(layers_, workspace_, notes_, notes_.mention_tokens[mention], kVictim);
}

// Somebody's age stands beside the name.
bool RoleReader::has_age(const std::vector<Scored>& found) const {
  for (size_t m = 0; m < std::min<size_t>(layers_.mentions.size(), kMaxLookedAt); ++m)
    if (layers_.mentions[m].entity == found[0].entity && age_beside(layers_, workspace_, notes_.mention_tokens[m]) != 0)
      return true;
  return false;
}

// "The Norland leader": Norland's prime minister.
bool RoleReader::leads(uint32_t entity, const SourceReading& source) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    const std::string_view role = layers_.of(layers_.roles[r].span).substr(0, 128);
    if (!is_short_for("PM", role)) continue;
    const bool bare = source.head == source.phrase.begin + 1;
    if (bare || fit_words(entity, source.phrase, source.head, role, 0) > 0) return true;
  }
  return false;
}

// "… for Ann Lee, hours after the winger said": the name stands before the token in its sentence.
bool RoleReader::in_sentence(uint32_t entity, uint32_t token) const {
  size_t m = mention_at_or_before(notes_, token);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    if (workspace_.sentence[notes_.mention_tokens[m].begin] != workspace_.sentence[token]) return false;
    if (layers_.mentions[m].entity == entity) return true;
    if (m == 0) break;
  }
  return false;
}

// "The minister": the transport secretary.
bool RoleReader::is_secretary(uint32_t entity) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r)
    if (is_cabinet_secretary(layers_.of(layers_.roles[r].span).substr(0, 128))) return true;
  return false;
}

// "The state's top prosecutor", "the club's coach": not somebody's.
bool RoleReader::is_owned_by_body(const SourceReading& source) const {
  for (uint32_t t = source.phrase.begin; t + 1 < source.head; ++t)
    if (layers_.tokens[t + 1].tag == Tag::POS) {
      const NounKind kind = notes_.at(workspace_, t).noun;
      return kind == NounKind::Organization || kind == NounKind::Institution || kind == NounKind::Medium;
    }
  return false;
}

uint64_t RoleReader::surname(size_t mention) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty()) return 0;
  const bool possessive = name.size() > 1 && layers_.tokens[name.end - 1].tag == Tag::POS;
  return notes_.at(workspace_, name.end - (possessive ? 2 : 1)).key;
}

bool RoleReader::is_known(uint32_t entity) const {
  return std::find(s_.known.begin(), s_.known.end(), entity) != s_.known.end();
}

RoleAnswer RoleReader::answer(const std::vector<Scored>& found) {
  RoleAnswer out;
  std::array<Scored, std::tuple_size_v<decltype(out.candidates)>> best;  // of equal ones the first stays ahead
  uint32_t count = 0;
  for (const Scored& s : found) {
    if (s.points <= 0 || (count == best.size() && s.points <= best[count - 1].points)) continue;
    uint32_t at = count < best.size() ? count++ : count - 1;
    for (; at > 0 && best[at - 1].points < s.points; --at) best[at] = best[at - 1];
    best[at] = s;
  }
  if (count == 0 || best[0].points < kEnough) return out;
  out.ground = best[0].ground;
  for (; out.count < count; ++out.count)
    out.candidates[out.count] = {best[out.count].entity, static_cast<float>(best[out.count].points)};
  return out;
}

RoleAnswer RoleReader::person(const SourceReading& source, uint32_t except, bool alone) const {
  alone &= except == kNobody && workspace_.quotation[source.head] == Quotation::Outside;
  const WordFacts& head = notes_.at(workspace_, source.head);
  const std::string_view noun = workspace_.types.lower(workspace_.word[source.head]);
  const bool relation = source.possessive || (head.noun == NounKind::Kin && !source.definite);  // "the father of two"
  const bool spouse = noun == "husband" || noun == "wife" || noun == "spouse";
  const bool office = is_office(head);
  const bool by_pronoun = layers_.tokens[source.phrase.begin].tag == Tag::PRPS;
  const PronounPerson owner = notes_.at(workspace_, source.phrase.begin).person;
  const bool mine = by_pronoun && (owner == PronounPerson::I || owner == PronounPerson::We);
  const bool owned = source.possessive && !by_pronoun && !is_owned_by_body(source);
  const auto before_head = [&](std::string_view word) {
    return source.head > source.phrase.begin && workspace_.types.lower(workspace_.word[source.head - 1]) == word;
  };
  const bool prime = noun == "minister" && before_head("prime");
  const bool minister = noun == "minister" && source.head == source.phrase.begin + 1;
  const bool thing = !before_head("-") && names_thing(head, noun, layers_.tokens[source.head].tag);
  const bool heads = noun == "leader" || (noun == "head" && source.head + 2 < source.phrase.end &&
                                          is_state(workspace_.types.lower(workspace_.word[source.head + 2])));
  const bool drives = noun == "driver" || noun == "motorist";
  const bool former = before_head("former");  // "her predecessor, Vernon Hask"
  bool years = source.definite && workspace_.types.lower(workspace_.word[source.phrase.end - 1]).ends_with("old");
  for (uint32_t t = source.phrase.begin + 1; source.definite && t < source.head && !years; ++t)
    years = workspace_.types.lower(workspace_.word[t]).ends_with("old") &&
            leading_number(layers_.of(layers_.tokens[source.phrase.begin + 1])) > 0;  // "the 58-year-old former miner"
  const bool by_clue = source.definite && (years || is_nationality(head) || noun == "democrat" || noun == "republican");
  const auto related_to = [&](uint32_t e) {
    return (!owned && related(e, head.key, by_pronoun)) || (prime && related(e, kPremier, false)) ||
           (former && held(e, kPredecessor)) || (minister && is_secretary(e)) ||
           (head.all_upper && shortened(e, layers_.of(layers_.tokens[source.head]))) ||
           (heads && (related(e, kLeader, false) || leads(e, source)));
  };
  std::vector<uint32_t>& known = s_.known;
  known.clear();
  find_holders(head.key);
  std::vector<Scored>& found = s_.found;
  found.clear();
  std::vector<Relative> family;
  int rank = 0, outer = 0;                             // people so far; outside of quotations
  bool looked = by_clue || !source.definite || thing;  // for clues
  if (by_clue) known_as(source, years, true);
  const auto other_gender = [&](uint32_t e) {
    return (head.gender == Gender::Male && notes_.gender[e] <= -kShownGender) ||
           (head.gender == Gender::Female && notes_.gender[e] >= kShownGender);
  };
  // Clues are looked for where nobody surely holds the role: they could not change who is first.
  bool settled = false;
  if (!looked)
    each_before(source.phrase.begin, [&, place = 0](uint32_t e, size_t, uint32_t) mutable {
      if (settled || !is_person(e) || e == except || other_gender(e)) return;
      settled = holds(e) && 85 - 4 * std::min(place, 5) + fit(e, source.phrase, source.head) > kClue;
      ++place;
    });
  const auto is_clue = [&](uint32_t e) {
    if (!looked) known_as(source, false, false);
    looked = true;
    return is_known(e);
  };
  each_before(source.phrase.begin, [&](uint32_t e, size_t m, uint32_t) {
    if (!is_person(e) || e == except || is_byline(layers_, workspace_, notes_, m)) return;
    const int16_t evidence = notes_.gender[e];
    const bool agrees =
        (head.gender == Gender::Male && evidence > 0) || (head.gender == Gender::Female && evidence < 0);
    const bool other = other_gender(e);
    if (spouse && family.size() < kMaxFamily) family.push_back({e, surname(m), agrees, other});
    if (other && !(by_clue && is_known(e))) return;  // "the Frenchman" is Jean Arnoux of France
    const int place = std::min(rank++, 5);
    const bool quoted = workspace_.quotation[notes_.mention_tokens[m].begin] != Quotation::Outside;
    const int free = quoted ? 1 : outer++;
    if (holds(e) && !(by_clue && !known.empty())) {
      found.push_back({e, 85 - 4 * place + fit(e, source.phrase, source.head), Ground::RoleHeld});
    } else if (related_to(e)) {
      found.push_back({e, 74 - 4 * place + fit(e, source.phrase, source.head), Ground::RoleHeld});
    } else if (!settled && is_clue(e)) {
      found.push_back({e, by_clue ? 80 - 4 * place : kClue - 3 * place, by_clue ? Ground::RoleHeld : Ground::RoleStem});
    } else if (thing) {
      return;
    } else if (!settled && !rules(noun) && stem_in_roles(e, noun)) {
      found.push_back({e, 60 - 3 * place, Ground::RoleStem});
    } else if (!relation && source.definite) {
      const bool near = (!office || years || before_head("retired")) && !(drives && is_victim(m)) &&
                        ((place == 0 && about(m, source.phrase.begin, by_clue && known.empty())) ||
                         (free == 0 && alone && last_called(source, m)));
      found.push_back({e, near ? 55 + (agrees ? 5 : 0) : place == 0 ? 30 : 10, Ground::RoleNear});
    }
  });
  const auto good = [](const Scored& s) { return s.points >= kEnough; };
  // "Police arrested Rui Costa. … a lawyer for the banker … The banker": nobody else was named before he was called so.
  if (!relation && source.definite && rank == 1 && !found.empty() && std::none_of(found.begin(), found.end(), good) &&
      ((by_clue && known.empty() && !has_age(found)) || (!office && called_before(source, true)) ||
       (!office && !by_clue && in_sentence(found[0].entity, source.head)) ||
       (rules(noun) && source.head == source.phrase.begin + (prime ? 2U : 1U) && !called_before(source, true) &&
        opens_article(found[0].entity))))
    for (Scored& s : found) s.points = kEnough + 5;
  // "Her husband": who shares the surname of somebody else here, and is of the right gender.
  for (const Relative& a : family)
    for (const Relative& b : family)
      if (!mine && a.entity != b.entity && a.surname == b.surname && !a.other && (a.agrees || b.other))
        found.push_back({a.entity, a.agrees ? 62 : 58, Ground::Spouse});
  // "Their captain said …", in the lead, before "Rosie Ashdown, the captain".
  if (is_lead(source.head) && std::none_of(found.begin(), found.end(), good))
    each_behind(source.head, [&, left = 65](uint32_t e, size_t m, uint32_t) mutable {
      if (!is_person(e) || e == except || left <= 0 || other_gender(e)) return;
      // "…, their captain said.", and the next paragraph begins with a name.
      const bool introduced =
          left == 65 && (source.definite || source.possessive) && !thing && !mine && opens_next(m, source.head);
      if (holds(e) || (!relation && related_to(e)))
        found.push_back({e, left + fit(e, source.phrase, source.head), Ground::RoleAhead});
      else if (introduced)
        found.push_back({e, 50, Ground::RoleAhead});
      left -= 4;
    });
  return answer(found);
}

}  // namespace newsnlp
