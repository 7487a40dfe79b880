#include "free_quotations.h"

#include <algorithm>

#include "transcript_turns.h"

namespace newsnlp {
namespace {

constexpr int kWords = 4;        // at least
constexpr float kScore = 0.75F;  // before calibration

// What `chosen` readings say of each paragraph, by paragraph.
struct Ground {
  bool spoken = false;    // a report with a source stands here
  bool taken = false;     // tokens here are in a content
  bool reported = false;  // a cue stands here
};

// “We won.” or “We won”. as a whole paragraph.
bool fills_paragraph(const ArticleView& v, int open, int close) {
  const ViewToken& t = v.at(open);
  if (!v.at(close).closes() || t.paragraph_begin != open) return false;
  return t.paragraph_end == close || (t.paragraph_end == close + 1 && v.at(close + 1).tag == Tag::Period);
}

}  // namespace

std::vector<CueReading> free_quotations(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                        const QuotationRuns& runs, std::span<const CueReading* const> chosen) {
  std::vector<CueReading> out;
  const auto may_begin = [&](const QuotationPair& pair) {
    const auto open = static_cast<int>(pair.open);
    if (pair.depth > 0 || !v.at(open).opens() || v.at(open).paragraph_begin != open) return false;
    return runs.open(v.paragraph(open)) == open || fills_paragraph(v, open, v.at(open).mate());
  };
  if (std::none_of(workspace.quotation_pairs.begin(), workspace.quotation_pairs.end(), may_begin)) return out;
  std::vector<Ground> grounds(layers.paragraphs.size());
  const auto ground = [&](int paragraph) -> Ground& { return grounds[static_cast<size_t>(paragraph)]; };
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
    if (v.count(ArticleView::kWords, open, end) < kWords || v.count(ArticleView::kVerbs, open, end) == 0) continue;
    for (int k = v.paragraph(open); k <= p; ++k) ground(k) = {true, true, true};  // and it may go on in the next
    CueReading r;
    r.cue = r.cue_begin = r.cue_end = -1;
    r.score = kScore;
    Analysis y;
    y.content = {Side::Right, -1, -1, open, end, kScore};
    r.analyses.push_back(y);
    out.push_back(std::move(r));
  }
  return out;
}

}  // namespace newsnlp
