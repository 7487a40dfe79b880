// Room: linker. Roles that stand apart from the name that the article begins with: in the sentences behind it, in the
// lead before it.
#include <algorithm>

#include "roles.h"

namespace newsnlp {
namespace {

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS;
}
bool is_finite_verb(Tag t) {
  return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::MD;
}

}  // namespace

// "The transport secretary had …", "The 'Salt Year' star, 38, tells", "The author of Salt on …" below a headline: the
// role that begins a sentence, or stands behind a quotation ("…,” the singer said"). Empty: none.
IndexRange RoleFinder::described(uint32_t begin, uint32_t end, bool below_headline, uint32_t& head, bool& age) const {
  constexpr uint32_t kPhrase = 10;  // tokens
  age = false;
  if (begin >= end || !facts(begin).is(WordList::Definite) || tag(begin) != Tag::DT) return {};
  uint32_t t = begin + 1;
  const uint32_t stop = std::min(end, begin + kPhrase);
  head = Workspace::kNone;
  for (bool title = false; t < stop; ++t) {
    const bool mark = tag(t) == Tag::OpenQuote || tag(t) == Tag::CloseQuote || (title && tag(t) == Tag::POS);
    if (mark && !title && t != begin + 1) break;
    if (mark) title = !title;
    if (!mark && !title && !is_modifier(t)) break;
    if (is_noun(tag(t)) && !is_sign(t, '-')) head = t;
  }
  if (t >= stop || head == Workspace::kNone || head + 1 != t || !is_role_noun(head)) return {};
  uint32_t close = t;
  if (is_lower(t, WordList::OfOrFor))  // "the author of The Salt Inspector"
    for (++t; t < stop && (is_modifier(t) || tag(t) == Tag::DT); ++t) close = t + 1;
  if (t + 3 < end && is_sign(t, ',') && tag(t + 1) == Tag::CD && is_sign(t + 2, ',')) age = true, t += 3;
  const bool verb = t < end && is_finite_verb(tag(t));
  if (verb && facts(t).small == SmallWord::Be && t + 1 < end && tag(t + 1) == Tag::NNP) return {};  // "is Ann Moss"
  if (!verb && !age && !(below_headline && t < end && tag(t) == Tag::IN)) return {};
  return {begin + 1, close};
}

// No sentence: a headline, a byline.
bool RoleFinder::is_line(uint32_t paragraph) const {
  const IndexRange sentences = layers_.paragraphs[paragraph].sentences;
  return !sentences.empty() && tag(layers_.sentences[sentences.end - 1].tokens.end - 1) != Tag::Period;
}

// "By Ann Moss", "Ann Moss Political correspondent".
bool RoleFinder::is_byline(uint32_t paragraph) const {
  constexpr uint32_t kByline = 12;  // tokens
  if (!is_line(paragraph)) return false;
  const IndexRange sentences = layers_.paragraphs[paragraph].sentences;
  const uint32_t end = layers_.sentences[sentences.end - 1].tokens.end;
  uint32_t t = layers_.sentences[sentences.begin].tokens.begin;
  if (end > t + kByline) return false;
  while (t < end && !is_finite_verb(tag(t)) && !is_sign(t, ':')) ++t;
  return t == end;
}

void RoleFinder::find_alone(std::span<const uint32_t> persons, std::vector<FoundRole>& out) const {
  constexpr uint32_t kSentences = 2, kAll = 8;  // behind the last name; behind the first
  const auto begin_of = [&](uint32_t mention) { return notes_.mention_tokens[mention].begin; };
  const auto surname = [&](uint32_t mention) { return facts(notes_.mention_tokens[mention].end - 1).key; };
  const auto counts = [&](uint32_t mention) {
    if (notes_.mention_tokens[mention].empty()) return false;
    const uint32_t paragraph = workspace_.paragraph[begin_of(mention)];
    const ParagraphKind kind = layers_.paragraphs[paragraph].kind;
    return kind == ParagraphKind::Headline || (kind == ParagraphKind::Body && !is_byline(paragraph));
  };
  const auto first_of = std::find_if(persons.begin(), persons.end(), counts);
  if (first_of == persons.end()) return;
  const uint32_t person = *first_of;
  const auto other =
      std::find_if(first_of, persons.end(), [&](uint32_t m) { return counts(m) && surname(m) != surname(person); });
  const uint32_t alone_until = other == persons.end() ? Workspace::kNone : begin_of(*other);
  const uint32_t first = workspace_.sentence[begin_of(person)];
  const auto all = static_cast<uint32_t>(layers_.sentences.size());
  uint32_t until = first + kSentences;
  uint32_t last = first;  // the last sentence that names the person, and whether it begins so
  bool subject = begin_of(person) == layers_.sentences[first].tokens.begin;
  for (uint32_t s = first + 1; s < std::min({all, first + kAll, until + 1}); ++s) {
    const IndexRange sentence = layers_.sentences[s].tokens;
    const uint32_t paragraph = workspace_.paragraph[sentence.begin];
    const uint32_t above = workspace_.paragraph[layers_.sentences[s - 1].tokens.begin];
    const bool below =
        above != paragraph && above == workspace_.paragraph[begin_of(person)] && is_line(above) && is_line(paragraph);
    uint32_t head = 0;
    bool age = false;
    IndexRange role = described(sentence.begin, sentence.end, below, head, age);
    if (role.empty()) {  // "…,” the singer said"
      uint32_t t = sentence.begin;
      while (t + 1 < sentence.end && !(tag(t) == Tag::CloseQuote && facts(t + 1).small == SmallWord::The)) ++t;
      role = described(t + 1, sentence.end, false, head, age);
    }
    // "Ann Moss left Rui Costa, it emerged. The singer, 38, said": the subject of the sentence before.
    const bool may = role.begin <= alone_until || (age && subject && last + 1 == s);
    if (!role.empty() && may && may_describe(person, first, role, head))
      return add(person, role.begin, role.end, head, out);
    const auto here = std::find_if(first_of, persons.end(), [&](uint32_t m) { return begin_of(m) >= sentence.begin; });
    if (here != persons.end() && begin_of(*here) < sentence.end && surname(*here) == surname(person))
      last = s, until = s + kSentences, subject = begin_of(*here) == sentence.begin;
    else if (is_line(paragraph))
      ++until;
  }
}

// Nothing in the sentences from `first` on to the role speaks against it.
bool RoleFinder::may_describe(uint32_t mention, uint32_t first, IndexRange role, uint32_t head) const {
  // "The witness", "the interviewer" may be somebody else.
  if (facts(head).is(WordList::Office) || facts(head).is(WordList::Interviewer)) return false;
  // So may "the judge" who jailed him, and "the mayor" whom he met.
  const std::string_view noun = workspace_.types.lower(workspace_.word[head]);
  if (noun == "judge" || noun == "recorder" || noun == "magistrate" || noun == "officer" || noun == "court")
    return false;
  const int8_t likely = facts(notes_.mention_tokens[mention].begin).first_name;  // above 0: a man's
  const Gender gender = facts(head).gender;
  if ((gender == Gender::Female && likely > 0) || (gender == Gender::Male && likely < 0)) return false;
  for (uint32_t t = layers_.sentences[first].tokens.begin; t < role.begin; ++t) {
    const bool title =
        facts(t).has_upper && t + 1 < role.begin && tag(t + 1) == Tag::POS;  // "Prime Minister's Questions"
    if (facts(t).key == facts(head).key && !title) return false;
  }
  return true;
}

void RoleFinder::find_in_lead(std::span<const uint32_t> persons, std::vector<FoundRole>& out) const {
  const auto& paragraphs = layers_.paragraphs;
  const auto lead = std::find_if(paragraphs.begin(), paragraphs.end(), [&](const Paragraph& p) {
    if (p.kind != ParagraphKind::Body || p.sentences.empty()) return false;
    const std::string_view sign = text(layers_.sentences[p.sentences.begin].tokens.begin);
    if (sign == "•" || sign == "*" || sign == "-" || sign == "–") return false;        // a point of a summary
    return tag(layers_.sentences[p.sentences.end - 1].tokens.end - 1) == Tag::Period;  // no byline
  });
  if (lead == paragraphs.end() || lead + 1 == paragraphs.end() || (lead + 1)->sentences.empty()) return;
  uint32_t begin = layers_.sentences[lead->sentences.begin].tokens.begin;
  const IndexRange opening = layers_.sentences[lead->sentences.begin].tokens;
  const uint32_t next = layers_.sentences[(lead + 1)->sentences.begin].tokens.begin;
  begin = behind_dateline(opening);
  if (begin >= opening.end || tag(begin) != Tag::DT) return;
  const uint32_t p = workspace_.noun_phrase[begin];
  if (p == Workspace::kNone) return;
  const uint32_t head = workspace_.noun_phrases[p].head;
  if (head <= begin || !is_role_noun(head)) return;
  const std::string_view noun = workspace_.types.lower(workspace_.word[head]);
  if (noun == "man" || noun == "woman") return;
  const bool definite = facts(begin).is(WordList::Definite);
  uint32_t end = head + 1;
  while (end < opening.end && (is_modifier(end) || tag(end) == Tag::DT || is_lower(end, WordList::Preposition)) &&
         tag(end) != Tag::VBG && tag(end) != Tag::VBN)
    ++end;
  while (end > head + 1 && !is_noun(tag(end - 1))) --end;
  uint32_t verb = end;  // persons who are named before it belong to the phrase
  while (verb < opening.end && !is_finite_verb(tag(verb))) ++verb;
  const auto first =
      std::find_if(persons.begin(), persons.end(), [&](uint32_t m) { return notes_.mention_tokens[m].begin >= verb; });
  if (first == persons.end()) return;
  const IndexRange name = notes_.mention_tokens[*first];
  const IndexRange second = layers_.sentences[(lead + 1)->sentences.begin].tokens;
  if (name.size() < 2 || name.begin < next || name.end + 2 >= second.end) return;
  const bool age = is_sign(name.end, ',') && tag(name.end + 1) == Tag::CD && is_sign(name.end + 2, ',');
  const bool civil = name.begin == next + 1 && facts(next).title == TitleKind::Civil && is_finite_verb(tag(name.end));
  const bool opens = name.begin == next || civil ||
                     (is_sign(name.begin - 1, ',') && name.end + 3 < second.end && is_finite_verb(tag(name.end + 3)));
  if (!opens || (!age && !civil)) return;
  const int8_t likely = facts(name.begin).first_name;  // above 0: a man's
  const Gender gender = facts(head).gender;
  if ((gender == Gender::Female && likely > 0) || (gender == Gender::Male && likely < 0)) return;
  add(*first, begin + 1, definite ? end : head + 1, head, out);
}

// "PORT WENDELL, Ohio (LP) — The mayor", "SINGAPORE – A manager": the token behind the dash.
uint32_t RoleFinder::behind_dateline(IndexRange sentence) const {
  constexpr uint32_t kDateline = 12;
  if (sentence.empty() || !facts(sentence.begin).all_upper || tag(sentence.begin) == Tag::DT) return sentence.begin;
  for (uint32_t t = sentence.begin + 1; t + 1 < std::min(sentence.end, sentence.begin + kDateline); ++t) {
    const std::string_view sign = text(t);
    if (sign == "—" || sign == "–" || sign == "-" || sign == "--" || sign == ":") return t + 1;
  }
  return sentence.begin;
}

}  // namespace newsnlp
