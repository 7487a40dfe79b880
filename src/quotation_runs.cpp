#include "quotation_runs.h"

#include <algorithm>

#include "transcript_turns.h"

namespace newsnlp {
namespace {

// “The ice is thin, the skater said. She went home. — the closing mark was forgotten, and what reports the words
// stands behind a comma.
bool forgets_to_close(const ArticleView& v, int open, int end) {
  const auto cues = v.cue_words(open + 1, end);
  return std::any_of(cues.begin(), cues.end(), [&](int i) {
    const ViewToken& t = v.at(i);
    if (!t.finite || !t.is(CueWord::kListed)) return false;
    const ViewToken& next = v.at(i + 1);
    if (v.at(i - 1).is(CueWord::kComma)) return next.in_phrase() && next.phrase_end + 1 == t.sentence_end;
    const ViewToken& before = v.at(i - 1);
    const int subject = before.in_phrase() ? before.phrase_begin : i - 1;
    return i + 1 == t.sentence_end && (before.in_phrase() || before.tag == Tag::PRP) &&
           v.at(subject - 1).is(CueWord::kComma);
  });
}

}  // namespace

void QuotationRuns::read(const Layers& layers, const Workspace& workspace, const ArticleView& v) {
  open_.clear();
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    const auto mark = static_cast<int>(pair.open);
    const int last = static_cast<int>(pair.end) - 1;
    if (pair.close != QuotationPair::kNone || pair.depth > 0 || !v.at(mark).opens()) continue;
    const auto p = static_cast<size_t>(v.paragraph(mark));
    if (last != v.at(mark).paragraph_end || layers.paragraphs[p].kind != ParagraphKind::Body) continue;
    if (forgets_to_close(v, mark, last)) continue;
    if (open_.empty()) {
      open_.assign(layers.paragraphs.size(), -1);
      body_.clear();
      for (const Paragraph& paragraph : layers.paragraphs) body_.push_back(paragraph.kind == ParagraphKind::Body);
    }
    open_[p] = mark;
  }
}

bool QuotationRuns::goes_on(const ArticleView& v, int p) const noexcept {
  const auto next = static_cast<size_t>(p) + 1;
  if (open(p) < 0 || next >= body_.size() || body_[next] == 0) return false;
  const ViewToken& again = v.at(v.at(open(p)).paragraph_end + 1);
  return again.opens() && again.word == v.at(open(p)).word;
}

void QuotationRuns::join(const ArticleView& v, std::vector<CueReading*>& readings) {
  if (none()) return;
  owner_.assign(open_.size(), -1);
  joined_.assign(open_.size(), 0);
  const auto owner = [&](int p) -> int& { return owner_[static_cast<size_t>(p)]; };
  for (size_t i = 0; i < readings.size(); ++i) {
    if (is_turn(v, *readings[i])) owner(v.paragraph(readings[i]->cue)) = static_cast<int>(i);
    readings[i]->analysis().content.each([&](int a, int b) {
      for (int p = v.paragraph(a); p <= v.paragraph(b); ++p) {
        const int begin = p == v.paragraph(a) ? v.at(a).paragraph_begin : a;
        if (begin >= a || (open(p) >= a && open(p) <= b)) owner(p) = static_cast<int>(i);
      }
    });
  }
  bool any = false;
  const auto take = [&](int p, size_t reading) {
    owner(p) = static_cast<int>(reading);
    joined_[static_cast<size_t>(p)] = 1;
    any = true;
  };
  for (size_t i = 0; i < readings.size(); ++i) {
    CueReading& r = *readings[i];
    if (is_turn(v, r)) continue;
    Content& k = r.analyses[r.best].content;
    if (k.right()) {
      for (int p = v.paragraph(k.right_end); goes_on(v, p) && owner(p) == static_cast<int>(i) && owner(p + 1) < 0;
           ++p) {
        const int last = v.at(open(p)).paragraph_end;
        const bool but_a_stop = k.right_end + 1 == last && !v.at(last).is(CueWord::kAlnum);
        if (k.right_end != last && !but_a_stop) break;
        const int again = last + 1;
        take(p + 1, i);
        k.right_end = v.at(again).mate();
      }
    }
    if (k.left() && v.at(k.left_begin).opens()) {
      for (int p = v.paragraph(k.left_begin);
           p > 0 && k.left_begin == v.at(k.left_begin).paragraph_begin && goes_on(v, p - 1) && owner(p - 1) < 0; --p) {
        take(p - 1, i);
        k.left_begin = open(p - 1);
      }
    }
  }
  if (!any) return;
  for (size_t i = 0; i < readings.size(); ++i) {
    CueReading& r = *readings[i];
    if (r.cue < 0) continue;
    const int p = v.paragraph(r.cue);
    if (joined_[static_cast<size_t>(p)] == 0 || owner(p) == static_cast<int>(i)) continue;
    const CueReading& o = *readings[static_cast<size_t>(owner(p))];
    if (!o.analyses.empty() && o.analysis().content.covers(r.cue)) r.analyses.clear();
  }
}

}  // namespace newsnlp
