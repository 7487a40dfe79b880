#include "article_view.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace newsnlp {
namespace {

constexpr size_t kTags = static_cast<size_t>(Tag::Count) + 1;
constexpr int kLookAhead = 25;
constexpr uint32_t kEdgeWord = 5;

// What follows from a tag alone.
struct TagTraits {
  bool verb = false, finite = false, adverb = false;
  uint8_t counted = 0;   // verb, finite and relative as bits of ArticleView::Count
  uint8_t junction = 0;  // 0: a matter of noun phrases
};

constexpr std::array<TagTraits, kTags> kTraits = [] {
  std::array<TagTraits, kTags> traits{};
  const auto of = [&](Tag t) -> TagTraits& { return traits[static_cast<size_t>(t)]; };
  for (auto t = static_cast<size_t>(Tag::VB); t <= static_cast<size_t>(Tag::VBZ); ++t) traits[t].verb = true;
  of(Tag::MD).verb = true;
  for (const Tag t : {Tag::RB, Tag::RBR, Tag::RBS, Tag::RP}) {
    of(t).adverb = true;
    of(t).junction = 74;
  }
  for (const Tag t : {Tag::VBD, Tag::VBZ, Tag::VBP, Tag::MD}) {
    of(t).finite = true;
    of(t).junction = 72;
  }
  for (const Tag t : {Tag::WP, Tag::WDT}) of(t).counted = 1 << ArticleView::kRelatives;
  for (const Tag t : {Tag::WP, Tag::WDT, Tag::WPS, Tag::WRB}) of(t).junction = 76;
  of(Tag::VBG).junction = 70;
  of(Tag::VBN).junction = 71;
  of(Tag::VB).junction = 73;
  of(Tag::IN).junction = 75;
  of(Tag::PRP).junction = 77;
  for (TagTraits& t : traits)
    t.counted |= static_cast<uint8_t>(t.verb << ArticleView::kVerbs | t.finite << ArticleView::kFinites);
  return traits;
}();

const TagTraits& traits(Tag tag) {
  return kTraits[static_cast<size_t>(tag)];
}

// Eight counts, in a vector of the machine.
using Eight = uint16_t __attribute__((vector_size(16)));
constexpr Eight kBits = {1, 2, 4, 8, 16, 32, 64, 128};

Junction junction_of(const ViewToken& t, int i) {
  const int in_phrase = t.phrase_begin == i ? 79 - (t.is(CueWord::kCapital) ? 1 : 0) : t.in_phrase() ? 80 : 81;
  const int of_tag = traits(t.tag).junction;
  const int of_word = t.junction;
  const int mark = t.opens() ? 62 : 63;
  const int other = of_tag != 0 ? of_tag : in_phrase;
  return static_cast<Junction>(t.mark() ? mark : of_word != 0 ? of_word : other);
}

ViewToken edge() {
  ViewToken t;
  t.word = kEdgeWord;
  t.lemma = kEdgeWord;
  t.tag = Tag::Count;
  t.junction = 99;
  t.sentence = -1;
  t.paragraph = -1;
  return t;
}

}  // namespace

void ArticleView::build(const Layers& layers, const Workspace& workspace, const CueWords& words,
                        const CueLexicon& lexicon) {
  size_ = static_cast<int>(layers.tokens.size());
  turns_ = 0;
  signed_quotations_ = 0;
  // They only grow: what lies behind this article is not looked at.
  tokens_.resize(std::max(tokens_.size(), static_cast<size_t>(size_) + 2 * kPad));
  counts_.resize(std::max(counts_.size(), static_cast<size_t>(size_) + 1));
  counts_[0] = {};
  static const ViewToken kEdge = edge();
  for (int i = 1; i <= kPad; ++i) token(-i) = token(size_ - 1 + i) = kEdge;
  fill_tokens(layers, workspace, words);
  mark_phrases(lexicon);
  cue_words_.clear();
  to_words_.clear();
  collecting_ = true;
  read(0, size_ - 1);
  collecting_ = false;
  for (const int i : cue_words_) {
    const ViewToken& t = at(i);
    if (t.is(CueWord::kColon) && i > 0 && i - t.paragraph_begin < 4 && at(t.paragraph_begin).is(CueWord::kCapital))
      ++turns_;
    if (t.is(CueWord::kDash) && at(i - 1).closes() && t.paragraph_end - i < 8) ++signed_quotations_;
  }
}

void ArticleView::fill_tokens(const Layers& layers, const Workspace& workspace, const CueWords& words) {
  ViewToken frame;
  for (const Paragraph& p : layers.paragraphs) {
    frame.paragraph = static_cast<int>(&p - layers.paragraphs.data());
    frame.paragraph_begin = static_cast<int>(layers.sentences[p.sentences.begin].tokens.begin);
    frame.paragraph_end = static_cast<int>(layers.sentences[p.sentences.end - 1].tokens.end) - 1;
    for (uint32_t s = p.sentences.begin; s < p.sentences.end; ++s) {
      const IndexRange tokens = layers.sentences[s].tokens;
      frame.sentence = static_cast<int>(s);
      frame.sentence_begin = static_cast<int>(tokens.begin);
      frame.sentence_end = static_cast<int>(tokens.end) - 1;
      for (uint32_t k = tokens.begin; k < tokens.end; ++k) {
        ViewToken& t = token(static_cast<int>(k));
        t = frame;
        static_cast<CueWord&>(t) = words[workspace.word[k]];
        t.tag = layers.tokens[k].tag;
        t.quotation = workspace.quotation[k];
        const TagTraits& traits_of = traits(t.tag);
        t.verb = traits_of.verb;
        t.finite = traits_of.finite;
        t.adverb = traits_of.adverb;
      }
    }
  }
  // Single marks that quote are read as the double ones that the models know.
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (!pair.single || workspace.quotation[pair.open] != Quotation::Opens) continue;
    static_cast<CueWord&>(token(static_cast<int>(pair.open))) = words.double_mark();
    if (pair.close != QuotationPair::kNone)
      static_cast<CueWord&>(token(static_cast<int>(pair.close))) = words.double_mark();
  }
  last_sentence_ = static_cast<int>(layers.sentences.size());
  last_paragraph_ = static_cast<int>(layers.paragraphs.size());
  for (const NounPhrase& phrase : workspace.noun_phrases) {
    const auto begin = static_cast<int>(phrase.tokens.begin);
    const auto end = static_cast<int>(phrase.tokens.end) - 1;
    for (int i = begin; i <= end; ++i) {
      ViewToken& t = token(i);
      if (t.mark()) continue;
      t.phrase_begin = begin;
      t.phrase_end = end;
    }
  }
}

void ArticleView::cut(const Workspace& workspace, const CueWords& words, std::span<const Excerpt> excerpts) {
  for (const Excerpt& x : excerpts) {
    ++last_paragraph_;
    for (int i = x.begin; i <= x.end; ++i) {
      ViewToken& t = token(i);
      if (i == x.begin || i == t.sentence_begin) ++last_sentence_;
      t.sentence = last_sentence_;
      t.paragraph = last_paragraph_;
      t.sentence_begin = std::max(t.sentence_begin, x.begin);
      t.sentence_end = std::min(t.sentence_end, x.end);
      t.paragraph_begin = x.begin;
      t.paragraph_end = x.end;
      t.quotation = Quotation::Outside;
      t.mate = -1;
      t.subject = -1;
      t.junction = words[workspace.word[static_cast<size_t>(i)]].junction;
      if (t.in_phrase() && (t.phrase_begin < x.begin || t.phrase_end > x.end)) t.phrase_begin = t.phrase_end = -1;
    }
  }
  read_marks(workspace, excerpts);
  for (const Excerpt& x : excerpts) read(x.begin, x.end);
}

// Marks inside a quotation that lie within an excerpt are marks there.
void ArticleView::read_marks(const Workspace& workspace, std::span<const Excerpt> excerpts) {
  auto x = excerpts.begin();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    const auto open = static_cast<int>(pair.open);
    while (x != excerpts.end() && x->end < open) ++x;
    if (x == excerpts.end()) break;
    const int end = static_cast<int>(pair.end) - 1;
    if (pair.close == QuotationPair::kNone || open <= x->begin || end > x->end || at(open).mark() || at(open).inside())
      continue;
    token(open).quotation = Quotation::Opens;
    token(end).quotation = Quotation::Closes;
    for (int i = open + 1; i < end; ++i) token(i).quotation = Quotation::Inside;
  }
}

// A person's own cues of several words: the first word stands for them.
void ArticleView::mark_phrases(const CueLexicon& lexicon) {
  for (const CueLexicon::Phrase& phrase : lexicon.phrases()) {
    const auto n = static_cast<int>(phrase.lemmas.size());
    for (int i = 0; i + n <= size_; ++i) {
      int k = 0;
      while (k < n && at(i + k).lemma == static_cast<uint32_t>(phrase.lemmas[static_cast<size_t>(k)] >> 32)) ++k;
      if (k < n || at(i).sentence != at(i + n - 1).sentence) continue;
      ViewToken& t = token(i);
      t.flags |= phrase.kind == CueKind::Never ? CueWord::kNever : CueWord::kCue | CueWord::kListed | CueWord::kOwn;
      if (phrase.kind != CueKind::Never && phrase.kind != CueKind::Thought) t.flags |= CueWord::kSpeech;
    }
  }
}

void ArticleView::read(int begin, int end) {
  pair_marks(begin, end);
  // Sentence by sentence: what is read is still near.
  for (int s = begin, e = 0; s <= end; s = e + 1) {
    e = at(s).sentence_end;
    if (collecting_) collect_words(s, e);
    count(s, e);
    look_ahead(s, e);
    find_subjects(s, e);
  }
}

void ArticleView::collect_words(int begin, int end) {
  constexpr uint32_t kMayReport = CueWord::kCue | CueWord::kColon | CueWord::kDash | CueWord::kHyphen;
  for (int i = begin; i <= end; ++i) {
    const uint32_t flags = at(i).flags;
    if ((flags & (kMayReport | CueWord::kTo)) == 0) continue;
    if ((flags & kMayReport) != 0) cue_words_.push_back(i);
    if ((flags & CueWord::kTo) != 0) to_words_.push_back(i);
  }
}

void ArticleView::pair_marks(int begin, int end) {
  int open = -1;
  bool unclosed = false;
  for (int i = begin; i <= end; ++i) {
    ViewToken& t = token(i);
    if (t.opens()) {
      unclosed |= open >= 0;
      open = i;
    } else if (t.closes() && open >= 0) {
      token(open).mate = i;
      t.mate = open;
      open = -1;
    } else if (t.quotation == Quotation::Outside) {
      unclosed |= open >= 0;
      open = -1;
    }
  }
  if (!unclosed && open < 0) return;
  for (int i = end, last = -1; i >= begin; --i) {  // last: the end of the run of inner tokens that begins behind i
    ViewToken& t = token(i);
    if (t.opens() && t.mate < 0) t.mate = last > i ? last : i;
    if (!t.inside() || t.paragraph != at(i - 1).paragraph) {
      last = -1;
    } else if (last < 0) {
      last = i;
    }
  }
}

void ArticleView::count(int begin, int end) {
  Counts c = counts_[static_cast<size_t>(begin)];
  Eight low;
  std::memcpy(&low, c.of, sizeof low);
  static_assert(kCounts == 9);
  for (int i = begin; i <= end; ++i) {
    ViewToken& t = token(i);
    t.junction = junction_of(t, i);
    constexpr uint32_t kOfWord = CueWord::kAlnum | CueWord::kCue | CueWord::kComma;
    static_assert(kOfWord == ((1U << kWords) | (1U << kCues) | (1U << kCommas)));
    const uint32_t bits = (t.flags & kOfWord) | traits(t.tag).counted | static_cast<uint32_t>(t.mark()) << kMarks |
                          static_cast<uint32_t>(t.phrase_end == i) << kPhraseEnds;
    const auto all = static_cast<uint16_t>(bits);
    const Eight of = Eight{all, all, all, all, all, all, all, all} & kBits;
    low -= reinterpret_cast<Eight>(of == kBits);  // where it holds, -1
    c.of[kQuoted] = static_cast<uint16_t>(c.of[kQuoted] + (t.flags & static_cast<uint32_t>(t.inside())));
    std::memcpy(c.of, &low, sizeof low);
    counts_[static_cast<size_t>(i) + 1] = c;
  }
}

void ArticleView::look_ahead(int begin, int end) {
  int finite = -1;
  int stop = -1;
  for (int i = end; i >= begin; --i) {
    ViewToken& t = token(i);
    if (i == t.sentence_end) finite = stop = -1;
    if (t.finite) finite = i;
    if (t.is(CueWord::kComma) || t.mark() || t.is(CueWord::kSemicolon) || t.is(CueWord::kDash)) stop = i;
    t.next_finite = finite;
    t.next_stop = stop;
  }
}

ClauseAhead ArticleView::ahead(int i) const noexcept {
  ClauseAhead a;
  const int verb = at(i).next_finite;
  a.more = verb >= 0;
  if (verb < 0 || verb - i >= kLookAhead) return a;
  if (verb > i) {
    const int stop = at(i + 1).next_stop;
    if (stop >= 0 && stop <= verb) return a;
  }
  a.verb = verb;
  a.distance = verb - i + 1;
  int q = verb - 1;
  while (q > i && at(q).adverb) --q;
  if (q >= i && at(q).phrase_end == q) a.subject = at(q).phrase_begin == i ? 2 : 1;
  return a;
}

}  // namespace newsnlp
