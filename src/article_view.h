// Room: attributor. An article as the rankers see it: what they ask of a token, side by side, and counts over ranges.
//
//   tokens   pads | 0 … n-1 | pads      at(i) is safe for kPad tokens before and behind the article
//
// Token indices are int here: features look left and right of the edges, and -1 is "none". Ends are inclusive.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "cue_lexicon.h"
#include "cue_words.h"
#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// What follows from a token's tag alone.
struct TagBits {
  Tag tag = Tag::None;
  bool verb : 1 = false;    // VB* or MD
  bool finite : 1 = false;  // VBD, VBZ, VBP, MD
  bool adverb : 1 = false;  // RB*, RP
};

/// One line of memory. junction: kind of place for a clause edge, 0 … 99.
struct alignas(64) ViewToken : CueWord, TagBits {
  Quotation quotation = Quotation::Outside;
  uint16_t to_finite = 0x7FFF;  // ArticleView::next_finite(), ahead()
  int phrase_begin = -1;        // base noun phrase, -1 outside
  int phrase_end = -1;
  int sentence_begin = 0;
  int sentence_end = 0;
  int paragraph_begin = 0;
  int paragraph_end = 0;
  int sentence = 0;
  int partner = -1;  // of a mark its mate, of a verb its subject

  bool mark() const noexcept { return quotation >= Quotation::Opens; }
  bool opens() const noexcept { return quotation == Quotation::Opens; }
  bool closes() const noexcept { return quotation == Quotation::Closes; }
  bool inside() const noexcept { return quotation == Quotation::Inside; }
  bool noun() const noexcept { return tag >= Tag::NN && tag <= Tag::NNPS; }
  bool in_phrase() const noexcept { return phrase_end >= 0; }
  /// The other mark of a quotation; for one that never closes, its last token in the paragraph. -1: no mark.
  int mate() const noexcept { return mark() ? partner : -1; }
  /// Of a verb: the last token of its subject, as the subject sketch finds it. -1: none.
  int subject() const noexcept { return mark() ? -1 : partner; }
};
static_assert(sizeof(ViewToken) == 64);

/// What lies behind a possible clause edge, up to the next comma or mark.
struct ClauseAhead {
  int verb = -1;      // its first finite verb
  int distance = 0;   // to it + 1; 0: none
  int subject = 0;    // 2: the noun phrase at the edge is its subject; 1: a later one; 0: none
  bool more = false;  // a finite verb stands in the rest of the sentence
};

class ArticleView {
 public:
  static constexpr int kPad = 8;
  /// Counts over token ranges.
  enum Count : uint8_t { kWords, kCues, kCommas, kVerbs, kFinites, kRelatives, kMarks, kPhraseEnds, kQuoted, kCounts };

  /// A part of the article that is read as if it were an article of its own; token indices, the end inclusive.
  struct Excerpt {
    int begin, end;
  };
  /// Takes over tokens, tags, noun phrases and quotation states. Linear in the article.
  void build(const Layers& layers, const Workspace& workspace, const CueWords& words, const CueLexicon& lexicon);
  /// Cuts `excerpts` (in text order, without overlap) out of a view that has been built: in them sentences, paragraphs
  /// and quotations end at their edges, the marks around them are none, single marks in them are. Counts hold within
  /// an excerpt only. Linear in the excerpts.
  void cut(const Workspace& workspace, const CueWords& words, std::span<const Excerpt> excerpts);

  int size() const noexcept { return size_; }
  const ViewToken& at(int i) const noexcept { return tokens_[static_cast<size_t>(i) + kPad]; }
  void prefetch(int i) const noexcept { __builtin_prefetch(&at(i)); }
  bool valid(int i) const noexcept { return i >= 0 && i < size_; }
  /// Tokens of the kind in [a, b], modulo 65,536; 0 if a > b.
  int count(Count kind, int a, int b) const noexcept {
    if (a > b) return 0;
    const auto first = static_cast<size_t>(a);
    const auto behind = static_cast<size_t>(b) + 1;
    if (kind == kQuoted) return static_cast<uint16_t>(quoted_[behind] - quoted_[first]);
    return static_cast<uint16_t>(counts_[behind][kind] - counts_[first][kind]);
  }
  /// Has one of the tokens in [a, b] the flag? For short ranges.
  bool any(CueWord::Flag flag, int a, int b) const noexcept {
    uint32_t flags = 0;
    for (int i = a; i <= b; ++i) flags |= at(i).flags;
    return (flags & flag) != 0;
  }
  /// The first finite verb from i to the end of its sentence; -1: none.
  int next_finite(int i) const noexcept {
    int distance = at(i).to_finite & kDistance;
    for (; distance == kFarFinite; distance = at(i).to_finite & kDistance) i += kFarFinite;
    return distance == kNoFinite ? -1 : i + distance;
  }
  ClauseAhead ahead(int i) const noexcept;
  /// The paragraph's number; -1: i lies outside the article.
  int paragraph(int i) const noexcept { return paragraphs_[static_cast<size_t>(at(i).sentence + 1)]; }
  /// Tokens in [begin, end] that are cue words, colons, dashes or hyphens.
  std::span<const int> cue_words(int begin, int end) const noexcept {
    const auto all = cue_words_.span();
    const auto first = std::lower_bound(all.begin(), all.end(), begin);
    const auto last = std::upper_bound(first, all.end(), end);
    return {first, last};
  }
  /// Tokens "to".
  std::span<const int> to_words() const noexcept { return to_words_.span(); }
  /// Turns of a transcript in the article: "NAME:" at the begin of paragraphs; `dashes`: "…" -- NAME at their end.
  int turns() const noexcept { return turns_; }
  int signed_quotations() const noexcept { return signed_quotations_; }

 private:
  using Counts = uint16_t __attribute__((vector_size(16)));  // those before kQuoted: a vector of the machine
  // ViewToken::to_finite: tokens up to the verb, and a bit that tells of a stop before it.
  static constexpr int kDistance = 0x7FFF;
  static constexpr int kNoFinite = 0x7FFF;
  static constexpr int kFarFinite = 0x7FFE;  // this many tokens ahead, or more
  static constexpr int kStop = 0x8000;
  /// Tokens, listed without a branch.
  struct TokenList {
    std::vector<int> tokens;  // what lies behind `size` is of before
    size_t size = 0;

    void begin(size_t most) {
      size = 0;
      if (tokens.size() <= most) tokens.resize(most + 1);
    }
    std::span<const int> span() const noexcept { return {tokens.data(), size}; }
    /// Appends; its places are at hand while many tokens are looked at.
    class Writer {
     public:
      explicit Writer(TokenList& list) : list_(list), next_(list.tokens.data() + list.size) {}
      ~Writer() { list_.size = static_cast<size_t>(next_ - list_.tokens.data()); }
      Writer(const Writer&) = delete;
      Writer& operator=(const Writer&) = delete;
      void add(int token, bool listed) noexcept {
        *next_ = token;
        next_ += listed ? 1 : 0;
      }

     private:
      TokenList& list_;
      int* next_;
    };
  };
  void count_turns(std::span<const int> words);
  void find_single_marks(const Workspace& workspace);
  void find_phrases(const Workspace& workspace);
  template <bool kMarked>  // here and below: there may be marks, and tokens in quotations
  void fill_tokens(const Layers& layers, const Workspace& workspace, const CueWords& words, const ViewToken& frame);
  void fill_sentence(const Layers& layers, const Workspace& workspace, const CueWords& words, const CueLexicon& lexicon,
                     const ViewToken& frame);
  void replace_marks(const CueWords& words, int end);
  void mark_phrases(const CueLexicon& lexicon, int begin, int end);
  void read_marks(const Workspace& workspace, std::span<const Excerpt> excerpts);
  template <bool kMarked, bool kListed>    // kListed: the article's cue words are listed
  void read_sentence(int begin, int end);  // what is derived from the tokens' own fields
  void pair_marks(int begin, int end);
  template <bool kMarked, bool kListed>
  void count(int begin, int end);
  template <bool kMarked>
  void look_ahead(int begin, int end);
  void find_subjects(int begin, int end);
  ViewToken& token(int i) noexcept { return tokens_[static_cast<size_t>(i) + kPad]; }

  int size_ = 0;
  int turns_ = 0;
  int signed_quotations_ = 0;
  int last_paragraph_ = 0;       // the highest number given
  std::vector<int> paragraphs_;  // by sentence + 1
  std::vector<ViewToken> tokens_;
  std::vector<Counts> counts_;
  std::vector<uint16_t> quoted_;  // kQuoted
  TokenList cue_words_, to_words_;
  TokenList sketched_;                  // tokens of the sentence that the subject sketch looks at
  std::vector<uint32_t> single_marks_;  // tokens that are read as double marks
  size_t next_single_ = 0;              // the first of them behind what is filled
  size_t next_quoted_ = 0;              // the first token there that is a mark or stands in a quotation
  struct Phrase {
    int begin, end;
  };
  std::vector<Phrase> phrases_;  // by Workspace::noun_phrase + 1; the first is none
  struct Pending {
    int token;      // kQuotation: a quotation was opened here
    bool relative;  // a relative pronoun
  };
  std::vector<Pending> pending_;
};

inline ClauseAhead ArticleView::ahead(int i) const noexcept {
  constexpr int kLookAhead = 25;
  ClauseAhead a;
  const ViewToken& t = at(i);
  a.more = (t.to_finite & kDistance) != kNoFinite;
  if (t.to_finite >= kLookAhead) return a;  // or there is a stop
  const int verb = i + t.to_finite;
  a.verb = verb;
  a.distance = verb - i + 1;
  int q = verb - 1;
  while (q > i && at(q).adverb) --q;
  if (q >= i && at(q).phrase_end == q) a.subject = at(q).phrase_begin == i ? 2 : 1;
  return a;
}

}  // namespace newsnlp
