#include "record_fields.h"

#include <algorithm>
#include <numeric>

#include "addressee.h"
#include "certainty.h"
#include "polarity.h"
#include "relay.h"
#include "statement.h"
#include "told_clause.h"

namespace newsnlp {
namespace {

IndexRange add_span(Layers& layers, Span span) {
  layers.spans.push_back(span);
  const auto end = static_cast<uint32_t>(layers.spans.size());
  return {end - 1, end};
}

/// By the content's own marks; a turn of a transcript ("NAME: …") is direct.
QuoteType type_of(const Statements& all, const Statement& s) {
  uint32_t marked = 0, words = 0;
  for (const IndexRange& r : s.content) {
    for (uint32_t t = r.begin; t < r.end; ++t) {
      const TokenKind kind = all.layers().tokens[t].kind;
      if (kind == TokenKind::Punctuation || kind == TokenKind::Symbol) continue;
      ++words;
      marked += all.in_own_marks(t, s) ? 1 : 0;
    }
  }
  if (words > 0 && marked == words) return QuoteType::Direct;
  if (marked > 0) return QuoteType::Mixed;
  // A mark that never closes.
  if (!s.content.empty() && all.is_double_mark(s.content.front().begin)) return QuoteType::Direct;
  if (s.cue.empty() && !s.source.empty() && !s.content.empty()) {
    const uint32_t colon = s.source.back().end;
    if (colon < s.content.front().begin && all.lower(colon) == ":") return QuoteType::Direct;
  }
  return QuoteType::Indirect;
}

/// "put the cost at $4m", "puts the odds at “close to zero”", "put it to her that"; "put his side into the final" tells
/// of no words.
bool puts_figure(const Statements& all, const Statement& s) {
  constexpr uint32_t kFar = 14;
  const uint32_t end = std::min(s.head + kFar, s.sentence.end);
  if (s.head + 1 < end && all.lower(s.head + 1) == "it") return true;
  for (uint32_t t = s.head + 1; t + 1 < end; ++t) {
    if (all.lower(t) == "closer") return true;
    if (all.lower(t) != "at") continue;
    const std::string_view next = all.lower(t + 1);
    if (all.tag(t + 1) == Tag::CD || all.layers().tokens[t + 1].kind == TokenKind::Symbol || all.quoted(t + 1) ||
        next == "about" || next == "more" || next == "around" || next == "nearly" || next == "close")
      return true;
  }
  return false;
}

/// "wanted to know why" asked, "put the cost at $4m", "put it to her that" and "did not return calls" said or did not
/// say: words that alone tell of no speech.
bool is_turn_of_phrase(const Statements& all, const Statement& s) {
  const std::string_view w = all.lower(s.head);
  if (s.noun) return all.kinds(s.head).has(WordKind::SaidNoun);
  bool negated = false;
  for (uint32_t t = s.group.begin; t < s.head; ++t) negated |= all.kinds(t).has(WordKind::Negation);
  if (w == "put" || w == "puts") return negated || puts_figure(all, s);
  if (brushes_off(all, s, s.head)) return true;
  const std::string_view before = s.head > s.group.begin + 1 ? all.lower(s.head - 2) : std::string_view();
  if (w == "know") return before == "sought" || before == "wanted" || before == "wants";
  if (w == "return") return negated;
  if (s.content.empty() || all.lower(s.content.front().begin) != "that") return false;
  if (w == "held" || w == "holds" || w == "holding") return s.content.front().begin == s.head + 1;
  return w == "agree" || w == "agreed" || w == "agrees";
}

/// "refusing to give | his name", "did not identify | the victims"; "has identified | her as": but not "who identify
/// as".
bool is_withheld(const Statements& all, const Statement& s) {
  bool refused = false, negated = false, perfect = false;
  for (uint32_t t = s.group.begin; t < s.head; ++t) {
    const WordKinds k = all.kinds(t);
    refused |= k.has(WordKind::RefusalVerb) && all.is_verb(t);
    negated |= k.has(WordKind::Negation);
    perfect |= k.has(WordKind::Have);
  }
  const std::string_view verb = all.lower(s.head);
  if (verb.starts_with("identif") || verb.starts_with("specif")) return refused || negated || perfect;
  if (verb != "give" || !(refused || negated) || s.content.empty()) return false;
  const std::string_view what = all.lower(s.content.front().end - 1);
  return what == "name" || what == "names" || what == "details" || what == "figure" || what == "figures" ||
         what == "reason" || what == "reasons";
}

bool is_said(const Statements& all, size_t quote, QuoteType type) {
  const Statement& s = all[quote];
  if (s.cue.empty()) return false;
  const WordKinds k = all.kinds(s.head);
  if (is_turn_of_phrase(all, s) || !hearing_body(all, quote).empty()) return true;
  if (k.has(WordKind::DenialVerb) || k.has(WordKind::RefusalVerb)) return true;
  if (s.noun) return false;
  if (is_withheld(all, s)) return true;
  if (is_refused_comment(all, s)) return true;
  // "critics found it “dull”": their words, not a study's
  if (k.has(WordKind::FindVerb) && type == QuoteType::Mixed && !all.any(s.source, WordKind::StudyNoun)) return true;
  if (k.has(WordKind::SaidVerb) || (k.has(WordKind::FindVerb) && all.any(s.source, WordKind::PaperNoun))) return true;
  if (all.lower(s.cue.back().end - 1) == "clear") return true;  // "made it clear"
  // "were ordered to leave", but no "was estimated"
  return k.has(WordKind::SpeechVerb) && (!s.passive || k.has(WordKind::ToldVerb));
}

/// "Y quoted | X as saying": where Y was taken for the source, X becomes it, and Y is left for the relay. True: it was
/// so, and the statements are no longer those of the quotes.
bool turn_quoting_round(Layers& layers, const Workspace& workspace, const Statements& all, size_t quote) {
  constexpr uint32_t kName = 14;  // tokens between "quoted" and "as"
  const Statement& s = all[quote];
  if (s.cue.empty() || s.source.empty()) return false;
  // A cue that is the whole of "quoted her as saying" has the other verb for its head.
  const uint32_t first = s.cue.front().begin;
  uint32_t verb = s.head;
  while (verb > first && !all.kinds(verb).has(WordKind::QuoteVerb)) --verb;
  if (!all.kinds(verb).has(WordKind::QuoteVerb)) return false;
  Quote& q = layers.quotes[quote];
  if (s.passive) {  // "X was quoted by Y"
    const uint32_t agent = s.source.front().begin;
    const IndexRange subject = all.noun_phrase_before(s.group.begin);
    if (agent <= verb + 1 || all.lower(agent - 1) != "by" || subject.empty()) return false;
    q.source = add_span(layers, all.span(subject));
    return true;
  }
  const IndexRange quoted = all.noun_phrase_at(verb + 1);
  if (quoted.empty()) return false;
  uint32_t as = quoted.end;
  while (as + 1 < s.sentence.end && as < quoted.end + kName && all.lower(as) != "as" && !all.is_verb(as)) ++as;
  if (as + 1 >= s.sentence.end || all.lower(as) != "as" || !all.lower(as + 1).ends_with("ing")) return false;
  if (s.source.front().end <= s.group.begin) q.source = add_span(layers, all.span({quoted.begin, as}));
  std::vector<Span> content;
  for (const IndexRange& r : s.content) {
    if (r.begin > as + 1 || r.end <= verb) content.push_back(all.span(r));
    if (r.begin <= as + 1 && r.end > as + 2) content.push_back(all.span({as + 2, r.end}));
  }
  // "…," Y quoted X as saying: nothing was read but "X as saying".
  const auto& pairs = workspace.quotation_pairs;
  const auto pair = std::partition_point(pairs.begin(), pairs.end(),
                                         [&](const QuotationPair& p) { return p.open < s.sentence.begin; });
  if (content.empty() && pair != pairs.end() && pair->depth == 0 && pair->end <= s.group.begin)
    content.push_back(all.span({pair->open, pair->end}));
  if (!content.empty()) q.content = layers.add_spans(content);
  return true;
}

/// "Asked | by a radio host how it felt, Framer answered": the agent is the source. True: it was so, as above.
bool take_agent(Layers& layers, const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  if (s.cue.empty() || !s.source.empty() || s.noun || !all.kinds(s.head).has(WordKind::ToldVerb)) return false;
  if (!s.bare_participle && !s.passive) return false;
  const uint32_t by = s.head + 1;
  if (by + 1 >= s.sentence.end || all.lower(by) != "by") return false;
  IndexRange agent = all.noun_phrase_at(by + 1);
  while (agent.size() > 1 && all.is_date({agent.end - 1, agent.end})) --agent.end;  // "by the Herald last month"
  if (agent.empty() || all.is_date(agent)) return false;
  if (agent.size() == 1 && all.tag(agent.begin) == Tag::NN) return false;  // "told by telephone"
  const IndexRange whole = all.extended(agent);
  for (const IndexRange& r : s.content)
    if (r.begin < whole.end && whole.begin < r.end) return false;
  layers.quotes[quote].source = add_span(layers, all.span(whole));
  return true;
}

/// "…, according to Y" that the content took in is cut off it: its end, or a last part that is nothing else.
bool cut_relay(Layers& layers, const Statements& all, size_t quote, IndexRange relay) {
  const Statement& s = all[quote];
  if (s.content.empty()) return false;
  const IndexRange last = s.content.back();
  if (relay.begin <= last.begin || relay.begin >= last.end) return false;
  const bool whole =
      s.content.size() > 1 && last.begin > 0 && relay.end == last.end && relay_behind(all, s, last.begin - 1) == relay;
  uint32_t comma = relay.begin - 1;
  if (!whole) {
    if (relay.begin < last.begin + 4) return false;
    while (relay.begin - comma < 6 && comma > last.begin && all.lower(comma) != ",") --comma;
    if (!(relay_behind(all, s, comma) == relay)) return false;
  }
  std::vector<Span> content;
  for (const IndexRange& r : s.content) content.push_back(all.span(r));
  if (whole)
    content.pop_back();
  else
    content.back() = all.span({last.begin, comma});
  layers.quotes[quote].content = layers.add_spans(content);
  return true;
}

/// "“…,” X said, Reuters reported": where the medium was taken for the source, X becomes it.
bool turn_reported_round(Layers& layers, const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  if (s.cue.empty() || s.source.empty() || s.content.empty() || !all.kinds(s.head).has(WordKind::ReportVerb))
    return false;
  const IndexRange medium = s.source.front();
  if (medium.begin < 3 || medium.end > s.head || all.lower(medium.begin - 1) != "," || !all.is_medium(medium))
    return false;
  const uint32_t verb = medium.begin - 2;
  if (!all.is_verb(verb) || !all.kinds(verb).has(WordKind::ToVerb)) return false;
  const IndexRange subject = all.noun_phrase_before(verb);
  if (subject.empty() || subject.begin < s.content.back().end) return false;
  layers.quotes[quote].source = add_span(layers, all.span(subject));
  layers.quotes[quote].cue = add_span(layers, all.span({verb, verb + 1}));
  return true;
}

/// "told | the court Hartnell had slept": the content begins behind the addressee. True: it was so, as above.
bool free_addressee(Layers& layers, const Statements& all, size_t quote) {
  const uint32_t begin = clause_of_told(all, quote);
  if (begin == Workspace::kNone) return false;
  const Statement& s = all[quote];
  std::vector<Span> content;
  for (const IndexRange& r : s.content) content.push_back(all.span(r));
  content.front() = all.span({begin, s.content.front().end});
  layers.quotes[quote].content = layers.add_spans(content);
  return true;
}

/// "He said | the trial | was expected | to last": the subject is no source, it is a part of the content. True: it was
/// so, as above.
bool turn_belief_round(Layers& layers, const Statements& all, size_t quote) {
  const Statement& s = all[quote];
  if (s.cue.size() != 1 || s.noun || s.content.empty() || layers.quotes[quote].speech) return false;
  const uint32_t cue_end = s.cue.front().end;
  uint32_t believed = s.group.begin + 1;
  while (believed < cue_end && !all.kinds(believed).has(WordKind::BeliefVerb) && all.lower(believed) != "expected")
    ++believed;
  if (believed >= cue_end || believed + 1 >= all.token_count() || all.tag(believed) != Tag::VBN ||
      all.lower(believed + 1) != "to")
    return false;
  uint32_t be = believed - 1;
  while (be > s.group.begin && all.tag(be) == Tag::RB) --be;
  if (!all.kinds(be).has(WordKind::Be)) return false;
  IndexRange subject;
  if (!s.source.empty() && s.source.front().end == s.group.begin)  // not "The trial, Lee said, is expected to last"
    subject = s.source.front();
  else if (s.content.front().end <= s.group.begin)
    subject = s.content.front();
  else
    subject = all.noun_phrase_before(s.group.begin);
  if (subject.empty() || subject.end > s.group.begin || subject.begin < s.sentence.begin) return false;
  const uint32_t end = std::max(s.content.back().end, cue_end);
  if (end <= believed + 2) return false;
  if (s.source.empty() && s.content.size() == 2 && s.content.back().begin == believed + 1 && cue_end == believed + 1)
    return false;
  Quote& q = layers.quotes[quote];
  q.content = layers.add_spans(std::vector<Span>{all.span(subject), all.span({believed + 1, end})});
  q.cue = add_span(layers, all.span({s.group.begin, believed + 1}));
  q.source = {};
  return true;
}

/// "X said …, according to Y" is X's statement with relay Y: a quote of Y's that holds no more than X's whole statement
/// says nothing of its own.
bool only_passes_on(const Statements& all, size_t parent, size_t child) {
  const Statement& p = all[parent];
  const Statement& c = all[child];
  if (p.cue.empty() || !all.kinds(p.cue.front().begin).has(WordKind::According)) return false;
  if (c.cue.empty() || c.source.empty() || p.content.empty()) return false;
  // "According to the indictment, X said …": what is no medium says more than X did.
  if (!p.source.empty() && p.cue.front().end <= p.content.front().begin && !all.is_medium(p.source.front()))
    return false;
  const uint32_t begin = std::min({c.source.front().begin, c.cue.front().begin, c.content.front().begin});
  return begin <= p.content.front().begin + 2 && c.cue.front().end <= p.content.back().end;
}

/// A transcript's turn is direct without marks, as it was found.
bool is_turn(const Statements& all, const Quote& q, const Statement& s) {
  if (q.type != QuoteType::Direct || s.cue.empty()) return false;
  const std::string_view label = all.lower(s.head);
  return label == ":" || label == "q." || label == "a.";
}

/// Quotes whose content changed are in text order again, and nested in what still holds them.
void put_in_order(Layers& layers) {
  std::vector<Quote>& quotes = layers.quotes;
  const auto begin = [&](const Quote& q) { return layers.spans[q.content.begin]; };
  for (Quote& q : quotes)
    while (q.nested_in) {
      const Quote& parent = quotes[*q.nested_in];
      bool inside = false;
      for (uint32_t i = parent.content.begin; i < parent.content.end; ++i) inside |= layers.spans[i].contains(begin(q));
      if (inside) break;
      q.nested_in = parent.nested_in;
    }
  std::vector<uint32_t> order(quotes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return begin(quotes[a]).begin < begin(quotes[b]).begin; });
  if (std::is_sorted(order.begin(), order.end())) return;
  std::vector<uint32_t> place(order.size());
  std::vector<Quote> sorted;
  for (uint32_t k = 0; k < order.size(); ++k) {
    place[order[k]] = k;
    sorted.push_back(quotes[order[k]]);
  }
  for (Quote& q : sorted)
    if (q.nested_in) q.nested_in = place[*q.nested_in];
  quotes = std::move(sorted);
}

void erase_quotes(std::vector<Quote>& quotes, const std::vector<bool>& gone) {
  std::vector<uint32_t> place(quotes.size());
  uint32_t kept = 0;
  for (size_t i = 0; i < quotes.size(); ++i) {
    place[i] = kept;
    if (!gone[i]) quotes[kept++] = quotes[i];
  }
  quotes.resize(kept);
  for (Quote& q : quotes)
    if (q.nested_in) q.nested_in = place[*q.nested_in];
}

}  // namespace

void RecordFields::fill(Layers& layers, const Workspace& workspace, Statements& all) const {
  if (layers.quotes.empty()) return;
  all.read(layers, workspace, words_);
  bool changed = false;
  for (size_t i = 0; i < layers.quotes.size(); ++i)
    changed |= turn_quoting_round(layers, workspace, all, i) || turn_reported_round(layers, all, i) ||
               take_agent(layers, all, i) || free_addressee(layers, all, i) || turn_belief_round(layers, all, i);
  if (changed) {
    put_in_order(layers);
    all.read(layers, workspace, words_);
  }
  std::vector<IndexRange> addressees(layers.quotes.size());
  for (size_t i = 0; i < layers.quotes.size(); ++i) {
    Quote& q = layers.quotes[i];
    if (!is_turn(all, q, all[i])) q.type = type_of(all, all[i]);
    q.polarity = polarity_of(all, i);
    q.certainty = certainty_of(all, i, q.polarity);
    q.speech = is_speech(all, i, q.type) && (q.speech || is_said(all, i, q.type));
    if (!q.speech) continue;
    const Addressee found = addressee_of(all, i);
    addressees[i] = found.phrase;
    if (found.phrase.empty()) continue;
    q.addressee = add_span(layers, all.span(found.phrase));
    if (found.was_source) q.source = {};
  }
  for (size_t i = 0; i < layers.quotes.size(); ++i) {
    Quote& q = layers.quotes[i];
    if (!q.speech) continue;
    const Quote* parent = q.nested_in && *q.nested_in < layers.quotes.size() ? &layers.quotes[*q.nested_in] : nullptr;
    const IndexRange relay = relay_of(all, i, addressees[i], parent, q.nested_in.value_or(0));
    if (relay.empty()) continue;
    q.relay = add_span(layers, all.span(relay));
    changed |= cut_relay(layers, all, i, relay);
  }
  if (changed) put_in_order(layers);  // cut_relay() changes no begin: only what is nested may move
  std::vector<bool> gone;             // none: empty
  for (size_t i = 0; i < layers.quotes.size(); ++i) {
    Quote& q = layers.quotes[i];
    if (!q.nested_in || *q.nested_in >= layers.quotes.size() || !q.speech || !only_passes_on(all, *q.nested_in, i))
      continue;
    gone.resize(layers.quotes.size());
    gone[*q.nested_in] = true;
  }
  if (gone.empty()) return;
  for (Quote& q : layers.quotes)
    while (q.nested_in && gone[*q.nested_in]) q.nested_in = layers.quotes[*q.nested_in].nested_in;
  erase_quotes(layers.quotes, gone);
}

}  // namespace newsnlp
