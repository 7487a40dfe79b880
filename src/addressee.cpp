#include "addressee.h"

#include <algorithm>

#include "taken_addressee.h"
#include "told_clause.h"
#include "told_subject.h"

namespace newsnlp {
namespace {

/// A phrase that may be spoken to: no date, none of the quote's own spans.
bool usable(const Statements& all, const Statement& s, IndexRange phrase) {
  return !phrase.empty() && !all.is_date(phrase) && !Statements::inside(s.source, phrase.begin) &&
         !Statements::inside(s.content, phrase.begin) && all.lower(phrase.begin) != "that" &&
         !is_told_thing(all, phrase) && !is_count(all, phrase);
}

/// "wrote | the governor that …", "pointed out | to colleagues that …"
IndexRange right_behind(const Statements& all, const Statement& s, uint32_t t) {
  if (t >= s.sentence.end || s.content.empty() || all.tag(s.head) == Tag::VBN) return {};
  const bool out = all.tag(t) == Tag::RP && t + 1 < s.sentence.end && all.lower(t + 1) == "to";
  const IndexRange phrase = all.noun_phrase_at(out ? t + 2 : t);
  if (phrase.empty() || all.is_date(phrase) || Statements::inside(s.source, phrase.begin) ||
      phrase.end >= s.sentence.end)
    return {};
  if (is_told_thing(all, phrase)) return {};
  return all.lower(phrase.begin) != "that" && all.lower(phrase.end) == "that" &&
                 (out || s.content.front().begin == phrase.end)
             ? phrase
             : IndexRange{};
}

/// Words before a noun that the tagger may have kept out of its phrase.
bool may_lead(const Statements& all, uint32_t t) {
  const Tag g = all.tag(t);
  return g == Tag::VBG || g == Tag::VBN || g == Tag::JJ || g == Tag::PDT || all.kinds(t).has(WordKind::MediaNoun) ||
         all.lower(t) == "both";
}

/// "told journalists minutes after the vote", "told Congress three weeks later"
IndexRange without_interval(const Statements& all, IndexRange phrase) {
  if (phrase.size() < 2 || phrase.end >= all.token_count() || all.capitalised(phrase.end - 1)) return phrase;
  const std::string_view next = all.lower(phrase.end);
  if (next != "later" && next != "after" && next != "before" && next != "earlier" && next != "into") return phrase;
  if (!all.kinds(phrase.end - 1).has(WordKind::TimeUnit)) return phrase;
  --phrase.end;
  while (phrase.size() > 1 && (all.tag(phrase.end - 1) == Tag::CD || all.tag(phrase.end - 1) == Tag::JJ)) --phrase.end;
  return phrase;
}

/// "told clerks last spring"
bool is_season(const Statements& all, IndexRange phrase) {
  if (phrase.size() < 3) return false;
  const std::string_view w = all.lower(phrase.end - 2);
  if (w != "last" && w != "next" && w != "this") return false;
  const std::string_view season = all.lower(phrase.end - 1);
  return season == "spring" || season == "summer" || season == "autumn" || season == "fall" || season == "winter" ||
         season == "season" || season == "term";
}

/// "advised officers last year", but "told People Today"
IndexRange without_date(const Statements& all, IndexRange phrase) {
  phrase = without_interval(all, phrase);
  if (is_season(all, phrase)) phrase.end -= 2;
  while (phrase.size() > 1 && all.is_date({phrase.end - 1, phrase.end}) && !all.is_title_word(phrase.end - 1))
    --phrase.end;
  return phrase;
}

/// "told the Crater Falls | Courier", "told a lady-in | -waiting": words that the noun phrase left out. What the
/// content holds is no part of it: "told Reuters | Iran had asked".
IndexRange whole_name(const Statements& all, const Statement& s, IndexRange phrase) {
  uint32_t last = s.sentence.end;
  for (const IndexRange& r : s.content)
    if (r.begin > phrase.begin && r.begin < last) last = r.begin;
  phrase.end = std::min(phrase.end, last);
  const auto touches = [&](uint32_t t) {
    return all.layers().tokens[t].span.begin == all.layers().tokens[t - 1].span.end;
  };
  bool name = false;  // a word of it was taken for a verb
  for (int steps = 0; steps < 4 && phrase.end < last; ++steps) {
    const uint32_t t = phrase.end;
    if (t + 1 < last && all.is_word(t, "-") && touches(t) && touches(t + 1)) {
      phrase.end += 2;
      continue;
    }
    // "told the islands’ | ferry board"
    if (t + 1 < last && touches(t) && (all.tag(t) == Tag::CloseQuote || all.tag(t) == Tag::POS) &&
        all.lower(t - 1).ends_with('s')) {
      const IndexRange owned = all.noun_phrase_at(t + 1);
      if (!owned.empty() && owned.end <= last) {
        phrase.end = owned.end;
        continue;
      }
    }
    const bool capitals = all.capitalised(t) && all.capitalised(t - 1);
    const bool verb = capitals && all.is_verb(t);
    const bool pronoun = capitals && all.tag(t - 1) == Tag::PRP;  // "told Us | Weekly"
    if (!verb && !pronoun && !(name && (all.tag(t) == Tag::NNP || all.kinds(t).has(WordKind::MediaNoun)))) break;
    name |= verb;
    ++phrase.end;
  }
  return phrase;
}

/// "told reporters": right behind the cue; "told Monday the crowd" passes a date over.
IndexRange object(const Statements& all, const Statement& s) {
  uint32_t t = s.head + 1;
  const uint32_t end = s.sentence.end;
  for (int skipped = 0;
       skipped < 2 && t < end && !all.capitalised(t) && (all.tag(t) == Tag::RB || all.tag(t) == Tag::RP); ++skipped)
    ++t;
  // "told at least one other lender"
  const bool at_least =
      t + 2 < end && all.lower(t) == "at" && (all.lower(t + 1) == "least" || all.lower(t + 1) == "most");
  if (at_least) t += 2;
  if (t >= end) return {};
  IndexRange phrase = all.noun_phrase_at(t);
  // "told cheering delegates", "told French daily Le Figaro": words that the noun phrase left out.
  uint32_t left_out = t;
  while (phrase.empty() && left_out < t + 2 && left_out + 1 < end && may_lead(all, left_out))
    phrase = all.noun_phrase_at(++left_out);
  if (!phrase.empty()) phrase.begin = t;
  if (phrase.empty() && all.capitalised(t) && all.tag(t) != Tag::IN && all.tag(t) != Tag::WP) phrase = {t, t + 1};
  if (!phrase.empty()) phrase = whole_name(all, s, phrase);
  while (!phrase.empty() && phrase.end < end && all.is_title_word(phrase.end)) ++phrase.end;
  if (!phrase.empty() && all.is_date(without_date(all, phrase)) && phrase.end < end)
    phrase = all.noun_phrase_at(phrase.end);
  phrase = without_date(all, phrase);
  if (!usable(all, s, phrase)) return taken_in(all, s, phrase);
  const IndexRange whole = all.extended(phrase);
  // "reminded members of | the code"
  if (Statements::inside(s.content, whole.end - 1) && begins_matter(all, s, phrase.end)) return phrase;
  return is_passive_order(all, s, whole.end) ? IndexRange{} : whole;
}

/// "shouted at the crowd": at whom, not where.
bool is_cried(std::string_view verb) {
  return verb == "shouted" || verb == "yelled" || verb == "screamed" || verb == "snapped" || verb == "barked" ||
         verb == "tweeted" || verb == "swore";
}

/// "after a meeting with", "of a letter to": not where it was said.
bool is_elsewhere(const Statements& all, const Statement& s, uint32_t noun) {
  uint32_t t = noun;
  while (t > s.sentence.begin && noun - t < 4 && all.tag(t) != Tag::IN && !all.is_verb(t)) --t;
  const std::string_view w = all.lower(t);
  return w == "after" || w == "before" || w == "following" || w == "of" || w == "until" || w == "since";
}

/// The phrase behind a preposition at `t`, if it may be spoken to.
IndexRange object_of(const Statements& all, const Statement& s, uint32_t t) {
  if (t + 1 >= s.sentence.end) return {};
  if (all.is_infinitive(t)) {
    // "In a memo to staff, the editor": no infinitive ends there.
    const bool noun = t + 2 < s.sentence.end && all.lower(t + 2) == "," && all.kinds(t - 1).has(WordKind::ChannelNoun);
    return noun ? IndexRange{t + 1, t + 2} : IndexRange{};
  }
  IndexRange phrase = all.noun_phrase_at(t + 1);
  // "shouted to cheering workers"
  if (phrase.empty() && t + 2 < s.sentence.end && may_lead(all, t + 1)) {
    phrase = all.noun_phrase_at(t + 2);
    if (!phrase.empty()) phrase.begin = t + 1;
  }
  if (!phrase.empty()) phrase = without_date(all, whole_name(all, s, phrase));
  return usable(all, s, phrase) ? all.extended(phrase) : taken_in(all, s, phrase);
}

/// "in an interview with the BBC", "in a note to clients", "speaking to reporters", "addressing supporters".
IndexRange by_channel(const Statements& all, const Statement& s, const std::vector<uint32_t>& region) {
  for (size_t i = 0; i + 1 < region.size(); ++i) {
    const uint32_t t = region[i];
    if (region[i + 1] != t + 1) continue;
    const WordKinds k = all.kinds(t);
    if (k.has(WordKind::ChannelNoun) && !all.is_verb(t) && !is_elsewhere(all, s, t)) {
      // "in a letter on Monday to shareholders": a date or an adverb may stand between.
      for (uint32_t p = t + 1; p < std::min(t + 4, s.sentence.end - 1); ++p) {
        if (all.kinds(p).has(WordKind::ChannelPreposition)) {
          const IndexRange found = object_of(all, s, p);
          if (found.empty()) break;
          if (all.lower(p) == "at" || all.lower(p) == "for") break;
          return found;
        }
        // "a memo sent to", "a letter sent on Friday to"
        if (all.tag(p) == Tag::VBN && p + 1 < s.sentence.end) {
          const IndexRange day = all.noun_phrase_at(p + (all.tag(p + 1) == Tag::IN ? 2 : 1));
          const uint32_t to = !day.empty() && all.is_date(day) ? day.end : p + 1;
          if (to < s.sentence.end && all.lower(to) == "to") {
            if (const IndexRange found = object_of(all, s, to); !found.empty()) return found;
          }
        }
        const bool noun = all.tag(p) == Tag::NN || all.tag(p) == Tag::NNS;
        if ((noun && !all.is_date({p, p + 1})) || all.is_verb(p) ||
            all.layers().tokens[p].kind == TokenKind::Punctuation)
          break;
      }
    }
    // "in a statement read out to the court by his lawyer"
    // The police asked for the interview.
    if (k.has(WordKind::PassingParticiple) && all.lower(t) == "read" && t + 3 < s.sentence.end && t > 0 &&
        all.lower(t - 1) != "interview") {
      const uint32_t to = all.lower(t + 1) == "out" || all.lower(t + 1) == "aloud" ? t + 2 : t + 1;
      if (all.lower(to) == "to")
        if (const IndexRange found = object_of(all, s, to); !found.empty()) return found;
    }
    const bool who = all.tag(t) == Tag::VBD && t > 0 && all.tag(t - 1) == Tag::WP;
    if ((all.tag(t) == Tag::VBG || who) && k.has(WordKind::SpeakingVerb) &&
        (all.lower(t + 1) == "to" || all.lower(t + 1) == "with" || all.lower(t + 1) == "before"))
      if (const IndexRange found = object_of(all, s, t + 1); !found.empty()) return found;
    if (all.tag(t) == Tag::VBG && k.has(WordKind::AddressingVerb))
      if (const IndexRange found = all.noun_phrase_at(t + 1); usable(all, s, found)) return all.extended(found);
  }
  return {};
}

/// "declined | to tell reporters how …": whom it was not told.
IndexRange refused(const Statements& all, const Statement& s) {
  if (s.content.empty() || !all.kinds(s.head).has(WordKind::RefusalVerb)) return {};
  const IndexRange content = s.content.front();
  if (content.begin < s.head || content.size() < 4 || !all.is_infinitive(content.begin)) return {};
  if (!all.kinds(content.begin + 1).has(WordKind::ToldVerb)) return {};
  const IndexRange phrase = all.noun_phrase_at(content.begin + 2);
  return !phrase.empty() && phrase.end < content.end && !all.is_date(phrase) ? phrase : IndexRange{};
}

/// "confirmed | the figure to reporters", "described | the raid to Reuters": whom the end of a content without a clause
/// names, if it is one that things are told to.
IndexRange at_content_end(const Statements& all, const Statement& s) {
  constexpr uint32_t kLongest = 12;
  if (s.content.size() != 1 || s.content.front().begin != s.head + 1 || s.content.front().size() > kLongest) return {};
  const std::string_view verb = all.lower(s.head);
  if (verb.starts_with("recommend") || verb.starts_with("propos")) return {};  // "recommended cuts to police"
  const IndexRange content = s.content.front();
  for (uint32_t t = content.begin; t < content.end; ++t)
    if (all.is_finite(t) || all.quoted(t)) return {};
  for (uint32_t t = content.end - 1; t > content.begin + 1; --t) {
    if (!all.is_word(t - 1, "to")) continue;
    const IndexRange phrase = all.noun_phrase_at(t);
    if (phrase.empty() || phrase.end != content.end) return {};
    const std::string_view last = all.lower(phrase.end - 1);
    const bool hears = last == "reporters" || last == "journalists" || last == "police" || last == "investigators" ||
                       last == "detectives";
    return hears || all.is_medium(phrase) ? phrase : IndexRange{};
  }
  return {};
}

/// "In an interview with Y, X denied A and | claimed B": the words before the first verb hold for all of them.
IndexRange shared_channel(const Statements& all, size_t quote) {
  return all.of_earlier_verbs(quote, [&](size_t other) {
    const IndexRange found = by_channel(all, all[other], all.before(other));
    return found.empty() || Statements::inside(all[quote].content, found.begin) ? IndexRange{} : found;
  });
}

}  // namespace

IndexRange hearing_body(const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  if (s.cue.empty() || s.passive || (all.lower(s.head) != "heard" && all.lower(s.head) != "hears")) return {};
  const IndexRange subject = s.source.empty() ? all.noun_phrase_before(s.group.begin) : s.source.front();
  if (subject.empty() || subject.begin > s.head) return {};
  return all.kinds(all.head_of(subject)).has(WordKind::HearingBody) ? subject : IndexRange{};
}

Addressee addressee_of(const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  Addressee out;
  if (s.cue.empty()) return out;
  if (out.phrase = hearing_body(all, quote); !out.phrase.empty()) {
    out.was_source = true;
    return out;
  }
  uint32_t behind = s.noun ? s.cue.front().end : s.head + 1;
  const WordKinds head = all.kinds(s.head);
  if (s.noun) {
    // "his promise to voters that"
    for (uint32_t t = behind; t < std::min(behind + 3, s.sentence.end); ++t)
      if (all.lower(t) == "to" && !Statements::inside(s.content, t)) {
        out.phrase = object_of(all, s, t);
        break;
      }
    return out;
  }
  const bool told = head.has(WordKind::ToldVerb);
  // "The minister, | asked whether …, said": was asked
  const bool behind_comma = !s.source.empty() && s.source.front().end + 1 == s.head && all.is_comma(s.head - 1);
  if (told && s.bare_participle && behind_comma && all.lower(s.head) == "asked") return {s.source.front(), true};
  const bool elsewhere = !s.source.empty() && s.source.front().end <= s.sentence.begin;
  if (told && s.bare_participle && (s.source.empty() || s.source.front().begin > s.head || elsewhere)) {
    out.phrase = asked_subject(all, quote);
    return out;
  }
  if (told && lacks_auxiliary(all, s)) return {s.source.front(), true};
  if (told && s.passive) {
    const IndexRange subject = told_subject(all, s);
    if (!subject.empty() && !Statements::inside(s.content, subject.begin)) out.phrase = subject;
    out.was_source = !s.source.empty() && out.phrase == s.source.front();
    return out;
  }
  if (told && !s.passive) out.phrase = object(all, s);
  // "put it to her that"
  const bool put = behind + 1 < s.sentence.end && all.lower(behind) == "it" && all.lower(behind - 1) == "put";
  if (put) ++behind;
  // "yelled out to Al to"
  if (behind + 1 < s.sentence.end && all.tag(behind) == Tag::RP && all.lower(behind + 1) == "to") ++behind;
  if (out.phrase.empty() && behind < s.sentence.end &&
      (!Statements::inside(s.content, behind) || s.content.front().begin == behind)) {
    const std::string_view next = all.lower(behind);
    if (all.kinds(behind).has(WordKind::ToPreposition) && !all.is_infinitive(behind)) {
      // "pointed to a clause"
      const bool to = next == "to" && !all.lower(s.head).starts_with("point") &&
                      (head.has(WordKind::ToVerb) || head.has(WordKind::ToldVerb));
      const bool at = next == "at" && is_cried(all.lower(s.head));
      const bool with = next == "with" && head.has(WordKind::SpeakingVerb);
      const bool on = (next == "on" || next == "upon") && head.has(WordKind::CallVerb);
      if (to || at || with || on) out.phrase = object_of(all, s, behind);
      // "argued before the panel"
      if (next == "before" && head.has(WordKind::ToVerb))
        if (const IndexRange body = object_of(all, s, behind);
            !body.empty() && all.kinds(all.head_of(body)).has(WordKind::HearingBody))
          out.phrase = body;
    }
  }
  if (out.phrase.empty() && head.has(WordKind::ToVerb)) out.phrase = right_behind(all, s, behind);
  if (out.phrase.empty() && (told || head.has(WordKind::ToVerb))) out.phrase = behind_to(all, s);
  if (out.phrase.empty()) out.phrase = refused(all, s);
  if (out.phrase.empty() && head.has(WordKind::ToVerb)) out.phrase = at_content_end(all, s);
  if (out.phrase.empty()) out.phrase = by_channel(all, s, all.after(quote));
  // "wrote in a note to clients, | predicting that": the participle's clause stands apart.
  if (out.phrase.empty() && all.tag(s.head) == Tag::VBG && s.group.begin == s.head &&
      !all.of_earlier_verbs(quote, [&](size_t other) { return all[other].group; }).empty())
    return out;
  if (out.phrase.empty()) out.phrase = by_channel(all, s, all.before(quote));
  if (out.phrase.empty()) out.phrase = shared_channel(all, quote);
  return out;
}

}  // namespace newsnlp
