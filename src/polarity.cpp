#include "polarity.h"

#include <algorithm>

namespace newsnlp {
bool brushes_off(const Statements& statements, const Statement& s, uint32_t verb) {
  constexpr uint32_t kFar = 8;  // "brushed the widow's claim aside"
  const std::string_view w = statements.lower(verb);
  const bool off = w.starts_with("brush") || w.starts_with("laugh") || w.starts_with("shrug") || w.starts_with("wave");
  const bool down = w.starts_with("play") || w == "shot" || w == "shoots" || w.starts_with("knock");
  const bool out = w == "ruled" || w == "rules" || w == "rule" || w == "ruling";
  if (!off && !down && !out) return false;
  const uint32_t last =
      std::min({verb + (w.starts_with("brush") ? kFar : 2), s.sentence.end, statements.token_count()});
  for (uint32_t t = verb + 1; t < last; ++t) {
    const std::string_view particle = statements.lower(t);
    if (off && (particle == "off" || particle == "aside")) return true;
    if ((down && particle == "down") || (out && particle == "out")) return true;
  }
  return false;
}

Polarity polarity_of(const Statements& statements, size_t quote) {
  const Statement& s = statements[quote];
  if (s.cue.empty() || statements.lower(s.head) == ":") return Polarity::Affirmed;  // "declined to comment: “…”"
  if (s.noun) {
    for (uint32_t t = s.group.begin; t < s.group.end; ++t) {
      const WordKinds k = statements.kinds(t);
      if (k.has(WordKind::DenialNoun) || k.has(WordKind::RefusalNoun)) return Polarity::Denied;
      // "says the keeper, and declines to elaborate": a verb that was taken for a noun
      if ((k.has(WordKind::DenialVerb) || k.has(WordKind::RefusalVerb)) && t > s.sentence.begin &&
          statements.tag(t - 1) != Tag::DT && statements.tag(t - 1) != Tag::JJ && statements.tag(t - 1) != Tag::PRPS)
        return Polarity::Denied;
    }
    const bool no = s.group.begin > s.sentence.begin && statements.lower(s.group.begin - 1) == "no";
    return no || statements.lower(s.group.begin) == "no" ? Polarity::Denied : Polarity::Affirmed;
  }
  bool negated = false, denial = false, refusal = false, turning = false, confirm = false, modal = false;
  const auto look = [&](uint32_t t) {
    const WordKinds k = statements.kinds(t);
    if (k.has(WordKind::Negation)) {
      const bool joke = t + 1 < statements.token_count() && statements.kinds(t + 1).has(WordKind::NegationJoke);
      negated = negated || !joke;
    }
    // "has yet to comment"
    if (statements.lower(t) == "yet" && t + 1 < statements.token_count() && statements.tag(t + 1) == Tag::TO)
      negated = true;
    // "stopped short of saying"
    if (statements.lower(t) == "short" && t + 1 < statements.token_count() && statements.lower(t + 1) == "of")
      negated = true;
    modal = modal || statements.tag(t) == Tag::MD;
    const bool verb = statements.is_verb(t) || t == s.head;
    denial = denial || (verb && k.has(WordKind::DenialVerb)) || (t == s.head && brushes_off(statements, s, t));
    refusal = refusal || (verb && k.has(WordKind::RefusalVerb));
    turning = turning || (verb && k.has(WordKind::TurningVerb));
    confirm = confirm || (verb && k.has(WordKind::ConfirmVerb));
  };
  // The group alone: a "not" of a later piece ("as not saying") is a different matter.
  for (uint32_t t = s.group.begin; t < s.cue.front().end; ++t) look(t);
  // "said nothing about"
  if (const uint32_t behind = s.cue.front().end; behind + 1 < statements.token_count() && !s.passive)
    negated = negated || (statements.lower(behind) == "nothing" &&
                          (statements.tag(behind + 1) == Tag::IN || statements.lower(behind + 1) == "further" ||
                           statements.lower(behind + 1) == "more"));
  // "was not amused" is no refusal; "was not told", "would not be drawn" are.
  const WordKinds head = statements.kinds(s.head);
  const bool reports = head.has(WordKind::ToldVerb) || head.has(WordKind::ToVerb) || head.has(WordKind::QuoteVerb);
  if (head.has(WordKind::Be) || (s.passive && !reports && !modal)) negated = false;
  for (const IndexRange& r : s.source)
    if (statements.kinds(r.begin).has(WordKind::Nobody)) negated = !negated;
  if (refusal) return negated ? Polarity::Affirmed : Polarity::Denied;
  if (denial && confirm && negated) return Polarity::Denied;
  return (negated != denial) != turning ? Polarity::Denied : Polarity::Affirmed;
}

}  // namespace newsnlp
