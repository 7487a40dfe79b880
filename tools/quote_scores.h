// Room: tools. The definitions of score_quotes.py: words, quoted regions, heads of sources, pairing, counts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "newsnlp/document.h"
#include "quote_corpus.h"

namespace newsnlp {

/// Sorted word indices.
using WordSet = std::vector<uint32_t>;

/// The words of an article and which of them stand inside double quotation marks. Offsets are code points.
class ScoredText {
 public:
  explicit ScoredText(const std::string& text);

  /// Words of which the spans (bytes) cover at least half the characters.
  WordSet words(const std::vector<Span>& spans) const;
  QuoteType type(const WordSet& content) const;
  /// Word index of the head of a source; -1: none.
  int source_head(const std::vector<Span>& source) const;
  /// Bytes of a word.
  Span word_bytes(uint32_t word) const;

 private:
  void find_words();
  void find_quoted();
  WordSet words_of(const std::vector<Span>& code_points) const;
  uint32_t code_point(uint32_t byte) const;
  std::u32string lower(uint32_t word) const;

  std::u32string text_;
  std::vector<uint32_t> bytes_;  // of each code point, and of the end
  std::vector<Span> words_;
  WordSet quoted_;
};

struct Rate {
  uint64_t found = 0, gold = 0, right = 0, predicted = 0;

  double precision() const { return predicted == 0 ? 0 : static_cast<double>(right) / static_cast<double>(predicted); }
  double recall() const { return gold == 0 ? 0 : static_cast<double>(found) / static_cast<double>(gold); }
  double f1() const { return precision() + recall() == 0 ? 0 : 2 * precision() * recall() / (precision() + recall()); }
};

/// 0: all; then by QuoteType + 1.
struct QuoteScores {
  std::array<Rate, 4> exact;                   // content: the same words
  std::array<Rate, 4> overlap;                 // content: Jaccard at least 0.5
  std::array<Rate, 4> whole;                   // e2e: overlap, and each one's source head lies in the other source
  Rate all_parts;                              // e2e exact: content, source and cue
  std::vector<std::pair<float, bool>> judged;  // score and whether it is right, of each predicted quote that counts
};

enum class ErrorKind : uint8_t { Missed, False, Content, Source };

struct QuoteError {
  ErrorKind kind = ErrorKind::Missed;
  std::string article;
  std::string gold;  // "source | cue | content", may be empty
  std::string predicted;
  float score = 0;
};

/// Adds one article. `only_speech`: gold that is no speech is don't-care, predicted quotes that say so of themselves
/// are left out. `errors` may be null.
void score_article(const LabelledArticle& gold, const std::vector<LabelledQuote>& predicted, bool only_speech,
                   QuoteScores& scores, std::vector<QuoteError>* errors);

struct CurveFigures {
  double average_precision = 0;
  double precision_at_57 = 0;
  double calibration_error = 0;
  double precision_from_90 = 0;
  size_t from_90 = 0;
};
CurveFigures curve_figures(const QuoteScores& scores);

}  // namespace newsnlp
