// Room: attributor. Quotations that nothing reports: paragraphs that are one quotation, below another statement, and
// sentences behind one; and those with a label.
#pragma once

#include <span>
#include <vector>

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "quotation_runs.h"
#include "workspace.h"

namespace newsnlp {

/// Holds scratch: one a worker.
class FreeQuotations {
 public:
  /// Readings without cue (-1) and source, of two kinds; and, where no reading of `chosen` takes them, labelled
  /// quotations and those behind a colon and what somebody did.
  ///
  /// Quotations that are whole sentences behind one, in their paragraph, where a reading of `chosen` tells whose:
  /// contents that take all of that sentence grow by it ("She said they won. “We won it all.”") if they are quotations
  /// or have as many words, else it is a reading.
  ///
  /// Quotations that fill a paragraph of the body, or a run of paragraphs that each open it again, and go on where a
  /// reading of `chosen` has spoken, in the paragraph above; none that shares a paragraph with a content of `chosen`.
  ///
  /// Valid until the next call; the caller may move them away. Linear in the quotation marks and `chosen`.
  std::vector<CueReading>& find(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                                const QuotationRuns& runs, std::span<CueReading* const> chosen);

 private:
  // What `chosen` readings say of a paragraph or a sentence.
  struct Ground {
    bool spoken = false;              // a report with a source, or of who was asked, stands here
    bool taken = false;               // tokens here are in a content
    bool reported = false;            // a cue stands here
    CueReading* reporting = nullptr;  // the last report of a sentence
  };

  void add(int open, int close);
  void find_labelled(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                     std::span<CueReading* const> chosen);
  void find_behind_colons(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                          std::span<CueReading* const> chosen);
  void find_sentences(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                      std::span<CueReading* const> chosen);
  void find_paragraphs(const Layers& layers, const Workspace& workspace, const ArticleView& view,
                       const QuotationRuns& runs, std::span<CueReading* const> chosen);

  std::vector<Ground> grounds_;
  std::vector<CueReading> found_;
  std::vector<int> last_;  // by sentence: the last token there of a content
};

}  // namespace newsnlp
