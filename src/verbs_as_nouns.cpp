#include "verbs_as_nouns.h"

#include "cue_readings.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr int kLength = 8;  // tokens of who says it, and the verb
constexpr float kScore = 0.9F;

bool looks_like_verb(const Layers& layers, const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  return t.noun() && t.is(W::kListed) && t.is(W::kSpeech) && !t.is(W::kCapital) &&
         layers.of(layers.tokens[static_cast<size_t>(i)]).ends_with('s');
}

// The verb behind the quotation that ends at `close`; -1: none.
int verb_behind(const Layers& layers, const ArticleView& v, int close) {
  if (!v.at(close - 1).is(W::kComma)) return -1;
  const int begin = close + 1;
  int last = v.at(close).sentence_end;
  if (v.at(last).tag == Tag::Period) --last;
  if (last <= begin || last - begin >= kLength || v.at(begin).sentence != v.at(close).sentence) return -1;
  if (v.count(ArticleView::kVerbs, begin, last) > 0 || v.count(ArticleView::kMarks, begin, last) > 0) return -1;
  if (v.count(ArticleView::kCommas, begin, last) > 0) return -1;
  const ViewToken& before = v.at(last - 1);
  if (looks_like_verb(layers, v, last) && (before.noun() || before.tag == Tag::PRP)) return last;
  return looks_like_verb(layers, v, begin) && v.at(begin + 1).is(W::kCapital) && v.at(last).noun() ? begin : -1;
}

}  // namespace

void add_verbs_as_nouns(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                        std::vector<CueReading>& readings) {
  const size_t known = readings.size();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (pair.depth > 0 || pair.close == QuotationPair::kNone || !v.at(static_cast<int>(pair.close)).closes()) continue;
    const auto close = static_cast<int>(pair.close);
    const int cue = verb_behind(layers, v, close);
    if (cue < 0) continue;
    int end = v.at(close).sentence_end;
    if (v.at(end).tag == Tag::Period) --end;
    const TokenRange source = cue == end ? TokenRange{close + 1, cue - 1} : TokenRange{cue + 1, end};
    readings.push_back(certain_left_reading(cue, source, {static_cast<int>(pair.open), close}, kScore));
  }
  if (readings.size() > known) keep_one_a_cue(readings);
}

}  // namespace newsnlp
