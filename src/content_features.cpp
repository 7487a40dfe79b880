// Where does a content begin and end?
#include <algorithm>

#include "attribution_features.h"
#include "clause.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

int tag(const ArticleView& v, int i) {
  return static_cast<int>(v.at(i).tag);
}
int quotation(const ArticleView& v, int i) {
  return v.valid(i) ? static_cast<int>(v.at(i).quotation) : 9;
}
uint32_t word(const ArticleView& v, int i) {
  return v.at(i).word;
}

// The tags of [begin, end), as one value.
uint64_t tag_path(const ArticleView& v, int begin, int end) {
  uint64_t h = 3;
  for (int j = begin; j < end; ++j) h = h * 61 + static_cast<uint64_t>(tag(v, j));
  return h;
}

int few(const ArticleView& v, V::Count kind, int a, int b, int most) {
  return std::min(v.count(kind, a, b), most);
}

bool odd_marks(const ArticleView& v, int a, int b) {
  return (v.count(V::kMarks, a, b) & 1) != 0;
}

}  // namespace

void edge_features(const ArticleView& v, int x, FeatureList& f) {
  for (int k = -2; k <= 2; ++k) {
    f(301, k, word(v, x + k));
    f(302, k, tag(v, x + k));
    f(303, k, quotation(v, x + k));
  }
  f(304, word(v, x - 1), word(v, x));
  f(305, word(v, x), word(v, x + 1));
  f(306, tag(v, x - 1), tag(v, x));
  f(307, tag(v, x), tag(v, x + 1));
  f(308, tag(v, x - 1), tag(v, x), tag(v, x + 1));
  f(309, v.at(x).class_256);
  f(310, v.at(x + 1).class_256);
  f(311, quotation(v, x - 1), quotation(v, x), quotation(v, x + 1));
  f(312, word(v, x - 1), tag(v, x));
  f(313, tag(v, x), word(v, x + 1));
  f(318, tag(v, x + 1), tag(v, x + 2));
  f(319, word(v, x + 1), word(v, x + 2));
  f(320, v.at(x).shape);
}

void edge_cue_features(const ArticleView& v, int cue, int x, FeatureList& f) {
  const uint32_t lemma = v.at(cue).lemma;
  f(314, word(v, x), lemma);
  f(315, tag(v, x), lemma);
  f(316, word(v, x + 1), lemma);
  f(317, word(v, x - 1), lemma);
}

void right_begin_features(const ArticleView& v, int cue, Side side_, int x, FeatureList& f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(side_);
  const int d = bucket(x - cue);
  const bool same = t.sentence == c.sentence;
  f(30, d);
  f(31, d, lemma);
  f(32, d, tag(v, x));
  f(33, d, word(v, x - 1));
  f(34, d, quotation(v, x));
  f(35, same, quotation(v, x), side);
  f(36, same, t.sentence_begin == x, side);
  f(37, few(v, V::kVerbs, cue + 1, x - 1, 8), word(v, x - 1));
  f(38, few(v, V::kCommas, cue + 1, x - 1, 8), few(v, V::kMarks, cue + 1, x - 1, 8));
  f(39, side, d);
  f(40, side, word(v, x - 1));
  f(41, side, tag(v, x - 1), tag(v, x));
  const int phrases = few(v, V::kPhraseEnds, cue + 1, x - 1, 8);
  f(42, phrases, tag(v, x - 1), tag(v, x));
  f(43, phrases, lemma);
  f(44, phrases, word(v, x - 1));
  f(45, t.in_phrase() && t.phrase_begin < x);
  f(46, word(v, cue + 1), d);
  f(47, tag(v, cue + 1), d, tag(v, cue));
  if (x - cue <= 5) {
    const uint64_t path = tag_path(v, cue + 1, x);
    f(48, path);
    f(49, path, lemma);
    f(51, path, tag(v, x));
  }
  if (t.opens()) {
    f(52, v.count(V::kMarks, cue + 1, x - 1) == 0, side, same);
    f(53, bucket(t.mate - x), same);
  }
  if (x - cue > 1 && v.at(x - 1).is(W::kComma)) f(54, d, side);
  bool that = false;
  for (int j = std::max(cue + 1, x - 30); j < x; ++j) that |= v.at(j).is(W::kThat);
  f(55, that);
  for (int j = x + 1; j <= c.sentence_end && j < x + 9; ++j) {
    if (!v.at(j).is(W::kThat)) continue;
    f(56, j - x);
    f(57, lemma, 1);
    break;
  }
  f(58, side, tag(v, cue));
  f(59, c.is(W::kListed), d);
  f(29, side, word(v, cue + 1), x == cue + 1);
  const int last = c.paragraph_end;
  const bool colon = v.at(last).is(W::kColon);
  if (t.paragraph != c.paragraph) {
    f(90, colon, t.opens(), side);
    f(91, colon, t.opens(), lemma);
    f(92, colon, bucket(last - cue));
  } else {
    f(93, colon && last - cue<16, v.at(last + 1).opens(), x> last - 2);
  }
}

void right_end_features(const ArticleView& v, int cue, Side side_, int b, int x, FeatureList& f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const ViewToken& o = v.at(b);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(side_);
  const bool open = o.opens();
  const bool same = t.sentence == o.sentence;
  const bool at_end = x == o.sentence_end;
  const int rest = bucket(t.sentence_end - x);
  const int inner_verbs = few(v, V::kVerbs, b, x, 4);
  const bool has_verb = inner_verbs > 0;
  const bool rest_verb = v.count(V::kVerbs, x + 1, t.sentence_end) > 0;
  f(30, bucket(x - b));
  f(31, rest, same);
  f(32, rest, same, open);
  f(33, x == o.mate, open);
  f(34, x == t.paragraph_end, open, same);
  f(35, x == c.sentence_end, o.sentence == c.sentence, side);
  f(36, odd_marks(v, b + 1, x), open, quotation(v, x));
  f(37, quotation(v, x), quotation(v, x + 1), open);
  f(38, std::min(5, t.sentence - o.sentence), open, quotation(v, x));
  if (t.paragraph != o.paragraph) {
    f(95, std::min(3, t.paragraph - o.paragraph), t.closes());
    f(96, quotation(v, b));
  }
  if (o.paragraph != c.paragraph) {
    f(97, x == o.paragraph_end, open);
    f(98, at_end, x == o.paragraph_end, open);
  }
  f(39, o.word, at_end);
  f(40, lemma, at_end);
  f(41, tag(v, b), at_end);
  f(42, tag(v, b), tag(v, x), tag(v, x + 1));
  f(43, has_verb, tag(v, x + 1));
  f(44, has_verb, word(v, x + 1));
  f(45, has_verb, lemma);
  f(46, o.word, tag(v, x + 1));
  f(47, o.word, word(v, x + 1));
  f(48, inner_verbs, tag(v, x + 1), o.word);
  f(49, v.count(V::kCues, x + 1, t.sentence_end) > 0, word(v, x + 1));
  f(50, rest_verb, word(v, x + 1), same);
  f(51, rest_verb, tag(v, x + 1));
  f(22, word(v, x), word(v, x + 1), tag(v, x + 2));
  f(23, word(v, x + 1), tag(v, x + 2), tag(v, x + 3));
  f(24, word(v, x + 1), word(v, x + 2), rest);
  f(25, word(v, x + 1), tag(v, x + 2), same ? inner_verbs : 3, lemma);
  f(26, word(v, x + 1), tag(v, x + 2), has_verb, o.word);
  for (int k = 2; k < 5; ++k) {
    if (!v.at(x + k).is(W::kCue)) continue;
    f(52, word(v, x + 1), k);
    f(53, k, tag(v, x + k), tag(v, x + 1));
    break;
  }
  f(54, side, at_end, bucket(b - cue));
  f(55, open, t.mate == b, quotation(v, x + 1), at_end);
  f(56, bucket(x - cue));
  if (t.closes()) f(57, t.mate >= b, bucket(t.mate - b));
  f(58, t.inside(), open, quotation(v, b));
  f(59, quotation(v, b), word(v, x), word(v, x + 1));
  f(29, tag(v, b), rest, c.is(W::kListed));
  f(27, t.in_phrase() && x < t.phrase_end);
  // The next finite verb and whose it is.
  const int next = x < t.sentence_end ? v.at(x + 1).next_finite : -1;
  const int verb = next >= 0 && next < x + 30 ? next : -1;
  const int subject = verb < 0 ? -1 : v.at(verb).subject;
  const int relation = verb < 0               ? 0
                       : subject < 0          ? 1
                       : subject > x          ? 2
                       : subject >= b         ? 3
                       : subject == c.subject ? 5
                                              : 4;
  const int first = v.at(x + 1).junction;
  f(130, relation, first);
  f(131, relation, first, v.at(x + 2).junction);
  f(132, relation, tag(v, x), tag(v, x + 1));
  f(133, relation, lemma);
  f(134, relation, verb < 0 ? 0 : bucket(verb - x), o.junction);
  if (subject >= 0) f(135, relation, first, tag(v, subject), v.at(subject).is(W::kCapital));
  f(136, relation, first, has_verb, verb >= 0 && v.at(verb).tag == c.tag);
  clause_end_features(v, cue, b, x, 110, f);
}

void left_end_features(const ArticleView& v, int cue, Side side_, int x, FeatureList& f) {
  const ViewToken& c = v.at(cue);
  const ViewToken& t = v.at(x);
  const uint32_t lemma = c.lemma;
  const int side = static_cast<int>(side_);
  const int d = bucket(cue - x);
  const bool same = t.sentence == c.sentence;
  f(30, d);
  f(31, d, lemma);
  f(32, d, quotation(v, x), quotation(v, x + 1));
  f(33, d, word(v, x + 1));
  f(34, d, tag(v, x + 1));
  f(35, same, quotation(v, x));
  f(36, few(v, V::kVerbs, x + 1, cue - 1, 8), word(v, x + 1));
  f(37, few(v, V::kCommas, x + 1, cue - 1, 8), few(v, V::kMarks, x + 1, cue - 1, 8), quotation(v, x));
  f(38, side, d);
  f(39, side, word(v, x), word(v, x + 1));
  f(40, side, tag(v, cue), d);
  const int phrases = few(v, V::kPhraseEnds, x + 1, cue - 1, 8);
  f(41, phrases, word(v, x), side);
  f(42, phrases, quotation(v, x), word(v, x));
  f(43, word(v, cue - 1), d);
  if (cue - x <= 6) {
    const uint64_t path = tag_path(v, x + 1, cue);
    f(44, path);
    f(45, path, word(v, x));
  }
  f(46, t.in_phrase() && x < t.phrase_end);
  f(47, few(v, V::kCues, x + 1, cue - 1, 8), word(v, x));
  f(48, bucket(x - c.sentence_begin), same);
  f(49, t.closes(), v.count(V::kMarks, x + 1, cue - 1) == 0, same);
}

void left_begin_features(const ArticleView& v, int cue, Side side_, int e, int x, FeatureList& f) {
  const ViewToken& t = v.at(x);
  const ViewToken& o = v.at(e);
  const uint32_t lemma = v.at(cue).lemma;
  const int side = static_cast<int>(side_);
  const bool at_begin = t.sentence_begin == x;
  const int offset = bucket(x - t.sentence_begin);
  f(30, bucket(e - x));
  f(31, at_begin, t.sentence == o.sentence, quotation(v, x));
  f(32, quotation(v, e), quotation(v, x), t.mate == e);
  f(33, quotation(v, e), t.mate > 0 && t.mate <= e, quotation(v, x), at_begin);
  f(34, t.paragraph_begin == x, quotation(v, x), quotation(v, e));
  f(35, odd_marks(v, x + 1, e), quotation(v, x), quotation(v, e));
  f(36, side, at_begin);
  f(37, offset, tag(v, x));
  f(38, offset, word(v, x - 1));
  f(39, few(v, V::kVerbs, x, e, 8), tag(v, x - 1), tag(v, x));
  f(40, few(v, V::kVerbs, t.sentence_begin, x - 1, 8), word(v, x - 1));
  f(41, v.count(V::kCues, t.sentence_begin, x - 1) > 0, word(v, x - 1));
  f(42, lemma, at_begin);
  f(43, word(v, e + 1), at_begin, tag(v, cue));
  f(44, std::min(4, o.sentence - t.sentence), quotation(v, x), quotation(v, e));
  f(45, side, word(v, e), at_begin);
  f(46, word(v, o.sentence_begin), bucket(x - o.sentence_begin));
  f(47, bucket(cue - e), at_begin, lemma);
}

}  // namespace newsnlp
