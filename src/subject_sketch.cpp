// The subject sketch: one pass a sentence. Noun phrases that follow no preposition wait on a stack, a finite verb takes
// the top one; auxiliaries, coordinated and non-finite verbs inherit. A quotation is a sketch of its own.
#include <algorithm>

#include "article_view.h"

namespace newsnlp {
namespace {

constexpr int kQuotation = -2;
constexpr int kCoordinationGap = 8;
constexpr int kVerbGroup = 4;

}  // namespace

void ArticleView::find_subjects(int begin, int end) {
  pending_.clear();
  int last = -1;       // the last subject found
  int last_verb = -1;  // the finite verb that took it
  const auto top = [&] { return pending_.empty() ? -1 : pending_.back().token; };
  const auto skip_adverbs = [&](int from, int step) {
    while (from >= begin && from <= end && at(from).adverb) from += step;
    return from;
  };
  for (const int j : sketched_.span()) {
    ViewToken& t = token(j);
    if (t.opens()) {
      pending_.push_back({kQuotation, false});
    } else if (t.closes()) {
      while (!pending_.empty() && top() != kQuotation) pending_.pop_back();
      if (!pending_.empty()) pending_.pop_back();
    } else if (t.tag == Tag::WP || t.tag == Tag::WDT) {
      pending_.push_back({j, true});
    } else if (t.phrase_end == j) {
      if (t.is(CueWord::kDay) || t.is(CueWord::kPeriod)) continue;
      const int before = t.phrase_begin - 1;
      const int next = skip_adverbs(j + 1, 1);
      const bool verb_follows = next <= end && at(next).finite;
      bool coordinated = false;
      if (before >= begin) {
        const ViewToken& b = at(before);
        if ((b.tag == Tag::IN || b.tag == Tag::TO) && !b.is(CueWord::kSubordinator) &&
            !(b.is(CueWord::kTimeJunction) && verb_follows))
          continue;
        if (b.verb && b.tag != Tag::MD && !verb_follows) continue;
        coordinated = (b.is(CueWord::kCoordinator) && top() >= 0 && top() >= before - kCoordinationGap &&
                       last_verb < top() && verb_follows) ||
                      (b.is(CueWord::kComma) && top() >= 0 && top() == before - 1);
      }
      if (!coordinated) pending_.push_back({j, false});
    } else if (t.finite) {
      const int before = skip_adverbs(j - 1, -1);
      const bool joined =
          before >= begin && (at(before).is(CueWord::kCoordinator) || at(before).is(CueWord::kBut)) && last >= 0;
      if (last_verb >= 0 && j - last_verb <= 2 && at(last_verb).tag == Tag::MD) {
        t.partner = at(last_verb).partner;
      } else if (joined) {
        t.partner = last;
      } else if (top() >= 0) {
        t.partner = top();
        pending_.pop_back();
        if (!pending_.empty() && pending_.back().relative && top() == at(t.partner).phrase_begin - 1)
          pending_.pop_back();
      } else if (j + 1 <= end && at(j + 1).phrase_begin == j + 1) {
        t.partner = at(j + 1).phrase_end;
      }
      if (t.partner >= 0) last = t.partner;
      last_verb = j;
    } else if (t.verb) {
      t.partner = last_verb >= 0 && j - last_verb <= kVerbGroup && t.tag != Tag::VBG ? at(last_verb).partner : last;
    }
  }
}

}  // namespace newsnlp
