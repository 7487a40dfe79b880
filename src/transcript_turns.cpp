#include "transcript_turns.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kNameTokens = 5;
constexpr int kClock = 8;   // tokens of "[10:15:32]"
constexpr int kGoesOn = 6;  // paragraphs of one turn behind its first
constexpr float kProbability = 0.97F;
constexpr float kScore = 0.9F;

struct Turn {
  int begin, colon;       // tokens; the name stands between them
  int name_end;           // its last token: "JO MARSH, HOST:" is Jo Marsh's
  int content, end;       // what is said: tokens, inclusive
  std::string_view name;  // as written
  bool upper;             // in capitals
};

std::string_view word(const Layers& layers, int i) {
  return layers.of(layers.tokens[static_cast<size_t>(i)]);
}

// "Q. Where were you?", "A. In the cellar."
bool is_question_or_answer(std::string_view word) {
  return word == "Q." || word == "A.";
}

// "A. Lima wrote the book."
bool begins_name(const Layers& layers, int token) {
  const Span first = layers.tokens[static_cast<size_t>(token)].span;
  const auto m = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                      [&](const Mention& mention) { return mention.span.end <= first.begin; });
  return m != layers.mentions.end() && m->span.begin == first.begin && m->span.end > first.end;
}

// Behind quotation marks, "**" or "[10:15:32]", if the line begins with them.
int behind_decoration(const Layers& layers, const ArticleView& v, int first, int last) {
  if (v.at(first).is(W::kAlnum)) return first;  // most
  int i = first;
  while (i < last && i < first + 2 && (v.at(i).mark() || word(layers, i) == "*")) ++i;
  if (word(layers, i) != "[" && word(layers, i) != "(") return i;
  const int end = std::min(last, i + kClock);
  for (int k = i + 1; k < end && !v.at(k).is(W::kCapital); ++k)
    if (word(layers, k) == "]" || word(layers, k) == ")") return k + 1;
  return i;
}

// Behind "(mayor)" at i; i: there is none.
int behind_bracket(const Layers& layers, const ArticleView& v, int i, int last) {
  if (word(layers, i) != "(") return i;
  const int end = std::min(last, i + kNameTokens);
  for (int k = i + 1; k < end && !v.at(k).mark(); ++k)
    if (word(layers, k) == ")") return k + 1;
  return i;
}

// "Ann Lee" -> "AL"
std::string initials(std::string_view name) {
  std::string letters;
  for (size_t i = 0; i < name.size(); ++i)
    if ((i == 0 || name[i - 1] == ' ') && name[i] >= 'A' && name[i] <= 'Z') letters += name[i];
  return letters;
}

// The turn that a paragraph from `first` on opens; colon -1: none. A line of its own may hold the name.
Turn turn_at(const Layers& layers, const ArticleView& v, int first) {
  const int last = v.at(first).paragraph_end;
  Turn turn{first, -1, -1, -1, last, {}, true};
  turn.begin = behind_decoration(layers, v, first, last);
  if (turn.begin == first && first < last && is_question_or_answer(word(layers, first)) &&
      !begins_name(layers, first)) {
    turn.colon = turn.name_end = first;
    turn.content = first + 1;
    turn.name = word(layers, first);
    return turn;
  }
  int words = 0;
  for (int i = turn.begin; i <= last && i <= turn.begin + kNameTokens; ++i) {
    const ViewToken& t = v.at(i);
    if (t.is(W::kColon)) {
      const bool alone = i == last && turn.upper && i + 1 < v.size();
      if (words == 0 || (last - i < 2 && !alone)) return turn;
      turn.colon = i;
      if (alone) turn.end = v.at(i + 1).paragraph_end;
      if (turn.name_end < 0) turn.name_end = i - 1;
      turn.content = i + 1;
      while (turn.content < last && turn.content < i + 3 && word(layers, turn.content) == "*") ++turn.content;
      const Span from = layers.tokens[static_cast<size_t>(turn.begin)].span;
      const Span to = layers.tokens[static_cast<size_t>(turn.name_end)].span;
      turn.name = layers.of(Span{from.begin, to.end});
      return turn;
    }
    if (words > 0 && !t.is(W::kAlnum) && !t.mark())
      if (const int behind = behind_bracket(layers, v, i, last); behind > i && v.at(behind).is(W::kColon)) {
        turn.name_end = turn.name_end < 0 ? i - 1 : turn.name_end;
        i = behind - 1;
        continue;
      }
    const bool number = t.tag == Tag::CD && words > 0 && v.at(i + 1).is(W::kColon);  // "Speaker 1:"
    if (t.mark() || (t.is(W::kAlnum) && !t.is(W::kCapital) && !number)) return turn;
    if (t.is(W::kComma) && words > 0 && turn.name_end < 0) turn.name_end = i - 1;
    words += t.is(W::kAlnum);
    turn.upper &= t.is(W::kFullUpper);
  }
  return turn;
}

// Paragraphs up to the next turn go on with this one; "(APPLAUSE)" or a headline ends it.
int end_of(const Layers& layers, const ArticleView& v, const Turn& turn, const Turn& next) {
  int end = turn.end;
  for (int p = 0; p < kGoesOn && end + 1 < v.at(next.begin).paragraph_begin; ++p) {
    const std::string_view first = layers.of(layers.tokens[static_cast<size_t>(end + 1)]);
    const auto kind = layers.paragraphs[static_cast<size_t>(v.paragraph(end + 1))].kind;
    if (kind != ParagraphKind::Body || first == "(" || first == "[") break;
    end = v.at(end + 1).paragraph_end;
  }
  return end;
}

CueReading reading_of(const Turn& turn) {
  Analysis y;
  y.content = {Side::Right, -1, -1, turn.content, turn.end, 1};
  y.source = y.source_end = turn.name_end;
  y.source_begin = turn.begin;
  y.mass = y.source_probability = kProbability;
  CueReading r;
  r.cue = r.cue_begin = r.cue_end = turn.colon;
  r.cue_probability = kProbability;
  r.score = kScore;
  r.certain = true;
  r.analyses.push_back(y);
  return r;
}

// Names in capitals that open two paragraphs are enough; others must be two that both come again, or may go on with
// their initials.
std::vector<Turn> find_turns(const Layers& layers, const ArticleView& v) {
  std::vector<Turn> turns;
  constexpr size_t kFetched = 4;  // paragraphs ahead
  const auto begin = [&](size_t p) {
    return static_cast<int>(layers.sentences[layers.paragraphs[p].sentences.begin].tokens.begin);
  };
  for (size_t p = 0; p < layers.paragraphs.size(); ++p) {
    if (p + kFetched < layers.paragraphs.size()) v.prefetch(begin(p + kFetched));
    if (layers.paragraphs[p].kind != ParagraphKind::Body) continue;
    if (const Turn turn = turn_at(layers, v, begin(p)); turn.colon >= 0) turns.push_back(turn);
  }
  std::vector<std::string_view> names;
  names.reserve(turns.size());
  for (const Turn& t : turns) names.push_back(t.name);
  std::sort(names.begin(), names.end());
  const auto times = [&](std::string_view name) {
    const auto [first, last] = std::equal_range(names.begin(), names.end(), name);
    return last - first;
  };
  size_t again = 0;
  for (size_t i = 1; i < names.size(); ++i) again += names[i] == names[i - 1] && (i < 2 || names[i - 2] != names[i]);
  const auto upper = std::count_if(turns.begin(), turns.end(), [](const Turn& t) { return t.upper; });
  const bool asks = times("Q.") > 0 && times("A.") > 0;
  std::erase_if(turns, [&](const Turn& t) {
    if (is_question_or_answer(t.name)) return !asks;
    if (t.upper) return upper < 2;
    if (upper > 1 && times(initials(t.name)) > 0) return false;
    return again < 2 || times(t.name) < 2;
  });
  for (size_t i = 0; i + 1 < turns.size(); ++i) {
    turns[i].end = end_of(layers, v, turns[i], turns[i + 1]);
    if (turns[i].end >= turns[i + 1].begin) turns[i].colon = -1;  // "LOWE:" and the next one's line: nothing is said
  }
  std::erase_if(turns, [](const Turn& t) { return t.colon < 0; });
  return turns;
}

}  // namespace

bool is_turn(const ArticleView& v, const CueReading& r) {
  if (!r.certain || r.pattern != CueReading::kNoPattern || r.cue < 0) return false;
  const ViewToken& t = v.at(r.cue);
  return t.is(W::kColon) || (t.is(W::kAlnum) && t.is(W::kFullUpper) && t.paragraph_begin == r.cue);  // "Q."
}

void add_turns(const Layers& layers, const ArticleView& v, std::vector<CueReading>& readings) {
  std::erase_if(readings,
                [&](const CueReading& r) { return is_turn(v, r) && !v.at(r.analysis().source_begin).is(W::kCapital); });
  std::vector<CueReading> turns;
  for (const Turn& t : find_turns(layers, v)) turns.push_back(reading_of(t));
  if (turns.empty()) return;
  const auto before = [](const CueReading& a, const CueReading& b) { return a.cue < b.cue; };
  std::erase_if(readings,
                [&](const CueReading& r) { return std::binary_search(turns.begin(), turns.end(), r, before); });
  std::vector<CueReading> merged;
  merged.reserve(readings.size() + turns.size());
  std::merge(std::make_move_iterator(readings.begin()), std::make_move_iterator(readings.end()),
             std::make_move_iterator(turns.begin()), std::make_move_iterator(turns.end()), std::back_inserter(merged),
             before);
  readings = std::move(merged);
}

}  // namespace newsnlp
