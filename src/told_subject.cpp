#include "told_subject.h"

#include <algorithm>

namespace newsnlp {
namespace {

/// "Families in the port of | Ribeira": with the nouns that its prepositions belong to.
IndexRange with_outer_nouns(const Statements& all, const Statement& s, IndexRange subject) {
  for (int steps = 0; steps < 6 && !subject.empty() && subject.begin > s.sentence.begin + 1; ++steps) {
    uint32_t in = subject.begin - 1;
    if ((all.tag(in) != Tag::IN && all.tag(in) != Tag::TO) || all.lower(in) == "that") break;
    if (in > s.sentence.begin + 1 && all.tag(in - 1) == Tag::VBN) --in;  // "passengers booked on the trip"
    const IndexRange outer = all.noun_phrase_before(in);
    if (outer.empty() || all.is_date(outer)) break;
    subject.begin = outer.begin;
  }
  return subject;
}

/// "Families in the port of Ribeira | were told": not Ribeira. "A clerk who stole from a bank | was warned": not the
/// bank.
IndexRange whole_subject(const Statements& all, const Statement& s) {
  constexpr uint32_t kClause = 16;
  IndexRange subject = with_outer_nouns(all, s, all.noun_phrase_before(s.group.begin));
  if (subject.empty()) return subject;
  const uint32_t first = subject.begin - std::min(subject.begin - s.sentence.begin, kClause);
  bool verb = false;  // "the tower when he was warned": no clause stands between
  // "anyone who has film or saw the crash | is asked"
  const bool object = subject.begin > s.sentence.begin && all.is_verb(subject.begin - 1);
  for (uint32_t t = subject.begin; t > first; --t) {
    const Tag g = all.tag(t - 1);
    verb |= all.is_finite(t - 1);
    if (g == Tag::WP || g == Tag::WRB) {
      const IndexRange outer = all.noun_phrase_before(t - 1);
      if (!verb || outer.empty() || outer.begin < s.sentence.begin || all.is_date(outer)) break;
      subject.begin = outer.begin;
      return with_outer_nouns(all, s, subject);
    }
    if ((g == Tag::CC && !object) || all.quoted(t - 1) != all.quoted(s.head) ||
        all.layers().tokens[t - 1].kind == TokenKind::Punctuation)
      break;
  }
  return subject;
}

/// "He said he had tried but | was told": the subject of the verb before. "The pitcher, who is 22, | had been told":
/// the noun that the clause tells of.
IndexRange earlier_subject(const Statements& all, const Statement& s) {
  constexpr uint32_t kFar = 28;
  if (s.group.begin < s.sentence.begin + 2) return {};
  const uint32_t joint = s.group.begin - 1;
  const std::string_view w = all.lower(joint);
  const bool comma = all.is_comma(joint);
  if (!comma && w != "and" && w != "but" && w != "then") return {};
  const uint32_t first = joint - std::min(joint - s.sentence.begin, kFar);
  if (comma) {  // "Their mother, Ann Marsh, | had been told"
    const IndexRange apposed = all.noun_phrase_before(joint);
    if (!apposed.empty() && apposed.begin > s.sentence.begin + 1 && all.is_comma(apposed.begin - 1)) {
      const IndexRange subject = all.noun_phrase_before(apposed.begin - 1);
      if (!subject.empty() && subject.begin == s.sentence.begin) return {subject.begin, joint};
    }
  }
  for (uint32_t t = joint; t > first;) {
    --t;
    if (comma) {
      if (t == first || (all.tag(t) != Tag::WP && all.tag(t) != Tag::WDT) || !all.is_comma(t - 1)) continue;
      return all.noun_phrase_before(t - 1);
    }
    if (!all.is_finite(t)) continue;
    const IndexRange subject = all.noun_phrase_before(t);
    if (subject.empty() || subject.begin < first || all.is_date(subject)) continue;
    if (subject.begin > s.sentence.begin && all.tag(subject.begin - 1) == Tag::IN &&
        all.lower(subject.begin - 1) != "that")
      continue;
    // "He asked how long she had | and was told": not she
    if (subject.begin > first + 1 && (all.tag(subject.begin - 1) == Tag::WRB || all.tag(subject.begin - 2) == Tag::WRB))
      continue;
    return subject;
  }
  // "She rang 999 and | was told": a verb that was taken for a noun
  const uint32_t opening = s.sentence.begin + (all.is_double_mark(s.sentence.begin) ? 1 : 0);
  if (!comma && all.tag(opening) == Tag::PRP && first == s.sentence.begin) return {opening, opening + 1};
  return {};
}

}  // namespace

// An order or nothing follows where the one who is told should.
bool lacks_auxiliary(const Statements& all, const Statement& s) {
  if (s.passive || s.source.empty() || all.lower(s.head) != "told" || s.group.begin != s.head) return false;
  if (s.source.front().end != s.head) return false;
  const uint32_t next = s.head + 1;
  if (next >= s.sentence.end || all.lower(next) == ".") return true;
  const std::string_view w = all.lower(next);
  return all.is_infinitive(next) || w == "they" || w == "he" || w == "she" || w == "we";
}

namespace {

/// "He and | his partner were told": both, where they begin the sentence.
IndexRange with_first(const Statements& all, const Statement& s, IndexRange subject) {
  if (subject.begin < s.sentence.begin + 2 || !all.is_word(subject.begin - 1, "and")) return subject;
  const IndexRange first = all.noun_phrase_before(subject.begin - 1);
  return !first.empty() && first.begin == s.sentence.begin ? IndexRange{first.begin, subject.end} : subject;
}

}  // namespace

IndexRange told_subject(const Statements& all, const Statement& s) {
  const IndexRange subject = !s.source.empty() && s.source.front().end <= s.group.begin
                                 ? s.source.front()
                                 : with_first(all, s, whole_subject(all, s));
  return subject.empty() ? earlier_subject(all, s) : subject;
}

IndexRange asked_subject(const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  // "The minister, asked whether …, said": no adjunct stands there.
  if (s.head > s.sentence.begin + 1 && all.is_comma(s.head - 1)) {
    const IndexRange subject = all.noun_phrase_before(s.head - 1);
    const bool adjunct = !subject.empty() && subject.begin > s.sentence.begin && all.tag(subject.begin - 1) == Tag::IN;
    if (!subject.empty() && !adjunct && !all.is_date(subject) && !all.quoted(subject.begin) &&
        !Statements::inside(s.content, subject.begin))
      return subject;
  }
  const bool when = s.group.begin > s.sentence.begin + 1 && all.is_word(s.group.begin - 1, "when");
  IndexRange before;            // "“…,” Moss said | when asked about it"
  constexpr size_t kNear = 64;  // statements on each side
  const size_t last = std::min(all.size(), quote + kNear + 1);
  for (size_t other = quote - std::min(quote, kNear); other < last; ++other) {
    const Statement& o = all[other];
    if (other == quote || o.cue.empty() || o.source.empty()) continue;
    if (when && o.group.end < s.group.begin && o.group.begin >= s.sentence.begin) before = o.source.front();
    if (o.group.begin < s.cue.back().end) continue;
    if (o.group.begin < s.sentence.end && o.group.begin >= s.sentence.begin) return o.source.front();
  }
  if (!before.empty()) return before;
  // "Pressed on whether he would sell, | the owner smiled": the content took it in.
  if (s.content.empty()) return {};
  if (s.bare_participle && s.group.begin == s.sentence.begin && s.content.back().end + 1 >= s.sentence.end) {
    constexpr uint32_t kFar = 12;
    const uint32_t end = s.content.back().end;
    const uint32_t first = std::max(s.content.front().begin + 3, end - std::min(end, kFar));
    for (uint32_t t = end - 1; t > first; --t) {
      if (!all.is_comma(t)) continue;
      const IndexRange subject = all.noun_phrase_at(t + 1);
      if (!subject.empty() && subject.begin == t + 1 && subject.end < end && all.is_finite(subject.end)) return subject;
    }
  }
  // No report follows: the noun phrase behind the comma that ends the participle's clause.
  constexpr uint32_t kClause = 8;
  uint32_t comma = s.content.back().end;
  const uint32_t stop = std::min(s.sentence.end, comma + kClause);
  while (comma < stop && !all.is_comma(comma) && !all.is_verb(comma)) ++comma;
  if (comma + 1 >= s.sentence.end || all.lower(comma) != ",") return {};
  return all.noun_phrase_at(comma + 1);
}

}  // namespace newsnlp
