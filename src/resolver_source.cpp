#include "resolver_source.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr uint32_t kMaxTokens = 48;

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS;
}
bool is_plural(Tag t) {
  return t == Tag::NNS || t == Tag::NNPS;
}

IndexRange tokens_of(const Layers& layers, Span span) {
  const auto first = std::partition_point(layers.tokens.begin(), layers.tokens.end(),
                                          [&](const Token& x) { return x.span.end <= span.begin; });
  const auto begin = static_cast<uint32_t>(first - layers.tokens.begin());
  uint32_t end = begin;
  while (end < layers.tokens.size() && end - begin < kMaxTokens && layers.tokens[end].span.begin < span.end) ++end;
  return {begin, end};
}

class Reader {
 public:
  Reader(const Layers& layers, const Workspace& workspace, LinkNotes& notes)
      : layers_(layers), workspace_(workspace), notes_(notes) {}

  SourceReading read(IndexRange source) {
    SourceReading r;
    uint32_t t = source.begin;
    while (t < source.end && skippable(t)) ++t;
    if (t == source.end) return r;
    const WordFacts& first = facts(t);
    const bool alone = t + 1 == source.end || !continues(t + 1);
    if (first.pronoun != PronounKind::None &&
        (first.pronoun != PronounKind::Possessive || alone || tag(t) == Tag::PRP)) {
      r.kind = SourceKind::Pronoun;
      r.head = t;
      r.phrase = {t, t + 1};
      return r;
    }
    r.definite = lower(t) == "the" || lower(t) == "this" || lower(t) == "that" || lower(t) == "both";
    r.possessive = tag(t) == Tag::PRPS || first.pronoun == PronounKind::Possessive;
    find_head(r, t, source.end);
    if (r.head == SourceReading::kNone) return any_mention(r, source);
    if (name(r, r.head)) return r;
    // "His spokeswoman, Ann Lee": the name is in apposition.
    const uint32_t next = r.phrase.end;
    const WordFacts& head = facts(r.head);
    if (next + 1 < source.end && text(next) == "," && !head.plural && !is_plural(tag(r.head))) {
      const size_t m = mention_at_or_before(notes_, next + 1);
      if (m < layers_.mentions.size() && notes_.mention_tokens[m].begin <= next + 1 &&
          notes_.mention_tokens[m].end > next + 1 && layers_.mentions[m].type == EntityType::Person) {
        r.kind = SourceKind::Name;
        r.mention = static_cast<uint32_t>(m);
        return r;
      }
    }
    r.kind = kind_of(head, r);
    return r;
  }

 private:
  const WordFacts& facts(uint32_t t) const { return notes_.at(workspace_, t); }
  Tag tag(uint32_t t) const { return layers_.tokens[t].tag; }
  std::string_view text(uint32_t t) const { return layers_.of(layers_.tokens[t]); }
  std::string_view lower(uint32_t t) const { return workspace_.types.lower(workspace_.word[t]); }
  bool skippable(uint32_t t) const {
    if (layers_.tokens[t].kind == TokenKind::Punctuation) return true;
    return tag(t) == Tag::CC || tag(t) == Tag::IN || tag(t) == Tag::TO || (tag(t) == Tag::RB && lower(t) != "no");
  }
  // The noun phrase of `t - 1` goes on at t.
  bool continues(uint32_t t) const {
    switch (tag(t)) {
      case Tag::NN:
      case Tag::NNS:
      case Tag::NNP:
      case Tag::NNPS:
      case Tag::JJ:
      case Tag::JJR:
      case Tag::JJS:
      case Tag::CD:
      case Tag::POS:
      case Tag::HYPH:
      case Tag::VBN:
      case Tag::VBG:
      case Tag::DT:
      case Tag::PRPS:
      case Tag::PDT:
      case Tag::None:
      case Tag::Dollar:
        return layers_.tokens[t].kind != TokenKind::Punctuation || text(t) == "-" || tag(t) == Tag::POS;
      default:
        return text(t) == "-" || text(t) == "&";
    }
  }

  void find_head(SourceReading& r, uint32_t begin, uint32_t end) const {
    uint32_t t = begin;
    r.phrase = {begin, begin + 1};
    for (; t < end && (t == begin || continues(t)); ++t) {
      // A participle behind the head opens a clause: "people briefed on".
      if (r.head != SourceReading::kNone && (tag(t) == Tag::VBN || tag(t) == Tag::VBG) && t + 1 < end &&
          !is_noun(tag(t + 1)))
        break;
      if (r.head != SourceReading::kNone && tag(t) == Tag::DT) break;
      if (is_noun(tag(t)) || (r.head == SourceReading::kNone && (tag(t) == Tag::CD || tag(t) == Tag::JJ)) ||
          (tag(t) == Tag::None && layers_.tokens[t].kind == TokenKind::Word))
        r.head = t;
      r.possessive |= tag(t) == Tag::POS;
    }
    if (r.head == SourceReading::kNone) {
      if (tag(begin) == Tag::DT || tag(begin) == Tag::CD || is_noun(tag(begin))) r.head = begin;
      r.phrase.end = std::max(t, begin + 1);
      return;
    }
    // A name of several words ends where its mention ends.
    r.phrase.end = t;
    while (r.phrase.end < end && text(r.phrase.end) != "," &&
           layers_.tokens[r.phrase.end].kind != TokenKind::Punctuation &&
           facts(r.phrase.end).person != PronounPerson::Who && tag(r.phrase.end) != Tag::VBD)
      ++r.phrase.end;
  }

  bool name(SourceReading& r, uint32_t head) const {
    const size_t m = mention_at_or_before(notes_, head);
    if (m >= layers_.mentions.size() || notes_.mention_tokens[m].end <= head) return false;
    const Mention& mention = layers_.mentions[m];
    if (mention.entity == Mention::kNoEntity) return false;
    if (mention.type == EntityType::Misc && is_plural(tag(head))) {
      r.kind = SourceKind::Group;
      return true;
    }
    r.kind = SourceKind::Name;
    r.mention = static_cast<uint32_t>(m);
    return true;
  }

  SourceReading any_mention(SourceReading r, IndexRange source) const {
    for (size_t m = mention_at_or_before(notes_, source.end - 1);
         m < layers_.mentions.size() && notes_.mention_tokens[m].begin >= source.begin; --m) {
      if (layers_.mentions[m].entity != Mention::kNoEntity && layers_.mentions[m].type != EntityType::Misc) {
        r.kind = SourceKind::Name;
        r.mention = static_cast<uint32_t>(m);
      }
      if (m == 0) break;
    }
    return r;
  }

  SourceKind kind_of(const WordFacts& head, const SourceReading& r) const {
    if (head.noun == NounKind::Group) return SourceKind::Group;
    if (head.plural || is_plural(tag(r.head))) return SourceKind::Group;
    if (tag(r.head) == Tag::CD && lower(r.phrase.begin) != "one" && r.phrase.size() == 1) return SourceKind::Group;
    switch (head.noun) {
      case NounKind::Person:
      case NounKind::Kin:
        return SourceKind::Role;
      case NounKind::Organization:
        return SourceKind::Body;
      case NounKind::Writing:
        return SourceKind::Writing;
      default:
        if (head.title != TitleKind::None) return SourceKind::Role;
        if (lower(r.head) == "one" || lower(r.head).ends_with("old")) return SourceKind::Role;
        return tag(r.head) == Tag::NNP ? SourceKind::Body : SourceKind::Role;
    }
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
};

}  // namespace

size_t mention_at_or_before(const LinkNotes& notes, uint32_t token) {
  const auto at = std::partition_point(notes.mention_tokens.begin(), notes.mention_tokens.end(),
                                       [&](IndexRange r) { return r.begin <= token; });
  return at == notes.mention_tokens.begin() ? notes.mention_tokens.size()
                                            : static_cast<size_t>(at - notes.mention_tokens.begin()) - 1;
}

SourceReading read_source(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const Quote& quote) {
  if (quote.source.empty()) return {};
  const IndexRange source = tokens_of(layers, layers.spans[quote.source.begin]);
  if (source.empty()) return {};
  return Reader(layers, workspace, notes).read(source);
}

}  // namespace newsnlp
