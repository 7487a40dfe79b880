// Is this word a cue, and on which side is its content?
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

// Distance to the next closing mark on the left and opening mark on the right, within the paragraph; 99: none.
struct MarkDistances {
  int left = 99;
  int right = 99;
};
MarkDistances mark_distances(const ArticleView& v, int cue, int window) {
  MarkDistances d;
  const ViewToken& t = v.at(cue);
  for (int j = cue - 1; j >= t.paragraph_begin && cue - j < window; --j)
    if (v.at(j).closes()) {
      d.left = cue - j;
      break;
    }
  for (int j = cue + 1; j <= t.paragraph_end && j - cue < window; ++j)
    if (v.at(j).opens()) {
      d.right = j - cue;
      break;
    }
  return d;
}

// Colons and dashes: "NAME: …", `"…" -- Name`.
void sign_features(const ArticleView& v, int cue, FeatureList& f) {
  constexpr int kWindow = 60;
  const ViewToken& t = v.at(cue);
  const int a = std::max(t.paragraph_begin, cue - kWindow);
  const int b = std::min(t.paragraph_end, cue + kWindow);
  const uint32_t w = t.word;
  int cues = 0;
  bool upper = true;
  int capitals = 0;
  int capitals_right = 0;
  for (int j = a; j <= b; ++j) {
    const ViewToken& x = v.at(j);
    cues += x.is(W::kCue) && !x.inside() && !x.closes();
    if (j < cue) {
      upper &= x.is(W::kFullUpper);
      capitals += x.is(W::kCapital);
    } else if (j > cue) {
      capitals_right += x.is(W::kCapital);
    }
  }
  cues = std::min(cues, 2);
  const bool name_right = b > cue && capitals_right >= b - cue - 1 && b - cue < 7;
  const bool name_left = cue > a && capitals >= cue - a && cue - a < 6;
  const bool after_mark = v.at(cue - 1).closes();
  const bool before_mark = v.at(cue + 1).opens();
  const bool whole = v.at(a).opens() && v.at(a).mate >= cue - 2 && v.at(a).mate < cue;
  const int turns = v.turns() > 6 ? 5 : std::min(v.turns(), 4);
  f(200, w, cues, bucket(cue - a));
  f(201, w, upper, cue - a < 5);
  f(202, w, name_right, after_mark);
  f(203, w, name_left, before_mark);
  f(204, w, after_mark, before_mark, cues);
  f(205, w, whole, name_right);
  f(206, w, cue == a, name_right);
  f(207, w, bucket(b - cue), after_mark);
  f(208, w, name_left, upper, cues, b - cue > 3);
  f(209, w, turns, name_left);
  f(210, w, turns, upper, name_left);
  f(211, w, std::min(v.signed_quotations(), 5), name_right, after_mark);
  f(212, w, v.at(cue - 1).is(W::kFirstName), name_left, b - cue > 2);
  f(213, w, tag(v, cue - 1), name_left);
  f(214, w, quotation(v, cue - 1), quotation(v, a), quotation(v, b));
}

void window_features(const ArticleView& v, int cue, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  const uint32_t lemma = t.lemma;
  for (int k = -4; k <= 4; ++k) {
    if (k == 0) continue;
    const int j = cue + k;
    const bool same = j >= t.paragraph_begin && j <= t.paragraph_end;
    const ViewToken& x = v.at(same ? j : -1);
    const int q = same ? static_cast<int>(x.quotation) : 9;
    f(10, k, x.word);
    f(14, k, static_cast<int>(x.tag), p);
    f(16, k, q);
    if (k < -2 || k > 2) continue;
    f(11, k, x.word, lemma);
    f(12, k, x.class_1024);
    f(13, k, x.word, listed);
    f(15, k, static_cast<int>(x.tag), lemma);
    f(17, k, x.shape, listed);
  }
  const uint32_t before = v.at(cue - 1).word;
  const uint32_t next = v.at(cue + 1).word;
  f(20, before, next, listed);
  f(21, next, v.at(cue + 2).word, listed);
  f(22, v.at(cue - 2).word, before, listed);
  f(23, tag(v, cue - 1), p, tag(v, cue + 1));
  f(24, tag(v, cue + 1), tag(v, cue + 2), p);
  f(25, tag(v, cue - 2), tag(v, cue - 1), p);
  f(26, next, lemma, tag(v, cue + 2));
  f(27, tag(v, cue - 1), lemma, tag(v, cue + 1));
}

void sentence_features(const ArticleView& v, int cue, FeatureList& f) {
  constexpr int kMarkWindow = 12;
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  const uint32_t lemma = t.lemma;
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const int q = static_cast<int>(t.quotation);
  f(30, q, listed);
  f(31, q, p);
  if (t.inside()) {
    int a = cue;
    while (a > t.paragraph_begin && cue - a < 12 && v.at(a).inside()) --a;
    int b = cue;
    while (b < t.paragraph_end && b - cue < 12 && v.at(b).inside()) ++b;
    f(32, std::min(b - a, 12), listed);
  }
  const bool left_mark = v.count(V::kMarks, s, cue - 1) > 0;
  const bool right_mark = v.count(V::kMarks, cue + 1, e) > 0;
  f(33, left_mark, right_mark, listed, q);
  f(34, lemma, left_mark, right_mark);
  const MarkDistances d = mark_distances(v, cue, kMarkWindow);
  f(35, bucket(d.left), listed);
  f(36, bucket(d.right), listed);
  f(37, bucket(d.left), bucket(d.right), p);
  f(38, lemma, bucket(d.right));
  f(40, bucket(cue - s), listed);
  f(41, bucket(e - cue), listed);
  f(42, cue - s < 3, e - cue < 3, p);
  f(43, std::min(v.count(V::kCues, s, cue - 1), 8), listed);
  f(44, std::min(v.count(V::kCues, cue + 1, e), 8), listed);
  f(45, v.at(s).opens(), listed);
  f(46, v.at(s).word, listed);
  f(47, v.at(e).word, listed);
  int that = 0;
  for (int j = cue + 1; j <= e && j < cue + 7 && that == 0; ++j)
    if (v.at(j).is(W::kThat)) that = j - cue;
  f(48, that, listed);
  f(49, that, p);
  if (that > 0 && that < 4) f(50, lemma, 1);
  for (int j = cue - 1; j >= s && cue - j < 14; --j) {
    if (!v.at(j).is(W::kCue)) continue;
    f(51, v.at(j).lemma, bucket(cue - j));
    f(52, v.at(j).lemma, lemma);
    f(53, v.at(j + 1).word, listed);
    break;
  }
  for (int j = cue - 1; j >= s && cue - j < 10; --j) {
    if (!v.at(j).in_phrase()) continue;
    const int h = v.at(j).phrase_end;
    f(54, v.at(h).word, listed);
    f(55, v.at(h).class_256, lemma);
    f(56, tag(v, h), bucket(cue - h), p);
    f(57, v.at(h).is(W::kCapital), lemma);
    break;
  }
  for (int j = cue + 1; j <= e && j - cue < 6; ++j) {
    if (!v.at(j).in_phrase()) continue;
    const int h = v.at(j).phrase_end;
    const int gap = bucket(v.at(j).phrase_begin - cue);
    f(59, tag(v, h), gap, p);
    f(60, v.at(h).is(W::kCapital), lemma, gap);
    f(61, v.at(h).word, lemma);
    f(62, v.at(h).class_256, lemma);
    break;
  }
  f(64, t.paragraph_begin == s, listed);
  f(65, t.paragraph == 0, listed);
  f(66, std::min(t.paragraph, 4), p);
  const ViewToken& last = v.at(t.paragraph_end);
  const bool colon = last.is(W::kColon) && t.paragraph_end - cue < 16;
  f(120, colon, v.at(t.paragraph_end + 1).opens(), listed);
  f(121, colon, lemma);
}

int distance_step(int distance) {
  return distance == 0 ? 0 : distance < 3 ? 1 : distance < 7 ? 2 : 3;
}

void clause_features(const ArticleView& v, int cue, const Neighbour& right, const Neighbour& left, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  const uint32_t lemma = t.lemma;
  f(160, right.kind, lemma);
  f(161, right.kind, p);
  f(162, right.kind, listed);
  f(163, left.kind, lemma);
  f(164, left.kind, p);
  f(165, left.kind, listed);
  f(166, right.kind, left.kind, p);
  f(167, right.kind, left.kind, listed);
  f(168, right.kind, t.class_256);
  f(169, right.kind, t.class_1024);
  f(170, left.kind, t.class_1024);
  if (left.token >= t.sentence_begin && v.at(left.token).in_phrase()) {
    const ViewToken& x = v.at(left.token);
    f(171, x.lemma, right.kind);
    f(172, x.class_256, right.kind, listed);
    f(173, x.class_1024, listed, p);
  }
  if (right.token <= t.sentence_end && v.at(right.token).in_phrase()) {
    const ViewToken& x = v.at(v.at(right.token).phrase_end);
    f(174, x.class_256, lemma);
    f(175, x.lemma, listed, right.kind);
  }
  const ClauseAhead& a = v.ahead(cue + 1);
  f(176, distance_step(a.distance), a.subject, lemma);
  f(177, distance_step(a.distance), a.subject, right.kind);
}

void subject_features(const ArticleView& v, int cue, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  const uint32_t lemma = t.lemma;
  const int x = t.subject;
  if (x < 0) {
    f(180, p, lemma);
  } else {
    const ViewToken& s = v.at(x);
    const bool capital = s.is(W::kCapital);
    f(181, tag(v, x), capital, s.is(W::kRole), lemma);
    f(182, s.lemma, listed);
    f(183, s.class_256, lemma);
    f(184, tag(v, x), capital, x > cue, p);
    f(185, bucket(cue - x), tag(v, x), listed);
    f(186, s.class_1024, listed, p);
  }
  int verb = cue < t.sentence_end ? v.at(cue + 1).next_finite : -1;
  while (verb >= 0 && verb < cue + 30 && v.at(verb).subject <= cue)
    verb = verb < t.sentence_end ? v.at(verb + 1).next_finite : -1;
  if (verb >= cue + 30) verb = -1;
  f(187, verb < 0 ? 0 : bucket(verb - cue), listed);
  if (verb < 0) return;
  const ViewToken& z = v.at(v.at(verb).subject);
  const int z_begin = z.in_phrase() ? z.phrase_begin : v.at(verb).subject;
  f(188, bucket(v.at(verb).subject - cue), v.at(z_begin - 1).word, lemma);
  f(189, z.in_phrase() && z.phrase_begin - cue < 4, lemma, static_cast<int>(z.tag));
}

void subcategory_features(const ArticleView& v, const QuoteModel& model, int cue, int right, int left, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const int p = static_cast<int>(t.tag);
  static constexpr Subcategory kNone;
  const Subcategory& s = t.row == 0 ? kNone
                         : t.noun() ? model.lemmas()[t.row - 1].as_noun
                                    : model.lemmas()[t.row - 1].as_verb;
  if (s.frequency == Subcategory::kUnseen) {
    f(140);
    return;
  }
  f(141, s.that, p);
  f(142, s.quotation_before, p);
  f(143, s.quotation, p);
  f(144, s.clause, p);
  f(145, s.that, s.quotation_before, right);
  f(146, s.quotation_before, right);
  f(147, s.that, right);
  f(148, s.clause, s.phrase, right);
  f(149, s.pronoun, s.name, left);
  f(150, s.that, s.quotation_before, s.clause, s.infinitive);
  f(151, s.quotation_before, left, right);
  f(152, s.preposition, right, p);
  f(153, s.frequency, s.quotation_before, s.that);
}

}  // namespace

bool is_sign(const ViewToken& t) noexcept {
  return t.is(W::kDash) || t.is(W::kColon) || t.is(W::kHyphen);
}

bool is_cue_candidate(const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  if (t.is(W::kNever)) return false;
  if (t.is(W::kColon)) return true;
  if (is_sign(t))
    return v.at(i - 1).closes() || i == t.paragraph_begin || v.at(i + 1).opens() || t.paragraph_end - i < 8;
  return t.is(W::kCue);
}

void cue_features(const ArticleView& v, const QuoteModel& model, int cue, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const bool sign = is_sign(t);
  const bool listed = t.is(W::kListed);
  const int p = static_cast<int>(t.tag);
  if (sign) sign_features(v, cue, f);
  f(1);
  f(2, t.word);
  f(3, t.lemma);
  f(4, t.lemma, p);
  f(5, t.class_1024);
  f(6, t.class_256);
  f(7, t.suffix, p);
  f(8, listed, p);
  window_features(v, cue, f);
  sentence_features(v, cue, f);
  if (sign) return;
  const Neighbour right = complement(v, cue);
  const Neighbour left = subject_side(v, cue);
  clause_features(v, cue, right, left, f);
  subject_features(v, cue, f);
  subcategory_features(v, model, cue, right.kind, left.kind, f);
}

void side_features(const ArticleView& v, int cue, Side side, FeatureList& f) {
  const ViewToken& t = v.at(cue);
  const int s = t.sentence_begin;
  const int e = t.sentence_end;
  const int pe = t.paragraph_end;
  const uint32_t lemma = t.lemma;
  const int h = static_cast<int>(side) + 1;
  const auto word = [&](int i) { return v.at(i).word; };
  f(1, h);
  f(2, h, lemma);
  f(3, h, word(cue + 1));
  f(4, h, word(cue - 1));
  f(5, h, tag(v, cue - 1), tag(v, cue), tag(v, cue + 1));
  f(6, h, word(cue + 1), word(cue + 2));
  f(7, h, word(e), bucket(e - cue));
  f(8, h, bucket(cue - s));
  f(9, h, bucket(e - cue));
  f(10, h, bucket(cue - s), bucket(e - cue));
  f(11, h, quotation(v, s), quotation(v, cue - 1));
  f(12, h, lemma, tag(v, cue + 1));
  f(13, h, lemma, tag(v, cue - 1));
  f(14, h, word(s), quotation(v, s));
  f(15, h, word(e));
  constexpr int kMarkWindow = 50;
  const MarkDistances d = mark_distances(v, cue, kMarkWindow);
  const bool mark_right = d.right < kMarkWindow && cue + d.right <= e;
  f(16, h, bucket(d.left));
  f(17, h, bucket(d.right));
  f(18, h, bucket(d.left), bucket(d.right));
  f(19, h, bucket(d.left), d.right < kMarkWindow, e == pe);
  f(20, h, bucket(d.left), mark_right, bucket(e - cue));
  f(21, h, d.left < kMarkWindow && cue - d.left >= s, mark_right, d.right < kMarkWindow,
    quotation(v, t.paragraph_begin));
  for (int j = cue + 1; j <= e && j < cue + 9; ++j) {
    if (!v.at(j).is(W::kComma)) continue;
    f(22, h, j - cue, word(j + 1));
    f(23, h, j - cue, tag(v, j + 1));
    f(24, h, quotation(v, j + 1));
    break;
  }
  for (int j = cue - 1; j >= s && j > cue - 12; --j) {
    if (!v.at(j).is(W::kComma)) continue;
    f(25, h, cue - j, tag(v, j + 1));
    f(26, h, cue - j, quotation(v, j + 1));
    f(27, h, tag(v, j - 1), cue - j);
    f(28, h, cue - j, bucket(j - s));
    break;
  }
  const auto few = [&](V::Count kind, int a, int b) { return std::min(v.count(kind, a, b), 12); };
  f(29, h, few(V::kVerbs, s, cue - 1), few(V::kVerbs, cue + 1, e));
  f(30, h, few(V::kCommas, s, cue - 1), few(V::kCommas, cue + 1, e));
  f(31, h, few(V::kCues, s, cue - 1), few(V::kCues, cue + 1, e));
  for (int k = 1; k < 4; ++k) {
    f(32, h, k, tag(v, cue + k));
    f(33, h, k, tag(v, cue - k));
    f(34, h, k, word(cue + k));
    f(35, h, k, word(cue - k));
    f(36, h, k, quotation(v, cue + k), quotation(v, cue - k));
  }
  f(37, h, static_cast<int>(t.quotation));
  f(38, h, pe == e, quotation(v, e + 1), quotation(v, e));
  f(39, h, v.at(cue + 1).shape, word(cue - 1));
  f(41, h, word(s), bucket(cue - s));
  const Neighbour right = complement(v, cue);
  const Neighbour left = subject_side(v, cue);
  f(44, h, right.kind);
  f(45, h, left.kind);
  f(46, h, right.kind, left.kind);
  f(47, h, right.kind, lemma);
  const ClauseAhead& a = v.ahead(cue + 1);
  f(48, h, std::min(distance_step(a.distance), 2), a.subject, cue - s < 3);
  f(49, h, a.more, v.count(V::kVerbs, s, cue - 1) > 0, right.kind);
  const bool colon = v.at(pe).is(W::kColon);
  f(42, h, colon, bucket(pe - cue));
  f(43, h, colon, v.at(pe + 1).opens(), pe - cue < 16);
}

}  // namespace newsnlp
