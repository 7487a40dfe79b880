#include "record_fields.h"

#include "addressee.h"
#include "certainty.h"
#include "polarity.h"
#include "relay.h"
#include "statement.h"

namespace newsnlp {
namespace {

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

}  // namespace

void RecordFields::fill(Layers& layers, const Workspace& workspace) const {
  if (layers.quotes.empty()) return;
  const Statements all(layers, workspace, words_);
  std::vector<IndexRange> addressees(layers.quotes.size());
  for (size_t i = 0; i < layers.quotes.size(); ++i) {
    Quote& q = layers.quotes[i];
    q.type = type_of(all, all[i]);
    q.polarity = polarity_of(all, i);
    q.certainty = certainty_of(all, i, q.polarity);
    if (!is_speech(all, i, q.type)) q.speech = false;
    if (!q.speech) continue;
    const Addressee found = addressee_of(all, i);
    addressees[i] = found.phrase;
    if (found.phrase.empty()) continue;
    q.addressee = layers.add_spans(all.spans(found.phrase));
    if (found.was_source) q.source = {};
  }
  for (size_t i = 0; i < layers.quotes.size(); ++i) {
    Quote& q = layers.quotes[i];
    if (!q.speech) continue;
    const Quote* parent = q.nested_in && *q.nested_in < layers.quotes.size() ? &layers.quotes[*q.nested_in] : nullptr;
    const IndexRange relay = relay_of(all, i, addressees[i], parent, q.nested_in.value_or(0));
    if (!relay.empty()) q.relay = layers.add_spans(all.spans(relay));
  }
}

}  // namespace newsnlp
