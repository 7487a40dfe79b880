#include "roles.h"

#include <algorithm>
#include <initializer_list>

#include "name_form.h"

namespace newsnlp {
namespace {

constexpr uint64_t bits(std::initializer_list<Tag> tags) {
  uint64_t b = 0;
  for (const Tag t : tags) b |= uint64_t{1} << static_cast<unsigned>(t);
  return b;
}
constexpr uint64_t kModifiers = bits({Tag::NN, Tag::NNS, Tag::NNP, Tag::NNPS, Tag::JJ, Tag::JJR, Tag::JJS, Tag::VBN,
                                      Tag::VBG, Tag::CD, Tag::POS, Tag::HYPH, Tag::PRPS, Tag::RB});
static_assert(static_cast<unsigned>(Tag::Count) <= 64);

}  // namespace

bool RoleFinder::is_role_noun(uint32_t token) const {
  const WordFacts& f = facts(token);
  if (f.noun == NounKind::None && f.title == TitleKind::None) {  // "her opposite number"
    return token > 0 && text(token) == "number" && text(token - 1) == "opposite";
  }
  const bool work = f.noun == NounKind::Person && f.gender == Gender::Unknown;  // "Professor", "MP", but not "Sir"
  if (f.title == TitleKind::Civil && !f.has_upper && !f.plural)                 // "his aunt", "a dinner lady"
    return f.noun == NounKind::Kin || f.noun == NounKind::Person;
  if (((f.title == TitleKind::Civil || f.title == TitleKind::Suffix) && !work) || f.plural) return false;
  return f.noun == NounKind::Person || f.noun == NounKind::Kin || f.title == TitleKind::Office;
}

// "(Rookie) center (Pat Moss)".
bool RoleFinder::is_player(uint32_t token) const {
  const std::string_view s = text(token);
  return tag(token) == Tag::NN && s.size() == 6 && (s == "center" || s == "centre");
}

// The last token of "mother-in-law", "mother-of-three".
bool RoleFinder::is_compound(uint32_t token) const {
  if (token < 4 || !is_sign(token - 1, '-') || !is_sign(token - 3, '-') || tag(token - 2) != Tag::IN) return false;
  return is_role_noun(token - 4);
}

bool RoleFinder::is_modifier(uint32_t token) const {
  if ((kModifiers >> static_cast<unsigned>(tag(token)) & 1) != 0) return true;
  if (tag(token) == Tag::VBD)  // "Moss's estranged brother"
    return token > 0 && tag(token - 1) == Tag::POS && token + 1 < layers_.tokens.size() && is_noun(tag(token + 1));
  if (tag(token) == Tag::VB)  // "co-host", "lead scientist"
    return token > 0 && (is_sign(token - 1, '-') ? is_role_noun(token) : text(token) == "lead");
  const std::string_view s = text(token);
  if (s.size() == 1) return s.front() == '-' || s.front() == '&';
  const bool more = token + 1 < layers_.tokens.size();
  if (s == "’")  // "a parents’ forum", "Sanders’ manager"
    return token > 0 && is_noun(tag(token - 1)) && text(token - 1).ends_with('s');
  if (s == "ex") return more && is_sign(token + 1, '-');
  if (tag(token) == Tag::IN)  // "mother-in-law", "under-secretary"
    return more && is_sign(token + 1, '-') && (s == "under" || s == "Under" || (token > 0 && is_sign(token - 1, '-')));
  if (s.starts_with("No") && s.size() < 4) return more && tag(token + 1) == Tag::CD;            // "the No 2 seed"
  if (tag(token) == Tag::DT || tag(token) == Tag::PDT) return more && is_sign(token + 1, '-');  // "All-Star"
  return s.size() == 2 ? s[0] == '\'' && s[1] == 's' : s.size() == 4 && s == "’s";
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
  // "The health and sport minister"
  const auto joins = [&](uint32_t x) {
    return facts(x).small == SmallWord::And && head != Workspace::kNone && x + 2 < end && !is_role_noun(head) &&
           (is_noun(tag(x + 1)) || tag(x + 1) == Tag::JJ) && !facts(head).plural && !is_capital(x + 1);
  };
  for (; t < end && (is_modifier(t) || (t == begin && tag(t) == Tag::DT) || joins(t) || is_acronym(t, end)); ++t) {
    if (is_sign(t, '(')) {  // "National Trade Board (NTB) spokesman"
      t += 2;
      continue;
    }
    // "A driver carrying tomatoes".
    if (head != Workspace::kNone && (tag(t) == Tag::VBG || tag(t) == Tag::VBN) && is_role_noun(head)) break;
    if (is_noun(tag(t)) && !is_sign(t, '-')) head = t;
  }
  if (t > begin && is_compound(t - 1)) return t - 1;
  if (t > begin && tag(t - 1) == Tag::VB) return t - 1;  // "co-host"
  const bool last = t == end && t > begin + 1 && facts(t - 1).noun == NounKind::Person;
  if (last && tag(t - 1) == Tag::JJ && facts(t - 1).title == TitleKind::Office) return t - 1;  // "the consul general"
  if (last && head == Workspace::kNone && tag(t - 1) == Tag::VBN)
    return is_role_noun(t - 1) ? t - 1 : Workspace::kNone;  // "the main accused"
  return head != Workspace::kNone && is_role_noun(head) ? head : Workspace::kNone;
}

void RoleFinder::find(uint32_t mention, std::vector<FoundRole>& out) const {
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.empty()) return;
  const IndexRange whole = layers_.sentences[workspace_.sentence[name.begin]].tokens;
  const IndexRange sentence{std::max(whole.begin, name.begin - std::min(name.begin, kMaxTokens)),
                            std::min(whole.end, name.end + kMaxTokens + 4)};
  const size_t found = out.size();
  // What stands right beside the name says of most names that there is nothing to look for.
  const bool opens = name.begin == whole.begin;
  const Tag left = opens ? Tag::Period : tag(name.begin - 1);
  const char right = name.end < sentence.end ? text(name.end).front() : '.';
  before(mention, name, sentence, out);
  if (is_noun(left) || left == Tag::Comma || right == ',') apposition_before(mention, name, sentence, out);
  if ((is_noun(left) || left == Tag::Comma) && name.begin > whole.begin + 2 && out.size() == found)
    long_title(mention, name, whole, out);
  if (may_open(right))
    behind(mention, name, sentence, out);
  else if (right == 'w' && facts(name.end).person == PronounPerson::Who)
    is_told(mention, name.end + 1, sentence.end, out);  // "Ann Moss who is the head of the mill"
  if (!opens) introduced(mention, name, sentence, out);
  if (out.size() != found) return;
  if (opens) {
    const bool age = right == ',' && name.end + 2 < sentence.end && tag(name.end + 1) == Tag::CD &&
                     is_sign(name.end + 2, ',');  // ", 34, is a nurse"
    if (workspace_.quotation[name.begin] == Quotation::Outside)
      is_told(mention, age ? name.end + 3 : name.end, sentence.end, out);
    if (out.size() == found) told_of_pronoun(mention, out);
  }
  if (out.size() == found && name.begin > 0 && tag(name.begin - 1) == Tag::CloseQuote) told_of_subject(mention, out);
  if (out.size() == found) bare_title(mention, name, sentence, out);
}

void RoleFinder::before(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const {
  // Titles that the mention itself contains belong to the role.
  uint32_t end = behind_office(workspace_, notes_, name);
  while (end + 1 < name.end && facts(end).title == TitleKind::Office) ++end;
  // "President Mr. Putin": civil titles are no role.
  while (end > sentence.begin && end == name.begin && facts(end - 1).title == TitleKind::Civil &&
         !is_role_noun(end - 1))
    --end;
  if (end == name.begin && end > sentence.begin + 4 && is_sign(end - 1, ')') && is_sign(end - 3, '('))
    end -= 3;  // "Inspector (Patna) Ann Lee"
  // "His rival Alma Quist", "(The) critic Alma Quist said", but not "a senior Quist aide".
  const auto is_named = [&](uint32_t t) {
    if (t + 1 != end) return false;
    if (t > sentence.begin && (tag(t - 1) != Tag::DT || text(t - 1).size() != 3)) return tag(t - 1) == Tag::PRPS;
    return name.end >= sentence.end || is_finite_verb(tag(name.end)) || tag(name.end) == Tag::RB ||
           is_sign(name.end, ',');
  };
  uint32_t begin = end;
  uint32_t head = Workspace::kNone;
  while (begin > sentence.begin) {
    const uint32_t t = begin - 1;
    // "for beating incumbent president": a verb, where "by acting president" has an adjective.
    if (tag(t) == Tag::VBG && t > sentence.begin && tag(t - 1) == Tag::IN && text(t) != "acting") break;
    if (is_modifier(t) || (t + 1 == end && tag(t) == Tag::RBR && is_role_noun(t))) {
      if (head == Workspace::kNone && t + 1 == end && (is_compound(t) || is_player(t))) head = t;
      if (head == Workspace::kNone && is_role_noun(t) &&
          (is_noun(tag(t)) || facts(t).title == TitleKind::Office || (tag(t) == Tag::JJ && is_named(t)) ||
           (t + 1 == end && tag(t) == Tag::RBR) ||                                                   // "closer"
           (t + 1 == end && t > sentence.begin + 1 && is_sign(t - 1, '-') && is_role_noun(t - 2))))  // "owner-director"
        head = t;
      // The role noun is next to the name, or a preposition and nouns stand between: Secretary of State.
      if (head == Workspace::kNone && end - t > 4) return;
      begin = t;
      if (tag(t) == Tag::PRPS) break;
      continue;
    }
    if (is_sign(t, ')') && t > sentence.begin + 2 && head != Workspace::kNone && is_acronym(t - 2, end)) {
      begin = t - 2;
      continue;
    }
    if (is_lower(t, WordList::OfOrFor) && t > sentence.begin && is_noun(tag(t - 1)) && begin < end) {
      if (head != Workspace::kNone) {  // "for defeating incumbent president Trump" is no role of his
        const size_t m = mention_at_or_before(notes_, begin);
        const bool body = m < layers_.mentions.size() && notes_.mention_tokens[m].begin < t &&
                          notes_.mention_tokens[m].end > begin && layers_.mentions[m].type == EntityType::Organization;
        if (!body) break;
        begin = std::max(notes_.mention_tokens[m].begin, sentence.begin);  // "Bank of Graz governor Ann Moss"
        continue;
      }
      if (!is_role_noun(t - 1)) return;
      begin = t;
      continue;
    }
    break;
  }
  if (head == Workspace::kNone) return;
  // Nothing but an "of"-phrase or other titles may stand between the head and the name.
  for (uint32_t t = head + 1; t < end; ++t)
    if (is_lower(t, WordList::OfOrFor)) {
      add(mention, begin, end, head, out);
      return;
    } else if (!is_role_noun(t)) {
      return;
    }
  while (begin < head && (tag(begin) == Tag::RB || tag(begin) == Tag::POS || tag(begin) == Tag::HYPH)) ++begin;
  add(mention, begin, end, head, out);
}

// Whether a phrase about the name may begin with a token of that first byte: ", a nurse", "(72)", "– a nurse", "KC".
bool RoleFinder::may_open(char first) {
  return first == ',' || first == '(' || first == '-' || (first >= 'A' && first <= 'Z') ||
         static_cast<unsigned char>(first) >= 0x80;
}

// The last word of a phrase with an article, where no list knows it for something else than a person: "a scaffolder",
// "the Munster lock".
uint32_t RoleFinder::unlisted_head(uint32_t begin, uint32_t end) const {
  if (tag(begin) != Tag::DT) return Workspace::kNone;
  uint32_t t = begin + 1;
  while (t < end && is_modifier(t) && tag(t) != Tag::VBG && tag(t) != Tag::VBN && tag(t) != Tag::RB) ++t;
  if (t == begin + 1 || t >= end) return Workspace::kNone;
  return is_unlisted(t - 1) ? t - 1 : Workspace::kNone;
}

// A noun that no list knows for something else than a person.
bool RoleFinder::is_unlisted(uint32_t head) const {
  const WordFacts& f = facts(head);
  const bool word = tag(head) == Tag::NN || (tag(head) == Tag::JJ && f.noun == NounKind::Person);
  const bool other = f.noun != NounKind::None && f.noun != NounKind::Person;
  return word && !other && !f.plural && !f.is(WordList::Time);
}

// "(Head of the Centre for Energy) and Clean Air", "(professor of politics) and international relations at Graz": one
// thing behind a preposition, and no second role.
bool RoleFinder::joins_object(uint32_t head, uint32_t conjunction, uint32_t stop) const {
  const uint32_t first = conjunction + 1;
  if (conjunction < head + 3 || first >= stop || facts(conjunction).small != SmallWord::And) return false;
  if ((!is_noun(tag(first)) && tag(first) != Tag::JJ) || is_capital(first) != is_capital(conjunction - 1)) return false;
  uint32_t t = first;
  while (t < stop && is_modifier(t)) {
    if (is_role_noun(t)) return false;
    ++t;
  }
  if (!is_noun(tag(t - 1)) || (t < stop && is_finite_verb(tag(t)))) return false;
  const size_t m = mention_at_or_before(notes_, first);
  return m >= layers_.mentions.size() || notes_.mention_tokens[m].end <= first ||
         layers_.mentions[m].type != EntityType::Person;
}

// Where the phrase of that head ends, with its prepositional phrases; may end in a word that is no noun.
uint32_t RoleFinder::phrase_end(uint32_t head, uint32_t stop) const {
  uint32_t end = head + 1;
  for (; end < stop; ++end) {
    const Tag at = tag(end);
    if (is_sign(end, ',') || is_finite_verb(at) || at == Tag::Period || at == Tag::WP || at == Tag::WDT ||
        at == Tag::OpenQuote || at == Tag::CloseQuote || at == Tag::Colon ||
        workspace_.quotation[end] != Quotation::Outside)
      break;
    if (at == Tag::CC) {
      if (!joins_object(head, end, stop)) break;
      continue;
    }
    // "Driver carrying tomatoes", but not "assistant managing editor", "owner of an Ohio-based firm".
    if ((at == Tag::VBG || at == Tag::VBN) && end + 1 < stop && !is_sign(end - 1, '-') && !is_sign(end + 1, '-') &&
        !is_role_noun(end + 1) && (end == head + 1 || is_noun(tag(end - 1)) || !is_noun(tag(end + 1))))
      break;
    if (!is_modifier(end) && !is_lower(end, WordList::Preposition) && at != Tag::DT) break;
  }
  return end;
}

}  // namespace newsnlp
