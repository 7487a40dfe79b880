#include "free_quotations.h"

#include <algorithm>

#include "transcript_turns.h"

namespace newsnlp {
namespace {

constexpr int kWords = 4;        // at least
constexpr float kScore = 0.75F;  // before calibration

// What `chosen` readings say of each paragraph, by paragraph.
struct Ground {
  bool spoken = false;  // a report with a source stands here
  bool taken = false;   // tokens here are in a content
};

}  // namespace

std::vector<CueReading> free_quotations(const Layers& layers, const Workspace& workspace, const ArticleView& v,
                                        std::span<const CueReading* const> chosen) {
  std::vector<CueReading> out;
  const auto fills_paragraph = [&](const QuotationPair& pair) {
    const ViewToken& t = v.at(static_cast<int>(pair.open));
    return pair.depth == 0 && t.opens() && pair.close != QuotationPair::kNone &&
           t.paragraph_begin == static_cast<int>(pair.open) && t.paragraph_end == static_cast<int>(pair.close);
  };
  if (std::none_of(workspace.quotation_pairs.begin(), workspace.quotation_pairs.end(), fills_paragraph)) return out;
  std::vector<Ground> grounds(layers.paragraphs.size());
  const auto at = [&](int token) -> Ground& { return grounds[static_cast<size_t>(v.paragraph(token))]; };
  for (const CueReading* reading : chosen) {
    const CueReading& r = *reading;
    r.analysis().content.each([&](int a, int b) {
      for (int p = v.paragraph(a); p <= v.paragraph(b); ++p) grounds[static_cast<size_t>(p)].taken = true;
    });
    if (r.analysis().source >= 0 && !is_turn(v, r)) at(r.cue).spoken = true;
  }
  for (const QuotationPair& pair : workspace.quotation_pairs) {
    if (!fills_paragraph(pair)) continue;
    const auto open = static_cast<int>(pair.open);
    const auto close = static_cast<int>(pair.close);
    if (v.paragraph(open) == 0 || at(open).taken) continue;
    if (layers.paragraphs[static_cast<size_t>(v.paragraph(open))].kind != ParagraphKind::Body) continue;
    if (v.count(ArticleView::kWords, open, close) < kWords || v.count(ArticleView::kVerbs, open, close) == 0) continue;
    Ground& above = grounds[static_cast<size_t>(v.paragraph(open)) - 1];
    if (!above.spoken) continue;
    at(open).spoken = true;  // and may go on in the next
    CueReading r;
    r.cue = r.cue_begin = r.cue_end = -1;
    r.score = kScore;
    Analysis y;
    y.content = {Side::Right, -1, -1, open, close, kScore};
    r.analyses.push_back(y);
    out.push_back(std::move(r));
  }
  return out;
}

}  // namespace newsnlp
