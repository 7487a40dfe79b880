#include "spoken.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr uint32_t kSentences = 5;   // that a role's person is "he" in
constexpr uint32_t kLookedBack = 8;  // quotes
constexpr uint32_t kBeside = 4;      // quotes on either side of "I"

}  // namespace

uint32_t carried(const Layers& layers, const Workspace& workspace, const LinkNotes& notes,
                 std::span<const Spoken> spoken, uint32_t token, bool male) {
  const auto behind =
      std::partition_point(spoken.begin(), spoken.end(), [&](const Spoken& s) { return s.token < token; });
  if (behind == spoken.begin()) return kNone;
  const Spoken& last = *(behind - 1);
  const Tag tag = layers.tokens[last.token].tag;
  const auto other = [&](uint32_t e) {
    return male ? notes.gender[e] <= -kShownGender : notes.gender[e] >= kShownGender;
  };
  const Entity& e = layers.entities[last.entity];
  if (e.type != EntityType::Person || !e.named || other(last.entity)) return kNone;
  if ((tag < Tag::NN || tag > Tag::NNPS) && !last.goes_on) return kNone;
  if (workspace.sentence[token] - workspace.sentence[last.token] > kSentences) return kNone;
  if (workspace.paragraph[token] - workspace.paragraph[last.token] > 1) return kNone;
  for (size_t m = mention_at_or_before(notes, token);
       m < layers.mentions.size() && notes.mention_tokens[m].end > last.token; --m) {
    const uint32_t x = layers.mentions[m].entity;
    if (notes.mention_tokens[m].begin <= last.token) return kNone;  // a name spoke
    if (x != Mention::kNoEntity && layers.entities[x].type == EntityType::Person && !other(x)) return kNone;
    if (m == 0) break;
  }
  return last.entity;
}

namespace {

template <class Fits>
bool is_said_where(const Layers& layers, uint32_t token, uint32_t quote, Fits fits) {
  const Span word = layers.tokens[token].span;
  for (uint32_t p = quote; p > 0 && quote - p < kLookedBack; --p) {
    const Quote& q = layers.quotes[p - 1];
    if (!fits(q)) continue;
    for (uint32_t s = q.content.begin; s < q.content.end; ++s)
      if (layers.spans[s].contains(word)) return true;
  }
  return false;
}

}  // namespace

bool is_said_by(const Layers& layers, uint32_t entity, uint32_t token, uint32_t quote) {
  return is_said_where(layers, token, quote, [&](const Quote& q) { return q.speaker == entity; });
}

bool is_said(const Layers& layers, uint32_t token, uint32_t quote) {
  return is_said_where(layers, token, quote, [](const Quote&) { return true; });
}

uint32_t quote_beside(const Layers& layers, const Workspace& workspace, std::span<const IndexRange> sources,
                      uint32_t quote) {
  const auto fits = [&](uint32_t p) {
    const IndexRange source = sources[p];
    return !source.empty() && layers.quotes[p].speaker && !layers.quotes[p].nested_in &&
           workspace.quotation[source.begin] == Quotation::Outside &&
           workspace.paragraph[source.begin] == workspace.paragraph[sources[quote].begin];
  };
  const auto count = static_cast<uint32_t>(layers.quotes.size());
  for (uint32_t p = quote + 1; p < std::min(count, quote + kBeside); ++p)
    if (fits(p)) return p;
  for (uint32_t p = quote; p > 0 && quote - p < kBeside; --p)
    if (fits(p - 1)) return p - 1;
  return kNone;
}

}  // namespace newsnlp
