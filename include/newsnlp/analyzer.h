// Analyzer: the whole program is one function, from text to Document.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "newsnlp/document.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"

namespace newsnlp {

/// How the text is laid out: an article as it was printed, or one sentence a line with tokens between single spaces.
enum class Layout : uint8_t { Article, SentencePerLine };

/// Immutable after construction; every const method may be called from any number of threads at once.
class Analyzer {
 public:
  /// Throws ModelError if the model lacks a section or a section is damaged, ListError if a list in `options` is.
  explicit Analyzer(std::shared_ptr<const Model> model = Model::builtin(), Options options = {});
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// Analyses one article. Throws TextError for invalid UTF-8 and for a text over Options::max_bytes; any other text,
  /// the empty one included, gives a document.
  Document analyze(std::string text, Layout layout = Layout::Article) const;

  /// One result of analyze_all: a document, or the error that its text gave.
  struct Outcome {
    size_t index = 0;  ///< the how-manieth text, from 0
    Document document;
    std::exception_ptr error;  ///< null when all went well
  };
  /// Analyses what `next` yields until it yields nothing, on `threads` threads, the calling one included (0: one a
  /// core; 1,024 at most, and fewer where the system gives no more). Texts are read ahead, for a thread analyses up to
  /// 64 short ones side by side, stage by stage: a tenth faster than one after the other, more where all cores are
  /// busy. `next` must not wait for `done`. `done` is called in the order of the texts, never twice at once, on the
  /// calling thread; a slow `done` makes the others wait, so memory stays bounded; one thread does not read ahead of a
  /// slow `next`. An exception out of `next` or `done` ends the run and is thrown on. `prepare`, when given, sees each
  /// document first, on the thread that analysed it, several at once and in any order: for work that needs no order,
  /// such as to_json. What it throws becomes the outcome's error.
  void analyze_all(const std::function<std::optional<std::string>()>& next, const std::function<void(Outcome&&)>& done,
                   unsigned threads = 0, Layout layout = Layout::Article,
                   const std::function<void(Outcome&)>& prepare = nullptr) const;

  /// The evidence for one quote, a line each, strongest first: cue, pattern, marks, margins.
  std::vector<std::string> explain(const Document& document, uint32_t quote) const;

  const Model& model() const noexcept;

 private:
  void analyze_together(std::span<std::string> texts, Layout layout, std::span<Outcome> outcomes) const;

  struct Stages;
  std::unique_ptr<Stages> stages_;
};

}  // namespace newsnlp
