#include "article_view.h"

#include <algorithm>

namespace newsnlp {
namespace {

bool is_verb(Tag t) {
  return (t >= Tag::VB && t <= Tag::VBZ) || t == Tag::MD;
}

bool is_finite(Tag t) {
  return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::MD;
}

bool is_adverb(Tag t) {
  return t == Tag::RB || t == Tag::RBR || t == Tag::RBS || t == Tag::RP;
}

constexpr int kLookAhead = 25;
constexpr uint32_t kEdgeWord = 5;

}  // namespace

void ArticleView::build(const Layers& layers, const Workspace& workspace, const CueWords& words,
                        const CueLexicon& lexicon, std::span<const Excerpt> excerpts) {
  size_ = static_cast<int>(layers.tokens.size());
  tokens_.assign(static_cast<size_t>(size_) + 2 * kPad, ViewToken{});
  for (int i = 1; i <= kPad; ++i)
    for (ViewToken* t : {&token(-i), &token(size_ - 1 + i)}) {
      t->word = kEdgeWord;
      t->lemma = kEdgeWord;
      t->tag = Tag::Count;
      t->junction = 99;
      t->sentence = -1;
      t->paragraph = -1;
    }
  fill_tokens(layers, workspace, words);
  if (!excerpts.empty()) cut_excerpts(workspace, excerpts);
  mark_phrases(lexicon);
  pair_marks();
  for (int i = 0; i < size_; ++i) token(i).junction = junction(at(i), i);
  count_all();
  look_ahead();
  find_subjects();
}

void ArticleView::fill_tokens(const Layers& layers, const Workspace& workspace, const CueWords& words) {
  for (int i = 0; i < size_; ++i) {
    const auto k = static_cast<size_t>(i);
    const CueWord& w = words[workspace.word[k]];
    ViewToken& t = token(i);
    t.word = w.word;
    t.lemma = w.lemma;
    t.shape = w.shape;
    t.suffix = w.suffix;
    t.flags = w.flags;
    t.class_256 = w.class_256;
    t.class_1024 = w.class_1024;
    t.row = w.row;
    t.junction = w.junction;
    t.tag = layers.tokens[k].tag;
    t.quotation = workspace.quotation[k];
    t.verb = is_verb(t.tag);
    t.finite = is_finite(t.tag);
    t.adverb = is_adverb(t.tag);
    const uint32_t phrase = k < workspace.noun_phrase.size() ? workspace.noun_phrase[k] : Workspace::kNone;
    if (phrase != Workspace::kNone && !t.mark()) {
      t.phrase_begin = static_cast<int>(workspace.noun_phrases[phrase].tokens.begin);
      t.phrase_end = static_cast<int>(workspace.noun_phrases[phrase].tokens.end) - 1;
    }
    t.sentence = static_cast<int>(workspace.sentence[k]);
    t.paragraph = static_cast<int>(workspace.paragraph[k]);
    const Sentence& s = layers.sentences[workspace.sentence[k]];
    t.sentence_begin = static_cast<int>(s.tokens.begin);
    t.sentence_end = static_cast<int>(s.tokens.end) - 1;
    const Paragraph& p = layers.paragraphs[workspace.paragraph[k]];
    t.paragraph_begin = static_cast<int>(layers.sentences[p.sentences.begin].tokens.begin);
    t.paragraph_end = static_cast<int>(layers.sentences[p.sentences.end - 1].tokens.end) - 1;
  }
}

void ArticleView::cut_excerpts(const Workspace& workspace, std::span<const Excerpt> excerpts) {
  int number = at(size_ - 1).paragraph;
  int sentence = at(size_ - 1).sentence;
  for (const Excerpt& x : excerpts) {
    ++number;
    for (int i = x.begin; i <= x.end; ++i) {
      ViewToken& t = token(i);
      if (i == x.begin || i == t.sentence_begin) ++sentence;
      t.sentence = sentence;
      t.paragraph = number;
      t.sentence_begin = std::max(t.sentence_begin, x.begin);
      t.sentence_end = std::min(t.sentence_end, x.end);
      t.paragraph_begin = x.begin;
      t.paragraph_end = x.end;
      t.quotation = Quotation::Outside;
      if (t.in_phrase() && (t.phrase_begin < x.begin || t.phrase_end > x.end)) t.phrase_begin = t.phrase_end = -1;
    }
  }
  auto x = excerpts.begin();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    const auto open = static_cast<int>(pair.open);
    while (x != excerpts.end() && x->end < open) ++x;
    if (x == excerpts.end()) break;
    const int end = static_cast<int>(pair.end) - 1;
    if (pair.close == QuotationPair::kNone || open <= x->begin || end > x->end || pair.depth == 0 || at(open).mark() ||
        at(open).inside())
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

void ArticleView::pair_marks() {
  int open = -1;
  for (int i = 0; i < size_; ++i) {
    ViewToken& t = token(i);
    if (t.opens()) {
      open = i;
    } else if (t.closes() && open >= 0) {
      token(open).mate = i;
      t.mate = open;
      open = -1;
    } else if (t.quotation == Quotation::Outside) {
      open = -1;
    }
  }
  for (int i = size_ - 1, last = -1; i >= 0; --i) {  // last: the end of the run of inner tokens that begins behind i
    ViewToken& t = token(i);
    if (t.opens() && t.mate < 0) t.mate = last > i ? last : i;
    if (!t.inside() || t.paragraph != at(i - 1).paragraph) {
      last = -1;
    } else if (last < 0) {
      last = i;
    }
  }
}

uint8_t ArticleView::junction(const ViewToken& t, int i) const noexcept {
  if (t.mark()) return t.opens() ? 62 : 63;
  if (t.junction != 0) return t.junction;
  if (t.tag == Tag::VBG) return 70;
  if (t.tag == Tag::VBN) return 71;
  if (t.finite) return 72;
  if (t.tag == Tag::VB) return 73;
  if (t.adverb) return 74;
  if (t.tag == Tag::IN) return 75;
  if (t.tag == Tag::WDT || t.tag == Tag::WP || t.tag == Tag::WPS || t.tag == Tag::WRB) return 76;
  if (t.tag == Tag::PRP) return 77;
  if (t.phrase_begin == i) return t.is(CueWord::kCapital) ? 78 : 79;
  return t.in_phrase() ? 80 : 81;
}

void ArticleView::count_all() {
  counts_.assign(static_cast<size_t>(size_) + 1, Counts{});
  turns_ = 0;
  signed_quotations_ = 0;
  for (int i = 0; i < size_; ++i) {
    const ViewToken& t = at(i);
    Counts& c = counts_[static_cast<size_t>(i) + 1];
    c = counts_[static_cast<size_t>(i)];
    c.of[kVerbs] += t.verb;
    c.of[kCommas] += t.is(CueWord::kComma);
    c.of[kMarks] += t.mark();
    c.of[kCues] += t.is(CueWord::kCue);
    c.of[kFinites] += t.finite;
    c.of[kRelatives] += t.tag == Tag::WP || t.tag == Tag::WDT;
    c.of[kPhraseEnds] += t.phrase_end == i;
    c.of[kWords] += t.is(CueWord::kAlnum);
    c.of[kQuoted] += t.is(CueWord::kAlnum) && t.inside();
    if (t.is(CueWord::kColon) && i > 0 && i - t.paragraph_begin < 4 && at(t.paragraph_begin).is(CueWord::kCapital))
      ++turns_;
    if (t.is(CueWord::kDash) && at(i - 1).closes() && t.paragraph_end - i < 8) ++signed_quotations_;
  }
  for (int i = size_ - 1; i >= 0; --i) {
    ViewToken& t = token(i);
    t.next_finite = t.finite ? i : i < t.sentence_end ? at(i + 1).next_finite : -1;
  }
}

void ArticleView::look_ahead() {
  ahead_.assign(static_cast<size_t>(size_) + 2 * kPad, ClauseAhead{});
  for (int i = 0; i < size_; ++i) {
    ClauseAhead& a = ahead_[static_cast<size_t>(i + kPad)];
    const int end = std::min(at(i).sentence_end, i + kLookAhead - 1);
    a.more = at(i).next_finite >= 0;
    for (int k = i; k <= end; ++k) {
      const ViewToken& t = at(k);
      if (k > i && (t.is(CueWord::kComma) || t.mark() || t.is(CueWord::kSemicolon) || t.is(CueWord::kDash))) break;
      if (!t.finite) continue;
      a.verb = k;
      a.distance = k - i + 1;
      int q = k - 1;
      while (q > i && at(q).adverb) --q;
      if (q >= i && at(q).phrase_end == q) a.subject = at(q).phrase_begin == i ? 2 : 1;
      break;
    }
  }
}

}  // namespace newsnlp
