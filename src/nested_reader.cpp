#include "nested_reader.h"

#include <algorithm>
#include <iterator>

#include "cue_readings.h"
#include "empty_reports.h"
#include "foretold_reports.h"
#include "nested_judge.h"
#include "nested_reports.h"
#include "outer_reports.h"

namespace newsnlp {
namespace {

constexpr float kLeastWord = -1.5F;  // log-odds by RankerKind::NestedCue of a word that is read
constexpr float kLeastCue = 0.03F;   // by RankerKind::Cue, which has learned that contents have no cues

// "quoted | an aide as saying that the senator had …": what the aide said begins behind "saying".
int report_begin(const ArticleView& v, int begin) {
  const int as = v.at(begin).in_phrase() ? v.at(begin).phrase_end + 1 : begin;
  const bool saying = as > begin && v.at(as).is(CueWord::kTimeJunction) && v.at(as + 1).tag == Tag::VBG &&
                      v.at(as + 1).is(CueWord::kSpeech);
  return saying ? as + 2 : begin;
}

}  // namespace

void NestedReader::add(const ArticleView& view, const Content& content, NestedPlace place) {
  content.each([&](int a, int b) {
    a = report_begin(view, a);
    if (view.at(a).is(CueWord::kThat) && a < b) ++a;
    // A quotation opens again in each paragraph that it goes on in.
    while (!place.turn && view.at(a).paragraph_end < b && view.at(view.at(a).paragraph_end + 1).opens()) {
      const int end = view.at(a).paragraph_end;
      add_part(view, a, end, place);
      a = end + 1;
    }
    add_part(view, a, b, place);
  });
}

// [a, b] without the marks around it, and the comma before the second one.
void NestedReader::add_part(const ArticleView& view, int a, int b, NestedPlace part) {
  const int mate = view.at(a).opens() ? view.at(a).mate() : -1;
  part.quoted |= mate >= 0 || view.at(a).inside();
  if (mate >= 0) ++a;
  if (mate >= b && view.at(b).closes()) --b;
  if (mate >= b && view.at(b).is(CueWord::kComma)) --b;
  part.tokens = {a, b};
  if (b - a > 1) parts_.push_back(part);
}

void NestedReader::list(const ArticleView& view) {
  places_.clear();
  words_.clear();
  std::sort(parts_.begin(), parts_.end(), [](const NestedPlace& a, const NestedPlace& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin : a.parent < b.parent;
  });
  int last = -1;  // token of a place
  for (const NestedPlace& p : parts_) {
    if (p.tokens.begin <= last) continue;
    const auto words = view.cue_words(p.tokens.begin, p.tokens.end);
    const size_t known = words_.size();
    std::copy_if(words.begin(), words.end(), std::back_inserter(words_),
                 [&](int i) { return p.turn || may_be_nested(view, p.tokens.begin, i); });
    if (words_.size() == known) continue;
    last = p.tokens.end;
    places_.push_back(p);
  }
}

void NestedReader::narrow(const Tools& tools, const ArticleView& view) {
  const auto kinds_at = [&](int word) { return kinds_of(tools.workspace, tools.words, word); };
  const auto is_asked = [&](const NestedPlace& p, int word) {
    if (p.turn || view.at(word).is(CueWord::kOwn)) return false;
    if (p.quoted && is_habit(tools.layers, view, word)) return false;
    return !p.quoted || !view.at(word).finite || !quotes_behind(view, word) || kinds_at(word).has(WordKind::SenseVerb);
  };
  batch_.clear();
  size_t i = 0;
  for (const NestedPlace& p : places_)
    for (; i < words_.size() && words_[i] <= p.tokens.end; ++i) {
      if (!is_asked(p, words_[i])) continue;
      const WordKinds kinds = kinds_at(words_[i]);
      batch_.add(tools.cue, [&](FeatureGather f) { return nested_cue_features(view, p, kinds, words_[i], f); });
    }
  batch_.sum_up(tools.cue);
  const int32_t least = tools.cue.units(kLeastWord);
  size_t kept = 0;
  size_t kept_places = 0;
  size_t asked = 0;
  i = 0;
  for (const NestedPlace& p : places_) {
    const size_t known = kept;
    for (; i < words_.size() && words_[i] <= p.tokens.end; ++i)
      if (!is_asked(p, words_[i]) || batch_.sum(asked++) >= least) words_[kept++] = words_[i];
    if (kept > known) places_[kept_places++] = p;
  }
  words_.resize(kept);
  places_.resize(kept_places);
}

void NestedReader::read(const Tools& tools, ArticleView& view, CueReader& reader, AnalysisJudge& judge,
                        std::vector<CueReading>& out) {
  for (CueReading& r : out) reader.give_back(r);
  out.clear();
  list(view);
  narrow(tools, view);
  if (places_.empty()) return;
  excerpts_.clear();
  for (const NestedPlace& p : places_) excerpts_.push_back(p.tokens);
  view.cut(tools.workspace, tools.cues, excerpts_);
  reader.read(view, excerpts_, words_, kLeastCue, out);
  read_habits(tools.layers, view, reader, out);
  std::erase_if(out, [&](CueReading& r) {
    return !may_report(tools.layers, tools.workspace, view, tools.words, r) ||
           (!r.own && tools.phrases.hold(tools.workspace, view, r.cue)) ||
           (place_of(r.cue).turn && r.cue_probability < CueReader::kMinCue);
  });
  judge.judge(view, tools.analysis, out);
  promote_told(tools.workspace, view, tools.words, out);
  raise_outer(view, out);
}

// "used to say": no cue for the model, which has seen infinitives that tell nothing.
void NestedReader::read_habits(const Layers& layers, const ArticleView& view, CueReader& reader,
                               std::vector<CueReading>& out) {
  constexpr float kCue = 0.5F;
  const size_t known = out.size();
  size_t i = 0;
  for (const int word : words_) {
    while (i < known && out[i].cue < word) ++i;
    if ((i == known || out[i].cue != word) && place_of(word).quoted && is_habit(layers, view, word))
      reader.read_cue(view, word, kCue, out);
  }
  if (out.size() > known) put_in_text_order(out);
}

const NestedPlace& NestedReader::place_of(int cue) const {
  return *(std::upper_bound(places_.begin(), places_.end(), cue,
                            [](int token, const NestedPlace& p) { return token < p.tokens.begin; }) -
           1);
}

}  // namespace newsnlp
