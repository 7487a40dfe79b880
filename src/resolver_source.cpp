#include "resolver_source.h"

#include <algorithm>

#include "adjunct_words.h"
#include "source_reader.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMaxTokens = 48;

}  // namespace

SourceReading SourceReader::read(IndexRange source) {
  SourceReading r;
  uint32_t t = source.begin;
  while (t < source.end && skippable(t)) ++t;
  t = behind_time(t, source.end);
  if (t == source.end) return r;
  if (t > source.begin && t + 1 < source.end && tag(t) == Tag::JJS && lower(t) == "least")
    ++t;  // "At least 12 doctors"
  // "More than 85 per cent of the voters"
  const uint32_t more = t;
  if (t + 2 < source.end && tag(t + 1) == Tag::IN && grades(t) && lower(t + 1) == "than") t += 2;
  // "One, a professor at Graz,"
  if (t + 3 < source.end && is_sign(t + 1, ',') && lower(t) == "one" && facts(t + 2).is(WordList::Indefinite)) t += 2;
  const WordFacts& first = facts(t);
  if (first.pronoun != PronounKind::None && first.has_upper && t > 0 && tag(t - 1) == Tag::NNP && inside_name(r, t))
    return r;
  if ((tag(t) == Tag::WDT && lower(t) == "which") ||
      (first.pronoun != PronounKind::None && !is_acronym(t) &&
       (first.pronoun != PronounKind::Possessive || t + 1 == source.end || tag(t) == Tag::PRP || !continues(t + 1)))) {
    r.head = t;
    r.kind = joined(t + 1, source.end) ? SourceKind::Group : SourceKind::Pronoun;  // "she and her sister"
    r.phrase = {t, r.kind == SourceKind::Group ? pair_end(t, source.end, mention_at_or_before(notes_, t)) : t + 1};
    return r;
  }
  r.definite = first.is(WordList::Definite);
  r.possessive = (tag(t) == Tag::PRPS || first.pronoun == PronounKind::Possessive) && !is_acronym(t);
  find_head(r, t, source.end);
  if (r.head == SourceReading::kNone && first.pronoun != PronounKind::None && is_acronym(t)) {
    r.head = t;  // "WHO warns of a new virus"
    r.kind = SourceKind::Body;
    r.phrase = {t, t + 1};
    const size_t m = mention_at_or_before(notes_, t);
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].end > t) name(r, t, m);
    return r;
  }
  if (r.head == SourceReading::kNone) return any_mention(r, source);
  if (!r.definite) r.head = before_honour(behind_title(r.head, source.end));
  size_t mention = mention_at_or_before(notes_, r.head);
  const auto is_pair = [&] {
    const uint32_t end = pair_end(r.head, source.end, mention);
    if (end == SourceReading::kNone) return false;
    r.kind = SourceKind::Group;
    r.phrase.end = end;
    return true;
  };
  if (is_pair() || titled_person(r, source.end, mention)) return r;
  if (behind_body(r, source.end, mention)) {
    mention = mention_at_or_before(notes_, r.head);
    if (is_pair()) return r;
  }
  // "the Hull District Commander, Superintendent Ann Lee": an office, whatever it was found as
  const bool office = mention < layers_.mentions.size() && notes_.mention_tokens[mention].end == r.head + 1 &&
                      layers_.mentions[mention].type != EntityType::Person && is_office(r.head);
  if (office && apposition(r, source.end)) return r;
  if (name(r, r.head, mention) || called_medium(r, mention)) return r;
  if (apposition(r, source.end) || long_title(r, source.end) || behind_kind(r) || before_kind(r, mention)) return r;
  r.kind = kind_of(facts(r.head), r);
  if (r.kind == SourceKind::Role && r.phrase.end + 2 < source.end &&
      (is_sign(r.phrase.end, ',') || is_sign(r.phrase.end, '(') || facts(r.phrase.end).person == PronounPerson::Who) &&
      named_last(r, source.end))
    return r;
  while (r.kind == SourceKind::Group && r.phrase.begin > source.begin && tag(r.phrase.begin - 1) == Tag::RB &&
         !says_now(lower(r.phrase.begin - 1)) && lower(r.phrase.begin - 1) != "least")
    --r.phrase.begin;  // "about one in six"
  if (r.kind == SourceKind::Group) r.phrase.begin = std::min(r.phrase.begin, more);
  if (r.kind == SourceKind::Writing) {
    constexpr uint32_t kClause = 10;  // tokens of "(The petition), filed by Ann Lee and others,"
    const uint32_t last = layers_.sentences[workspace_.sentence[source.begin]].tokens.end;
    const bool clause = source.end + 2 < last && is_sign(source.end, ',') && tag(source.end + 1) == Tag::VBN;
    author_of(r, clause ? std::min(last, source.end + kClause) : source.end);
  }
  if (r.kind == SourceKind::Role && source.begin > 2) name_in_front(r, source);
  return r;
}

bool SourceReader::is_sign(uint32_t t, char sign) const {
  const Span span = layers_.tokens[t].span;
  return span.size() == 1 && layers_.text[span.begin] == sign;
}

bool SourceReader::skippable(uint32_t t) const {
  if (layers_.tokens[t].kind == TokenKind::Punctuation) return true;
  return tag(t) == Tag::CC || tag(t) == Tag::IN || tag(t) == Tag::TO || (tag(t) == Tag::RB && lower(t) != "no");
}

bool SourceReader::is_acronym(uint32_t t) const {
  if (!facts(t).all_upper || facts(t).single) return false;
  const IndexRange sentence = layers_.sentences[workspace_.sentence[t]].tokens;
  for (uint32_t x = t - std::min(t - sentence.begin, 3U); x < std::min(sentence.end, t + 4); ++x)
    if (layers_.tokens[x].kind == TokenKind::Word && !facts(x).all_upper && x != t) return true;
  return false;
}

uint32_t SourceReader::behind_time(uint32_t t, uint32_t end) const {
  const uint32_t stop = std::min(end, t + 4);
  for (uint32_t x = t; x + 1 < stop; ++x)
    if (facts(x).is(WordList::Time) && tag(x) != Tag::POS) {
      const Tag next = tag(x + 1);
      const bool opens = next == Tag::DT || next == Tag::PRPS || next == Tag::PRP;
      return opens ? x + 1 : t;
    }
  return t;
}

bool SourceReader::is_when(uint32_t t, uint32_t end) const {
  for (const uint32_t stop = std::min(end, t + 3); t < stop; ++t) {
    if (facts(t).is(WordList::Time)) return true;
    const std::string_view w = lower(t);
    if (w != "on" && w != "late" && w != "early" && w != "last") return false;
  }
  return false;
}

bool SourceReader::only_when(uint32_t t, uint32_t end) const {
  const bool modifier = lower(t) == "last" || lower(t) == "late" || lower(t) == "early";
  if (!facts(t).is(WordList::Time) && !(modifier && t + 1 < end && facts(t + 1).is(WordList::Time))) return false;
  if (!is_noun(tag(t - 1)) && tag(t - 1) != Tag::VBN) return false;
  const size_t m = mention_at_or_before(notes_, t);
  const bool named = m < layers_.mentions.size() && layers_.mentions[m].type <= EntityType::Misc;
  if (named && notes_.mention_tokens[m].begin < t && notes_.mention_tokens[m].end > t) return false;  // Sunday Mail
  if (facts(t).first_upper && facts(t - 1).first_upper && !(named && notes_.mention_tokens[m].end == t))
    return false;  // Super Tuesday
  for (t += modifier ? 1 : 0; t < end && facts(t).is(WordList::Time);) ++t;
  return t == end || !(continues(t) || joins(t, end));
}

bool SourceReader::continues(uint32_t t) const {
  switch (tag(t)) {
    case Tag::NN:
    case Tag::NNS:
    case Tag::NNP:
    case Tag::NNPS:
    case Tag::JJ:
    case Tag::JJR:
    case Tag::JJS:
    case Tag::CD:
    case Tag::POS:
    case Tag::HYPH:
    case Tag::VBN:
    case Tag::VBG:
    case Tag::DT:
    case Tag::PRPS:
    case Tag::PDT:
    case Tag::None:
    case Tag::Dollar:
      return layers_.tokens[t].kind != TokenKind::Punctuation || is_sign(t, '-') || tag(t) == Tag::POS;
    case Tag::RB:  // "the far-right party"
      return t + 1 < layers_.tokens.size() && is_sign(t + 1, '-');
    default:
      return is_sign(t, '-') || is_sign(t, '&');
  }
}

bool SourceReader::joins(uint32_t t, uint32_t end) const {
  return t > 0 && t + 1 < end && is_sign(t, '-') && layers_.tokens[t - 1].span.end == layers_.tokens[t].span.begin &&
         layers_.tokens[t].span.end == layers_.tokens[t + 1].span.begin;
}

bool SourceReader::is_possessor(uint32_t t) const {
  return t > 0 && layers_.tokens[t - 1].span.end == layers_.tokens[t].span.begin && lower(t - 1).ends_with('s') &&
         layers_.tokens[t].span.size() != 2;
}

bool SourceReader::is_mark_inside(uint32_t t, uint32_t end, bool& open) const {
  if (layers_.tokens[t].kind != TokenKind::Punctuation || t + 1 >= end) return false;
  if (!is_noun(tag(t + 1)) && tag(t + 1) != Tag::JJ) return false;
  const bool was_open = open;
  open = !was_open && tag(t) == Tag::OpenQuote;
  return open || (tag(t) == Tag::CloseQuote && (was_open || is_possessor(t)));
}

bool SourceReader::before_reverend(uint32_t t, uint32_t end) const {
  if (t + 2 >= end || facts(t + 1).title == TitleKind::None) return false;
  const std::string_view title = lower(t + 1);
  return title.starts_with("rev") || title.starts_with("hon");
}

void SourceReader::find_head(SourceReading& r, uint32_t begin, uint32_t end) const {
  uint32_t t = begin;
  r.phrase = {begin, begin + 1};
  bool open = false;
  for (; t < end && (t == begin || continues(t) || is_mark_inside(t, end, open) || is_markup(t, end) ||
                     (r.head == SourceReading::kNone && (grades(t) || opens_name(t))));
       ++t) {
    // A participle behind the head opens a clause: "people briefed on".
    if (r.head != SourceReading::kNone && (tag(t) == Tag::VBN || tag(t) == Tag::VBG) && t + 1 < end &&
        !is_noun(tag(t + 1)))
      break;
    if (r.head != SourceReading::kNone && tag(t) == Tag::DT && !before_reverend(t, end)) break;
    if (r.head != SourceReading::kNone && only_when(t, end)) {
      r.phrase.end = tag(t - 1) == Tag::VBN && t - 1 > r.head ? t - 1 : t;  // "polls released Sunday"
      return;
    }
    if (is_noun(tag(t)) ||
        (r.head == SourceReading::kNone && (tag(t) == Tag::CD || tag(t) == Tag::JJ || is_participle_noun(t))) ||
        (tag(t) == Tag::None && layers_.tokens[t].kind == TokenKind::Word))
      r.head = t;
    r.possessive |= tag(t) == Tag::POS || (tag(t) == Tag::CloseQuote && !open && is_possessor(t));
  }
  if (r.head == SourceReading::kNone) {
    if (tag(begin) == Tag::DT || tag(begin) == Tag::CD || is_noun(tag(begin)) || facts(begin).noun == NounKind::Group)
      r.head = begin;  // "Most said"
    r.phrase.end = std::max(t, begin + 1);
    return;
  }
  // A name of several words ends where its mention ends.
  r.phrase.end = t;
  while (r.phrase.end < end && !is_sign(r.phrase.end, ',') &&
         (layers_.tokens[r.phrase.end].kind != TokenKind::Punctuation || joins(r.phrase.end, end) ||
          is_sign(r.phrase.end, '%') ||
          (is_possessor(r.phrase.end) && r.phrase.end + 1 < end && is_noun(tag(r.phrase.end + 1)))) &&
         facts(r.phrase.end).person != PronounPerson::Who && tag(r.phrase.end) != Tag::VBD &&
         !is_when(r.phrase.end, end) &&
         !opens_adjunct(lower(r.phrase.end), r.phrase.end + 1 < end ? lower(r.phrase.end + 1) : std::string_view()))
    ++r.phrase.end;
  // "A fixer | known only as Boy"
  if (r.phrase.end >= end || lower(r.phrase.end) != "as") return;
  const auto clause = [&](Tag x) { return x == Tag::VBN || x == Tag::VBD || x == Tag::RB; };
  while (r.phrase.end > r.head + 1 && clause(tag(r.phrase.end - 1))) --r.phrase.end;
}

bool SourceReader::counts_people(const SourceReading& r) const {
  if (r.definite || tag(r.head) != Tag::NN || r.head + 2 >= r.phrase.end || facts(r.head + 1).small != SmallWord::Of)
    return false;
  for (uint32_t t = r.head + 2; t < r.phrase.end && (continues(t) || tag(t) == Tag::DT); ++t)
    if (is_plural(tag(t))) return true;
  return false;
}

SourceKind SourceReader::kind_of(const WordFacts& head, const SourceReading& r) const {
  if (head.noun == NounKind::Writing) return SourceKind::Writing;
  // "the General Staff", "the National Guard": written like a name, a body is one
  const bool titled = tag(r.head) == Tag::NNP && facts(r.head).first_upper && r.head > r.phrase.begin &&
                      tag(r.head - 1) == Tag::NNP && facts(r.head - 1).first_upper;
  if (head.noun == NounKind::Group && titled) return SourceKind::Body;
  if (head.noun == NounKind::Group || counts_people(r)) return SourceKind::Group;
  if (head.plural || is_plural(tag(r.head))) return SourceKind::Group;
  if (tag(r.head) == Tag::CD && !lower(r.phrase.end - 1).ends_with("old")) {
    // "three", "two of the officials", "one in six", but "one of the officials".
    const bool share = r.head + 1 < r.phrase.end && lower(r.head + 1) == "in";
    if (lower(r.head) != "one" || share) return SourceKind::Group;
  }
  switch (head.noun) {
    case NounKind::Person:
    case NounKind::Kin:
      return SourceKind::Role;
    case NounKind::Organization:
    case NounKind::Institution:
    case NounKind::Medium:
      return SourceKind::Body;
    default:
      if (head.title != TitleKind::None) return SourceKind::Role;
      if (lower(r.head) == "one" || lower(r.head).ends_with("old")) return SourceKind::Role;
      if (head.is(WordList::Countryman)) return SourceKind::Role;
      if (r.definite && tag(r.head) != Tag::NN && nationality(head) != 0)
        return nationality(head) == 1 ? SourceKind::Role : SourceKind::Group;
      return tag(r.head) == Tag::NNP ? SourceKind::Body : SourceKind::Role;
  }
}

bool is_nationality(const WordFacts& facts) {
  return SourceReader::nationality(facts) != 0 || facts.is(WordList::Countryman);
}

SourceReading read_source(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange source) {
  source.end = std::min(source.end, source.begin + kMaxTokens);
  return source.empty() ? SourceReading() : SourceReader(layers, workspace, notes).read(source);
}

SourceReading read_phrase(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token) {
  const uint32_t phrase = workspace.noun_phrase[token];
  if (phrase == Workspace::kNone) return {};
  return SourceReader(layers, workspace, notes).read(workspace.noun_phrases[phrase].tokens);
}

}  // namespace newsnlp
