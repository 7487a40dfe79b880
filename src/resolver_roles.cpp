#include "resolver_roles.h"

#include <algorithm>
#include <array>
#include <string>

#include "hash.h"
#include "name_form.h"
#include "resolver_history.h"
#include "resolver_pronouns.h"
#include "role_clues.h"

namespace newsnlp {
namespace {

// Points below kEnough make nobody of the article the speaker.
constexpr int kEnough = 45;
constexpr uint32_t kLeadParagraphs = 2;  // in which a role may come before its name
constexpr size_t kMaxRoles = 16;         // of one person that are looked at

// "The official", "the leader": an office that an article often has several of; nearness alone says nothing.
bool is_office(const WordFacts& facts, std::string_view noun) {
  static constexpr auto kOffices = std::to_array<std::string_view>(
      {"official",  "leader",    "prosecutor", "foreman", "skipper",  "mate",     "owner",     "witness",  "victim",
       "suspect",   "defendant", "surveyor",   "manager", "aide",     "adviser",  "advisor",   "diplomat", "neighbor",
       "neighbour", "reporter",  "source",     "person",  "resident", "survivor", "passenger", "caller",   "jury"});
  return (facts.title == TitleKind::Office && facts.noun != NounKind::Kin) ||
         std::find(kOffices.begin(), kOffices.end(), noun) != kOffices.end();
}

// "The union", "the charity": hardly a firm that was named before.
bool is_joined_body(std::string_view noun) {
  static constexpr auto kNouns =
      std::to_array<std::string_view>({"union", "charity", "party", "campaign", "coalition"});
  return std::find(kNouns.begin(), kNouns.end(), noun) != kNouns.end();
}

bool is_upper(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.' || c == '-'; });
}

bool is_place_noun(std::string_view noun) {
  static constexpr auto kPlaces = std::to_array<std::string_view>(
      {"country", "nation", "island", "kingdom", "republic", "city", "town", "village"});
  return std::find(kPlaces.begin(), kPlaces.end(), noun) != kPlaces.end();
}

// "Deputy governor", "former minister": not who "the governor" is, where somebody else is it.
bool is_lesser(std::string_view role) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"deputy", "Deputy", "vice", "Vice", "former", "Former", "assistant", "Assistant",
                                       "acting", "ex-", "shadow", "Shadow"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view w) { return role.find(w) != std::string_view::npos; });
}

constexpr size_t kMaxFamily = 6;

// Somebody near "her husband".
struct Relative {
  uint32_t entity = 0;
  uint64_t surname = 0;
  bool agrees = false;  // is of the gender asked for
  bool other = false;   // is of the other
};

bool is_word(std::string_view s) {
  return s.size() > 2 && static_cast<unsigned char>(s[0]) >= 'A';
}

}  // namespace

MediaNames::MediaNames(const Model& model) {
  const auto bytes = model.section("media.tsv");
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.front() != '#') keys_.insert(name_key(line));
  }
}

// Calls visit(entity, its last mention, how often it is named) for the entities named before `token`, nearest first.
template <class Visit>
void RoleReader::each_before(uint32_t token, Visit visit) const {
  struct Known {
    uint32_t entity = 0, count = 0;
    size_t mention = 0;
  };
  std::array<Known, kMaxLookedAt> known{};
  size_t count = 0;
  if (token == 0) return;
  size_t m = mention_at_or_before(notes_, token - 1);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const uint32_t e = layers_.mentions[m].entity;
    if (e != Mention::kNoEntity) {
      size_t at = 0;
      while (at < count && known[at].entity != e) ++at;
      if (at == count) known[count++] = {e, 0, m};
      ++known[at].count;
    }
    if (m == 0) break;
  }
  for (size_t i = 0; i < count; ++i) visit(known[i].entity, known[i].mention, known[i].count);
}

bool RoleReader::is_person(uint32_t entity) const {
  return layers_.entities[entity].type == EntityType::Person && layers_.entities[entity].named;
}

bool RoleReader::holds(uint32_t entity, uint64_t noun) const {
  if (notes_.is_listed(entity, noun)) return true;
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r)
    if (notes_.role_keys[r] == noun) return true;
  return false;
}

// "The lawmaker": one of the roles is that of a senator.
bool RoleReader::related(uint32_t entity, uint64_t noun) const {
  if (!families_.has(noun)) return false;
  const IndexRange roles = layers_.entities[entity].roles;
  std::string word;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    if (families_.fits(noun, notes_.role_keys[r])) return true;
    const std::string_view role = layers_.of(layers_.roles[r].span).substr(0, 128);
    word.clear();
    for (size_t i = 0; i <= role.size(); ++i) {
      if (i < role.size() && role[i] != ' ') {
        word += static_cast<char>(role[i] >= 'A' && role[i] <= 'Z' ? role[i] + ('a' - 'A') : role[i]);
        continue;
      }
      if (word == "of" || word == "for" || word == "at" || word == "to") break;  // what follows is not the person
      if (families_.fits(noun, hash_bytes(word))) return true;
      word.clear();
    }
  }
  return false;
}

// "The 29-year-old", "the Swede", "the executive": the people whose age, country or work stands beside their name.
// `asked` is set where the source asks for age or country.
std::vector<uint32_t> RoleReader::known_as(const SourceReading& source, bool& asked) const {
  std::vector<uint32_t> out;
  const std::string_view noun = workspace_.types.lower(workspace_.word[source.head]);
  const std::string_view age = layers_.of(layers_.tokens[std::min(source.phrase.begin + 1, source.head)]);
  const bool years = workspace_.types.lower(workspace_.word[source.phrase.end - 1]).ends_with("old");
  asked = years || is_nationality(noun) || noun == "democrat" || noun == "republican";
  if (source.phrase.begin == 0) return out;
  size_t m = mention_at_or_before(notes_, source.phrase.begin - 1);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const uint32_t e = layers_.mentions[m].entity;
    const IndexRange name = notes_.mention_tokens[m];
    if (e != Mention::kNoEntity && is_person(e) && std::find(out.begin(), out.end(), e) == out.end()) {
      const std::string_view known = years ? age_beside(layers_, workspace_, name) : std::string_view();
      const bool found = years   ? !known.empty() && age.starts_with(known)
                         : asked ? nation_beside(layers_, workspace_, name, noun)
                                 : clause_says(layers_, workspace_, notes_, families_, name, source.head);
      if (found) out.push_back(e);
    }
    if (m == 0) break;
  }
  return out;
}

// The bodies before the token beside whose name the noun stands somewhere.
std::vector<uint32_t> RoleReader::bodies_called(uint32_t token, uint64_t noun) const {
  std::vector<uint32_t> out;
  if (token == 0) return out;
  size_t m = mention_at_or_before(notes_, token - 1);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const uint32_t e = layers_.mentions[m].entity;
    if (e != Mention::kNoEntity && layers_.entities[e].type != EntityType::Person &&
        kind_beside(layers_, workspace_, notes_, families_, notes_.mention_tokens[m], noun))
      out.push_back(e);
    if (m == 0) break;
  }
  return out;
}

bool RoleReader::stem_in_roles(uint32_t entity, std::string_view noun) const {
  const IndexRange roles = layers_.entities[entity].roles;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    std::string_view role = layers_.of(layers_.roles[r].span).substr(0, 128);
    while (!role.empty()) {
      const size_t space = role.find(' ');
      if (same_stem(role.substr(0, space), noun)) return true;
      role.remove_prefix(space == std::string_view::npos ? role.size() : space + 1);
    }
  }
  return false;
}

// How the words beside the noun fit the role of that noun: 3 for each that the role has, too; -40 where every one is
// another: "the foreign minister" is not the finance minister.
int RoleReader::fit(uint32_t entity, IndexRange phrase, uint32_t head) const {
  const IndexRange roles = layers_.entities[entity].roles;
  const uint64_t noun = notes_.at(workspace_, head).key;
  const std::string_view phrase_text =
      std::string_view(layers_.text)
          .substr(layers_.tokens[phrase.begin].span.begin,
                  layers_.tokens[head].span.end - layers_.tokens[phrase.begin].span.begin);
  int best = 0;
  bool any = false;
  for (uint32_t r = roles.begin; r < roles.end && r < roles.begin + kMaxRoles; ++r) {
    if (notes_.role_keys[r] != noun && !families_.fits(noun, notes_.role_keys[r])) continue;
    const std::string_view role = layers_.of(layers_.roles[r].span);
    int shared = 0, other = 0;
    for (uint32_t t = phrase.begin; t < phrase.end && t < phrase.begin + 8; ++t) {
      const std::string_view word = layers_.of(layers_.tokens[t]);
      const Tag tag = layers_.tokens[t].tag;
      if (t == head || !is_word(word) || tag == Tag::DT || tag == Tag::PRPS || tag == Tag::IN || tag == Tag::POS)
        continue;
      if (role.find(word.substr(1)) != std::string_view::npos)
        ++shared;
      else if (t < head)
        ++other;
    }
    if (is_lesser(role) && !is_lesser(phrase_text)) shared = 0, other = 1;          // "deputy governor", "the governor"
    const bool head_only = role.starts_with("Head ") || role.starts_with("head ");  // "head coach": of some team
    const bool longer = !head_only && role.find(' ') != std::string_view::npos && !role.starts_with("the ");
    if (!is_lesser(role) && is_lesser(phrase_text)) shared = 0, other = 2;
    const int points = shared == 0 && other > (longer ? 0 : 1) ? -40 : 3 * std::min(shared, 3);
    best = any ? std::max(best, points) : points;
    any = true;
  }
  return best;
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

// The mention begins the paragraph behind that of `token`, or is the source of a quote there.
bool RoleReader::opens_next(size_t mention, uint32_t token) const {
  const uint32_t begin = notes_.mention_tokens[mention].begin;
  return workspace_.paragraph[begin] == workspace_.paragraph[token] + 1 && begin > 0 &&
         (workspace_.paragraph[begin - 1] == workspace_.paragraph[token] || (in_source_[begin] & 1) != 0);
}

// The mention begins its sentence: that is mostly about it.
bool RoleReader::opens_sentence(size_t mention) const {
  const IndexRange name = notes_.mention_tokens[mention];
  return !name.empty() && name.begin <= layers_.sentences[workspace_.sentence[name.begin]].tokens.begin + 1 &&
         function_of(layers_, workspace_, name) != Function::Possessor;
}

uint64_t RoleReader::surname(size_t mention) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty()) return 0;
  const bool possessive = name.size() > 1 && layers_.tokens[name.end - 1].tag == Tag::POS;
  return notes_.at(workspace_, name.end - (possessive ? 2 : 1)).key;
}

// Calls visit(entity, mention) for the mentions behind `token`.
template <class Visit>
void RoleReader::each_behind(uint32_t token, Visit visit) const {
  const auto begin = std::partition_point(notes_.mention_tokens.begin(), notes_.mention_tokens.end(),
                                          [&](IndexRange r) { return r.begin <= token; });
  auto m = static_cast<size_t>(begin - notes_.mention_tokens.begin());
  for (const size_t end = std::min(layers_.mentions.size(), m + kMaxAhead); m < end; ++m)
    if (layers_.mentions[m].entity != Mention::kNoEntity) visit(layers_.mentions[m].entity, m, 1);
}

RoleAnswer RoleReader::answer(std::vector<Scored>& found) {
  std::stable_sort(found.begin(), found.end(), [](const Scored& a, const Scored& b) { return a.points > b.points; });
  RoleAnswer out;
  if (found.empty() || found[0].points < kEnough) return out;
  out.ground = found[0].ground;
  for (const Scored& s : found)
    if (out.candidates.size() < 5 && s.points > 0) out.candidates.push_back({s.entity, static_cast<float>(s.points)});
  return out;
}

RoleAnswer RoleReader::person(const SourceReading& source, uint32_t except) const {
  const WordFacts& head = notes_.at(workspace_, source.head);
  const std::string_view noun = workspace_.types.lower(workspace_.word[source.head]);
  const bool relation = source.possessive || (head.noun == NounKind::Kin && !source.definite);  // "the father of two"
  const bool spouse = noun == "husband" || noun == "wife" || noun == "spouse";
  const bool office = is_office(head, noun);
  bool by_clue = false;
  const std::vector<uint32_t> known = source.definite ? known_as(source, by_clue) : std::vector<uint32_t>();
  std::vector<Scored> found;
  std::vector<Relative> family;
  int rank = 0;
  each_before(source.phrase.begin, [&](uint32_t e, size_t m, uint32_t) {
    if (!is_person(e) || e == except) return;
    const int16_t evidence = notes_.gender[e];
    const bool agrees =
        (head.gender == Gender::Male && evidence > 0) || (head.gender == Gender::Female && evidence < 0);
    const bool other = (head.gender == Gender::Male && evidence <= -kShownGender) ||
                       (head.gender == Gender::Female && evidence >= kShownGender);
    if (spouse && family.size() < kMaxFamily) family.push_back({e, surname(m), agrees, other});
    const bool clue = std::find(known.begin(), known.end(), e) != known.end();
    if (other && !(by_clue && clue)) return;  // "the Frenchman" is Jean Arnoux of France
    const int place = std::min(rank++, 5);
    if (holds(e, head.key) && !(by_clue && !known.empty())) {
      found.push_back({e, 85 - 4 * place + fit(e, source.phrase, source.head), Ground::RoleHeld});
    } else if (!source.possessive && related(e, head.key)) {
      found.push_back({e, 74 - 4 * place + fit(e, source.phrase, source.head), Ground::RoleHeld});
    } else if (clue) {
      found.push_back({e, by_clue ? 80 - 4 * place : 62 - 3 * place, by_clue ? Ground::RoleHeld : Ground::RoleStem});
    } else if (stem_in_roles(e, noun)) {
      found.push_back({e, 60 - 3 * place, Ground::RoleStem});
    } else if (!relation && source.definite) {
      const bool near = place == 0 && !office && about(m, source.phrase.begin, by_clue && known.empty());
      found.push_back({e, near ? 55 + (agrees ? 5 : 0) : place == 0 ? 30 : 10, Ground::RoleNear});
    }
  });
  // "Her husband": who shares the surname of somebody else here, and is of the right gender.
  for (const Relative& a : family)
    for (const Relative& b : family)
      if (a.entity != b.entity && a.surname == b.surname && !a.other && (a.agrees || b.other))
        found.push_back({a.entity, a.agrees ? 62 : 58, Ground::Spouse});
  // "Their captain said …", in the lead, before "Rosie Ashdown, the captain".
  const auto good = [](const Scored& s) { return s.points >= kEnough; };
  if (workspace_.paragraph[source.head] < kLeadParagraphs && std::none_of(found.begin(), found.end(), good))
    each_behind(source.head, [&, left = 65](uint32_t e, size_t m, uint32_t) mutable {
      if (!is_person(e) || left <= 0) return;
      // "…, their captain said.", and the next paragraph begins with a name.
      const bool introduced = left == 65 && (source.definite || source.possessive) && opens_next(m, source.head);
      if (holds(e, head.key))
        found.push_back({e, left + fit(e, source.phrase, source.head), Ground::RoleAhead});
      else if (introduced)
        found.push_back({e, 50, Ground::RoleAhead});
      left -= 4;
    });
  return answer(found);
}

RoleAnswer RoleReader::body(const SourceReading& source) const {
  const WordFacts& head = notes_.at(workspace_, source.head);
  const bool institution = head.noun == NounKind::Institution;
  const bool medium = head.noun == NounKind::Medium;
  const bool is_place = is_place_noun(workspace_.types.lower(workspace_.word[source.head]));
  std::vector<Scored> found;
  const std::vector<uint32_t> called = bodies_called(source.phrase.begin, head.key);
  const bool joined = is_joined_body(workspace_.types.lower(workspace_.word[source.head]));
  int rank = 0;
  const auto look = [&](uint32_t e, size_t m, uint32_t count) {
    const EntityType type = layers_.entities[e].type;
    if (is_person(e) && holds(e, head.key)) found.push_back({e, 85 - 3 * std::min(rank, 8), Ground::RoleHeld});
    if (type != EntityType::Organization && type != EntityType::Location) return;
    // A body whose name says what it is: "the court", "Supreme Court"; but not "the high court".
    const IndexRange name = notes_.mention_tokens[m];
    bool named = false, family = false, other_kind = false, press = media_.has(notes_.name_keys[e]);
    for (uint32_t t = name.begin; t < name.end && t < name.begin + 8; ++t) {
      const WordFacts& f = notes_.at(workspace_, t);
      named |= f.key == head.key;
      family |= families_.fits(head.key, f.key);
      press |= f.noun == NounKind::Medium;
      other_kind |= f.noun == NounKind::Institution && f.key != head.key;
      other_kind |= !joined && is_joined_body(workspace_.types.lower(workspace_.word[t]));
    }
    int words = 0, shared = 0;
    for (uint32_t t = source.phrase.begin; t < source.head; ++t) {
      const std::string_view word = layers_.of(layers_.tokens[t]);
      if (!is_word(word) || layers_.tokens[t].tag == Tag::DT || word == "central") continue;  // "the central bank"
      ++words;
      for (uint32_t n = name.begin; n < name.end && n < name.begin + 8; ++n)
        shared += notes_.at(workspace_, n).key == notes_.at(workspace_, t).key ? 1 : 0;
    }
    if (named && (words == 0 || shared > 0)) {
      found.push_back({e, 85 - 2 * std::min(rank, 8) + 3 * std::min(shared, 3), Ground::BodyNamed});
    } else if (std::find(called.begin(), called.end(), e) != called.end()) {
      found.push_back({e, 78 - 2 * std::min(rank, 8), Ground::BodyNamed});
    } else if (family && type == EntityType::Organization && !named && words == 0) {
      found.push_back({e, 70 - 2 * std::min(rank, 8) + (opens_sentence(m) ? 5 : 0), Ground::BodyNear});
    } else if (type == EntityType::Organization && !institution && !named) {
      const bool acronym = name.size() == 1 && is_upper(layers_.of(layers_.tokens[name.begin]));
      const bool unlike = press || other_kind || notes_.seats[e] != 0 || (joined && !acronym);
      const int points = medium ? (press ? 60 : 10) : unlike ? 10 : 50;
      found.push_back(
          {e, points - 3 * std::min(rank, 4) + static_cast<int>(4 * std::min(count, 4U)) + (opens_sentence(m) ? 5 : 0),
           Ground::BodyNear});
    }
    if (type == EntityType::Location && is_place && words == 0)
      found.push_back({e, 56 - 4 * std::min(rank, 4), Ground::BodyNear});
    ++rank;
  };
  each_before(source.phrase.begin, look);
  const auto good = [](const Scored& s) { return s.points >= kEnough; };
  if (workspace_.paragraph[source.head] < kLeadParagraphs && std::none_of(found.begin(), found.end(), good)) {
    each_behind(source.head, look);
    std::erase_if(found, [](const Scored& s) { return s.ground != Ground::BodyNamed; });
  }
  return answer(found);
}

}  // namespace newsnlp
