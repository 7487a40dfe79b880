#include "taken_addressee.h"

#include <algorithm>

#include "told_clause.h"

namespace newsnlp {
namespace {

/// "to leave", "to “stop the circus”", "to shop around": the word behind may be in marks, or a verb that is a noun as
/// well.
bool is_order(const Statements& all, uint32_t to) {
  if (all.lower(to) != "to" || to + 1 >= all.token_count()) return false;
  if (all.tag(to + 1) == Tag::VB || all.is_double_mark(to + 1)) return true;
  if (all.tag(to + 1) != Tag::NN || to + 2 >= all.token_count()) return false;
  const Tag behind = all.tag(to + 2);
  return behind == Tag::RB || behind == Tag::RP || behind == Tag::DT || behind == Tag::PRPS || behind == Tag::PRP;
}

/// "to leave", "not to leave", "that …", "whether …" behind what may be an addressee that the content's span took in.
bool begins_report(const Statements& all, const Statement& s, uint32_t t) {
  // "urged both sides on Wednesday to return", "urged people over 65 to book"
  for (int i = 0; i < 2 && t + 1 < s.sentence.end && all.tag(t) == Tag::IN && all.lower(t) != "that"; ++i) {
    const IndexRange more = all.noun_phrase_at(t + 1);
    if (more.empty()) break;
    t = more.end;
  }
  for (int i = 0; i < 2 && t < s.sentence.end && (all.tag(t) == Tag::RB || all.lower(t) == "not"); ++i) ++t;
  // "urge colleagues next week to back it"
  for (int i = 0; i < 3 && t + 1 < s.sentence.end && all.kinds(t).has(WordKind::DateWord); ++i) ++t;
  if (t >= s.sentence.end) return false;
  const std::string_view w = all.lower(t);
  if (t < s.content.back().end && all.tag(t) == Tag::DT &&
      w != "that")  // "promised fans a second show", no sum "a year"
    return t + 1 < s.sentence.end && !all.kinds(t + 1).has(WordKind::DateWord);
  return is_order(all, t) || w == "that" || w == "whether" || w == "if" || w == "not";
}

/// "me", "him": never the subject of what is reported.
bool is_objective(const Statements& all, IndexRange phrase) {
  const std::string_view w = all.lower(phrase.begin);
  return phrase.size() == 1 && (w == "me" || w == "him" || w == "us" || w == "them");
}

}  // namespace

bool is_passive_order(const Statements& all, const Statement& s, uint32_t to) {
  return to + 2 < s.sentence.end && all.lower(to) == "to" && all.lower(to + 1) == "be" && all.tag(to + 2) == Tag::VBN &&
         all.lower(s.head).starts_with("order");
}

bool is_count(const Statements& all, IndexRange phrase) {
  return all.lower(phrase.end - 1) == "times" && !all.capitalised(phrase.end - 1);
}

bool begins_matter(const Statements& all, const Statement& s, uint32_t t) {
  const uint32_t end = std::min(s.sentence.end, s.content.back().end);
  if (t + 1 < end && all.tag(t) == Tag::RB) ++t;
  if (t + 1 >= end) return false;
  const uint32_t mark = all.is_comma(t) ? t + 1 : t;
  const std::string_view text = all.layers().of(all.layers().tokens[mark]);
  if (all.is_double_mark(mark) || text == "‘" || text == "'") return true;
  const std::string_view verb = all.lower(s.head);
  const std::string_view w = all.lower(t);
  const bool asks = verb.starts_with("ask") || verb.starts_with("thank") || verb.starts_with("beg");
  if (w == "for") return asks;
  if (w == "against") return verb.starts_with("warn") || verb.starts_with("advis") || verb.starts_with("caution");
  return w == "of" && !asks &&
         (verb.starts_with("warn") || verb.starts_with("assur") || verb.starts_with("inform") ||
          verb.starts_with("remind") || verb.starts_with("notif"));
}

IndexRange taken_in(const Statements& all, const Statement& s, IndexRange phrase) {
  if (phrase.empty() || s.content.empty() || all.is_date(phrase) || Statements::inside(s.source, phrase.begin))
    return {};
  const uint32_t begin = s.content.front().begin;
  const bool behind_to = phrase.begin == begin + 1 && all.kinds(begin).has(WordKind::ToPreposition);
  if ((phrase.begin != begin && !behind_to) || all.lower(phrase.begin) == "that" || is_count(all, phrase)) return {};
  if (is_objective(all, phrase) && phrase.end < s.content.front().end) return phrase;
  const IndexRange whole = all.extended(phrase);
  if (begins_report(all, s, whole.end)) return is_passive_order(all, s, whole.end) ? IndexRange{} : whole;
  if (behind_to || is_told_thing(all, phrase)) return {};
  // "warn mountain ‘could come down’": a headline's subject
  if (phrase.size() == 1 && (all.tag(begin) == Tag::NN || all.tag(begin) == Tag::DT)) return {};
  return begins_matter(all, s, phrase.end) ? phrase : IndexRange{};
}

IndexRange behind_to(const Statements& all, const Statement& s) {
  const IndexRange cue = s.cue.front();
  const bool taken = cue.size() > 1 && all.lower(cue.end - 1) == "to";
  const uint32_t begin = taken ? cue.end : cue.end + 1;
  if (s.content.empty() || s.content.front().begin != begin || (!taken && all.lower(cue.end) != "to")) return {};
  if (all.lower(s.head).starts_with("point") && all.tag(begin - 2) != Tag::RP) return {};  // "pointed to the fact"
  const IndexRange phrase = all.noun_phrase_at(begin);
  if (phrase.empty() || is_told_thing(all, phrase)) return {};
  const bool more = phrase.end < s.content.front().end;
  return more && !all.is_verb(begin) && !all.is_date(phrase) ? phrase : IndexRange{};
}

}  // namespace newsnlp
