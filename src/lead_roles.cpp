// Room: linker. Roles that stand apart from the name that the article begins with: in the sentences behind it, in the
// lead before it.
#include <algorithm>

#include "roles.h"

namespace newsnlp {

// "The transport secretary had …", "The 'Salt Year' star, 38, tells", "The author of Salt on …" below a headline: the
// role that begins a sentence, or stands behind a quotation ("…,” the singer said"). Empty: none.
IndexRange RoleFinder::described(uint32_t begin, uint32_t end, bool below_headline, uint32_t& head, bool& age) const {
  constexpr uint32_t kPhrase = 10;  // tokens
  age = false;
  if (begin >= end || !facts(begin).is(WordList::Definite) || tag(begin) != Tag::DT) return {};
  if (workspace_.quotation[begin] != Quotation::Outside) return {};
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
    for (++t; t < stop && (is_modifier(t) || tag(t) == Tag::DT); ++t)
      if (is_noun(tag(t))) close = t + 1;
  if (t + 3 < end && is_sign(t, ',') && tag(t + 1) == Tag::CD && is_sign(t + 2, ',')) age = true, t += 3;
  const bool verb = t < end && is_finite_verb(tag(t));
  if (verb && facts(t).small == SmallWord::Be && t + 1 < end && tag(t + 1) == Tag::NNP) return {};  // "is Ann Moss"
  if (!verb && !age && !(below_headline && t < end && tag(t) == Tag::IN)) return {};
  return {begin + 1, close};
}

// "The putt gave the 27-year-old Swede the title".
IndexRange RoleFinder::aged(IndexRange sentence, uint32_t& head) const {
  for (uint32_t t = sentence.begin + 5; t + 1 < sentence.end; ++t) {
    if (tag(t - 4) != Tag::CD || !is_sign(t - 1, '-') || text(t) != "old") continue;
    if (facts(t - 5).small != SmallWord::The) continue;
    uint32_t end = t + 1;
    while (end < sentence.end && (is_noun(tag(end)) || tag(end) == Tag::JJ)) ++end;
    head = end - 1;
    const WordFacts& f = facts(head);
    if (head > t && (is_role_noun(head) || f.is(WordList::People) || f.is(WordList::Nation))) return {t - 4, end};
  }
  return {};
}

// No sentence: a headline, a byline.
bool RoleFinder::is_line(uint32_t paragraph) const {
  const IndexRange sentences = layers_.paragraphs[paragraph].sentences;
  return !sentences.empty() && tag(layers_.sentences[sentences.end - 1].tokens.end - 1) != Tag::Period;
}

// A place's name begins there: "GRAZ: Ann Moss has said".
bool RoleFinder::is_place(uint32_t token) const {
  const size_t m = mention_at_or_before(notes_, token);
  return m < layers_.mentions.size() && notes_.mention_tokens[m].begin == token &&
         layers_.mentions[m].type == EntityType::Location;
}

// "MOSS: Good afternoon."
bool RoleFinder::is_turn(uint32_t paragraph) const {
  constexpr uint32_t kName = 5;  // tokens
  const IndexRange sentences = layers_.paragraphs[paragraph].sentences;
  if (sentences.empty()) return false;
  const IndexRange tokens = layers_.sentences[sentences.begin].tokens;
  for (uint32_t t = tokens.begin + 1; t < std::min(tokens.end, tokens.begin + kName); ++t)
    if (is_sign(t, ':')) return !is_line(paragraph) && !is_place(tokens.begin);
  return false;
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
  const auto other = std::find_if(first_of, persons.end(), [&](uint32_t m) {
    return !notes_.mention_tokens[m].empty() && surname(m) != surname(person) && counts(m);
  });
  const uint32_t alone_until = other == persons.end() ? Workspace::kNone : begin_of(*other);
  const uint32_t first = workspace_.sentence[begin_of(person)];
  const auto all = static_cast<uint32_t>(layers_.sentences.size());
  uint32_t last = first;  // the last sentence that names the person, and whether it begins so
  bool subject = begin_of(person) == layers_.sentences[first].tokens.begin;
  // "SEIU chief says Moss can win": the headline is about somebody else.
  const bool about = subject ||
                     layers_.paragraphs[workspace_.paragraph[begin_of(person)]].kind == ParagraphKind::Body ||
                     is_sign(begin_of(person) - 1, ':');
  uint32_t until = about ? first + kSentences : first;
  auto here = first_of;  // the first one named in the sentence, or behind it
  for (uint32_t s = first + 1; s < std::min(all, first + kAll); ++s) {
    const IndexRange sentence = layers_.sentences[s].tokens;
    const uint32_t paragraph = workspace_.paragraph[sentence.begin];
    const uint32_t above = workspace_.paragraph[layers_.sentences[s - 1].tokens.begin];
    if ((above != paragraph || s == first + 1) && is_turn(paragraph)) return;
    const bool alone = sentence.begin <= alone_until;
    const bool told = subject && last + 1 == s;
    if (s <= until && (alone || told)) {
      const bool below =
          above != paragraph && above == workspace_.paragraph[begin_of(person)] && is_line(above) && is_line(paragraph);
      uint32_t head = 0;
      bool age = false;
      IndexRange role = described(sentence.begin, sentence.end, below, head, age);
      if (role.empty()) {  // "…,” the singer said", "In a book out today, the singer says"
        uint32_t t = sentence.begin;
        const bool phrase = tag(t) == Tag::IN;
        while (t + 1 < sentence.end &&
               !((tag(t) == Tag::CloseQuote || (phrase && is_sign(t, ','))) && facts(t + 1).small == SmallWord::The))
          ++t;
        role = described(t + 1, sentence.end, false, head, age);
      }
      if (role.empty() && alone) role = aged(sentence, head);
      // "Ann Moss left Rui Costa, it emerged. The singer, 38, said": the subject of the sentence before.
      if (!role.empty() && (role.begin <= alone_until || (age && told)) && may_describe(person, first, role, head))
        return add(person, role.begin, role.end, head, out);
    }
    while (here != persons.end() && begin_of(*here) < sentence.begin) ++here;
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
    const bool compound = t > 0 && is_sign(t - 1, '-');                      // "her co-star"
    if (facts(t).key == facts(head).key && !title && !compound) return false;
  }
  return true;
}

// "Munro is eighty-six. He was the keeper at Skerry.": the pronoun that begins the sentence behind the one that the
// name begins; of such a name.
void RoleFinder::told_of_pronoun(uint32_t mention, std::vector<FoundRole>& out) const {
  constexpr uint32_t kApposed = 12;  // tokens from the head to the pronoun
  const uint32_t s = workspace_.sentence[notes_.mention_tokens[mention].begin];
  if (s + 1 >= layers_.sentences.size()) return;
  const IndexRange next = layers_.sentences[s + 1].tokens;
  const uint32_t t = next.begin;
  const auto is_he = [&](uint32_t x) {
    return facts(x).person == PronounPerson::He || facts(x).person == PronounPerson::She;
  };
  if (next.size() < 5 || workspace_.quotation[t] != Quotation::Outside) return;
  if (mention + 1 < layers_.mentions.size() && layers_.mentions[mention + 1].type == EntityType::Person &&
      notes_.mention_tokens[mention + 1].begin < t)
    return;
  if (is_he(t)) return is_told(mention, t + 1, next.end, out);
  if (facts(t).is(WordList::Definite)) {  // "Ann Moss stayed. The retired nurse, 71, has counted the planes."
    uint32_t head = 0;
    bool age = false;
    const IndexRange role = described(t, next.end, false, head, age);
    if (!role.empty() && age && may_describe(mention, s, role, head)) add(mention, role.begin, role.end, head, out);
    return;
  }
  if (!facts(t).is(WordList::Indefinite) || tag(t) != Tag::DT) return;
  const uint32_t head = phrase_head(t, next.end);
  if (head == Workspace::kNone || says_nothing(head)) return;
  for (uint32_t x = head + 1; x + 1 < std::min(next.end, head + kApposed); ++x)
    if (is_sign(x, ',') && is_he(x + 1)) return add_told(mention, t + 1, head, next.end, out);
}

// "A union official said that … “We are tired,” Ann Moss said.", "Lily's mother thanked them. “…,” Ann Moss wrote.":
// the subject of a sentence, and who is named first behind the quotation that follows, right behind its mark.
void RoleFinder::told_of_subject(uint32_t mention, std::vector<FoundRole>& out) const {
  constexpr uint32_t kQuotation = 3, kMentions = 64;  // sentences; before this one
  const IndexRange name = notes_.mention_tokens[mention];
  if (name.size() < 2 || name.end >= layers_.tokens.size() || !is_finite_verb(tag(name.end))) return;
  for (uint32_t m = mention; m > 0 && mention - m < kMentions; --m) {  // named before
    const IndexRange earlier = notes_.mention_tokens[m - 1];
    if (!earlier.empty() && facts(earlier.begin).key == facts(name.begin).key) return;
  }
  uint32_t s = workspace_.sentence[name.begin];
  for (uint32_t left = kQuotation; s > 0 && left > 0; --left, --s)
    if (workspace_.quotation[layers_.sentences[s].tokens.begin] == Quotation::Outside &&
        tag(layers_.sentences[s].tokens.begin) != Tag::OpenQuote)
      break;
  const IndexRange sentence = layers_.sentences[s].tokens;
  if (sentence.end > name.begin || workspace_.paragraph[name.begin] > workspace_.paragraph[sentence.begin] + 1) return;
  const uint32_t p = workspace_.noun_phrase[sentence.begin];
  if (p == Workspace::kNone) return;
  const NounPhrase& phrase = workspace_.noun_phrases[p];
  uint32_t begin = sentence.begin;
  const uint32_t head = phrase_head(begin, sentence.end);
  if (head == Workspace::kNone || head + 1 >= sentence.end || !is_finite_verb(tag(head + 1))) return;
  bool owned = tag(begin) == Tag::PRPS;
  for (uint32_t t = begin; t < head; ++t) owned |= tag(t) == Tag::POS;
  const bool indefinite = tag(begin) == Tag::DT && facts(begin).is(WordList::Indefinite);
  if (!owned && !indefinite) return;
  if (phrase.head != head && !owned) return;
  const int8_t likely = facts(name.begin).first_name;
  const Gender gender = facts(head).gender;
  if ((gender == Gender::Female && likely > 0) || (gender == Gender::Male && likely < 0)) return;
  if (tag(begin) == Tag::DT) ++begin;
  add(mention, begin, head + 1, head, out);
}

void RoleFinder::find_in_lead(std::span<const uint32_t> persons, std::vector<FoundRole>& out) const {
  const auto& paragraphs = layers_.paragraphs;
  const auto lead = std::find_if(paragraphs.begin(), paragraphs.end(), [&](const Paragraph& p) {
    if (p.kind != ParagraphKind::Body || p.sentences.empty()) return false;
    const std::string_view sign = text(layers_.sentences[p.sentences.begin].tokens.begin);
    if (sign == "•" || sign == "*" || sign == "-" || sign == "–") return false;        // a point of a summary
    return tag(layers_.sentences[p.sentences.end - 1].tokens.end - 1) == Tag::Period;  // no byline
  });
  if (lead == paragraphs.end()) return;
  if (paragraphs.front().kind == ParagraphKind::Headline) find_in_headline(persons, *lead, out);
  if (lead + 1 == paragraphs.end() || (lead + 1)->sentences.empty()) return;
  const IndexRange opening = layers_.sentences[lead->sentences.begin].tokens;
  const uint32_t next = layers_.sentences[(lead + 1)->sentences.begin].tokens.begin;
  const uint32_t begin = behind_dateline(opening);
  if (begin >= opening.end) return;
  const bool definite = facts(begin).is(WordList::Definite);
  const bool opened = tag(begin) == Tag::DT || definite || facts(begin).is(WordList::Indefinite);
  const uint32_t p = tag(begin) == Tag::DT ? workspace_.noun_phrase[begin] : Workspace::kNone;
  uint32_t head = Workspace::kNone;
  if (opened) head = p != Workspace::kNone ? workspace_.noun_phrases[p].head : phrase_head(begin, opening.end);
  const bool role = head != Workspace::kNone && head > begin && is_role_noun(head);
  if (role && says_nothing(head) && facts(head).noun != NounKind::Kin) return;
  uint32_t end = role ? head + 1 : begin;
  while (role && end < opening.end &&
         (is_modifier(end) || tag(end) == Tag::DT || is_lower(end, WordList::Preposition)) && tag(end) != Tag::VBG &&
         tag(end) != Tag::VBN)
    ++end;
  while (role && end > head + 1 && !is_noun(tag(end - 1))) --end;
  uint32_t verb = end;  // persons who are named before it belong to the phrase
  while (verb < opening.end && !is_finite_verb(tag(verb))) ++verb;
  const auto first =
      std::find_if(persons.begin(), persons.end(), [&](uint32_t m) { return notes_.mention_tokens[m].begin >= verb; });
  if (first == persons.end()) return;
  const IndexRange name = notes_.mention_tokens[*first];
  const IndexRange second = layers_.sentences[(lead + 1)->sentences.begin].tokens;
  if (name.size() < 2 || name.begin < next || name.end + 2 >= second.end) return;
  const bool who = is_sign(name.end, ',') && (facts(name.end + 1).person == PronounPerson::Who ||
                                              facts(name.end + 1).small == SmallWord::Of);  // ", of Mill Lane,"
  const bool age = who || (is_sign(name.end, ',') && tag(name.end + 1) == Tag::CD && is_sign(name.end + 2, ','));
  const bool civil = name.begin == next + 1 && facts(next).title == TitleKind::Civil && is_finite_verb(tag(name.end));
  const bool opens = name.begin == next || civil ||
                     (is_sign(name.begin - 1, ',') && name.end + 3 < second.end && is_finite_verb(tag(name.end + 3)));
  if (!opens || (!age && !civil)) return;
  const int8_t likely = facts(name.begin).first_name;  // above 0: a man's
  const auto agrees = [&](uint32_t noun) {
    const Gender gender = facts(noun).gender;
    return !((gender == Gender::Female && likely > 0) || (gender == Gender::Male && likely < 0));
  };
  if (role && agrees(head)) return add(*first, begin + 1, definite ? end : head + 1, head, out);
  // "A trust has apologised to the family of a retired driver who waited. ¶ Al Moss, 78, was": the first of whom a
  // clause tells, where the subject is somebody else.
  for (uint32_t t = begin + 1; t + 1 < opening.end; ++t) {
    if (facts(t + 1).person != PronounPerson::Who) continue;
    const uint32_t phrase = workspace_.noun_phrase[t];
    if (phrase == Workspace::kNone || !is_role_noun(t) || says_nothing(t) || !agrees(t)) return;
    uint32_t from = workspace_.noun_phrases[phrase].tokens.begin;
    if (tag(from) == Tag::DT) ++from;
    if (from <= t) add(*first, from, t + 1, t, out);
    return;
  }
}

// "The playwright who kept her bad reviews ¶ Ann Moss keeps them in a tin.": whom the text below the headline names
// first.
void RoleFinder::find_in_headline(std::span<const uint32_t> persons, const Paragraph& lead,
                                  std::vector<FoundRole>& out) const {
  const IndexRange title = layers_.sentences[layers_.paragraphs.front().sentences.begin].tokens;
  const uint32_t begin = layers_.sentences[lead.sentences.begin].tokens.begin;
  if (tag(title.begin) != Tag::DT) return;
  const uint32_t head = phrase_head(title.begin, title.end);
  if (head == Workspace::kNone || head + 2 >= title.end || facts(head + 1).person != PronounPerson::Who) return;
  const auto first =
      std::find_if(persons.begin(), persons.end(), [&](uint32_t m) { return !notes_.mention_tokens[m].empty(); });
  if (first == persons.end() || says_nothing(head)) return;
  const IndexRange name = notes_.mention_tokens[*first];
  if (name.begin != begin || name.size() < 2 || name.end >= layers_.tokens.size() || !is_finite_verb(tag(name.end)))
    return;
  const int8_t likely = facts(name.begin).first_name;
  const Gender gender = facts(head).gender;
  if ((gender == Gender::Female && likely > 0) || (gender == Gender::Male && likely < 0)) return;
  add(*first, title.begin + 1, head + 1, head, out);
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
