#include "closed_words.h"

#include <array>

#include "hash.h"

namespace newsnlp {
namespace {

struct PronounRow {
  std::string_view word;
  PronounKind kind;
  PronounPerson person;
};
constexpr auto kPronouns = std::to_array<PronounRow>({
    {"he", PronounKind::Subject, PronounPerson::He},         {"him", PronounKind::Object, PronounPerson::He},
    {"his", PronounKind::Possessive, PronounPerson::He},     {"himself", PronounKind::Reflexive, PronounPerson::He},
    {"she", PronounKind::Subject, PronounPerson::She},       {"her", PronounKind::Possessive, PronounPerson::She},
    {"hers", PronounKind::Possessive, PronounPerson::She},   {"herself", PronounKind::Reflexive, PronounPerson::She},
    {"they", PronounKind::Subject, PronounPerson::They},     {"them", PronounKind::Object, PronounPerson::They},
    {"their", PronounKind::Possessive, PronounPerson::They}, {"it", PronounKind::Subject, PronounPerson::It},
    {"its", PronounKind::Possessive, PronounPerson::It},     {"i", PronounKind::Subject, PronounPerson::I},
    {"me", PronounKind::Object, PronounPerson::I},           {"my", PronounKind::Possessive, PronounPerson::I},
    {"we", PronounKind::Subject, PronounPerson::We},         {"us", PronounKind::Object, PronounPerson::We},
    {"our", PronounKind::Possessive, PronounPerson::We},     {"who", PronounKind::Subject, PronounPerson::Who},
});

struct SmallRow {
  SmallWord small;
  std::string_view words;
};
constexpr auto kSmallWords = std::to_array<SmallRow>({
    {SmallWord::The, "the"},
    {SmallWord::And, "and"},
    {SmallWord::Of, "of"},
    {SmallWord::Comma, ","},
    {SmallWord::Possessive, "'s \xE2\x80\x99s ' \xE2\x80\x99"},
    {SmallWord::Younger, "younger"},
    {SmallWord::Elder, "elder"},
    {SmallWord::LegalForm,
     "co co. company corp corp. corporation inc inc. incorporated ltd ltd. limited llc plc ag gmbh sa s.a. nv n.v. spa "
     "se oyj asa ab oy bv kg pty srl llp lp holdings"},
    {SmallWord::JoinedBody, "union charity party campaign coalition"},
    {SmallWord::Be, "is was"},
    {SmallWord::Became, "became"},
    {SmallWord::As, "as"},
    {SmallWord::Works, "works worked has had been serves served"},
    {SmallWord::Called, "called named"},
    {SmallWord::Names, "name identified"},
});

struct ListRow {
  WordList list;
  std::string_view words;
};
constexpr auto kLists = std::to_array<ListRow>({
    {WordList::Time,
     "week month year night morning afternoon evening today yesterday tomorrow monday tuesday wednesday thursday "
     "friday "
     "saturday sunday weekend spring summer autumn winter later earlier"},
    {WordList::Office,
     "official leader prosecutor foreman skipper mate owner witness victim attacker gunman killer thief robber burglar "
     "accused tenant suspect defendant surveyor manager aide adviser advisor diplomat neighbor neighbour reporter "
     "source person resident survivor passenger caller jury"},
    {WordList::Firm,
     "operator developer supplier publisher brewer builder bookmaker maker provider exporter importer seller carrier "
     "distributor producer contractor broker lender owner regulator giant miner broadcaster shipbuilder housebuilder"},
    {WordList::SaysLittle, "top senior veteran new young old local outgoing current longtime former retired"},
    {WordList::Leads,
     "led leads headed heads ran runs chaired chairs directed directs represented represents founded owns owned "
     "manages "
     "managed coaches coached teaches studies edits edited commands commanded oversees oversaw"},
    {WordList::Preposition, "of for at in to with on from"},
    {WordList::OfOrFor, "of for"},
    {WordList::Place, "country nation island kingdom republic city town village"},
    {WordList::OpensClause, "when after before while as if because although since until"},
    {WordList::Nation,
     "czech greek turk dane swede finn pole scot thai german briton spaniard serb croat slovak uzbek kazakh cypriot "
     "kiwi arab icelander filipino kenyan ugandan rwandan angolan ghanaian ivorian libyan qatari kuwaiti bahraini "
     "yemeni "
     "saudi emirati afghan tajik kyrgyz bangladeshi nepali somali cuban honduran argentine uruguayan paraguayan "
     "venezuelan guatemalan nicaraguan salvadoran samoan tongan moldovan latvian kosovar montenegrin slovene catalan "
     "basque luxembourger zimbabwean namibian malawian lankan"},
    {WordList::People, "french dutch swiss welsh manx"},
    {WordList::Definite, "the this that both"},
    {WordList::Indefinite, "a an another one some any"},
    {WordList::Interviewer, "reporter journalist interviewer moderator"},
});

// Calls each(word) for the words of a list.
template <class Each>
void each_word(std::string_view list, Each each) {
  while (!list.empty()) {
    const size_t end = list.find(' ');
    each(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
}

template <size_t N>
bool ends_with_one(std::string_view lower, const std::array<std::string_view, N>& endings) {
  for (const std::string_view e : endings)
    if (lower.ends_with(e)) return true;
  return false;
}

// "Norwegian", "Chinese", "Frenchwoman", "toymaker": lists that a word stands in by its ending.
uint16_t lists_by_ending(std::string_view lower) {
  static constexpr auto kPeople = std::to_array<std::string_view>({"ish", "ese"});
  static constexpr auto kOne = std::to_array<std::string_view>({"ian", "ean", "can", "eli", "aqi", "ani", "ander"});
  static constexpr auto kCountries =
      std::to_array<std::string_view>({"french", "dutch", "english", "irish", "welsh", "scots"});
  if (ends_with_one(lower, kPeople)) return static_cast<uint16_t>(WordList::People);
  if (ends_with_one(lower, kOne)) return static_cast<uint16_t>(WordList::Nation);
  static constexpr auto kPersons = std::to_array<std::string_view>(
      {"lawmaker", "policymaker", "filmmaker", "peacemaker", "playmaker", "matchmaker"});
  if (lower.ends_with("maker") && !ends_with_one(lower, kPersons)) return static_cast<uint16_t>(WordList::Firm);
  if (lower.ends_with("man"))
    for (const std::string_view c : kCountries)
      if (lower.starts_with(c)) return static_cast<uint16_t>(WordList::Countryman);
  return 0;
}

constexpr size_t kSlots = 1024;

}  // namespace

ClosedWords::ClosedWords() : slots_(kSlots) {
  for (const PronounRow& row : kPronouns) {
    ClosedWord& w = at(hash_bytes(row.word));
    w.pronoun = row.kind, w.person = row.person;
  }
  for (const SmallRow& row : kSmallWords)
    each_word(row.words, [&](std::string_view word) { at(hash_bytes(word)).small = row.small; });
  for (const ListRow& row : kLists)
    each_word(row.words, [&](std::string_view word) {
      ClosedWord& w = at(hash_bytes(word));
      w.lists = static_cast<uint16_t>(w.lists | static_cast<uint16_t>(row.list));
    });
}

ClosedWord& ClosedWords::at(uint64_t hash) {
  size_t at = hash % kSlots;
  while (slots_[at].hash != hash && slots_[at].hash != 0) at = (at + 1) % kSlots;
  slots_[at].hash = hash;
  return slots_[at];
}

ClosedWord ClosedWords::find(std::string_view lower) const {
  const uint64_t hash = hash_bytes(lower);
  size_t at = hash % kSlots;
  while (slots_[at].hash != hash && slots_[at].hash != 0) at = (at + 1) % kSlots;
  ClosedWord found = slots_[at];
  constexpr auto kNations =
      static_cast<uint16_t>(static_cast<uint16_t>(WordList::Nation) | static_cast<uint16_t>(WordList::People));
  uint16_t more = lists_by_ending(lower);
  if ((found.lists & kNations) != 0) more = static_cast<uint16_t>(more & ~kNations);  // "Dane": the list says it
  found.lists = static_cast<uint16_t>(found.lists | more);
  return found;
}

}  // namespace newsnlp
