#include "article_view.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "quotation_marks.h"

namespace newsnlp {
namespace {

constexpr size_t kTags = static_cast<size_t>(Tag::Count) + 1;
constexpr uint32_t kEdgeWord = 5;
constexpr uint32_t kMayReport = CueWord::kCue | CueWord::kColon | CueWord::kDash | CueWord::kHyphen;

// What follows from a tag alone.
struct alignas(8) TagTraits {
  TagBits bits;
  uint8_t counted = 0;    // verb, finite and relative as bits of ArticleView::Count
  uint8_t junction = 80;  // inside a noun phrase
  int8_t phrase = -1;     // 0: whether or not there is one
};

constexpr std::array<TagTraits, kTags> kTraits = [] {
  std::array<TagTraits, kTags> traits{};
  const auto of = [&](Tag t) -> TagTraits& { return traits[static_cast<size_t>(t)]; };
  for (size_t t = 0; t < kTags; ++t) traits[t].bits.tag = static_cast<Tag>(t);
  for (auto t = static_cast<size_t>(Tag::VB); t <= static_cast<size_t>(Tag::VBZ); ++t) traits[t].bits.verb = true;
  of(Tag::MD).bits.verb = true;
  for (const Tag t : {Tag::RB, Tag::RBR, Tag::RBS, Tag::RP}) {
    of(t).bits.adverb = true;
    of(t).junction = 74;
  }
  for (const Tag t : {Tag::VBD, Tag::VBZ, Tag::VBP, Tag::MD}) {
    of(t).bits.finite = true;
    of(t).junction = 72;
  }
  for (const Tag t : {Tag::WP, Tag::WDT}) of(t).counted = 1 << ArticleView::kRelatives;
  for (const Tag t : {Tag::WP, Tag::WDT, Tag::WPS, Tag::WRB}) of(t).junction = 76;
  of(Tag::VBG).junction = 70;
  of(Tag::VBN).junction = 71;
  of(Tag::VB).junction = 73;
  of(Tag::IN).junction = 75;
  of(Tag::PRP).junction = 77;
  for (TagTraits& t : traits) {
    if (t.junction != 80) t.phrase = 0;
    t.counted |= static_cast<uint8_t>(t.bits.verb << ArticleView::kVerbs | t.bits.finite << ArticleView::kFinites);
  }
  return traits;
}();

const TagTraits& traits(Tag tag) {
  return kTraits[static_cast<size_t>(tag)];
}

// What a token adds to the counts, by its kinds as bits.
struct alignas(16) Added {
  uint16_t of[8] = {};
};
constexpr auto kAdded = [] {
  std::array<Added, 256> rows{};
  for (size_t bits = 0; bits < rows.size(); ++bits)
    for (size_t k = 0; k < 8; ++k) rows[bits].of[k] = bits >> k & 1;
  return rows;
}();

// Of no mark. Without a branch: nobody could foretell it.
Junction junction_of(const ViewToken& t, int i) {
  const TagTraits& of_tag = traits(t.tag);
  const int begins = t.phrase_begin == i;
  // Outside a noun phrase 81, at its begin 79, with a capital 78.
  const int of_phrase = (t.phrase_end < 0) - begins - (begins & t.is(CueWord::kCapital));
  const int other = of_tag.junction + (of_phrase & of_tag.phrase);
  return static_cast<Junction>(t.junction + (other & -static_cast<int>(t.junction == 0)));
}

ViewToken edge() {
  ViewToken t;
  t.word = kEdgeWord;
  t.lemma = kEdgeWord;
  t.tag = Tag::Count;
  t.junction = 99;
  t.sentence = -1;
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
  quoted_.resize(counts_.size());
  counts_[0] = Counts{};
  quoted_[0] = 0;
  static const ViewToken kEdge = edge();
  for (int i = 1; i <= kPad; ++i) token(-i) = token(size_ - 1 + i) = kEdge;
  cue_words_.begin(static_cast<size_t>(size_));
  to_words_.begin(static_cast<size_t>(size_));
  paragraphs_.assign(1, -1);
  find_single_marks(workspace);
  find_phrases(workspace);
  next_quoted_ = 0;
  ViewToken frame;
  for (const Paragraph& p : layers.paragraphs) {
    const size_t known = cue_words_.size;
    last_paragraph_ = static_cast<int>(&p - layers.paragraphs.data());
    frame.paragraph_begin = static_cast<int>(layers.sentences[p.sentences.begin].tokens.begin);
    frame.paragraph_end = static_cast<int>(layers.sentences[p.sentences.end - 1].tokens.end) - 1;
    for (uint32_t s = p.sentences.begin; s < p.sentences.end; ++s) {
      const IndexRange tokens = layers.sentences[s].tokens;
      frame.sentence = static_cast<int>(s);
      frame.sentence_begin = static_cast<int>(tokens.begin);
      frame.sentence_end = static_cast<int>(tokens.end) - 1;
      paragraphs_.push_back(last_paragraph_);
      fill_sentence(layers, workspace, words, lexicon, frame);  // what is read is still near
    }
    if (p.kind != ParagraphKind::Boilerplate) count_turns(cue_words_.span().subspan(known));
  }
  const std::span quotation(workspace.quotation.data(), static_cast<size_t>(size_));
  for (size_t k = next_quoted(quotation, 0); k < quotation.size(); k = next_quoted(quotation, k)) {
    const size_t begin = k;
    while (k < quotation.size() && quotation[k] != Quotation::Outside) ++k;
    pair_marks(static_cast<int>(begin), static_cast<int>(k) - 1);
  }
}

// `words`: the cue words of a paragraph.
void ArticleView::count_turns(std::span<const int> words) {
  for (const int i : words) {
    const ViewToken& t = at(i);
    if (t.is(CueWord::kColon) && i > 0 && i - t.paragraph_begin < 4 && at(t.paragraph_begin).is(CueWord::kCapital))
      ++turns_;
    if (t.is(CueWord::kDash) && at(i - 1).closes() && t.paragraph_end - i < 8) ++signed_quotations_;
  }
}

// Single marks that quote are read as the double ones that the models know.
void ArticleView::find_single_marks(const Workspace& workspace) {
  single_marks_.clear();
  next_single_ = 0;
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (!pair.single || workspace.quotation[pair.open] != Quotation::Opens) continue;
    single_marks_.push_back(pair.open);
    if (pair.close != QuotationPair::kNone) single_marks_.push_back(pair.close);
  }
  std::sort(single_marks_.begin(), single_marks_.end());
}

void ArticleView::find_phrases(const Workspace& workspace) {
  const auto& phrases = workspace.noun_phrases;
  phrases_.resize(phrases.size() + 1);
  phrases_[0] = {-1, -1};
  for (size_t k = 0; k < phrases.size(); ++k)
    phrases_[k + 1] = {static_cast<int>(phrases[k].tokens.begin), static_cast<int>(phrases[k].tokens.end) - 1};
}

template <bool kMarked>
void ArticleView::fill_tokens(const Layers& layers, const Workspace& workspace, const CueWords& words,
                              const ViewToken& frame) {
  constexpr size_t kFetched = 16;  // tokens ahead
  const ViewToken place = frame;
  const size_t last = workspace.word.size() - 1;
  const auto end = static_cast<size_t>(frame.sentence_end);
  ViewToken* t = &token(frame.sentence_begin);
  for (auto k = static_cast<size_t>(frame.sentence_begin); k <= end; ++k, ++t) {
    __builtin_prefetch(&words[workspace.word[std::min(k + kFetched, last)]]);
    *t = place;
    static_cast<CueWord&>(*t) = words[workspace.word[k]];
    static_cast<TagBits&>(*t) = traits(layers.tokens[k].tag).bits;
    if (kMarked) t->quotation = workspace.quotation[k];
    const Phrase& phrase = phrases_[kMarked && t->mark() ? 0 : workspace.noun_phrase[k] + 1];
    t->phrase_begin = phrase.begin;
    t->phrase_end = phrase.end;
  }
}

void ArticleView::fill_sentence(const Layers& layers, const Workspace& workspace, const CueWords& words,
                                const CueLexicon& lexicon, const ViewToken& frame) {
  const int begin = frame.sentence_begin;
  const int end = frame.sentence_end;
  const auto first = static_cast<size_t>(begin);
  if (next_quoted_ <= first)
    next_quoted_ = next_quoted({workspace.quotation.data(), static_cast<size_t>(size_)}, first);
  const bool marked = next_quoted_ <= static_cast<size_t>(end);
  if (marked) {
    fill_tokens<true>(layers, workspace, words, frame);
  } else {
    fill_tokens<false>(layers, workspace, words, frame);
  }
  replace_marks(words, end);
  mark_phrases(lexicon, begin, end);
  if (marked) {
    read_sentence<true, true>(begin, end);
  } else {
    read_sentence<false, true>(begin, end);
  }
}

void ArticleView::replace_marks(const CueWords& words, int end) {
  for (; next_single_ < single_marks_.size() && static_cast<int>(single_marks_[next_single_]) <= end; ++next_single_)
    static_cast<CueWord&>(token(static_cast<int>(single_marks_[next_single_]))) = words.double_mark();
}

void ArticleView::cut(const Workspace& workspace, const CueWords& words, std::span<const Excerpt> excerpts) {
  for (const Excerpt& x : excerpts) {
    ++last_paragraph_;
    for (int i = x.begin; i <= x.end; ++i) {
      ViewToken& t = token(i);
      if (i == x.begin || i == t.sentence_begin) paragraphs_.push_back(last_paragraph_);
      t.sentence = static_cast<int>(paragraphs_.size()) - 2;
      t.sentence_begin = std::max(t.sentence_begin, x.begin);
      t.sentence_end = std::min(t.sentence_end, x.end);
      t.paragraph_begin = x.begin;
      t.paragraph_end = x.end;
      t.quotation = Quotation::Outside;
      t.partner = -1;
      t.junction = words[workspace.word[static_cast<size_t>(i)]].junction;
      if (t.in_phrase() && (t.phrase_begin < x.begin || t.phrase_end > x.end)) t.phrase_begin = t.phrase_end = -1;
    }
  }
  read_marks(workspace, excerpts);
  for (const Excerpt& x : excerpts) {
    pair_marks(x.begin, x.end);
    for (int s = x.begin; s <= x.end; s = at(s).sentence_end + 1) read_sentence<true, false>(s, at(s).sentence_end);
  }
}

// Marks inside a quotation that lie within an excerpt are marks there.
void ArticleView::read_marks(const Workspace& workspace, std::span<const Excerpt> excerpts) {
  auto x = excerpts.begin();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    const auto open = static_cast<int>(pair.open);
    while (x != excerpts.end() && x->end < open) ++x;
    if (x == excerpts.end()) break;
    const int end = static_cast<int>(pair.end) - 1;
    if (pair.close == QuotationPair::kNone || open < x->begin || end > x->end || at(open).mark() || at(open).inside())
      continue;
    token(open).quotation = Quotation::Opens;
    token(end).quotation = Quotation::Closes;
    for (int i = open + 1; i < end; ++i) token(i).quotation = Quotation::Inside;
  }
}

// A person's own cues of several words: the first word stands for them.
void ArticleView::mark_phrases(const CueLexicon& lexicon, int begin, int end) {
  for (const CueLexicon::Phrase& phrase : lexicon.phrases()) {
    const auto n = static_cast<int>(phrase.lemmas.size());
    for (int i = begin; i + n <= end + 1; ++i) {
      int k = 0;
      while (k < n && at(i + k).lemma == static_cast<uint32_t>(phrase.lemmas[static_cast<size_t>(k)] >> 32)) ++k;
      if (k < n) continue;
      ViewToken& t = token(i);
      t.flags |= phrase.kind == CueKind::Never ? CueWord::kNever : CueWord::kCue | CueWord::kListed | CueWord::kOwn;
      if (phrase.kind != CueKind::Never && phrase.kind != CueKind::Thought) t.flags |= CueWord::kSpeech;
    }
  }
}

template <bool kMarked, bool kListed>
void ArticleView::read_sentence(int begin, int end) {
  count<kMarked, kListed>(begin, end);
  look_ahead<kMarked>(begin, end);
  find_subjects(begin, end);
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
      token(open).partner = i;
      t.partner = open;
      open = -1;
    } else if (t.quotation == Quotation::Outside) {
      unclosed |= open >= 0;
      open = -1;
    }
  }
  if (!unclosed && open < 0) return;
  for (int i = end, last = -1; i >= begin; --i) {  // last: the end of the run of inner tokens that begins behind i
    ViewToken& t = token(i);
    if (t.opens() && t.partner < 0) t.partner = last > i ? last : i;
    if (!t.inside() || i == t.paragraph_begin) {
      last = -1;
    } else if (last < 0) {
      last = i;
    }
  }
}

template <bool kMarked, bool kListed>
void ArticleView::count(int begin, int end) {
  constexpr uint32_t kOfWord = CueWord::kAlnum | CueWord::kCue | CueWord::kComma;
  static_assert(kOfWord == ((1U << kWords) | (1U << kCues) | (1U << kCommas)));
  static_assert(kQuoted == 8);
  Counts* counted = &counts_[static_cast<size_t>(begin)];
  uint16_t* counted_quoted = &quoted_[static_cast<size_t>(begin)];
  Counts counts = *counted;
  uint16_t quoted = *counted_quoted;
  if (!kMarked) std::fill_n(counted_quoted + 1, end - begin + 1, quoted);
  sketched_.begin(static_cast<size_t>(end - begin + 1));
  TokenList::Writer sketched(sketched_), cue_words(cue_words_), to_words(to_words_);
  ViewToken* t = &token(begin);
  for (int i = begin; i <= end; ++i, ++t) {
    const uint32_t flags = t->flags;
    uint32_t bits =
        (flags & kOfWord) | traits(t->tag).counted | static_cast<uint32_t>(t->phrase_end == i) << kPhraseEnds;
    if (kMarked && t->mark()) {
      bits |= 1U << kMarks;
      t->junction = t->opens() ? 62 : 63;
    } else {
      t->junction = junction_of(*t, i);
    }
    Counts added;
    std::memcpy(&added, kAdded[bits & 0xFF].of, sizeof added);
    counts += added;
    *++counted = counts;
    if (kMarked) {
      quoted = static_cast<uint16_t>(quoted + (flags & static_cast<uint32_t>(t->inside())));
      *++counted_quoted = quoted;
    }
    constexpr uint32_t kSketched = 1U << kVerbs | 1U << kRelatives | 1U << kMarks | 1U << kPhraseEnds;
    sketched.add(i, (bits & kSketched) != 0);
    if (!kListed) continue;
    cue_words.add(i, (flags & kMayReport) != 0);
    to_words.add(i, (flags & CueWord::kTo) != 0);
  }
}

template <bool kMarked>
void ArticleView::look_ahead(int begin, int end) {
  int distance = kNoFinite;
  int stop = 0;  // between here and there
  for (int i = end; i >= begin; --i) {
    ViewToken& t = token(i);
    distance = t.finite ? 0 : distance + (distance < kFarFinite ? 1 : 0);
    stop = t.finite ? 0 : stop;
    t.to_finite = static_cast<uint16_t>(distance | stop);
    constexpr uint32_t kStops = CueWord::kComma | CueWord::kSemicolon | CueWord::kDash;
    stop = (t.flags & kStops) != 0 || (kMarked && t.mark()) ? kStop : stop;
  }
}

}  // namespace newsnlp
