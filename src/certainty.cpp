#include "certainty.h"

#include <algorithm>

namespace newsnlp {
namespace {

/// The verb group word by word: what stands in it, and where.
struct Group {
  explicit Group(const Statements& statements, const Statement& s) : all(statements), s_(s) {}

  bool any(WordKind kind) const {
    for (uint32_t t = s_.group.begin; t < s_.cue.front().end; ++t)
      if (all.kinds(t).has(kind)) return true;
    return false;
  }
  /// "'d been told", "'d told": had, not would.
  bool had() const {
    for (uint32_t t = s_.group.begin; t + 1 < s_.cue.front().end; ++t) {
      if (!all.kinds(t).has(WordKind::WouldModal) || !all.kinds(t).has(WordKind::Have)) continue;
      uint32_t next = t + 1;
      while (next + 1 < s_.cue.front().end && all.tag(next) == Tag::RB) ++next;
      return all.tag(next) == Tag::VBN || all.tag(next) == Tag::VBD;
    }
    return false;
  }
  /// "be" + a word of `kind` + "to", then the head.
  bool passive_to(WordKind kind) const {
    bool be = false;
    for (uint32_t t = s_.group.begin; t < s_.cue.front().end; ++t) {
      const WordKinds k = all.kinds(t);
      if (be && k.has(kind) && t != s_.head) {
        const uint32_t next = t + 1;
        if (next < s_.cue.front().end && all.lower(next) == "to") return true;
      }
      if (k.has(WordKind::Be))
        be = true;
      else if (be && all.tag(t) != Tag::RB && !k.has(kind))
        be = false;
    }
    return false;
  }
  const Statements& all;

 private:
  const Statement& s_;
};

bool only_adverbs(const Statements& all, const Statement& s) {
  return std::all_of(s.cue.begin(), s.cue.end(), [&](const IndexRange& r) {
    for (uint32_t t = r.begin; t < r.end; ++t)
      if (!all.kinds(t).has(WordKind::HedgeAdverb)) return false;
    return true;
  });
}

/// "is believed", "are thought to": nobody is said to have spoken.
bool bare_belief(const Statements& all, const Statement& s) {
  if (!s.passive || !all.kinds(s.head).has(WordKind::BeliefVerb)) return false;
  return s.source.empty() || s.source.front().begin < s.group.begin;
}

}  // namespace

Certainty certainty_of(const Statements& statements, size_t quote, Polarity polarity) {
  const Statement& s = statements[quote];
  if (s.cue.empty()) return Certainty::Asserted;
  if (s.noun) {
    const bool hedged =
        s.group.begin > s.sentence.begin && (statements.kinds(s.group.begin - 1).has(WordKind::HedgeAdjective) ||
                                             statements.kinds(s.group.begin).has(WordKind::HedgeAdjective));
    return hedged ? Certainty::Hedged : Certainty::Asserted;
  }
  if (only_adverbs(statements, s) || bare_belief(statements, s)) return Certainty::Hedged;
  const Group group(statements, s);
  if (group.any(WordKind::HedgeAdverb)) return Certainty::Hedged;
  if (group.any(WordKind::MayModal) && polarity == Polarity::Affirmed) return Certainty::Hedged;
  if (group.passive_to(WordKind::HedgeVerb)) return Certainty::Hedged;
  const auto head_follows_to =
      s.head > s.group.begin + 1 && (statements.tag(s.head - 1) == Tag::TO || statements.lower(s.head - 1) == "to" ||
                                     statements.lower(s.head - 1) == "have");
  for (uint32_t t = s.group.begin; t < s.head && head_follows_to; ++t)
    if (statements.kinds(t).has(WordKind::SeemVerb)) return Certainty::Hedged;
  // "is said to", "is alleged to": the present passive of a hedge that is itself the cue.
  if (s.passive && statements.kinds(s.head).has(WordKind::HedgeVerb) &&
      (s.source.empty() || s.source.front().end <= s.group.begin)) {
    const std::string_view be = statements.lower(s.head - 1);
    const uint32_t next = s.cue.front().end;
    const bool to = next < statements.token_count() && statements.lower(next) == "to";
    const std::string_view verb = statements.lower(s.head);
    // "is said to be comfortable" asserts that it is said.
    // "it is alleged that"
    if (statements.lower(s.head) == "alleged" && be == "is" && next < statements.token_count() &&
        statements.lower(next) == "that")
      return Certainty::Hedged;
    if (to && (be == "is" || be == "are") && verb != "reported" && verb != "said") return Certainty::Hedged;
  }
  const bool refusal = group.any(WordKind::Negation) || !statements.kinds(s.head).has(WordKind::DenialVerb);
  if (polarity == Polarity::Denied && refusal) return Certainty::Asserted;
  if (group.any(WordKind::WillModal)) return Certainty::Expected;
  if (group.any(WordKind::WouldModal) && !group.had()) {
    // "would only say that", "would say only that", "would say nothing more": did say
    if (s.head > 0 && statements.lower(s.head - 1) == "only") return Certainty::Asserted;
    if (s.head + 1 < s.sentence.end) {
      const std::string_view next = statements.lower(s.head + 1);
      if (next == "only" || next == "nothing" || next == "no") return Certainty::Asserted;
    }
    // "would later say" tells of the past; "I would say" softens; "would have said" guesses.
    if (group.any(WordKind::LaterAdverb)) return Certainty::Asserted;
    // "my mother would say, “…”": she often did.
    if (!s.content.empty() && s.content.front().begin > s.head &&
        statements.layers().tokens[s.content.front().begin].kind == TokenKind::Punctuation)
      return Certainty::Asserted;
    for (uint32_t t = s.group.begin; t < s.head; ++t)
      if (statements.kinds(t).has(WordKind::Have) && !statements.kinds(t).has(WordKind::WouldModal))
        return Certainty::Hedged;
    for (const IndexRange& r : s.source) {
      const std::string_view w = statements.lower(r.begin);
      if (w == "i" || w == "we") return Certainty::Asserted;
    }
    return Certainty::Expected;
  }
  for (uint32_t t = s.group.begin; t + 1 < s.head; ++t) {
    const WordKinds k = statements.kinds(t);
    const bool to = statements.lower(t + 1) == "to";
    if (!to) continue;
    if (k.has(WordKind::ExpectWord)) return Certainty::Expected;
    // "is to tell", "plans to tell"
    if (k.has(WordKind::Be) && statements.tag(t) != Tag::VBN) return Certainty::Expected;
    if (k.has(WordKind::PlanVerb) && statements.tag(t) != Tag::VBN) return Certainty::Expected;
  }
  return Certainty::Asserted;
}

bool is_refused_comment(const Statements& statements, const Statement& s) {
  if (!statements.lower(s.head).starts_with("want") && !statements.lower(s.head).starts_with("wish")) return false;
  if (s.content.empty() || s.content.front().size() < 2 || s.content.front().begin < s.head) return false;
  const uint32_t to = s.content.front().begin;
  if (statements.lower(to) != "to") return false;
  const std::string_view w = statements.lower(to + 1);
  if (w != "comment" && w != "discuss" && w != "elaborate" && w != "speak" && w != "answer") return false;
  for (uint32_t t = s.group.begin; t < s.head; ++t)
    if (statements.kinds(t).has(WordKind::Negation)) return true;
  return false;
}

bool is_speech(const Statements& statements, size_t quote, QuoteType type) {
  const Statement& s = statements[quote];
  if (s.cue.empty() || s.noun) return true;
  if (only_adverbs(statements, s) || bare_belief(statements, s)) return false;
  const WordKinds k = statements.kinds(s.head);
  if (k.has(WordKind::DenialVerb) || k.has(WordKind::RefusalVerb)) return true;
  if (k.has(WordKind::ThoughtVerb)) {
    if (type != QuoteType::Direct) return is_refused_comment(statements, s);
    // "feared “a chain of revenge”", "hoped for “a dry August”", "expected a decision “before the leaves fall”": no
    // comma, no colon.
    constexpr uint32_t kNear = 4;
    const uint32_t begin = s.content.empty() ? 0 : s.content.front().begin;
    if (begin > s.head && begin <= s.head + kNear && statements.tag(begin - 1) != Tag::Comma &&
        statements.lower(begin - 1) != ":" && !statements.is_comma(begin - 1))
      return false;
  }
  if (type != QuoteType::Indirect) return true;
  if (k.has(WordKind::MemoryVerb)) return statements.lower(s.cue.back().end - 1) == "aloud";  // "wondered aloud"
  return !k.has(WordKind::FindVerb) || !statements.any(s.source, WordKind::StudyNoun);
}

}  // namespace newsnlp
