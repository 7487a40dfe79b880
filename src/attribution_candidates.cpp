#include "attribution_candidates.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kSentenceWindow = 90;  // tokens looked at one by one
constexpr int kContentWindow = 160;
constexpr int kParagraphWindow = 700;  // tokens looked at for marks and sentence edges
constexpr int kFarEdges = 24;          // marks and sentence edges taken
constexpr int kOpenParagraphs = 3;
constexpr int kSourceWindow = 70;
constexpr int kSourceBefore = 25;
constexpr int kSourceBehind = 45;
constexpr int kCueBefore = 6;
constexpr int kCueBehind = 12;
// More cue words of one sentence within kSentenceWindow on both sides stand in no news.
constexpr int kCrowd = 15;
constexpr int kLongCrowd = 8;  // in more than kLong tokens
constexpr int kLong = 100;
constexpr int kColonWindow = 16;  // "He added:" stands in a short paragraph of its own

constexpr uint64_t bits(std::initializer_list<Tag> tags) {
  uint64_t all = 0;
  for (const Tag t : tags) all |= uint64_t{1} << static_cast<unsigned>(t);
  return all;
}
static_assert(static_cast<unsigned>(Tag::Count) < 64);

bool is_one(Tag tag, uint64_t tags) noexcept {
  return (tags >> static_cast<unsigned>(tag) & 1) != 0;
}

// The tests of tokens have no branches: nobody can foretell how they end.
bool begin_allowed(const ArticleView& v, int x) {
  constexpr uint64_t kNever =
      bits({Tag::VB, Tag::VBD, Tag::VBN, Tag::VBP, Tag::VBZ, Tag::MD, Tag::CC, Tag::POS, Tag::Period});
  const ViewToken& t = v.at(x);
  const bool outside = t.phrase_end < 0;
  const bool begins_phrase = t.phrase_begin == x;
  const bool possessive = t.tag == Tag::POS;
  const bool opens = t.opens();
  const bool plain = !t.mark();
  const bool behind_comma = v.at(x - 1).is(W::kComma);
  const bool never = is_one(t.tag, kNever);
  const bool joint = (t.flags & (W::kOf | W::kComma)) != 0;
  const bool clause = behind_comma | !(never | joint);
  return (t.sentence_begin == x) | (!(outside | possessive) & begins_phrase) | (outside & (opens | (plain & clause)));
}

bool end_allowed(const ArticleView& v, int x) {
  constexpr uint64_t kGoOn = bits({Tag::VB, Tag::VBN, Tag::POS});
  const ViewToken& t = v.at(x);
  const ViewToken& n = v.at(x + 1);
  const bool last = x >= t.sentence_end;
  const bool closes = t.closes();
  const bool in_phrase = n.in_phrase();
  const bool whole = !(in_phrase & (n.phrase_begin != x + 1));
  const bool opens = n.opens();
  const bool plain = !n.mark();
  const bool goes_on = is_one(n.tag, kGoOn);
  const bool of = n.is(W::kOf);
  return last | closes | (whole & (opens | (plain & !(goes_on | of))));
}

bool may_be_head(const ArticleView& v, int j) {
  constexpr uint64_t kHeads = bits({Tag::WP, Tag::WDT, Tag::PRPS, Tag::PRP});
  const ViewToken& t = v.at(j);
  const bool alnum = t.is(W::kAlnum);
  const bool pronoun = is_one(t.tag, kHeads);
  const bool in_phrase = t.in_phrase();
  const bool ends = (t.phrase_end == j) | (v.at(j + 1).tag == Tag::POS);
  const bool capital = t.is(W::kCapital);
  const bool name = capital & (t.sentence_begin != j);
  return alnum & (pronoun | (in_phrase & ends) | (!in_phrase & name));
}

// Where cues crowd, each sees as far as to the next ones: time a token stays near that of news.
int window(const ArticleView& v, int token, int usual) {
  const ViewToken& t = v.at(token);
  const int begin = std::max(t.sentence_begin, token - kSentenceWindow);
  const int end = std::min(t.sentence_end, token + kSentenceWindow);
  const int cues = v.count(ArticleView::kCues, begin, end);
  return cues > (end - begin > kLong ? kLongCrowd : kCrowd) ? 2 * kSentenceWindow / cues : usual;
}

/// Tokens are listed without a branch; what is listed replaces `out`.
class Lister {
 public:
  explicit Lister(std::vector<int>& out) : out_(out) {}
  ~Lister() { out_.assign(listed_.begin(), listed_.begin() + size_); }
  Lister(const Lister&) = delete;
  Lister& operator=(const Lister&) = delete;
  void add(int token, bool listed) noexcept {
    listed_[static_cast<size_t>(size_)] = token;
    size_ += listed ? 1 : 0;
  }

 private:
  static constexpr size_t kMost = 1 + std::max({kSentenceWindow, kContentWindow + 1, 3 * kSourceWindow + 2});
  std::vector<int>& out_;
  std::array<int, kMost> listed_;  // filled up to size_
  ptrdiff_t size_ = 0;
};

// Calls visit(first token, its sentence's last one, whether there are marks) for the sentences behind `token`, as far
// as `far`; the last one may be cut there. Stops when it returns false.
template <class Visit>
void each_sentence_behind(const ArticleView& v, int token, int far, Visit visit) {
  for (int begin = token + 1; begin <= far;) {
    const int end = std::min(v.at(begin).sentence_end, far);
    if (!visit(begin, end, v.count(ArticleView::kMarks, begin, end) > 0)) return;
    begin = end + 1;
  }
}

}  // namespace

bool is_source_head(const ArticleView& v, int j) {
  return may_be_head(v, j);
}

int cue_anchor(const ArticleView& v, int begin, int end) {
  for (int i = begin; i <= end; ++i) {
    if (!v.at(i).verb) continue;
    int last = i;
    for (int j = i + 1; j <= end && (v.at(j).verb || v.at(j).adverb); ++j)
      if (v.at(j).verb) last = j;
    return last;
  }
  for (int i = begin; i <= end; ++i) {
    if (!v.at(i).noun()) continue;
    while (i < end && v.at(i + 1).noun()) ++i;
    return i;
  }
  for (int i = begin; i <= end; ++i)
    if (v.at(i).tag == Tag::IN || (v.at(i).tag >= Tag::JJ && v.at(i).tag <= Tag::JJS)) return i;
  return begin;
}

void right_begins(const ArticleView& v, int cue, std::vector<int>& out) {
  const ViewToken& c = v.at(cue);
  {
    const int near = std::min(c.sentence_end, cue + window(v, cue, kSentenceWindow));
    Lister list(out);
    list.add(cue + 1, near > cue);
    for (int j = cue + 2; j <= near; ++j) list.add(j, begin_allowed(v, j));
  }
  int edges = 0;
  each_sentence_behind(v, c.sentence_end, std::min(c.paragraph_end, c.sentence_end + kParagraphWindow),
                       [&](int begin, int end, bool marks) {
                         out.push_back(begin);
                         ++edges;
                         for (int j = begin + 1; marks && j <= end && edges < kFarEdges; ++j) {
                           if (!v.at(j).opens()) continue;
                           out.push_back(j);
                           ++edges;
                         }
                         return edges < kFarEdges;
                       });
  const int next = c.paragraph_end + 1;
  if (next < v.size() && c.paragraph_end - cue < kColonWindow &&
      (v.at(c.paragraph_end).is(W::kColon) || v.at(next).opens()))
    out.push_back(next);
}

void right_ends(const ArticleView& v, int begin, std::vector<int>& out) {
  const ViewToken& b = v.at(begin);
  {
    const int near = std::min(b.sentence_end, begin + window(v, begin, kContentWindow));
    Lister list(out);
    for (int j = begin; j <= near; ++j) list.add(j, end_allowed(v, j));
  }
  int edges = 0;
  each_sentence_behind(v, b.sentence_end, std::min(b.paragraph_end, b.sentence_end + kParagraphWindow),
                       [&](int first, int last, bool marks) {
                         for (int j = marks ? first : last; j <= last && edges < kFarEdges; ++j) {
                           if (v.at(j).sentence_end != j && !v.at(j).closes() && !v.at(j + 1).opens()) continue;
                           out.push_back(j);
                           ++edges;
                         }
                         return edges < kFarEdges;
                       });
  if (b.opens() && b.mate() > (out.empty() ? begin : out.back())) out.push_back(b.mate());
  int p = b.paragraph_end;
  for (int k = 0; k < kOpenParagraphs && p + 1 < v.size(); ++k) {
    const bool open = v.at(p).inside() || v.at(p).opens();
    if (!open || !v.at(p + 1).opens()) break;
    p = v.at(p + 1).paragraph_end;
    out.push_back(p);
  }
}

void left_ends(const ArticleView& v, int cue, std::vector<int>& out) {
  const ViewToken& c = v.at(cue);
  {
    const int near = std::max(c.sentence_begin, cue - window(v, cue, kSentenceWindow));
    Lister list(out);
    list.add(cue - 1, near < cue);
    for (int j = cue - 2; j >= near; --j) list.add(j, end_allowed(v, j));
  }
  const int far = std::max(c.paragraph_begin, c.sentence_begin - kParagraphWindow);
  int edges = 0;
  for (int j = c.sentence_begin - 1; j >= far && edges < kFarEdges / 2; --j) {
    if (!v.at(j).closes() && v.at(j).sentence_end != j) continue;
    out.push_back(j);
    ++edges;
  }
}

void left_begins(const ArticleView& v, int end, std::vector<int>& out) {
  const ViewToken& e = v.at(end);
  {
    const int near = std::max(e.sentence_begin, end - window(v, end, kContentWindow));
    Lister list(out);
    list.add(end, true);
    for (int j = end - 1; j >= near; --j) list.add(j, begin_allowed(v, j));
  }
  const int far = std::max(e.paragraph_begin, e.sentence_begin - kParagraphWindow);
  int edges = 0;
  for (int j = e.sentence_begin - 1; j >= far && edges < kFarEdges; --j) {
    if (v.at(j).sentence_begin != j && !v.at(j).opens()) continue;
    out.push_back(j);
    ++edges;
  }
  if (e.closes() && e.mate() >= 0 && e.mate() < out.back()) out.push_back(e.mate());
}

void sources(const ArticleView& v, int cue, std::vector<int>& out) {
  const ViewToken& c = v.at(cue);
  const int reach = window(v, cue, kSourceWindow);
  const int begin = std::max(c.sentence_begin, cue - reach);
  const int end = std::min(c.sentence_end, cue + reach);
  // A cue that opens its sentence may have its source at the end of the one before.
  const bool opens = c.sentence_begin > c.paragraph_begin && cue - c.sentence_begin < 2;
  const int before =
      opens ? std::max(v.at(c.sentence_begin - 1).sentence_begin, c.sentence_begin - kSourceWindow) : c.sentence_begin;
  Lister list(out);
  list.add(-1, true);
  for (int j = begin; j < cue - 1; ++j) list.add(j, may_be_head(v, j));
  if (begin < cue) list.add(cue - 1, v.at(cue - 1).is(W::kAlnum));  // an Alnum is all that a head must be there
  for (int j = cue + 1; j <= end; ++j) list.add(j, may_be_head(v, j));
  for (int j = before; j < c.sentence_begin; ++j) list.add(j, may_be_head(v, j));
}

void source_begins(const ArticleView& v, int source, std::vector<int>& out) {
  out.clear();
  const int begin = std::max(v.at(source).sentence_begin, source - kSourceBefore);
  for (int j = source; j >= begin; --j)
    if (j == source || !v.at(j).in_phrase() || v.at(j).phrase_begin == j) out.push_back(j);
}

void source_ends(const ArticleView& v, int cue, const Content& content, int source, std::vector<int>& out) {
  out.clear();
  const int end = std::min(v.at(source).sentence_end, source + kSourceBehind);
  for (int j = source; j <= end && j != cue && !content.covers(j); ++j)
    if (j == source || !v.at(j).in_phrase() || v.at(j).phrase_end == j) out.push_back(j);
}

void cue_begins(const ArticleView& v, int cue, std::vector<int>& out) {
  out.assign(1, cue);
  const int begin = std::max(v.at(cue).sentence_begin, cue - kCueBefore + 1);
  for (int j = cue - 1; j >= begin && !v.at(j).mark() && !v.at(j).is(W::kComma); --j) out.push_back(j);
}

void cue_ends(const ArticleView& v, int cue, std::vector<int>& out) {
  out.assign(1, cue);
  const int end = std::min(v.at(cue).sentence_end, cue + kCueBehind - 1);
  for (int j = cue + 1; j <= end && !v.at(j).opens(); ++j)
    if (!v.at(j).in_phrase() || v.at(j).phrase_end == j) out.push_back(j);
}

}  // namespace newsnlp
