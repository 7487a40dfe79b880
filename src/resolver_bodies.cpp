#include <algorithm>
#include <array>

#include "hash.h"
#include "name_form.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "role_clues.h"
#include "role_words.h"

namespace newsnlp {
namespace {

bool is_upper(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.' || c == '-'; });
}

constexpr uint64_t kEmployer = hash_bytes("employer");
constexpr uint32_t kOften = 4;  // named so, a platform may be what is spoken of
constexpr auto kJoinedBodies =
    std::to_array<uint64_t>({hash_bytes("union"), hash_bytes("party"), hash_bytes("charity")});

// Where one posts: not "the company" that is spoken of.
bool is_platform(std::string_view name) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"Bluesky", "Facebook", "Instagram", "LinkedIn", "Reddit", "Snapchat", "Telegram",
                                       "TikTok", "Twitter", "WhatsApp", "X", "YouTube"});
  return std::binary_search(kNames.begin(), kNames.end(), name);
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

// The bodies before the token beside whose name the noun stands somewhere.
void RoleReader::bodies_called(uint32_t token, uint64_t noun) const {
  s_.known.clear();
  if (token == 0) return;
  size_t m = mention_at_or_before(notes_, token - 1);
  for (size_t steps = 0; m < layers_.mentions.size() && steps < kMaxLookedAt; ++steps, --m) {
    const uint32_t e = layers_.mentions[m].entity;
    if (e != Mention::kNoEntity && layers_.entities[e].type != EntityType::Person &&
        kind_beside(layers_, workspace_, notes_, families_, notes_.mention_tokens[m], noun, token))
      s_.known.push_back(e);
    if (m == 0) break;
  }
}

// The mention begins its sentence: that is mostly about it.
bool RoleReader::opens_sentence(size_t mention) const {
  const IndexRange name = notes_.mention_tokens[mention];
  return !name.empty() && name.begin <= layers_.sentences[workspace_.sentence[name.begin]].tokens.begin + 1 &&
         function_of(layers_, workspace_, name) != Function::Possessor;
}

bool RoleReader::may_be_body(const SourceReading& source) const {
  const WordFacts& head = notes_.at(workspace_, source.head);
  const bool person = head.noun == NounKind::Person || head.title == TitleKind::Office;
  return !person || (deeds_.has(head.key) && !is_office(head));
}

// The tokens of the entity's fullest name, eight at most.
IndexRange RoleReader::full_name(uint32_t entity) const {
  constexpr uint32_t kMost = 8;
  const Span name = layers_.entities[entity].name;
  IndexRange tokens = notes_.mention_tokens[notes_.fullest[entity]];  // titles may stand around the name
  while (!tokens.empty() && layers_.tokens[tokens.begin].span.begin < name.begin) ++tokens.begin;
  while (!tokens.empty() && layers_.tokens[tokens.end - 1].span.begin >= name.end) --tokens.end;
  return {tokens.begin, std::min(tokens.end, tokens.begin + kMost)};
}

// "The union" was said of it.
bool RoleReader::was_joined(uint32_t entity) const {
  return !notes_.listed_roles.empty() && std::any_of(kJoinedBodies.begin(), kJoinedBodies.end(),
                                                     [&](uint64_t noun) { return notes_.is_listed(entity, noun); });
}

RoleAnswer RoleReader::body(const SourceReading& source, uint32_t except) const {
  const WordFacts& head = notes_.at(workspace_, source.head);
  const bool institution = head.noun == NounKind::Institution;
  const bool medium = head.noun == NounKind::Medium;
  const bool is_place = head.is(WordList::Place);
  // "The OC", "the Fair": not just any body.
  const bool unknown = names_thing(head, workspace_.types.lower(workspace_.word[source.head]), Tag::NNP);
  std::vector<Scored>& found = s_.found;
  found.clear();
  // "The parent company": not just any company.
  const bool parent =
      source.head > source.phrase.begin && workspace_.types.lower(workspace_.word[source.head - 1]) == "parent";
  const uint64_t noun = parent ? notes_.at(workspace_, source.head - 1).key : head.key;
  bodies_called(source.phrase.begin, noun);
  find_holders(head.key);
  const bool joined = head.small == SmallWord::JoinedBody;  // "the union": hardly a firm that was named before
  // "His old firm": for whom he works.
  const bool possessed = layers_.tokens[source.phrase.begin].tag == Tag::PRPS && head.noun == NounKind::Organization;
  const uint64_t deed = possessed && !parent ? kEmployer : noun;
  const bool deeds = deeds_.has(deed);
  std::string_view made = workspace_.types.lower(workspace_.word[source.head]);  // "the toymaker": toys
  made.remove_suffix(made.ends_with("maker") && !families_.has(head.key) ? 5 : made.size());
  const bool kin = families_.has(head.key);
  // "The energy regulator": not just any body; "the energy company" may be the one spoken of.
  const std::string_view kind = workspace_.types.lower(workspace_.word[source.head]);
  const bool apart = kind == "agency" || kind == "regulator" || kind == "watchdog" || kind == "group";
  bool compound = false;
  s_.words.clear();
  for (uint32_t t = source.phrase.begin; t < source.head; ++t) {
    const std::string_view word = layers_.of(layers_.tokens[t]);
    if (is_word(word) && layers_.tokens[t].tag != Tag::DT && word != "central")  // "the central bank"
      s_.words.push_back(notes_.at(workspace_, t).key);
    const bool noun_before = layers_.tokens[t].tag == Tag::NN || layers_.tokens[t].tag == Tag::NNS;
    compound |= noun_before && apart && !says_little(t) && layers_.tokens[t + 1].tag != Tag::POS;
  }
  const size_t words = s_.words.size();
  int rank = 0;
  const auto look = [&](uint32_t e, size_t m, uint32_t count) {
    const EntityType type = layers_.entities[e].type;
    if (e == except) return;
    if (is_person(e) &&
        (holds(e) || (unknown && head.all_upper && shortened(e, layers_.of(layers_.tokens[source.head])))))
      found.push_back({e, 85 - 3 * std::min(rank, 8), Ground::RoleHeld});
    if (type != EntityType::Organization && type != EntityType::Location) return;
    // A body whose name says what it is: "the court", "Supreme Court"; but not "the high court".
    const IndexRange name = notes_.mention_tokens[m];
    bool named = false, family = false, other_kind = false, press = media_.has(notes_.name_keys[e]);
    for (uint32_t t = name.begin; t < name.end && t < name.begin + 8; ++t) {
      const WordFacts& f = notes_.at(workspace_, t);
      named |= f.key == head.key;
      family |= made.size() > 2 && workspace_.types.lower(workspace_.word[t]).starts_with(made);  // "the toymaker"
    }
    const IndexRange full = full_name(e);  // not "the FSA": the Food Safety Authority
    for (uint32_t t = full.begin; t < full.end; ++t) {
      const WordFacts& f = notes_.at(workspace_, t);
      const bool fits = kin && families_.fits(head.key, f.key);
      family |= fits;
      press |= f.noun == NounKind::Medium;
      other_kind |= f.noun == NounKind::Institution && f.key != head.key && !fits;
      other_kind |= !joined && !fits && (f.small == SmallWord::JoinedBody || (f.plural && f.noun == NounKind::Person));
    }
    int shared = 0;
    for (size_t w = 0; w < s_.words.size(); ++w)
      for (uint32_t n = name.begin; n < name.end && n < name.begin + 8; ++n)
        shared += notes_.at(workspace_, n).key == s_.words[w] ? 1 : 0;
    const bool known = is_known(e) && (type == EntityType::Organization || is_place);  // "the company": not Norland
    if (parent || (deeds && !named)) {
      if (known || (type == EntityType::Organization && deeds_.says(layers_, workspace_, notes_, name, deed)))
        return found.push_back({e, (known ? 78 : 72) - 2 * std::min(rank++, 8), Ground::BodyNamed});
      if (parent) return;
    }
    if (named && (words == 0 || shared > 0)) {
      found.push_back({e, 85 - 2 * std::min(rank, 8) + 3 * std::min(shared, 3), Ground::BodyNamed});
    } else if (known) {
      found.push_back({e, 78 - 2 * std::min(rank, 8), Ground::BodyNamed});
    } else if (family && type == EntityType::Organization && !named && words == 0) {
      found.push_back({e, 70 - 2 * std::min(rank, 8) + (opens_sentence(m) ? 5 : 0), Ground::BodyNear});
    } else if (type == EntityType::Organization && !institution && !named && !unknown && (!compound || shared > 0)) {
      const bool acronym = name.size() == 1 && is_upper(layers_.of(layers_.tokens[name.begin]));
      // "The workers will strike, Siptu said. The union …"
      const bool spoke = joined && words == 0 && (in_source_[name.begin] & 1) != 0 &&
                         workspace_.sentence[source.head] - workspace_.sentence[name.begin] == 1;
      const bool platform = !medium && count < kOften && is_platform(layers_.of(layers_.entities[e].name));
      const bool unlike = press || platform || other_kind || notes_.seats[e] != 0 || (joined && !acronym && !spoke) ||
                          (!joined && was_joined(e));
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
