#include "newsnlp/document.h"

#include <stdexcept>

#include "layers.h"

namespace newsnlp {

Document::Document() : layers_(std::make_shared<const Layers>()) {}
Document::Document(std::shared_ptr<const Layers> layers) noexcept : layers_(std::move(layers)) {}

std::string_view Document::text() const noexcept {
  return layers_->text;
}
std::string_view Document::text(Span span) const noexcept {
  return layers_->of(span);
}
std::span<const Token> Document::tokens() const noexcept {
  return layers_->tokens;
}
std::span<const Sentence> Document::sentences() const noexcept {
  return layers_->sentences;
}
std::span<const Paragraph> Document::paragraphs() const noexcept {
  return layers_->paragraphs;
}
std::span<const Mention> Document::mentions() const noexcept {
  return layers_->mentions;
}
std::span<const Entity> Document::entities() const noexcept {
  return layers_->entities;
}
std::span<const Role> Document::roles() const noexcept {
  return layers_->roles;
}
std::span<const Quote> Document::quotes() const noexcept {
  return layers_->quotes;
}

std::span<const Span> Document::spans(IndexRange range) const noexcept {
  return std::span<const Span>(layers_->spans).subspan(range.begin, range.size());
}

std::string Document::joined(IndexRange range) const {
  std::string out;
  for (Span s : spans(range)) {
    if (!out.empty()) out += ' ';
    out += text(s);
  }
  return out;
}

std::vector<uint32_t> Document::quotes_of(uint32_t entity) const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < layers_->quotes.size(); ++i)
    if (layers_->quotes[i].speaker == entity) out.push_back(i);
  return out;
}

std::span<const Candidate> Document::candidates(uint32_t quote) const noexcept {
  if (quote >= layers_->quote_candidates.size()) return {};
  const IndexRange r = layers_->quote_candidates[quote];
  return std::span<const Candidate>(layers_->candidates).subspan(r.begin, r.size());
}

std::string_view Document::relay_name(const Quote& quote) const noexcept {
  if (quote.relay.empty()) return {};
  const Span first = layers_->spans[quote.relay.begin];
  for (const Mention& m : layers_->mentions)
    if (first.contains(m.span) && m.entity != Mention::kNoEntity) return text(layers_->entities[m.entity].name);
  return text(first);
}

Document make_document(Layers&& layers) {
  if (std::string broken = check_invariants(layers); !broken.empty())
    throw std::logic_error("newsnlp: a stage broke an invariant of the document (please report this): " + broken);
  return Document(std::make_shared<const Layers>(std::move(layers)));
}

}  // namespace newsnlp
