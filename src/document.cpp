#include "newsnlp/document.h"

#include <algorithm>
#include <stdexcept>

#include "folding.h"
#include "layers.h"
#include "newsnlp/json.h"
#include "unicode.h"

namespace newsnlp {

Document::Document() {
  static const auto nothing = std::make_shared<const Layers>();  // all empty documents share it
  layers_ = nothing;
}
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

std::string entity_key(EntityType type, std::string_view name) {
  std::string folded;
  append_folded(lower(name), folded);
  std::string key(to_string(type));
  key += ':';
  bool gap = false;
  for (size_t at = 0; at < folded.size();) {
    const size_t begin = at;
    const char32_t c = next_code_point(folded, at);
    if (is_invisible(c) || c == '-') {
      gap = true;
      continue;
    }
    if (gap && key.back() != ':') key += ' ';
    gap = false;
    key.append(folded, begin, at - begin);
  }
  return key;
}

std::string Document::key(uint32_t entity) const {
  const Entity& e = layers_->entities[entity];
  return e.named ? entity_key(e.type, text(e.name)) : std::string();
}

std::string_view Document::relay_name(const Quote& quote) const noexcept {
  if (quote.relay.empty()) return {};
  // "Britain's ITV": the body; "two Malian officials": no name is all of it.
  const Span first = layers_->spans[quote.relay.begin];
  const std::vector<Mention>& mentions = layers_->mentions;
  auto m = std::partition_point(mentions.begin(), mentions.end(),
                                [&](const Mention& x) { return x.span.begin < first.begin; });
  const Mention* name = nullptr;
  const auto rank = [&](const Mention& x) {
    if (x.type == EntityType::Organization) return 3;
    if (x.type == EntityType::Person) return 2;
    return x.span.end == first.end ? 1 : 0;
  };
  for (; m != mentions.end() && m->span.begin < first.end; ++m)
    if (first.contains(m->span) && m->entity != Mention::kNoEntity && rank(*m) > (name == nullptr ? 0 : rank(*name)))
      name = &*m;
  if (name != nullptr) return text(layers_->entities[name->entity].name);
  return text(first);
}

Document make_document(Layers&& layers) {
  if (std::string broken = check_invariants(layers); !broken.empty())
    throw std::logic_error("newsnlp: a stage broke an invariant of the document (please report this): " + broken);
  return Document(std::make_shared<const Layers>(std::move(layers)));
}

}  // namespace newsnlp
