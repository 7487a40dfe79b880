#include "relay.h"

#include <algorithm>

namespace newsnlp {
namespace {

bool inside(const std::vector<IndexRange>& ranges, uint32_t token) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const IndexRange& r) { return r.contains(token); });
}

bool is_relay_noun(const Statements& all, IndexRange phrase) {
  return all.kinds(all.head_of(phrase)).has(WordKind::RelayNoun);
}

IndexRange phrase_behind(const Statements& all, const Statement& s, uint32_t t) {
  if (t + 1 >= all.token_count() || t + 1 >= s.sentence.end) return {};
  const IndexRange phrase = all.noun_phrase_at(t + 1);
  if (phrase.empty() || inside(s.source, phrase.begin)) return {};
  return all.extended(phrase);
}

/// "quoted X as saying": the subject before it, or "by Y" in the passive.
IndexRange quoting(const Statements& all, const Statement& s) {
  bool saying = false;
  uint32_t quoted = Workspace::kNone;
  for (const IndexRange& r : s.cue) {
    for (uint32_t t = r.begin; t < r.end; ++t) {
      if (all.kinds(t).has(WordKind::QuoteVerb) && quoted == Workspace::kNone) quoted = t;
      if (all.lower(t) == "as") saying = true;
    }
  }
  if (quoted == Workspace::kNone || !saying) return {};
  const bool passive = quoted > s.group.begin && all.kinds(quoted - 1).has(WordKind::Be);
  if (!passive) {
    IndexRange subject = all.noun_phrase_before(s.group.begin);
    if (subject.empty() || inside(s.source, subject.begin)) return {};
    return subject;
  }
  for (uint32_t t = quoted + 1; t < std::min(quoted + 12, s.sentence.end); ++t) {
    const std::string_view w = all.lower(t);
    if (w != "by" && w != "in" && w != "on") continue;
    const IndexRange phrase = phrase_behind(all, s, t);
    if (!phrase.empty() && (w == "by" || all.is_medium(phrase))) return phrase;
  }
  return {};
}

/// "according to Y", "in a statement read by Y", "through Y", "on Y" in the words around.
IndexRange around(const Statements& all, const Statement& s, const std::vector<uint32_t>& region) {
  for (size_t i = 0; i + 1 < region.size(); ++i) {
    const uint32_t t = region[i];
    if (region[i + 1] != t + 1) continue;
    const WordKinds k = all.kinds(t);
    const std::string_view next = all.lower(t + 1);
    if (k.has(WordKind::According) && next == "to")
      if (const IndexRange phrase = phrase_behind(all, s, t + 1); !phrase.empty()) return phrase;
    if (k.has(WordKind::PassingParticiple) && (next == "by" || next == "through" || next == "via"))
      if (const IndexRange phrase = phrase_behind(all, s, t + 1); !phrase.empty()) return phrase;
    if (k.has(WordKind::Through)) {
      const IndexRange phrase = phrase_behind(all, s, t);
      if (!phrase.empty() && (is_relay_noun(all, phrase) || all.is_person_name(phrase) || all.is_medium(phrase)))
        return phrase;
    }
    const std::string_view w = all.lower(t);
    if (w == "on" || w == "in" || w == "by")
      if (const IndexRange phrase = phrase_behind(all, s, t); !phrase.empty() && all.is_medium(phrase)) return phrase;
  }
  // "…, Reuters reported": a medium and a report verb close the sentence.
  for (size_t i = 1; i < region.size(); ++i) {
    const uint32_t t = region[i];
    if (!all.kinds(t).has(WordKind::ReportVerb) || !all.is_verb(t)) continue;
    const IndexRange subject = all.noun_phrase_before(t);
    if (!subject.empty() && subject.begin > 0 && !inside(s.source, subject.begin) &&
        all.lower(subject.begin - 1) == "," && all.is_medium(subject))
      return subject;
  }
  return {};
}

bool is_report(const Statements& all, const Statement& s) {
  return !s.cue.empty() && !s.noun && all.kinds(s.head).has(WordKind::ReportVerb);
}

}  // namespace

IndexRange relay_of(const Statements& all, size_t quote, IndexRange addressee, const Quote* parent,
                    size_t parent_index) {
  const Statement& s = all[quote];
  if (!addressee.empty() && all.is_medium(addressee)) return addressee;
  if (!s.cue.empty()) {
    if (const IndexRange found = quoting(all, s); !found.empty()) return found;
    const bool according = all.kinds(s.cue.front().begin).has(WordKind::According);
    if (!according) {
      if (const IndexRange found = around(all, s, all.after(quote)); !found.empty()) return found;
      if (const IndexRange found = around(all, s, all.before(quote)); !found.empty()) return found;
    }
  }
  // "Reuters reported that X had said": nested in a report that is no quotation.
  if (parent != nullptr && parent->type != QuoteType::Direct) {
    const Statement& p = all[parent_index];
    if (is_report(all, p) && !p.source.empty()) {
      const IndexRange source = p.source.front();
      if (all.lower(p.head) == "reported" || all.lower(p.head) == "reports" || all.is_medium(source)) return source;
    }
    const bool according = !p.cue.empty() && all.kinds(p.cue.front().begin).has(WordKind::According);
    if (according && !p.source.empty()) return p.source.front();
  }
  return {};
}

}  // namespace newsnlp
