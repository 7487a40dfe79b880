// Room: document. What the stages write; a Document is made of it once, when all of them are done.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

struct Layers {
  std::string text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Paragraph> paragraphs;
  std::vector<Mention> mentions;  // in text order, no overlap
  std::vector<Entity> entities;
  std::vector<Role> roles;
  std::vector<Quote> quotes;                 // by first content span
  std::vector<Span> spans;                   // pool of the quotes' span lists
  std::vector<Candidate> candidates;         // pool
  std::vector<IndexRange> quote_candidates;  // a quote, of candidates; empty or as long as quotes

  std::string_view of(Span s) const noexcept { return {text.data() + s.begin, s.size()}; }
  std::string_view of(const Token& t) const noexcept { return of(t.span); }
  IndexRange add_spans(const std::vector<Span>& list) {
    const auto begin = static_cast<uint32_t>(spans.size());
    spans.insert(spans.end(), list.begin(), list.end());
    return {begin, static_cast<uint32_t>(spans.size())};
  }
};

/// Takes the layers. Throws std::logic_error, which is a bug of a stage, if an invariant does not hold.
Document make_document(Layers&& layers);

/// The first invariant that does not hold, in words; "" when all hold. Linear time.
std::string check_invariants(const Layers& layers);
std::string check_invariants(const Document& document);

}  // namespace newsnlp
