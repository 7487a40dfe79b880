#include "newsnlp/analyzer.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "attributor.h"
#include "layers.h"
#include "linker.h"
#include "newsnlp/error.h"
#include "recognizer.h"
#include "resolver.h"
#include "segmenter.h"
#include "tagger.h"
#include "unicode.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

// What a text of this many bytes took is kept for the next of its kind and given back when a much smaller one comes.
constexpr size_t kHuge = size_t{1} << 20;
constexpr size_t kMuchSmaller = 8;  // times

}  // namespace

struct Analyzer::Stages {
  Stages(std::shared_ptr<const Model> m, Options o)
      : model(std::move(m)),
        options(std::move(o)),
        classes(model->section("classes.bin")),
        segmenter(*model),
        tagger(*model, options),
        recognizer(*model, options),
        linker(*model, options),
        attributor(*model, options),
        resolver(*model, options) {}

  struct Shelved {
    std::unique_ptr<Workspace> workspace;
    std::vector<ArticleNotes> notes;  // of articles that are analysed together
    size_t largest = 0;               // bytes of the largest text, or texts together, that it has seen
  };
  /// A workspace for one call; it goes back to the shelf afterwards.
  class Loan {
   public:
    Loan(const Stages& stages, size_t bytes) : stages_(stages) {
      {
        const std::lock_guard lock(stages.shelf_mutex);
        if (!stages.shelf.empty()) {
          loan_ = std::move(stages.shelf.back());
          stages.shelf.pop_back();
        }
      }
      if (loan_.largest > kHuge && bytes < loan_.largest / kMuchSmaller) loan_ = {};
      if (loan_.workspace == nullptr) loan_.workspace = std::make_unique<Workspace>(&stages.classes);
      loan_.largest = std::max(loan_.largest, bytes);
    }
    ~Loan() {
      // What an exception has left half done is not used again.
      if (spoilt_ || std::uncaught_exceptions() > exceptions_) return;
      try {
        const std::lock_guard lock(stages_.shelf_mutex);
        stages_.shelf.push_back(std::move(loan_));
      } catch (...) {  // no memory: it goes
      }
    }
    /// After an exception that stays inside the loan: the stages begin anew, the notes of other articles hold.
    void spoil() noexcept {
      spoilt_ = true;
      Workspace& w = *loan_.workspace;
      for (auto* scratch : {&w.segmenter, &w.tagger, &w.recognizer, &w.attributor, &w.resolver, &w.linker})
        scratch->reset();
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Workspace& operator*() const noexcept { return *loan_.workspace; }
    std::vector<ArticleNotes>& notes() noexcept { return loan_.notes; }

   private:
    const Stages& stages_;
    Shelved loan_;
    const int exceptions_ = std::uncaught_exceptions();
    bool spoilt_ = false;
  };

  void check(const std::string& text) const {
    const size_t most = std::min<size_t>(options.max_bytes, std::numeric_limits<int32_t>::max());
    if (text.size() > most)
      throw TextError("the text has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                          std::to_string(most) + "; split it, or raise Options::max_bytes",
                      most);
    if (const size_t bad = find_invalid_utf8(text); bad != std::string_view::npos)
      throw TextError("the text is not valid UTF-8 at byte " + std::to_string(bad) + "; convert it to UTF-8 first",
                      bad);
  }

  static constexpr size_t kSteps = 5;
  void step(size_t number, Layers& layers, Layout layout, Workspace& workspace) const {
    switch (number) {
      case 0:
        workspace.layout = layout;
        return segmenter.segment(layers, workspace, layout);
      case 1:
        return tagger.tag(layers, workspace);
      case 2:
        return recognizer.recognize(layers, workspace);
      case 3:
        return attributor.attribute(layers, workspace);
      default:
        linker.link(layers, workspace);  // right before the resolver, which reads the same tables
        return resolver.resolve(layers, workspace);
    }
  }

  Layers run(std::string text, Layout layout, Workspace& workspace) const {
    workspace.types.trim();
    Layers layers;
    layers.text = std::move(text);
    for (size_t k = 0; k < kSteps; ++k) step(k, layers, layout, workspace);
    return layers;
  }

  std::shared_ptr<const Model> model;
  Options options;
  WordClasses classes;
  Segmenter segmenter;
  Tagger tagger;
  Recognizer recognizer;
  Linker linker;
  Attributor attributor;
  Resolver resolver;
  mutable std::mutex shelf_mutex;
  mutable std::vector<Shelved> shelf;
  /// The article whose quotes were explained last: its other quotes need no second analysis.
  struct Explained {
    std::mutex mutex;
    Layers layers;
    std::unique_ptr<Workspace> workspace;
  };
  mutable Explained explained;
};

Analyzer::Analyzer(std::shared_ptr<const Model> model, Options options) {
  if (model == nullptr) throw ModelError("no model was given; use Model::builtin() or Model::open(path)");
  stages_ = std::make_unique<Stages>(std::move(model), std::move(options));
}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

const Model& Analyzer::model() const noexcept {
  return *stages_->model;
}

Document Analyzer::analyze(std::string text, Layout layout) const {
  stages_->check(text);
  const Stages::Loan workspace(*stages_, text.size());
  return make_document(stages_->run(std::move(text), layout, *workspace));
}

// Each step for all articles before the next one: its tables, and its code, are then read once and not for each.
void Analyzer::analyze_together(std::span<std::string> texts, Layout layout, std::span<Outcome> outcomes) const {
  size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  Stages::Loan loan(*stages_, bytes);
  Workspace& workspace = *loan;
  std::vector<ArticleNotes>& notes = loan.notes();
  notes.resize(std::max(notes.size(), texts.size()));
  std::vector<Layers> layers(texts.size());
  const auto each = [&](auto&& visit) {
    for (size_t i = 0; i < texts.size(); ++i) {
      if (outcomes[i].error != nullptr) continue;
      try {
        visit(i);
      } catch (...) {
        outcomes[i].error = std::current_exception();
      }
    }
  };
  workspace.types.trim();
  each([&](size_t i) {
    stages_->check(texts[i]);
    layers[i].text = std::move(texts[i]);
  });
  struct Turn {  // of one article, whose notes are the workspace's until its end
    Stages::Loan& loan;
    ArticleNotes& notes;
    const int exceptions = std::uncaught_exceptions();
    Turn(Stages::Loan& l, ArticleNotes& n) : loan(l), notes(n) { std::swap((*loan).notes(), notes); }
    ~Turn() {
      std::swap((*loan).notes(), notes);
      if (std::uncaught_exceptions() > exceptions) loan.spoil();
    }
  };
  for (size_t k = 0; k < Stages::kSteps; ++k)
    each([&](size_t i) {
      const Turn turn(loan, notes[i]);
      stages_->step(k, layers[i], layout, workspace);
    });
  each([&](size_t i) { outcomes[i].document = make_document(std::move(layers[i])); });
}

std::vector<std::string> Analyzer::explain(const Document& document, uint32_t quote) const {
  if (quote >= document.quotes().size())
    throw std::out_of_range("quote " + std::to_string(quote) + " of a document that has " +
                            std::to_string(document.quotes().size()));
  Stages::Explained& last = stages_->explained;
  const std::lock_guard lock(last.mutex);
  if (last.workspace == nullptr || last.layers.text != document.text()) {
    auto workspace = std::make_unique<Workspace>(&stages_->classes);
    last.layers = stages_->run(std::string(document.text()), Layout::Article, *workspace);
    last.workspace = std::move(workspace);
  }
  if (quote >= last.layers.quotes.size()) return {};
  return stages_->attributor.explain(last.layers, *last.workspace, quote);
}

}  // namespace newsnlp
