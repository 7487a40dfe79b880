#include "trailing_sources.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "cue_readings.h"

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

constexpr float kScore = 0.8F;
constexpr int kHeadline = 40;  // tokens that are looked through
constexpr int kSource = 5;     // tokens of a source at the end of a headline, and its verb
constexpr int kClause = 3;     // of what is said before it, at least

bool is_somebody(const ArticleView& v, int head) {
  return v.at(head).is(W::kRole) || (v.at(head).is(W::kCapital) && v.at(head).tag >= Tag::NNP && v.at(head).noun());
}

// "…: police", "…: state media", "…: study"
bool is_body(const Workspace& workspace, const RecordWords& words, int token) {
  using enum WordKind;
  static constexpr std::string_view kBodies[] = {"police", "media", "ministry", "army", "military", "government"};
  const WordKinds kinds = kinds_of(workspace, words, token);
  for (const WordKind kind : {StudyNoun, PaperNoun, MediaNoun, ConduitNoun, RelayNoun, HearingBody})
    if (kinds.has(kind)) return true;
  const std::string_view word = workspace.types.lower(workspace.word[static_cast<size_t>(token)]);
  return std::find(std::begin(kBodies), std::end(kBodies), word) != std::end(kBodies);
}

// The last token before a full stop.
int last_word(const ArticleView& v, int token) {
  const int end = v.at(token).sentence_end;
  return v.at(end).tag == Tag::Period ? end - 1 : end;
}

// "Many rivers are in crisis, | allege | activists.": a verb that takes no person as its object.
void turn_round(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  const ViewToken& cue = v.at(r.cue);
  if (!cue.finite || !cue.is(W::kSpeech) || r.certain || r.own || r.analyses.empty()) return;
  Analysis& y = r.analyses[r.best];
  const Content& k = y.content;
  const int who = r.cue + 1;
  if (k.left() || k.right_begin != who || !v.at(who).in_phrase()) return;
  const int head = v.at(who).phrase_end;
  const int end = last_word(v, r.cue);
  const bool plural = head == end && v.at(head).tag == Tag::NNS && cue.tag == Tag::VBP;
  if (!is_somebody(v, head) && !plural) return;
  if (v.count(V::kFinites, who, end) > 0 || v.count(V::kMarks, cue.sentence_begin, end) > 0) return;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  using enum WordKind;
  if (kinds.has(ToldVerb) || kinds.has(JudgingVerb) || kinds.has(DenialVerb) || kinds.has(CallVerb) ||
      kinds.has(NamingVerb) || kinds.has(QuoteVerb) || kinds.has(AddressingVerb))
    return;
  const int begin = cue.sentence_begin;
  if (v.count(V::kFinites, begin, r.cue - 1) <= v.count(V::kRelatives, begin, r.cue - 1)) return;
  y.content = {Side::Left, begin, r.cue - 2, -1, -1, 1};
  y.source = head;
  y.source_begin = y.source_end = -1;
  r.score = std::max(r.score, kScore);
}

bool is_report_verb(const Layers& layers, const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  const std::string_view word = layers.of(layers.tokens[static_cast<size_t>(i)]);
  if (!t.is(W::kListed) || (!t.is(W::kSpeech) && word != "rules")) return false;
  return (t.verb && t.tag != Tag::VBG && t.tag != Tag::VBN) || (t.noun() && word.ends_with('s'));
}

// "X, coroner rules", "X, says union chief", "X: police" at the end of the headline's part [begin, end].
bool read_end(const Layers& layers, const Workspace& workspace, const ArticleView& v, const RecordWords& words,
              int begin, int end, CueReading& to) {
  int joint = end;
  while (joint > begin && end - joint <= kSource && !v.at(joint).is(W::kComma) && !v.at(joint).is(W::kColon)) --joint;
  if (joint - begin < kClause || end - joint > kSource || end == joint || v.count(V::kMarks, joint, end) > 0)
    return false;
  const int first = joint + 1;
  const TokenRange said{begin, joint - 1};
  if (v.at(joint).is(W::kColon)) {
    const bool body = is_somebody(v, end) || is_body(workspace, words, end);
    if (!body || v.count(V::kVerbs, first, end) > 0 || v.count(V::kVerbs, begin, joint) == 0) return false;
    to = certain_left_reading(joint, {first, end}, said, kScore);
    to.certain = false;  // no turn of a transcript
    return true;
  }
  if (first == end) return false;
  if (is_report_verb(layers, v, end) && v.count(V::kVerbs, first, end - 1) == 0 && v.at(end - 1).noun()) {
    to = certain_left_reading(end, {first, end - 1}, said, kScore);
    return true;
  }
  if (!is_report_verb(layers, v, first) || v.count(V::kVerbs, first + 1, end) > 0) return false;
  if (!v.at(end).noun() && !v.at(end).is(W::kRole)) return false;
  to = certain_left_reading(first, {first + 1, end}, said, kScore);
  return true;
}

// The reading of its place is likely one of what stands before it.
bool is_known(std::span<const CueReading> readings, int cue) {
  const auto r = std::lower_bound(readings.begin(), readings.end(), cue,
                                  [](const CueReading& a, int token) { return a.cue < token; });
  return r != readings.end() && r->cue == cue && !r->analyses.empty() && r->analysis().content.left() &&
         !r->analysis().content.right();
}

}  // namespace

void find_trailing_sources(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                           const RecordWords& words, std::vector<CueReading>& readings) {
  for (CueReading& r : readings)
    if (v.at(r.cue - 1).is(W::kComma)) turn_round(workspace, v, words, r);
  const size_t known = readings.size();
  for (const Paragraph& p : layers.paragraphs) {
    if (p.kind != ParagraphKind::Headline) continue;
    for (uint32_t s = p.sentences.begin; s < p.sentences.end; ++s) {
      const auto begin = static_cast<int>(layers.sentences[s].tokens.begin);
      int end = last_word(v, begin);
      for (int i = begin; i < end && i < begin + kHeadline; ++i)
        if (v.at(i).is(W::kSemicolon)) end = i - 1;
      CueReading r;
      if (!read_end(layers, workspace, v, words, begin, end, r)) continue;
      if (!is_known(std::span(readings).first(known), r.cue)) readings.push_back(std::move(r));
    }
  }
  if (readings.size() > known) keep_one_a_cue(readings);
}

}  // namespace newsnlp
