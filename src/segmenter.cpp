#include "segmenter.h"

#include <algorithm>
#include <string_view>

#include "abbreviations.h"
#include "boilerplate.h"
#include "model_file.h"
#include "paragraph_kinds.h"
#include "paragraphs.h"
#include "quotation_marks.h"
#include "sentence_breaks.h"
#include "token_table.h"

namespace newsnlp {
struct Segmenter::Rules {
  explicit Rules(const Model& model)
      : abbreviations(text_section(model, "abbreviations.txt")),
        boilerplate(text_section(model, "boilerplate.txt"), is_builtin_section(model, "boilerplate.txt"),
                    boilerplate_table(model)) {}

  // Only where it is linked in is it known to be that of the list.
  static std::span<const std::byte> boilerplate_table(const Model& model) {
    const auto table = model.section("boilerplate.table");
    return is_linked_in(table) ? table : std::span<const std::byte>();
  }

  TokenMaker tokens;
  Abbreviations abbreviations;
  Boilerplate boilerplate;
};

namespace {

struct SegmenterScratch : Scratch {
  TokenPlaces places;
  LinePlaces lines;
};

}  // namespace

Segmenter::Segmenter(const Model& model) : rules_(std::make_unique<const Rules>(model)) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;

void Segmenter::segment(Layers& layers, Workspace& workspace, Layout layout) const {
  if (workspace.segmenter == nullptr) workspace.segmenter = std::make_unique<SegmenterScratch>();
  auto& scratch = static_cast<SegmenterScratch&>(*workspace.segmenter);
  TokenPlaces& places = scratch.places;
  const bool lower_case = is_lower_case(layers.text);
  rules_->tokens.make(layers.text, rules_->abbreviations, lower_case, layers.tokens, places);
  const auto count = layers.tokens.size();

  layers.sentences.clear();
  layers.paragraphs.clear();
  const std::vector<Line> lines = find_lines(layers.text, layers.tokens, places.gaps);
  constexpr size_t kTokensOfSentence = 20;
  layers.paragraphs.reserve(lines.size());
  layers.sentences.reserve(lines.size() + count / kTokensOfSentence);
  const auto add_paragraph = [&](uint32_t first_sentence) {
    const auto end = static_cast<uint32_t>(layers.sentences.size());
    const Span span{layers.sentences[first_sentence].span.begin, layers.sentences[end - 1].span.end};
    layers.paragraphs.push_back({span, {first_sentence, end}, ParagraphKind::Body});
  };
  if (layout == Layout::SentencePerLine) {
    for (const Line& line : lines) {
      layers.sentences.push_back(make_sentence(layers.tokens, line.tokens.begin, line.tokens.end));
      add_paragraph(static_cast<uint32_t>(layers.sentences.size() - 1));
    }
  } else {
    const std::vector<Line> paragraphs = find_paragraphs(layers.text, layers.tokens, lines);
    auto mark = places.marks.cbegin();
    for (const Line& paragraph : paragraphs) {
      const auto first = static_cast<uint32_t>(layers.sentences.size());
      const auto first_mark = mark;
      while (mark != places.marks.cend() && *mark < paragraph.tokens.end) ++mark;
      break_sentences(layers.text, layers.tokens, paragraph.tokens, {first_mark, mark}, rules_->abbreviations,
                      lower_case, layers.sentences);
      add_paragraph(first);
    }
    classify_paragraphs(paragraphs, rules_->boilerplate, scratch.lines, layers);
  }

  workspace.types.intern(layers.text, layers.tokens, workspace.word);
  for (std::vector<uint32_t>* of_tokens : {&workspace.sentence, &workspace.paragraph}) {
    of_tokens->clear();
    of_tokens->reserve(count);
  }
  for (uint32_t s = 0; s < layers.sentences.size(); ++s) workspace.sentence.resize(layers.sentences[s].tokens.end, s);
  for (uint32_t p = 0; p < layers.paragraphs.size(); ++p)
    workspace.paragraph.resize(layers.sentences[layers.paragraphs[p].sentences.end - 1].tokens.end, p);
  pair_quotation_marks(layers, workspace, places.marks);
}

}  // namespace newsnlp
