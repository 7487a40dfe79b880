// Room: attributor. A quotation of several paragraphs: each opens again, the last one closes, and one cue reports all.
//
//   “We look forward to spring.          part 0: left open
//   “We have sown the fields.            part 1: goes on, left open
//   “We shall reap,” he said.            part 2
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "workspace.h"

namespace newsnlp {

/// Where one quotation is left open at the end of a paragraph of the body, and where it goes on. One a worker.
class QuotationRuns {
 public:
  /// Forgets the article before. Linear in the quotation marks, and in the paragraphs if there are runs.
  void read(const Layers& layers, const Workspace& workspace, const ArticleView& view);
  bool none() const noexcept { return open_.empty(); }
  /// The mark that paragraph `p` leaves open; -1: none.
  int open(int p) const noexcept { return none() ? -1 : open_[static_cast<size_t>(p)]; }
  /// Whether the paragraph behind `p` opens again, with a mark of the same form, what `p` leaves open.
  bool goes_on(const ArticleView& view, int p) const noexcept;

  /// Contents of `readings` that are a part of a run grow to all of its parts that are in no content. What else lies
  /// in these parts is said inside the quotation: those readings lose their analyses.
  void join(const ArticleView& view, std::vector<CueReading*>& readings);

 private:
  std::vector<int> open_;        // by paragraph; empty: nothing is left open
  std::vector<uint8_t> body_;    // by paragraph
  std::vector<int> owner_;       // by paragraph: the reading whose content holds its first token or open(); -1: none
  std::vector<uint8_t> joined_;  // by paragraph
};

}  // namespace newsnlp
