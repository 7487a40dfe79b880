#include "foretold_reports.h"

#include <algorithm>

#include "cue_readings.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kCue = 0.5F;    // probability of a cue that the model has not read
constexpr float kScore = 0.5F;  // at least, of a report with a source and a content

// The form of "be" that the participle or adjective belongs to ("has" of "has yet to"); -1: none.
int be_before(const ArticleView& v, int opener) {
  for (int i = opener - 1; i >= v.at(opener).sentence_begin && opener - i < 4; --i) {
    if (v.at(i).is(W::kAuxiliary) && v.at(i).finite) return i;
    if (!v.at(i).adverb) return -1;
  }
  return -1;
}

std::vector<CueReading>::iterator reading_at(std::vector<CueReading>& readings, int cue) {
  const auto it =
      std::lower_bound(readings.begin(), readings.end(), cue, [](const CueReading& r, int c) { return r.cue < c; });
  return it != readings.end() && it->cue == cue ? it : readings.end();
}

// "is expected | to rise", "are feared to": what nobody is said to believe.
bool is_belief(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int participle) {
  if (v.at(participle).tag != Tag::VBN) return false;
  const WordKinds k = kinds_of(workspace, words, participle);
  const bool expected = k.has(WordKind::ExpectWord) && k.has(WordKind::ThoughtVerb);
  return expected || k.has(WordKind::BeliefVerb);
}

// "to announce", "to tell": the infinitive says something.
bool is_told(const Workspace& workspace, const RecordWords& words, int verb) {
  const WordKinds k = kinds_of(workspace, words, verb);
  return k.has(WordKind::ToldVerb) || k.has(WordKind::ToVerb) || k.has(WordKind::UtterVerb) ||
         k.has(WordKind::CallVerb) || k.has(WordKind::SpeakingVerb) || k.has(WordKind::AddressingVerb) ||
         k.has(WordKind::ReportVerb) || k.has(WordKind::DenialVerb) || k.has(WordKind::JudgingVerb);
}

// "to give evidence", "to make a statement"
bool is_given(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int verb) {
  const int noun = v.at(verb + 1).in_phrase() ? v.at(verb + 1).phrase_end : verb + 1;
  return noun < v.at(verb).sentence_end && noun < verb + 4 &&
         kinds_of(workspace, words, noun).has(WordKind::ChannelNoun);
}

// "appealed to both governments to withdraw"
bool asks_someone(const Workspace& workspace, const ArticleView& v, const RecordWords& words, int cue) {
  const ViewToken& t = v.at(cue);
  if (!t.is(W::kCue) || !t.verb || !v.at(cue + 1).is(W::kTo)) return false;
  if (!v.at(cue + 2).in_phrase() && v.at(cue + 2).tag != Tag::PRP) return false;
  const int to = std::max(v.at(cue + 2).phrase_end, cue + 2) + 1;
  if (!v.at(to).is(W::kTo) || v.at(to + 1).tag != Tag::VB) return false;
  return kinds_of(workspace, words, cue).has(WordKind::ToVerb);
}

// "The jury was told by a detective | that …": the subject is no part of what was said; "by letter": nobody says it.
void take_agent(const ArticleView& v, CueReading& r, int that, bool nobody) {
  Analysis& y = r.analyses[r.best];
  if (!y.content.right() || y.content.left()) {
    y.content.right_begin = that;
    y.content.right_end = v.at(that).sentence_end - (v.at(v.at(that).sentence_end).tag == Tag::Period ? 1 : 0);
    y.content.side = Side::Right;
  }
  y.content.left_begin = y.content.left_end = -1;
  y.source = y.source_end = nobody ? -1 : that - 1;
  y.source_begin = nobody ? -1 : v.at(that - 1).phrase_begin;
}

// "The plan had nothing to do with it, | his lawyers told the court.": the clause up to the comma before the source.
bool takes_clause_before(const ArticleView& v, CueReading& r) {
  constexpr int kSource = 12;  // tokens
  Analysis& y = r.analyses[r.best];
  const int begin = v.at(r.cue).sentence_begin;
  if (y.source <= begin || y.source > r.cue || y.content.right_end + 1 < v.at(r.cue).sentence_end) return false;
  int comma = y.source;
  while (comma > begin && y.source - comma < kSource && !v.at(comma).is(W::kComma)) --comma;
  const ViewToken& first = v.at(begin);
  if (!v.at(comma).is(W::kComma) || first.tag == Tag::IN || first.tag == Tag::WRB || first.tag == Tag::VBG ||
      v.count(ArticleView::kFinites, begin, comma) == 0 || v.count(ArticleView::kFinites, comma, y.source) > 0)
    return false;
  y.content = {Side::Left, begin, comma - 1, -1, -1, y.content.probability};
  r.score = std::max(r.score, kScore);
  return true;
}

// "“Is it safe?” a woman asked | the engineer.": no content is whom it was asked.
bool asks_directly(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  const Content& k = r.analysis().content;
  if (k.left() || k.right_begin != r.cue + 1 || !v.at(r.cue + 1).in_phrase() ||
      v.at(r.cue + 1).phrase_end != k.right_end)
    return false;
  if (!kinds_of(workspace, words, r.cue).has(WordKind::ToldVerb)) return false;
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  const bool tells = verb == "told" || verb == "tells";  // "The plan is dead, she told | the Courier."
  for (uint32_t i = 0; i < r.analyses.size(); ++i) {
    const Content& other = r.analyses[i].content;
    if (!other.left() || other.right()) continue;
    const bool clause = tells && v.at(other.left_end + 1).is(W::kComma) &&
                        v.count(ArticleView::kFinites, other.left_begin, other.left_end) > 0;
    if (!clause && !v.at(other.left_end).closes()) continue;
    r.best = i;
    r.score = std::max(r.score, kScore);
    return true;
  }
  return tells && takes_clause_before(v, r);
}

// "A verdict in the case | is", "The trial, which …, | is", "A man who … | is"; "The terminal | will cost a million and
// is"
int end_of_subject(const ArticleView& v, int subject, int verb) {
  const int end = v.at(subject).phrase_end;
  if (v.at(verb - 1).tag == Tag::CC) return end;
  if (v.at(verb - 1).tag != Tag::Comma && v.at(end + 1).tag != Tag::WP && v.at(end + 1).tag != Tag::WDT)
    for (int i = end + 1; i < std::min(verb, end + 24); ++i)
      if (v.at(i).finite) return end;
  return verb - 1;
}

// "has stated | that the debt is expected to rise": another report's content holds the cue.
bool is_held(const std::vector<CueReading>& readings, const CueReading& r) {
  constexpr float kOuter = 0.25F;
  const auto holds = [&](const CueReading& o) {
    return o.score > kOuter && !o.analyses.empty() && o.analysis().content.covers(r.cue);
  };
  constexpr size_t kNear = 8;  // readings on each side
  const auto here = static_cast<size_t>(&r - readings.data());
  const size_t first = here - std::min(here, kNear);
  const size_t last = std::min(readings.size(), here + kNear + 1);
  for (size_t i = first; i < last; ++i)
    if (i != here && holds(readings[i])) return true;
  return false;
}

// "The trial, which …, | is expected | to last": no source; the subject and the infinitive are the content.
void believe(const ArticleView& v, const ForetoldReport& f, int subject, CueReading& r) {
  if (const int source = r.analysis().source; source >= v.at(f.begin).sentence_begin && source < f.begin)
    subject = source;
  if (subject < 0 || subject >= f.begin || !v.at(subject).in_phrase()) return;
  const int to = f.opener + 1;
  uint32_t best = 0;
  while (best < r.analyses.size() && r.analyses[best].content.right_begin != to) ++best;
  int end = 0;
  if (best < r.analyses.size()) {
    r.best = best;
    end = r.analyses[best].content.right_end;
  } else {
    end = v.at(to).sentence_end - (v.at(v.at(to).sentence_end).tag == Tag::Period ? 1 : 0);
  }
  Analysis& y = r.analyses[r.best];
  y.content.side = Side::Both;
  y.content.left_begin = v.at(subject).phrase_begin;
  // "at least nine": out of the phrase
  if (v.at(y.content.left_begin - 1).tag == Tag::IN &&
      (v.at(y.content.left_begin).tag == Tag::JJS || v.at(y.content.left_begin).tag == Tag::RBS))
    --y.content.left_begin;
  y.content.left_end = end_of_subject(v, subject, f.begin);
  y.content.right_begin = to;
  y.content.right_end = end;
  y.source = y.source_begin = y.source_end = -1;
  r.cue_begin = f.begin;
  r.cue_end = f.opener;
  r.score = std::max(r.score, kScore);
}

// "Unions | reportedly | want 40%", "The firm has | reportedly | sent two boats": no source, the clause around is the
// content. "has reportedly told her" is somebody's report, "reportedly fears" somebody's thought.
void rumour(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReading& r) {
  if (!kinds_of(workspace, words, r.cue).has(WordKind::HedgeAdverb) || r.analyses.empty()) return;
  constexpr int kFar = 6;
  int verb = r.cue + 1;
  const int end = v.at(r.cue).sentence_end;
  while (verb < std::min(end, r.cue + kFar) && (v.at(verb).adverb || v.at(verb).is(W::kAuxiliary))) ++verb;
  if (verb >= end) return;
  const WordKinds k = kinds_of(workspace, words, verb);
  if (is_told(workspace, words, verb) || k.has(WordKind::ThoughtVerb) || k.has(WordKind::SpeechVerb)) return;
  // "may possibly rise" is the article's own guess
  const bool told = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]).ends_with("edly");
  int be = r.cue;
  while (be > std::max(v.at(r.cue).sentence_begin, r.cue - kFar) &&
         (v.at(be - 1).is(W::kAuxiliary) || v.at(be - 1).adverb || (told && v.at(be - 1).tag == Tag::MD)))
    --be;
  const int finite = be < r.cue ? be : verb;
  if (!v.at(finite).finite && v.at(finite).tag != Tag::MD) return;  // "on a mission, reportedly winning over"
  Analysis& y = r.analyses[r.best];
  const int subject = y.source >= v.at(be).sentence_begin && y.source < be ? y.source : v.at(finite).subject();
  if (subject < 0 || subject >= be || !v.at(subject).in_phrase()) return;
  if (!y.content.right() || y.content.right_begin != r.cue + 1) {
    y.content.right_begin = r.cue + 1;
    y.content.right_end = end - (v.at(end).tag == Tag::Period ? 1 : 0);
  }
  y.content.side = Side::Both;
  y.content.left_begin = v.at(subject).phrase_begin;
  y.content.left_end = r.cue - 1;
  y.source = y.source_begin = y.source_end = -1;
  r.cue_begin = r.cue_end = r.cue;
  r.score = std::max(r.score, kScore);
}

}  // namespace

void find_foretold(const Workspace& workspace, const ArticleView& v, const RecordWords& words, CueReader& reader,
                   std::vector<CueReading>& readings, std::vector<ForetoldReport>& out) {
  out.clear();
  std::vector<CueReading> added;
  for (const int i : v.to_words()) {
    if (i < 1 || i + 1 >= v.size()) continue;
    if (asks_someone(workspace, v, words, i - 1) && reading_at(readings, i - 1) == readings.end())
      reader.read_cue(v, i - 1, kCue, added);
    int c = i + 1;
    while (c < v.at(i).sentence_end && (v.at(c).adverb || v.at(c).is(W::kAuxiliary))) ++c;
    const ViewToken& t = v.at(c);
    const int participle = v.at(i - 1).adverb ? i - 2 : i - 1;  // "is understood not to be late"
    if (participle > 0 && v.at(participle).sentence_end >= i && is_belief(workspace, v, words, participle) &&
        !is_told(workspace, words, c) && !is_given(workspace, v, words, c)) {
      const int be = be_before(v, participle);
      if (be < 0 || !v.at(be).is(W::kBe)) continue;
      out.push_back({be, participle, participle});
      if (reading_at(readings, participle) == readings.end()) reader.read_cue(v, participle, kCue, added);
      continue;
    }
    if (!t.is(W::kSpeech) || !t.is(W::kCue) || (t.tag != Tag::VB && t.tag != Tag::VBN)) continue;
    const int opener = i - 1;
    const WordKinds k = kinds_of(workspace, words, opener);
    int begin = -1;
    if (k.has(WordKind::ExpectWord) || k.has(WordKind::HedgeVerb)) begin = be_before(v, opener);
    if (begin < 0 && v.at(opener).finite && (k.has(WordKind::PlanVerb) || k.has(WordKind::SeemVerb))) begin = opener;
    if (begin < 0) continue;
    out.push_back({begin, opener, c});
    if (reading_at(readings, c) == readings.end()) reader.read_cue(v, c, kCue, added);
  }
  if (added.empty()) return;
  readings.insert(readings.end(), std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
  put_in_text_order(readings);
}

void promote_told(const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                  std::vector<CueReading>& readings) {
  for (CueReading& r : readings) {
    if (v.at(r.cue).adverb) {
      if (!is_held(readings, r)) rumour(workspace, v, words, r);
      continue;
    }
    if (r.score < kScore && r.analysis().content.right() && asks_someone(workspace, v, words, r.cue)) r.score = kScore;
    if (asks_directly(workspace, v, words, r)) continue;
    if (v.at(r.cue).tag != Tag::VBN || !kinds_of(workspace, words, r.cue).has(WordKind::ToldVerb)) continue;
    const int be = be_before(v, r.cue);
    if (!v.at(r.cue - 1).is(W::kBe) && (be < 0 || !v.at(be).is(W::kBe))) continue;
    int n = r.cue + 1;
    const bool by = v.at(n).is(W::kBy) && v.at(n + 1).in_phrase();
    if (by) n = v.at(n + 1).phrase_end + 1;
    if (!v.at(n).is(W::kThat) && !(v.at(n).is(W::kTo) && v.at(n + 1).tag == Tag::VB)) continue;
    if (by || r.analysis().content.left())
      take_agent(v, r, n, !by || kinds_of(workspace, words, n - 1).has(WordKind::ChannelNoun));
    if (r.score >= kScore || !r.analysis().content.right()) continue;
    // It stands above what its content reports.
    constexpr size_t kNear = 32;  // readings
    r.score = kScore;
    const int end = r.analysis().content.right_end;
    const size_t first = static_cast<size_t>(&r - readings.data()) + 1;
    const size_t last = std::min(readings.size(), first + kNear);
    for (size_t inner = first; inner < last && readings[inner].cue <= end; ++inner)
      r.score = std::max(r.score, readings[inner].score);
  }
}

void promote_foretold(const ArticleView& v, const std::vector<ForetoldReport>& reports,
                      std::vector<CueReading>& readings) {
  for (const ForetoldReport& f : reports) {
    const auto r = reading_at(readings, f.cue);
    if (r == readings.end() || r->certain || r->analyses.empty()) continue;
    const int subject = v.at(f.begin).subject();
    if (f.cue == f.opener) {
      if (!is_held(readings, *r)) believe(v, f, subject, *r);
      continue;
    }
    Analysis& y = r->analyses[r->best];
    const bool right = y.content.right() && !y.content.left() && !y.content.covers(f.opener);
    if (!right || subject < 0 || subject >= f.begin || !v.at(subject).in_phrase()) continue;
    if (y.source != subject) {
      y.source = subject;
      y.source_begin = v.at(subject).phrase_begin;
      y.source_end = subject;
    }
    r->cue_begin = f.begin;
    r->cue_end = f.cue;
    r->score = std::max(r->score, kScore);
    if (const auto opener = reading_at(readings, f.opener);
        opener != readings.end() && opener != r && !opener->analyses.empty()) {
      r->score = std::max(r->score, opener->score);
      opener->analyses.clear();
    }
  }
  std::erase_if(readings, [](const CueReading& r) { return r.analyses.empty(); });
}

}  // namespace newsnlp
