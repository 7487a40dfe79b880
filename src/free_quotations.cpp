#include "free_quotations.h"

#include <algorithm>
#include <optional>

#include "labelled_quotations.h"
#include "quote_spans.h"
#include "transcript_turns.h"

namespace newsnlp {
namespace {

constexpr int kWords = 4;        // at least
constexpr int kWordsBehind = 3;  // of sentences behind a statement
constexpr float kScore = 0.75F;  // before calibration

// “We won.” or “We won”. as a whole paragraph.
bool fills_paragraph(const ArticleView& v, int open, int close) {
  const ViewToken& t = v.at(open);
  if (!v.at(close).closes() || t.paragraph_begin != open) return false;
  return t.paragraph_end == close || (t.paragraph_end == close + 1 && v.at(close + 1).tag == Tag::Period);
}

bool is_speech(const ArticleView& v, int open, int close, int least = kWords) {
  return v.count(ArticleView::kWords, open, close) >= least && v.count(ArticleView::kVerbs, open, close) > 0;
}

// "She was asked whether she would stay.": who is told or asked may answer.
bool is_asked(const ArticleView& v, const CueReading& r) {
  return r.analysis().source < 0 && v.at(r.cue).tag == Tag::VBN && v.at(r.cue).is(CueWord::kSpeech);
}

// “The roof leaks.” or “The roof leaks”. as whole sentences behind others of its paragraph.
bool fills_sentences(const ArticleView& v, int open, int close) {
  const ViewToken& t = v.at(open);
  if (!v.at(close).closes() || t.sentence_begin != open || t.paragraph_begin == open) return false;
  const int end = v.at(close).sentence_end;
  return end == close || (end == close + 1 && v.at(end).tag == Tag::Period);
}

// Whether a content takes all that its sentence says behind the cue.
bool reaches_end(const ArticleView& v, const Content& k, int sentence_end) {
  return !k.right() || k.right_end == sentence_end ||
         (k.right_end + 1 == sentence_end && v.at(sentence_end).tag == Tag::Period);
}

// “I won,” she said. “I am glad.” are one; what is longer than the report before it would hide that.
bool joins(const ArticleView& v, const Content& k, int open, int close) {
  if (quote_type(v, k) == QuoteType::Direct) return true;
  if (quote_type(v, k) == QuoteType::Indirect) return false;
  int words = 0;
  k.each([&](int a, int b) { words += v.count(ArticleView::kWords, a, b); });
  return words >= v.count(ArticleView::kWords, open, close);
}

// "His father was less sure: | “Let us wait.”", "She corrected her son: “…”": the reading of a quotation that is a
// sentence behind a colon and a clause of somebody's.
std::optional<CueReading> behind_colon(const Workspace& workspace, const ArticleView& v, const QuotationPair& pair) {
  constexpr int kClause = 32;  // tokens
  const auto open = static_cast<int>(pair.open);
  const int colon = open - 1;
  if (pair.depth > 0 || !v.at(open).opens() || !v.at(colon).is(CueWord::kColon)) return std::nullopt;
  const int close = v.at(open).mate();
  const int begin = v.at(colon).sentence_begin;
  if (!v.at(open + 1).is(CueWord::kCapital) || v.at(close - 1).is(CueWord::kAlnum) || colon - begin > kClause ||
      !is_speech(v, open, close, kWordsBehind) || v.count(ArticleView::kMarks, begin, colon) > 0)
    return std::nullopt;
  const int verb = v.next_finite(begin);
  const int who = verb < 0 || verb >= colon ? -1 : v.at(verb).subject();
  if (who < begin || who >= verb) return std::nullopt;
  const ViewToken& t = v.at(who);
  const auto word = [&](int i) { return workspace.types.lower(workspace.word[static_cast<size_t>(i)]); };
  const bool pronoun = t.tag == Tag::PRP && word(who) != "it" && word(who) != "i" && word(who) != "you";
  const bool name = t.tag == Tag::NNP && !t.is(CueWord::kDay) && !t.is(CueWord::kOccasion);
  if (!pronoun && !name && !t.is(CueWord::kRole)) return std::nullopt;
  if (v.at(colon - 1).tag == Tag::IN || word(colon - 1) == "as") return std::nullopt;  // "such as:"
  CueReading r;
  r.cue = r.cue_begin = r.cue_end = verb;
  r.score = kScore;
  Analysis y;
  y.content = {Side::Right, -1, -1, open, close, kScore};
  y.source = y.source_end = who;
  y.source_begin = t.in_phrase() ? t.phrase_begin : who;
  r.analyses.push_back(y);
  return r;
}

}  // namespace

std::vector<CueReading>& FreeQuotations::find(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                              const QuotationRuns& runs, std::span<CueReading* const> chosen) {
  found_.clear();
  find_sentences(layers, workspace, v, chosen);
  find_paragraphs(layers, workspace, v, runs, chosen);
  find_labelled(layers, workspace, v, chosen);
  find_behind_colons(layers, workspace, v, chosen);
  return found_;
}

void FreeQuotations::add(int open, int close) {
  CueReading r;
  r.cue = r.cue_begin = r.cue_end = -1;
  r.score = kScore;
  Analysis y;
  y.content = {Side::Right, -1, -1, open, close, kScore};
  r.analyses.push_back(y);
  found_.push_back(std::move(r));
}

void FreeQuotations::find_labelled(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                   std::span<CueReading* const> chosen) {
  const size_t first = found_.size();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    std::optional<CueReading> r = labelled_quotation(layers, v, pair);
    if (!r ||
        layers.paragraphs[static_cast<size_t>(v.paragraph(static_cast<int>(pair.open)))].kind != ParagraphKind::Body)
      continue;
    found_.push_back(std::move(*r));
  }
  if (found_.size() == first) return;
  grounds_.assign(layers.paragraphs.size(), {});
  const auto ground = [&](int token) -> Ground& { return grounds_[static_cast<size_t>(v.paragraph(token))]; };
  for (const CueReading* r : chosen)
    r->analysis().content.each([&](int a, int b) { ground(a).taken = ground(b).taken = true; });
  const auto begin = [](const CueReading& r) { return r.analysis().content.right_begin; };
  const auto labelled = [](const CueReading& r) { return r.analysis().source >= 0; };
  std::erase_if(found_, [&](const CueReading& r) { return labelled(r) && ground(begin(r)).taken; });
  for (const CueReading& r : found_)
    if (labelled(r)) ground(begin(r)).reported = true;
  // a quotation that nothing reports gives way to its label
  std::erase_if(found_, [&](const CueReading& r) { return !labelled(r) && ground(begin(r)).reported; });
}

void FreeQuotations::find_behind_colons(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                        std::span<CueReading* const> chosen) {
  const size_t first = found_.size();
  for (const QuotationPair& pair : workspace.quotation_pairs)
    if (std::optional<CueReading> r = behind_colon(workspace, v, pair))
      if (layers.paragraphs[static_cast<size_t>(v.paragraph(r->cue))].kind == ParagraphKind::Body)
        found_.push_back(std::move(*r));
  if (found_.size() == first) return;
  last_.assign(layers.sentences.size(), -1);
  const auto sentence = [&](int token) { return static_cast<size_t>(workspace.sentence[static_cast<size_t>(token)]); };
  const auto take = [&](const CueReading& r) {
    r.analysis().content.each([&](int a, int b) {
      for (size_t i = sentence(a); i <= sentence(b); ++i) last_[i] = std::max(last_[i], b);
    });
  };
  for (const CueReading* r : chosen) take(*r);
  for (size_t i = 0; i < first; ++i) take(found_[i]);
  const auto begin = found_.begin() + static_cast<ptrdiff_t>(first);
  // "refused to be drawn: “No.”": the verb is another report's
  for (auto r = begin; r != found_.end(); ++r) {
    const auto at =
        std::partition_point(chosen.begin(), chosen.end(), [&](const CueReading* o) { return o->cue < r->cue; });
    if (at != chosen.end() && (*at)->cue == r->cue)
      r->cue = r->cue_begin = r->cue_end = r->analysis().content.right_begin - 1;
  }
  found_.erase(std::remove_if(begin, found_.end(),
                              [&](const CueReading& r) {
                                const int open = r.analysis().content.right_begin;
                                return last_[sentence(open)] >= open;
                              }),
               found_.end());
}

void FreeQuotations::find_paragraphs(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                     const QuotationRuns& runs, std::span<CueReading* const> chosen) {
  const auto may_begin = [&](const QuotationPair& pair) {
    const auto open = static_cast<int>(pair.open);
    if (pair.depth > 0 || !v.at(open).opens() || v.at(open).paragraph_begin != open) return false;
    return runs.open(v.paragraph(open)) == open || fills_paragraph(v, open, v.at(open).mate());
  };
  if (std::none_of(workspace.quotation_pairs.begin(), workspace.quotation_pairs.end(), may_begin)) return;
  grounds_.assign(layers.paragraphs.size(), {});
  const auto ground = [&](int paragraph) -> Ground& { return grounds_[static_cast<size_t>(paragraph)]; };
  for (const CueReading* reading : chosen) {
    const CueReading& r = *reading;
    int last = -1;
    r.analysis().content.each([&](int a, int b) {
      last = v.paragraph(b);
      for (int p = v.paragraph(a); p <= last; ++p) ground(p).taken = true;
    });
    ground(v.paragraph(r.cue)).reported = true;
    if (r.analysis().source < 0 || is_turn(v, r)) continue;
    ground(v.paragraph(r.cue)).spoken = true;
    if (last > v.paragraph(r.cue)) ground(last).spoken = true;
  }
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (!may_begin(pair)) continue;
    const auto open = static_cast<int>(pair.open);
    int p = v.paragraph(open);
    if (p == 0 || ground(p).taken || !ground(p - 1).spoken) continue;
    if (layers.paragraphs[static_cast<size_t>(p)].kind != ParagraphKind::Body) continue;
    int end = v.at(open).mate();
    // A mark that is never closed, nor opened again: a quotation if it is sentences, and nobody reports them.
    const bool lone = runs.open(p) == open && !runs.goes_on(v, p);
    if (lone && (ground(p).reported || v.at(end).tag != Tag::Period)) continue;
    while (runs.goes_on(v, p) && !ground(p + 1).taken) {
      ++p;
      end = v.at(end + 1).mate();
    }
    if (!is_speech(v, open, end)) continue;
    for (int k = v.paragraph(open); k <= p; ++k)
      ground(k) = {true, true, true, nullptr};  // and it may go on in the next
    add(open, end);
  }
}

void FreeQuotations::find_sentences(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                    std::span<CueReading* const> chosen) {
  const auto may_be = [&](const QuotationPair& pair) {
    const auto open = static_cast<int>(pair.open);
    return pair.depth == 0 && v.at(open).opens() && fills_sentences(v, open, v.at(open).mate());
  };
  if (std::none_of(workspace.quotation_pairs.begin(), workspace.quotation_pairs.end(), may_be)) return;
  grounds_.assign(layers.sentences.size(), {});
  const auto sentence = [&](int token) { return static_cast<size_t>(workspace.sentence[static_cast<size_t>(token)]); };
  for (CueReading* reading : chosen) {
    const Analysis& y = reading->analysis();
    y.content.each([&](int a, int b) {
      for (size_t i = sentence(a); i <= sentence(b); ++i) grounds_[i].taken = true;
    });
    const size_t here = sentence(reading->cue);
    grounds_[here].reported = true;
    if ((y.source < 0 && !is_asked(v, *reading)) || is_turn(v, *reading)) continue;
    grounds_[here].spoken = true;
    if (!reading->certain && y.source >= 0 && reports_speech(v, *reading)) grounds_[here].reporting = reading;
  }
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (!may_be(pair)) continue;
    const auto open = static_cast<int>(pair.open);
    const int close = v.at(open).mate();
    if (layers.paragraphs[static_cast<size_t>(v.paragraph(open))].kind != ParagraphKind::Body) continue;
    const size_t before = sentence(open - 1);
    if (!grounds_[before].spoken || !is_speech(v, open, close, kWordsBehind)) continue;
    bool free = true;
    for (size_t i = sentence(open); i <= sentence(close); ++i) free &= !grounds_[i].taken && !grounds_[i].reported;
    if (!free) continue;
    grounds_[sentence(close)].spoken = true;
    if (CueReading* r = grounds_[before].reporting; r != nullptr && reaches_end(v, r->analysis().content, open - 1) &&
                                                    joins(v, r->analysis().content, open, close)) {
      Content& k = r->analyses[r->best].content;
      if (!k.right()) {
        k.side = Side::Both;
        k.right_begin = open;
      }
      k.right_end = close;
      grounds_[sentence(close)].reporting = r;
    } else {
      add(open, close);
    }
  }
}

}  // namespace newsnlp
