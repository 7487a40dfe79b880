// Room: document. The rules that every document keeps, whatever the text.
#include <algorithm>
#include <cmath>

#include "layers.h"

namespace newsnlp {
namespace {

class Checker {
 public:
  explicit Checker(const Layers& layers) : l_(layers) {}

  std::string run() {
    tokens();
    if (broken_.empty()) paragraphs();
    if (broken_.empty()) mentions();
    if (broken_.empty()) quotes();
    return broken_;
  }

 private:
  void require(bool ok, const char* rule, size_t index) {
    if (!ok) [[unlikely]]
      report(rule, index);
  }
  [[gnu::cold, gnu::noinline]] void report(const char* rule, size_t index) {
    if (broken_.empty()) broken_ = std::string(rule) + " (index " + std::to_string(index) + ")";
  }
  // At most text.size(), where the text has its 0.
  bool on_boundary(uint32_t byte) const { return static_cast<signed char>(l_.text.c_str()[byte]) >= -64; }
  bool good(Span s) const {
    return s.begin < s.end && s.end <= l_.text.size() && on_boundary(s.begin) && on_boundary(s.end);
  }
  static bool probability(float p) { return p >= 0 && p <= 1; }

  // All at once, without a branch: that no token breaks a rule.
  bool tokens_keep_the_rules() const {
    uint32_t end = 0;
    uint32_t broken = 0;
    for (const Token& t : l_.tokens) {
      broken |= static_cast<uint32_t>(t.span.begin < end) | static_cast<uint32_t>(t.span.begin >= t.span.end) |
                static_cast<uint32_t>(t.tag >= Tag::Count);
      end = t.span.end;
    }
    if (broken != 0 || end > l_.text.size()) return false;
    const char* const text = l_.text.c_str();
    for (const Token& t : l_.tokens)
      broken |= static_cast<uint32_t>(static_cast<signed char>(text[t.span.begin]) < -64) |
                static_cast<uint32_t>(static_cast<signed char>(text[t.span.end]) < -64);
    return broken == 0;
  }
  void tokens() {
    if (tokens_keep_the_rules()) return;
    uint32_t end = 0;
    for (size_t i = 0; i < l_.tokens.size(); ++i) {
      const Token& t = l_.tokens[i];
      require(good(t.span), "a token is not empty and lies on code point boundaries", i);
      require(t.span.begin >= end, "tokens are in text order and do not overlap", i);
      require(t.tag < Tag::Count, "a token's tag is known", i);
      end = t.span.end;
    }
  }
  void paragraphs() {
    uint32_t token = 0;
    uint32_t sentence = 0;
    for (size_t i = 0; i < l_.sentences.size(); ++i) {
      const Sentence& s = l_.sentences[i];
      require(s.tokens.begin == token && s.tokens.end > token && s.tokens.end <= l_.tokens.size(),
              "sentences divide the tokens", i);
      if (!broken_.empty()) return;
      token = s.tokens.end;
      require(s.span.begin == l_.tokens[s.tokens.begin].span.begin && s.span.end == l_.tokens[token - 1].span.end,
              "a sentence's span is that of its tokens", i);
    }
    require(token == l_.tokens.size(), "every token has a sentence", token);
    for (size_t i = 0; i < l_.paragraphs.size(); ++i) {
      const Paragraph& p = l_.paragraphs[i];
      require(p.sentences.begin == sentence && p.sentences.end > sentence && p.sentences.end <= l_.sentences.size(),
              "paragraphs divide the sentences", i);
      if (!broken_.empty()) return;
      sentence = p.sentences.end;
      require(p.span.begin == l_.sentences[p.sentences.begin].span.begin &&
                  p.span.end == l_.sentences[sentence - 1].span.end,
              "a paragraph's span is that of its sentences", i);
    }
    require(sentence == l_.sentences.size(), "every sentence has a paragraph", sentence);
  }
  void mentions() {
    uint32_t end = 0;
    for (size_t i = 0; i < l_.mentions.size(); ++i) {
      const Mention& m = l_.mentions[i];
      require(good(m.span), "a mention is not empty and lies on code point boundaries", i);
      require(m.span.begin >= end, "mentions are in text order and do not overlap", i);
      require(m.entity == Mention::kNoEntity || m.entity < l_.entities.size(), "a mention's entity exists", i);
      require(probability(m.score), "a mention's score is a probability", i);
      end = m.span.end;
    }
    for (size_t i = 0; i < l_.entities.size(); ++i) {
      const Entity& e = l_.entities[i];
      require(good(e.name), "an entity's name is a span of the text", i);
      require(e.roles.begin <= e.roles.end && e.roles.end <= l_.roles.size(), "an entity's roles exist", i);
    }
    for (size_t i = 0; i < l_.roles.size(); ++i) {
      require(good(l_.roles[i].span), "a role is a span of the text", i);
      require(l_.roles[i].entity < l_.entities.size() && l_.entities[l_.roles[i].entity].roles.contains(i),
              "a role and its entity name each other", i);
    }
  }
  bool list(IndexRange r) const {
    if (r.begin > r.end || r.end > l_.spans.size()) return false;
    for (uint32_t i = r.begin; i < r.end; ++i)
      if (i > r.begin && l_.spans[i].begin < l_.spans[i - 1].end) return false;
    return true;
  }
  void quotes() {
    const auto count = static_cast<uint32_t>(l_.quotes.size());
    for (size_t i = 0; i < l_.spans.size(); ++i)
      require(good(l_.spans[i]), "a quote's span is not empty and lies on code point boundaries", i);
    if (!broken_.empty()) return;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < count; ++i) {
      const Quote& q = l_.quotes[i];
      require(!q.content.empty(), "a quote has content", i);
      for (IndexRange r : {q.content, q.cue, q.source, q.addressee, q.relay})
        require(list(r), "a quote's spans are in text order and do not overlap", i);
      if (!broken_.empty()) return;
      require(l_.spans[q.content.begin].begin >= begin, "quotes are in text order", i);
      begin = l_.spans[q.content.begin].begin;
      require(!q.speaker || *q.speaker < l_.entities.size(), "a quote's speaker exists", i);
      require(q.speaker.has_value() != (q.abstention != Abstention::None), "no speaker, a reason", i);
      require(!q.role || (*q.role < l_.roles.size() && q.speaker == l_.roles[*q.role].entity),
              "a quote's role is its speaker's", i);
      require(probability(q.score) && probability(q.speaker_score), "a quote's scores are probabilities", i);
      require(!q.nested_in || (*q.nested_in < count && *q.nested_in != i), "a quote's parent exists", i);
      if (!broken_.empty()) return;
    }
    for (uint32_t i = 0; i < count; ++i) {
      const Quote& q = l_.quotes[i];
      if (!q.nested_in) continue;
      uint32_t steps = 0;
      for (std::optional<uint32_t> up = q.nested_in; up && steps <= 64; up = l_.quotes[*up].nested_in) ++steps;
      require(steps <= 64, "nesting has no cycle", i);
      const Span own = l_.spans[q.content.begin];
      const IndexRange parent = l_.quotes[*q.nested_in].content;
      const auto end = l_.spans.begin() + parent.end;
      const auto around =
          std::partition_point(l_.spans.begin() + parent.begin, end, [&](Span s) { return s.end <= own.begin; });
      require(around != end && around->contains(own), "a nested quote stands inside its parent's content", i);
    }
    require(l_.quote_candidates.empty() || l_.quote_candidates.size() == count, "candidates, a range a quote", 0);
    for (size_t i = 0; i < l_.quote_candidates.size(); ++i) {
      const IndexRange r = l_.quote_candidates[i];
      require(r.begin <= r.end && r.end <= l_.candidates.size(), "a quote's candidates exist", i);
      if (!broken_.empty()) return;
      for (uint32_t k = r.begin; k < r.end; ++k)
        require(l_.candidates[k].entity < l_.entities.size() && probability(l_.candidates[k].score),
                "a candidate is an entity with a probability", i);
    }
  }

  const Layers& l_;
  std::string broken_;
};

}  // namespace

std::string check_invariants(const Layers& layers) {
  return Checker(layers).run();
}

std::string check_invariants(const Document& document) {
  Layers copy;
  copy.text = document.text();
  copy.tokens.assign(document.tokens().begin(), document.tokens().end());
  copy.sentences.assign(document.sentences().begin(), document.sentences().end());
  copy.paragraphs.assign(document.paragraphs().begin(), document.paragraphs().end());
  copy.mentions.assign(document.mentions().begin(), document.mentions().end());
  copy.entities.assign(document.entities().begin(), document.entities().end());
  copy.roles.assign(document.roles().begin(), document.roles().end());
  copy.quotes.assign(document.quotes().begin(), document.quotes().end());
  uint32_t pool = 0;
  for (const Quote& q : copy.quotes)
    for (IndexRange r : {q.content, q.cue, q.source, q.addressee, q.relay}) pool = std::max(pool, r.end);
  const auto spans = document.spans({0, pool});
  copy.spans.assign(spans.begin(), spans.end());
  return check_invariants(copy);
}

}  // namespace newsnlp
