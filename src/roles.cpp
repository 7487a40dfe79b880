#include "roles.h"

#include <algorithm>
#include <array>

#include "name_form.h"

namespace newsnlp {
namespace {

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS;
}
bool is_finite_verb(Tag t) {
  return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::MD;
}
bool is_preposition(std::string_view s) {
  return s == "of" || s == "for" || s == "at" || s == "in" || s == "to" || s == "with" || s == "on" || s == "from";
}
bool leads(std::string_view lower) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"led",     "leads",       "headed",     "heads",   "ran",    "runs",     "chaired",   "chairs",   "directed",
       "directs", "represented", "represents", "founded", "owns",   "owned",    "manages",   "managed",  "coaches",
       "coached", "teaches",     "studies",    "edits",   "edited", "commands", "commanded", "oversees", "oversaw"});
  return std::find(kVerbs.begin(), kVerbs.end(), lower) != kVerbs.end();
}

}  // namespace

bool RoleFinder::is_role_noun(uint32_t token) const {
  const WordFacts& f = facts(token);
  const bool work = f.noun == NounKind::Person && f.gender == Gender::Unknown;  // "Professor", "MP", but not "Sir"
  if (((f.title == TitleKind::Civil || f.title == TitleKind::Suffix) && !work) || f.plural) return false;
  return f.noun == NounKind::Person || f.noun == NounKind::Kin || f.title == TitleKind::Office;
}

bool RoleFinder::is_modifier(uint32_t token) const {
  switch (tag(token)) {
    case Tag::NN:
    case Tag::NNS:
    case Tag::NNP:
    case Tag::NNPS:
    case Tag::JJ:
    case Tag::JJR:
    case Tag::JJS:
    case Tag::VBN:
    case Tag::VBG:
    case Tag::CD:
    case Tag::POS:
    case Tag::HYPH:
    case Tag::PRPS:
    case Tag::RB:
      return true;
    default: {
      const std::string_view s = text(token);
      if (s.front() >= '0') return static_cast<unsigned char>(s.front()) == 0xE2 && s == "’s";
      return s == "-" || s == "’s" || s == "'s" || s == "&";
    }
  }
}

void RoleFinder::add(uint32_t mention, uint32_t begin, uint32_t end, uint32_t head, std::vector<FoundRole>& out) const {
  const Span span{layers_.tokens[begin].span.begin, layers_.tokens[end - 1].span.end};
  if (span.overlaps(layers_.mentions[mention].span) && head >= notes_.mention_tokens[mention].end) return;
  out.push_back({span, mention, head == Workspace::kNone ? 0 : facts(head).key,
                 head == Workspace::kNone ? Gender::Unknown : facts(head).gender});
}

// The head of the noun phrase that begins at `begin`: its last noun before a preposition, comma or verb; kNone if that
// is no noun for one person.
uint32_t RoleFinder::phrase_head(uint32_t begin, uint32_t end) const {
  uint32_t t = begin;
  uint32_t head = Workspace::kNone;
  for (; t < end && (is_modifier(t) || (t == begin && tag(t) == Tag::DT)); ++t)
    if (is_noun(tag(t)) && text(t) != "-") head = t;
  return head != Workspace::kNone && is_role_noun(head) ? head : Workspace::kNone;
}

void RoleFinder::find(uint32_t mention, std::vector<FoundRole>& out) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty()) return;
  const IndexRange whole = layers_.sentences[workspace_.sentence[name.begin]].tokens;
  const IndexRange sentence{std::max(whole.begin, name.begin - std::min(name.begin, kMaxTokens)),
                            std::min(whole.end, name.end + kMaxTokens + 4)};
  before(mention, name, sentence, out);
  apposition_before(mention, name, sentence, out);
  behind(mention, name, sentence, out);
}

void RoleFinder::before(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  uint32_t end = name.begin;
  // Titles that the mention itself contains belong to the role.
  end = behind_office(workspace_, notes_, name);
  while (end + 1 < name.end && facts(end).title == TitleKind::Office) ++end;
  // "President Mr. Putin": civil titles are no role.
  while (end > sentence.begin && end == name.begin && facts(end - 1).title == TitleKind::Civil &&
         !is_role_noun(end - 1))
    --end;
  uint32_t begin = end;
  uint32_t head = Workspace::kNone;
  while (begin > sentence.begin) {
    const uint32_t t = begin - 1;
    // "for beating incumbent president": a verb, where "by acting president" has an adjective.
    if (tag(t) == Tag::VBG && t > sentence.begin && tag(t - 1) == Tag::IN && text(t) != "acting") break;
    if (is_modifier(t)) {
      const bool named = t + 1 == end && t > sentence.begin && tag(t - 1) == Tag::PRPS;  // "his rival Alma Quist"
      if (head == Workspace::kNone && is_role_noun(t) &&
          (is_noun(tag(t)) || facts(t).title == TitleKind::Office || (named && tag(t) == Tag::JJ)))
        head = t;
      // The role noun is next to the name, or a preposition and nouns stand between: Secretary of State.
      if (head == Workspace::kNone && end - t > 4) return;
      begin = t;
      if (tag(t) == Tag::PRPS) break;
      continue;
    }
    if ((text(t) == "of" || text(t) == "for") && t > sentence.begin && is_noun(tag(t - 1)) && begin < end) {
      if (head != Workspace::kNone) break;  // "for defeating incumbent president Trump" is no role of his
      if (!is_role_noun(t - 1)) return;
      begin = t;
      continue;
    }
    break;
  }
  if (head == Workspace::kNone) return;
  // Nothing but an "of"-phrase or other titles may stand between the head and the name.
  for (uint32_t t = head + 1; t < end; ++t)
    if (text(t) == "of" || text(t) == "for") {
      add(mention, begin, end, head, out);
      return;
    } else if (!is_role_noun(t)) {
      return;
    }
  while (begin < head && (tag(begin) == Tag::RB || tag(begin) == Tag::POS || tag(begin) == Tag::HYPH)) ++begin;
  add(mention, begin, end, head, out);
}

void RoleFinder::behind(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  uint32_t t = name.end;
  if (t + 2 >= sentence.end || text(t) != ",") return;
  ++t;
  if (tag(t) == Tag::CD && text(t + 1) == ",") t += 2;  // the age
  if (t >= sentence.end) return;
  const bool who = facts(t).person == PronounPerson::Who;
  if (who && t + 1 < sentence.end && leads(workspace_.types.lower(workspace_.word[t + 1]))) {
    uint32_t end = t + 2;
    while (end < sentence.end && text(end) != "," && !is_finite_verb(tag(end)) && tag(end) != Tag::Period) ++end;
    if (end > t + 2) add(mention, t + 1, end, Workspace::kNone, out);
    return;
  }
  if (who) return;
  const uint32_t head = phrase_head(t, sentence.end);
  if (head == Workspace::kNone) return;
  if (tag(t) == Tag::DT) ++t;
  uint32_t end = head + 1;
  while (end < sentence.end) {
    const Tag at = tag(end);
    if (text(end) == "," || is_finite_verb(at) || at == Tag::Period || at == Tag::WP || at == Tag::WDT ||
        at == Tag::OpenQuote || at == Tag::CloseQuote || at == Tag::Colon ||
        workspace_.quotation[end] != Quotation::Outside || at == Tag::CC)
      break;
    if (!is_modifier(end) && !is_preposition(text(end)) && at != Tag::DT) break;
    ++end;
  }
  while (end > head + 1 && !is_noun(tag(end - 1)) && tag(end - 1) != Tag::CD) --end;
  if (end < sentence.end && tag(end) == Tag::CC) {
    // "John, a lawyer, and Ann" is an apposition; "Kim, Lee and doctor …" may be a list.
    if (end + 1 < sentence.end && is_noun(tag(end + 1)) && tag(t) == Tag::NNP) return;
  }
  add(mention, t, end, head, out);
}

void RoleFinder::apposition_before(uint32_t mention, IndexRange name, IndexRange sentence,
                                   std::vector<FoundRole>& out) const {
  if (name.end < sentence.end && is_noun(tag(name.end))) return;
  // "The director, Dr Frost": titles may stand between the comma and the name.
  while (name.begin > sentence.begin + 2 && facts(name.begin - 1).title != TitleKind::None &&
         facts(name.begin - 1).title != TitleKind::Suffix && is_noun(tag(name.begin - 1)))
    --name.begin;
  if (name.begin < sentence.begin + 2 || text(name.begin - 1) != ",") return;
  // "Marta Gil, mother of the boy, Pablo Gil," says it of her.
  const auto of_another = [&](uint32_t t) {
    return t > sentence.begin + 1 && text(t - 1) == "," && mention > 0 &&
           notes_.mention_tokens[mention - 1].end == t - 1 && layers_.mentions[mention - 1].type == EntityType::Person;
  };
  // The phrase before the comma: a determiner or possessive, a noun for one person, perhaps a preposition and a name.
  uint32_t begin = name.begin - 1;
  while (begin > sentence.begin &&
         (is_modifier(begin - 1) || is_preposition(text(begin - 1)) || tag(begin - 1) == Tag::DT))
    --begin;
  if (of_another(begin)) return;
  // The first phrase in it that is headed by a role noun and has a determiner, a possessive or an office.
  for (uint32_t t = begin; t + 1 < name.begin; ++t) {
    const bool opens = tag(t) == Tag::DT || tag(t) == Tag::PRPS || (t == begin && is_modifier(t));
    if (!opens) continue;
    const uint32_t head = phrase_head(t, name.begin - 1);
    if (head == Workspace::kNone) continue;
    if (head + 1 < name.begin - 1 && !is_preposition(text(head + 1))) continue;
    if (tag(t) == Tag::DT) ++t;
    if (t <= head) add(mention, t, name.begin - 1, head, out);
    return;
  }
}

}  // namespace newsnlp
