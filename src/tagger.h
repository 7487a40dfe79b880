// Room: tagger. Tokens -> part-of-speech tags and base noun phrases.
#pragma once

#include <memory>

#include "layers.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "workspace.h"

namespace newsnlp {

class Tagger {
 public:
  /// Reads section "pos.bin"; without it tokens keep Tag::None. Throws ModelError.
  Tagger(const Model& model, const Options& options);
  ~Tagger();
  Tagger(Tagger&&) noexcept;

  /// Fills Token::tag, and noun_phrases and noun_phrase of `workspace`. Greedy, from left to right; a tag is None where
  /// the model has none. Linear time. A workspace serves one tagger only.
  void tag(Layers& layers, Workspace& workspace) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

/// Whether a token needs no model: an address, or a quotation mark that opens or closes.
inline bool is_evident(const Token& token, Quotation quotation) noexcept {
  static_assert(Quotation::Opens > Quotation::Inside && Quotation::Closes > Quotation::Opens);
  return token.kind == TokenKind::Url || quotation >= Quotation::Opens;
}
/// The tag of such a token, else Tag::None.
inline Tag evident_tag(const Token& token, Quotation quotation) noexcept {
  if (token.kind == TokenKind::Url) return Tag::ADD;
  if (quotation == Quotation::Opens) return Tag::OpenQuote;
  if (quotation == Quotation::Closes) return Tag::CloseQuote;
  return Tag::None;
}

}  // namespace newsnlp
