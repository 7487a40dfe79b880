#include "long_titles.h"

namespace newsnlp {
namespace {

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS;
}
bool is_plural(const WordFacts& facts, Tag tag) {
  return facts.plural || tag == Tag::NNS || tag == Tag::NNPS;
}
bool is_head(const WordFacts& f, Tag tag) {
  return !is_plural(f, tag) && (f.noun == NounKind::Person || f.title == TitleKind::Office) &&
         (is_noun(tag) || f.title == TitleKind::Office);
}
bool is_sign(const Layers& layers, uint32_t token, char sign) {
  const Span span = layers.tokens[token].span;
  return span.size() == 1 && layers.text[span.begin] == sign;
}
bool is_preposition(const WordFacts& facts, Tag tag) {
  return (tag == Tag::IN || tag == Tag::TO) && facts.is(WordList::Preposition);
}
bool is_filler(const Layers& layers, uint32_t token, Tag tag) {
  return tag == Tag::DT || tag == Tag::JJ || tag == Tag::POS || tag == Tag::CD || is_sign(layers, token, '-');
}

}  // namespace

uint32_t long_title_head(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t begin,
                         uint32_t end) {
  constexpr uint32_t kNone = 0xFFFFFFFF;
  bool opened = false;  // a preposition stands behind `t`
  for (uint32_t t = end; t > begin;) {
    --t;
    const WordFacts& f = notes.at(workspace, t);
    const Tag tag = layers.tokens[t].tag;
    if (opened && is_head(f, tag) && is_preposition(notes.at(workspace, t + 1), layers.tokens[t + 1].tag))
      return is_long_title(layers, workspace, notes, t, end) ? t : kNone;
    if (is_preposition(f, tag))
      opened = true;
    else if (!is_noun(tag) && f.small != SmallWord::And && !is_sign(layers, t, ',') && !is_filler(layers, t, tag))
      return kNone;
  }
  return kNone;
}

bool is_long_title(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t head, uint32_t end) {
  const auto tag = [&](uint32_t t) { return layers.tokens[t].tag; };
  const auto is_name = [&](uint32_t t) {
    const size_t m = mention_at_or_before(notes, t);
    return m < layers.mentions.size() && notes.mention_tokens[m].end > t;
  };
  const WordFacts& title = notes.at(workspace, head);
  if (!is_head(title, tag(head))) return false;
  bool nouns = false, opened = false, listed = false, of = false;  // of the part behind the last preposition
  for (uint32_t x = head + 1; x < end; ++x) {
    const WordFacts& f = notes.at(workspace, x);
    if (f.small == SmallWord::And || is_sign(layers, x, ',')) {
      listed = true, nouns = false;
    } else if (tag(x) == Tag::IN || tag(x) == Tag::TO) {
      nouns = listed = false, opened = true, of = f.small == SmallWord::Of;
      if (!is_preposition(f, tag(x))) return false;
    } else if (is_noun(tag(x))) {
      // "Chief of Police General Ann Lee", but not "of actor Ann Lee".
      const bool person = f.title == TitleKind::Office || (f.title == TitleKind::None && !is_plural(f, tag(x)) &&
                                                           (f.noun == NounKind::Person || f.noun == NounKind::Kin));
      const bool before = nouns && of && !listed && title.title == TitleKind::Office && !is_name(x - 1);
      if ((person && !before) || (f.title == TitleKind::Civil && !nouns)) return false;
      nouns = true;
    } else if (!is_filler(layers, x, tag(x))) {
      return false;
    }
    if (!opened) return false;
  }
  return nouns;
}

}  // namespace newsnlp
