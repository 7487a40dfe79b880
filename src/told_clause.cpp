#include "told_clause.h"

#include <algorithm>

namespace newsnlp {
namespace {

/// "he would", "prices in the city had", "the man and his wife were"
bool begins_clause(const Statements& all, const Statement& s, uint32_t t) {
  IndexRange phrase = all.noun_phrase_at(t);
  if (phrase.empty() || phrase.begin != t || all.lower(t) == "that" || all.tag(t) == Tag::WP) return false;
  for (int steps = 0; steps < 3; ++steps) {
    while (phrase.end < s.sentence.end && all.tag(phrase.end) == Tag::RB) ++phrase.end;
    if (phrase.end + 1 >= s.sentence.end) return false;
    if (all.is_finite(phrase.end)) return true;
    if (all.tag(phrase.end) != Tag::IN && all.tag(phrase.end) != Tag::CC) return false;
    phrase = all.noun_phrase_at(phrase.end + 1);
    if (phrase.empty()) return false;
  }
  return false;
}

/// "told the court | Hartnell had", "told Congress | Trump has", "told reporters | 12 people were": where a noun phrase
/// took in the subject of what was told. kNone: nowhere.
uint32_t subject_inside(const Statements& all, IndexRange phrase) {
  const Span span = all.span(phrase);
  const auto& mentions = all.layers().mentions;
  const auto m = std::partition_point(mentions.begin(), mentions.end(),
                                      [&](const Mention& x) { return x.span.end <= span.begin; });
  for (uint32_t t = phrase.begin + 1; t < phrase.end; ++t) {
    const uint32_t begin = all.layers().tokens[t].span.begin;
    const bool name_ends = m != mentions.end() && m->span.end <= begin &&
                           m->span.end > all.layers().tokens[t - 1].span.begin && all.tag(t) != Tag::POS;
    const bool count = all.tag(t) == Tag::CD && (t + 1 < phrase.end || all.lower(t + 1) == "of");
    const bool noun = all.tag(t - 1) == Tag::NN || all.tag(t - 1) == Tag::NNS;
    const bool name_begins =
        noun && all.capitalised(t) && !all.capitalised(t - 1) && !all.kinds(t - 1).has(WordKind::MediaNoun);
    const bool plural = all.tag(t - 1) == Tag::NNS && all.tag(t) == Tag::NNS;
    if (name_ends || count || name_begins || plural) return t;
  }
  return Workspace::kNone;
}

/// "asked | the man from Marches where the surgery had got to", "asked | Al Moss, 83, what": where the question begins.
uint32_t question_behind(const Statements& all, const Statement& s) {
  const uint32_t begin = s.content.front().begin;
  if (begin != s.head + 1) return Workspace::kNone;
  const IndexRange phrase = all.noun_phrase_at(begin);
  const bool pronoun = all.tag(begin) == Tag::PRP || all.tag(begin) == Tag::PRPS;
  if ((phrase.empty() && !pronoun) || (!phrase.empty() && is_told_thing(all, phrase))) return Workspace::kNone;
  const uint32_t end = s.content.front().end;
  uint32_t t = phrase.empty() ? begin + 1 : all.extended(phrase).end;
  const auto asks = [&](uint32_t x) {
    if (all.tag(x) == Tag::WRB) return true;
    const std::string_view w = all.lower(x);
    return w == "what" || w == "which" || w == "whether" || w == "if";
  };
  if (t + 1 < end && all.tag(t) == Tag::IN && !asks(t))
    if (const IndexRange more = all.noun_phrase_at(t + 1); !more.empty()) t = more.end;
  if (t + 3 < end && all.is_comma(t) && all.tag(t + 1) == Tag::CD && all.is_comma(t + 2)) t += 3;
  return t + 1 < end && asks(t) ? t : Workspace::kNone;
}

}  // namespace

bool is_told_thing(const Statements& all, IndexRange phrase) {
  return all.kinds(phrase.end - 1).has(WordKind::ToldThing) && !all.capitalised(phrase.end - 1);
}

uint32_t clause_of_told(const Statements& all, size_t quote) {
  constexpr uint32_t kFar = 12;
  const Statement& s = all[quote];
  if (s.cue.empty() || s.noun || s.passive || s.content.empty()) return Workspace::kNone;
  const uint32_t begin = s.content.front().begin;
  if (begin <= s.head || begin > s.head + kFar || !all.kinds(s.head).has(WordKind::ToldVerb)) return Workspace::kNone;
  const std::string_view first = all.lower(begin);
  if (first == "that" || first == "to" || all.is_double_mark(begin)) return Workspace::kNone;
  const std::string_view verb = all.lower(s.head);
  if (verb.starts_with("ask")) return question_behind(all, s);
  const bool told = verb.starts_with("t") && (verb.starts_with("told") || verb.starts_with("tell"));
  const bool may = told || verb.starts_with("promis") || verb.starts_with("warn") || verb.starts_with("assur") ||
                   verb.starts_with("remind") || verb.starts_with("inform") || verb.starts_with("reassur");
  if (!may) return Workspace::kNone;
  const IndexRange phrase = all.noun_phrase_at(s.head + 1);
  if (phrase.empty() || phrase.begin != s.head + 1 || all.is_date(phrase) || is_told_thing(all, phrase))
    return Workspace::kNone;
  // "reminded us of the years he spent": no clause
  const IndexRange whole = told && all.tag(phrase.begin) != Tag::PRP ? all.extended(phrase) : phrase;
  if (whole.end + 2 < begin || whole.end + 1 >= s.content.front().end) return Workspace::kNone;
  if (begins_clause(all, s, whole.end)) return whole.end == begin ? Workspace::kNone : whole.end;
  uint32_t behind = whole.end;  // "20 soldiers and | two officers had"
  if (all.tag(behind) == Tag::CC)
    if (const IndexRange more = all.noun_phrase_at(behind + 1); !more.empty()) behind = more.end;
  if (!told || behind >= s.sentence.end || !all.is_finite(behind)) return Workspace::kNone;
  const uint32_t inside = subject_inside(all, whole);
  return inside == begin ? Workspace::kNone : inside;
}

}  // namespace newsnlp
