#include "relay.h"

#include <algorithm>

#include "outlet.h"

namespace newsnlp {
namespace {

bool is_relay_noun(const Statements& all, IndexRange phrase) {
  return all.kinds(all.head_of(phrase)).has(WordKind::RelayNoun);
}

IndexRange phrase_behind(const Statements& all, const Statement& s, uint32_t t) {
  if (t + 1 >= all.token_count() || t + 1 >= s.sentence.end) return {};
  const IndexRange phrase = all.noun_phrase_at(t + 1);
  if (phrase.empty() || Statements::inside(s.source, phrase.begin)) return {};
  return all.extended(phrase);
}

/// "Der Bote, a local daily, | quoted": what the apposition tells of.
IndexRange behind_apposition(const Statements& all, const Statement& s, uint32_t verb) {
  constexpr uint32_t kLongest = 10;
  uint32_t comma = verb - 1;
  while (comma > s.sentence.begin + 1 && verb - comma < kLongest && !all.is_comma(comma - 1)) --comma;
  return comma > s.sentence.begin + 1 && all.is_comma(comma - 1) ? all.noun_phrase_before(comma - 1) : IndexRange{};
}

/// "Y quoted X as saying": the subject before it; "X was quoted by Y as saying": the agent.
IndexRange quoting(const Statements& all, const Statement& s) {
  // The cue's span may hold any part of "was quoted by Y as saying": look for the whole around it.
  const uint32_t first = std::max(s.sentence.begin, s.group.begin > 12 ? s.group.begin - 12 : 0);
  const uint32_t last = std::min(s.sentence.end, s.group.end + 16);
  uint32_t as = Workspace::kNone;
  for (uint32_t t = first; t + 1 < last && as == Workspace::kNone; ++t)
    if (all.is_word(t, "as") && all.lower(t + 1).ends_with("ing") &&
        (s.group.contains(t) || s.group.contains(t + 1) || t >= s.group.end))
      as = t;
  if (as == Workspace::kNone) return {};
  uint32_t quoted = Workspace::kNone;
  for (uint32_t t = as; t > first && quoted == Workspace::kNone; --t)
    if (all.kinds(t - 1).has(WordKind::QuoteVerb) && all.is_verb(t - 1)) quoted = t - 1;
  if (quoted == Workspace::kNone || !(s.group.contains(quoted) || s.group.contains(as) || s.group.contains(as + 1)))
    return {};
  uint32_t auxiliary = quoted;
  while (auxiliary > first && all.tag(auxiliary - 1) == Tag::RB) --auxiliary;
  if (auxiliary == first || !all.kinds(auxiliary - 1).has(WordKind::Be)) {
    while (auxiliary > first && (all.kinds(auxiliary - 1).has(WordKind::Have) || all.tag(auxiliary - 1) == Tag::MD))
      --auxiliary;
    IndexRange subject = all.noun_phrase_before(auxiliary);
    if (subject.empty() && auxiliary > first && all.is_comma(auxiliary - 1))
      subject = behind_apposition(all, s, auxiliary);
    return subject.empty() || Statements::inside(s.source, subject.begin) || subject.begin < s.sentence.begin
               ? IndexRange{}
               : subject;
  }
  for (uint32_t t = quoted + 1; t < std::min(quoted + 12, s.sentence.end); ++t) {
    const std::string_view w = all.lower(t);
    if (w != "by" && w != "in" && w != "on") continue;
    const IndexRange phrase = phrase_behind(all, s, t);
    if (phrase.empty()) continue;
    // "was quoted as saying in the Kurier": a name with an article that is no place.
    const bool name = t > as && w == "in" && all.lower(phrase.begin) == "the" && all.capitalised(all.head_of(phrase));
    if (w == "by" || all.is_medium(phrase) || (name && !all.is_place_name(phrase) && !all.is_date(phrase)))
      return phrase;
  }
  return {};
}

bool is_agent(std::string_view word) {
  return word == "by" || word == "through" || word == "via";
}

/// "in the Marquee interview": the name before the piece.
IndexRange name_of_piece(const Statements& all, IndexRange phrase) {
  const uint32_t head = all.head_of(phrase);
  if (head <= phrase.begin || !all.kinds(head).has(WordKind::MediaPiece) || !all.capitalised(head - 1)) return {};
  uint32_t begin = head - 1;
  while (begin > phrase.begin && all.tag(begin - 1) == Tag::NNP) --begin;
  const IndexRange name{begin, head};
  if (all.tag(head - 1) != Tag::NNP && !all.is_name_of(EntityType::Organization, name))
    return {};  // "the French article"
  return all.is_person_name(name) || all.is_place_name(name) || all.is_date(name) ? IndexRange{} : name;
}

/// "according to two people | who were in the room": up to the mark that ends the clause. "excerpts released by his
/// office": the office.
IndexRange with_clause(const Statements& all, const Statement& s, IndexRange phrase) {
  constexpr uint32_t kLongest = 16;
  if (phrase.empty() || all.capitalised(all.head_of(phrase))) return phrase;
  uint32_t end = phrase.end;
  for (; end < std::min(s.sentence.end, phrase.end + kLongest); ++end) {
    const std::string_view w = all.lower(end);
    if ((all.layers().tokens[end].kind == TokenKind::Punctuation && w != "-") || end == s.group.begin) break;
    if (w == "and" || w == "but") break;
    if (all.kinds(end).has(WordKind::PassingParticiple) && end + 1 < s.sentence.end && is_agent(all.lower(end + 1)))
      if (const IndexRange agent = phrase_behind(all, s, end + 1); !agent.empty()) return agent;
  }
  if (end == s.group.begin || end == phrase.end + kLongest) return phrase;
  phrase.end = end;
  return phrase;
}

/// "Boyd may be out, according to Y; the club has not commented", "according to Y, who added": that clause is another
/// statement's, which does not hold this one.
bool is_anothers(const Statements& all, size_t quote, uint32_t according) {
  const Statement& s = all[quote];
  // "The crew warned him but, according to Y, nobody heard", "Prices rose, according to Y, and the bank told savers"
  if (according > s.head && according > 1) {
    const uint32_t joint = all.is_comma(according - 1) ? according - 2 : according - 1;
    if (all.tag(joint) == Tag::CC) return true;
  }
  if (according < s.group.begin && according > s.sentence.begin && all.is_comma(according - 1)) {
    const uint32_t last = s.source.empty() ? s.group.begin : std::min(s.group.begin, s.source.front().begin);
    if (last > according + 2 && all.tag(last - 1) == Tag::CC && all.is_comma(last - 2)) return true;
  }
  if (!s.source.empty() && according < s.source.front().begin &&
      (all.tag(s.source.front().begin) == Tag::WP || all.tag(s.source.front().begin) == Tag::WDT))
    return true;
  const size_t owner = all.owner_of_cue(according);
  if (owner == quote || owner >= all.size() || according > s.group.begin) return false;
  return !Statements::inside(all[owner].content, s.head);
}

/// "on its website", "on the magazine's website", "on the wire", "on local radio", "in the journal Ostra": nobody who
/// passes on.
bool is_place_of_words(const Statements& all, IndexRange phrase) {
  if (all.tag(phrase.begin) == Tag::PRPS) return true;  // "on its Telegram channel"
  for (uint32_t t = phrase.begin; t < phrase.end; ++t)
    if (all.lower(t) == "podcast") return true;
  for (uint32_t t = phrase.begin; t < phrase.end; ++t)
    if (all.lower(t) == "journal" && !all.capitalised(t)) return true;
  for (uint32_t t = phrase.begin; t < phrase.end; ++t)
    if ((all.capitalised(t) && !all.kinds(t).has(WordKind::MediaNoun)) || all.tag(t) == Tag::CD) return false;
  return true;
}

/// "is published by", "a letter seen by", "problems first reported by": tells who had the thing.
bool tells_of_thing(const Statements& all, uint32_t participle) {
  if (all.kinds(participle).has(WordKind::SeenParticiple)) return true;
  if (participle < 2) return false;
  return (all.kinds(participle - 1).has(WordKind::Be) && all.lower(participle) != "read") ||
         (all.lower(participle - 1) == "first" && all.lower(participle - 2) != "as");
}

/// "In a statement signed by Y, he said", "a letter signed by Y says", "signed by 40 bishops": their own words. "signed
/// by her assistant, Benton said" are not.
bool has_a_hand(const Statements& all, const Statement& s) {
  if (s.source.empty() || all.tag(s.source.front().begin) == Tag::PRP) return false;
  const WordKinds head = all.kinds(all.head_of(s.source.front()));
  return !head.has(WordKind::PaperNoun) && !head.has(WordKind::ChannelNoun);
}

/// "dismissed a report | in Y": what was dismissed, not where.
bool is_object(const Statements& all, const Statement& s, uint32_t in) {
  if (in == 0) return false;
  if (!all.kinds(in - 1).has(WordKind::ToldThing) && !all.kinds(in - 1).has(WordKind::MediaPiece)) return false;
  const IndexRange thing = all.noun_phrase_before(in);
  return !thing.empty() && thing.begin > s.sentence.begin && all.is_verb(thing.begin - 1);
}

/// "according to Y", "in a statement read by Y", "through Y", "on Y" in the words around.
IndexRange around(const Statements& all, size_t quote, const std::vector<uint32_t>& region) {
  const Statement& s = all[quote];
  for (size_t i = 0; i + 1 < region.size(); ++i) {
    const uint32_t t = region[i];
    if (region[i + 1] != t + 1) continue;
    const WordKinds k = all.kinds(t);
    if (k.has(WordKind::According) && all.lower(t + 1) == "to" && !is_anothers(all, quote, t))
      if (const IndexRange phrase = phrase_behind(all, s, t + 1); !phrase.empty()) return with_clause(all, s, phrase);
    if (k.has(WordKind::PassingParticiple) && !tells_of_thing(all, t)) {
      // "published on Sunday by", "read out to the court by"
      uint32_t by = t + 1;
      while (by < t + 7 && by + 1 < s.sentence.end && !all.is_verb(by) && !is_agent(all.lower(by)) &&
             all.layers().tokens[by].kind != TokenKind::Punctuation)
        ++by;
      if (is_agent(all.lower(by)) && (all.lower(t) != "signed" || has_a_hand(all, s)))
        if (const IndexRange phrase = phrase_behind(all, s, by);
            !phrase.empty() && !all.is_date(phrase) &&
            !(all.lower(t) == "signed" && all.tag(all.head_of(phrase)) == Tag::NNS))
          return phrase;
    }
    if (k.has(WordKind::Through)) {
      IndexRange phrase = phrase_behind(all, s, t);
      if (!phrase.empty() && phrase.end < s.sentence.end && all.kinds(phrase.end).has(WordKind::RelayNoun))
        return {phrase.begin, phrase.end + 1};  // "a public relations | firm"
      if (!phrase.empty() && (is_relay_noun(all, phrase) || all.is_person_name(phrase) || all.is_medium(phrase)))
        return phrase;
    }
    constexpr size_t kShort = 2;  // most words are not: their types are not looked at
    const std::string_view w = all.layers().tokens[t].span.size() == kShort ? all.lower(t) : std::string_view();
    if (w == "on" || w == "in" || w == "by") {
      const IndexRange phrase = phrase_behind(all, s, t);
      if (phrase.empty() || (w == "by" && t > 0 && tells_of_thing(all, t - 1))) continue;
      if (all.is_medium(phrase) || (w == "on" && is_programme(all, phrase))) {
        if (w == "in" && is_object(all, s, t)) continue;
        if (is_place_of_words(all, phrase) && (w != "by" || phrase.size() == 1)) continue;  // "reached by radio"
        return phrase;
      }
      if (const IndexRange name = w == "in" ? name_of_piece(all, phrase) : IndexRange{}; !name.empty()) return name;
    }
  }
  // "…, Reuters reported": a medium and a report verb close the sentence.
  for (size_t i = 1; i < region.size(); ++i) {
    const uint32_t t = region[i];
    if (!all.kinds(t).has(WordKind::ReportVerb) || !all.is_verb(t)) continue;
    const IndexRange subject = all.noun_phrase_before(t);
    if (!subject.empty() && subject.begin > 0 && !Statements::inside(s.source, subject.begin) &&
        all.is_comma(subject.begin - 1) && all.is_medium(subject))
      return subject;
  }
  return {};
}

/// "The ministry, quoted by the Anadolu agency,", "One, quoted in the report,", "wrote Nathan in the Cine Ledger": who
/// passes on stands in the source.
IndexRange in_source(const Statements& all, const Statement& s) {
  if (s.source.empty()) return {};
  const IndexRange source = s.source.front();
  for (uint32_t t = source.begin + 1; t + 1 < source.end; ++t) {
    if (all.is_word(t, "in")) {
      const IndexRange phrase = all.noun_phrase_at(t + 1);
      if (!phrase.empty() && phrase.end == source.end && !is_place_of_words(all, phrase) && all.is_medium(phrase))
        return phrase;
    }
    if (all.kinds(t).has(WordKind::Through)) {  // "said Moss through a lawyer"
      const IndexRange phrase = all.noun_phrase_at(t + 1);
      if (!phrase.empty() && phrase.end == source.end && is_relay_noun(all, phrase)) return phrase;
    }
    // "said Moss, according to the official Xinhua agency"
    if (t + 2 < source.end && all.is_comma(t - 1) && all.kinds(t).has(WordKind::According) && all.is_word(t + 1, "to"))
      if (const IndexRange phrase = all.noun_phrase_at(t + 2); !phrase.empty()) return all.extended(phrase);
    if (t + 2 < source.end && all.is_comma(t - 1) &&
        (all.kinds(t).has(WordKind::QuoteVerb) || all.is_word(t, "read"))) {
      uint32_t by = t + 1;  // "One letter, read aloud by the clerk,"
      if (all.is_word(t, "read") && by + 2 < source.end && (all.is_word(by, "aloud") || all.is_word(by, "out"))) ++by;
      if (!all.is_word(by, "by") && !all.is_word(by, "in")) continue;
      const IndexRange phrase = all.noun_phrase_at(by + 1);
      return phrase.empty() ? IndexRange{} : all.extended(phrase);
    }
  }
  return {};
}

/// A clause that passes on, at the end of a content that took it in.
IndexRange at_content_end(const Statements& all, const Statement& s) {
  if (s.content.empty()) return {};
  const IndexRange content = s.content.back();
  // "…, X said, according to Y": the clause alone as a second part
  if (s.content.size() > 1 && content.begin > 0)
    if (const IndexRange relay = relay_behind(all, s, content.begin - 1); relay.end == content.end) return relay;
  for (uint32_t t = content.end; t > content.begin + 2 && content.end - t < 12; --t)
    if (const IndexRange relay = relay_behind(all, s, t - 1); !relay.empty()) return relay;
  return {};
}

/// "In a statement read by Y, X said A and | denied B": the adjunct before the first of several verbs of one source
/// holds for all of them.
IndexRange shared(const Statements& all, size_t quote) {
  return all.of_earlier_verbs(quote, [&](size_t other) {
    const IndexRange found = around(all, other, all.before(other));
    return found.empty() ? in_source(all, all[other]) : found;
  });
}

bool is_report(const Statements& all, const Statement& s) {
  return !s.cue.empty() && !s.noun && all.kinds(s.head).has(WordKind::ReportVerb);
}

bool is_claim(std::string_view verb) {
  return verb == "claimed" || verb == "claims" || verb == "said" || verb == "says" || verb == "alleged";
}

/// The word that a source is named by: "sources" of "three sources close to the board", "people" of "one of the
/// people".
uint32_t noun_of(const Statements& all, IndexRange source) {
  uint32_t t = source.begin;
  if (source.size() > 2 && all.lower(t + 1) == "of") t += 2;
  while (t + 1 < source.end && all.tag(t + 1) != Tag::IN && all.tag(t + 1) != Tag::WP && !all.is_comma(t + 1) &&
         !all.is_verb(t + 1) && all.lower(t + 1) != "familiar")
    ++t;
  return t;
}

/// "According to Al Moss, the crew was told to leave": somebody tells it himself, no paper and no medium.
bool is_somebody(const Statements& all, IndexRange source) {
  if (all.tag(source.begin) == Tag::PRP || all.kinds(noun_of(all, source)).has(WordKind::ConduitNoun)) return true;
  return all.is_person_name(source) || all.is_person_name({source.end - 1, source.end});
}

/// "X told aides that …, two people said", "X will tell …, her office said", "Three diplomats said that X had argued":
/// people without a name and offices pass on what others said. A witness with a name retells.
bool is_conduit(const Statements& all, const Statement& s, const Quote& parent, const Statement& p) {
  if (s.source.empty() || s.noun || p.cue.empty() || p.source.empty() || p.content.empty()) return false;
  if (parent.polarity == Polarity::Denied || parent.certainty != Certainty::Asserted) return false;
  const IndexRange source = p.source.front();
  const uint32_t noun = noun_of(all, source);
  if (!all.kinds(noun).has(WordKind::ConduitNoun)) return false;
  if (p.group.begin >= p.content.back().end) return true;
  // Before what they pass on, only several: "A diplomat said that she had been warned".
  return all.tag(noun) == Tag::NNS && all.tag(s.source.front().begin) != Tag::PRP;
}

}  // namespace

IndexRange relay_behind(const Statements& all, const Statement& s, uint32_t comma) {
  const uint32_t end = std::min(s.sentence.end, all.token_count());
  uint32_t t = comma + 1;
  if (!all.is_comma(comma) || t + 1 >= end || all.quoted(t)) return {};
  if (comma > 0 && all.tag(comma - 1) == Tag::CC) return {};  // "but, according to Y, nobody heard"
  if (all.kinds(t).has(WordKind::According) && all.lower(t + 1) == "to")
    return with_clause(all, s, phrase_behind(all, s, t + 1));
  const bool as = all.lower(t) == "as";
  if (as) ++t;
  if (t + 1 < end && (all.lower(t) == "first" || all.lower(t) == "was")) ++t;
  if (t + 1 < end && as && all.kinds(t).has(WordKind::PassingParticiple) && all.lower(t + 1) == "by")
    return phrase_behind(all, s, t + 1);
  const IndexRange medium = all.noun_phrase_at(t);
  if (medium.empty() || medium.end >= end || Statements::inside(s.source, medium.begin)) return {};
  if (!all.kinds(medium.end).has(WordKind::ReportVerb) || !all.is_verb(medium.end)) return {};
  return all.is_medium(medium) || has_title(all, s, medium) ? medium : IndexRange{};
}

IndexRange relay_of(const Statements& all, size_t quote, IndexRange addressee, const Quote* parent,
                    size_t parent_index) {
  const Statement& s = all[quote];
  if (!addressee.empty() && is_outlet(all, quote, addressee)) return addressee;
  // "The men were told to leave, according to Y": nobody is said to have spoken.
  if ((s.passive || s.bare_participle) && s.source.empty() && !s.cue.empty() &&
      all.kinds(s.head).has(WordKind::ToldVerb))
    return {};
  if (!s.cue.empty()) {
    if (const IndexRange found = quoting(all, s); !found.empty()) return found;
    if (const IndexRange found = in_source(all, s); !found.empty()) return found;
    const bool according = all.kinds(s.cue.front().begin).has(WordKind::According);
    if (!according) {
      if (const IndexRange found = around(all, quote, all.after(quote)); !found.empty()) return found;
      if (const IndexRange found = around(all, quote, all.before(quote)); !found.empty()) return found;
      if (const IndexRange found = at_content_end(all, s); !found.empty()) return found;
      if (const IndexRange found = shared(all, quote); !found.empty()) return found;
    }
  }
  // "Reuters reported that X had said": nested in a report that is no quotation.
  if (parent != nullptr && parent->type != QuoteType::Direct) {
    const Statement& p = all[parent_index];
    if (is_report(all, p) && !p.source.empty()) {
      const IndexRange source = p.source.front();
      if (all.lower(p.head) == "reported" || all.lower(p.head) == "reports" || all.is_medium(source)) return source;
    }
    // "The Sunday Courier claimed that executives had told him": nothing of its own.
    if (!p.cue.empty() && !p.noun && !p.source.empty() && all.kinds(s.head).has(WordKind::ToldVerb) &&
        is_claim(all.lower(p.head)) && all.is_medium(p.source.front()))
      return p.source.front();
    const bool according = !p.cue.empty() && all.kinds(p.cue.front().begin).has(WordKind::According);
    // A paper seen by somebody retells; "…, according to Y, and the ministry told millers" is a clause of its own.
    if (according && !p.source.empty() && !all.any(p.source, WordKind::SeenParticiple) &&
        !is_somebody(all, p.source.front()) && !is_anothers(all, quote, p.cue.front().begin))
      return p.source.front();
    if (is_conduit(all, s, *parent, p)) return p.source.front();
  }
  return {};
}

}  // namespace newsnlp
