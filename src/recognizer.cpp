#include "recognizer.h"

#include <algorithm>

#include "case_style.h"
#include "entity_patterns.h"
#include "name_lists.h"
#include "name_model.h"
#include "name_particles.h"
#include "name_resources.h"
#include "name_tagger.h"
#include "office_names.h"
#include "segmenter.h"

namespace newsnlp {

namespace {

void require_fit(const NameModel& names, const SpanModel& spans, const char* section) {
  if (!names.empty() && spans.types() != names.crf().types().size())
    throw ModelError(std::string("model section \"") + section +
                     "\" has other entity types than the first pass; train both together");
}

}  // namespace

struct Recognizer::State {
  State(const Model& model, const Options& options)
      : resources(model.section("names.bin")),
        names(model.section("ner.bin"), "ner.bin"),
        folded(model.section("ner_folded.bin"), "ner_folded.bin"),
        spans(model.section("ner_spans.bin"), "ner_spans.bin"),
        folded_spans(model.section("ner_folded_spans.bin"), "ner_folded_spans.bin"),
        patterns(model) {
    require_fit(names, spans, "ner_spans.bin");
    require_fit(folded, folded_spans, "ner_folded_spans.bin");
    if (!options.names.empty()) lists = NameLists(options.names, Segmenter(model));
  }

  NameResources resources;
  NameModel names;
  NameModel folded;  // without capitals; may be empty
  SpanModel spans, folded_spans;
  EntityPatterns patterns;
  NameLists lists;
};

namespace {

struct RecognizerScratch : Scratch {
  RecognizerScratch(const NameResources& resources, const NameModel& with_case, const SpanModel& spans,
                    const NameModel& without_case, const SpanModel& spans_without_case)
      : tagger(resources, with_case, spans), folded(resources, without_case, spans_without_case) {}
  NameTagger tagger, folded;
  std::vector<NameLists::Match> listed;
  std::vector<FoundName> found, kept, matched, merged;
  EntityPatterns::Memo patterns;
  std::vector<uint8_t> choice;
};

bool by_place(const FoundName& a, const FoundName& b) {
  return a.tokens.begin < b.tokens.begin;
}

bool is_quotation_mark(std::string_view form) {
  static constexpr std::string_view kMarks[] = {"\"",
                                                "'",
                                                "`",
                                                "``",
                                                "''",
                                                "\xE2\x80\x98",
                                                "\xE2\x80\x99",
                                                "\xE2\x80\x9A",
                                                "\xE2\x80\x9C",
                                                "\xE2\x80\x9D",
                                                "\xE2\x80\x9E",
                                                "\xC2\xAB",
                                                "\xC2\xBB"};
  if (form.size() > 3) return false;
  return std::find(std::begin(kMarks), std::end(kMarks), form) != std::end(kMarks);
}

// A mention has no quotation marks at its edges.
void trim_marks(const Layers& layers, std::vector<FoundName>& found) {
  for (FoundName& f : found) {
    while (!f.tokens.empty() && is_quotation_mark(layers.of(layers.tokens[f.tokens.begin]))) ++f.tokens.begin;
    while (!f.tokens.empty() && is_quotation_mark(layers.of(layers.tokens[f.tokens.end - 1]))) --f.tokens.end;
  }
  std::erase_if(found, [](const FoundName& f) { return f.tokens.empty(); });
}

// A person's word comes first: a forced name takes the place of what it overlaps, a forbidden one goes.
void obey(std::span<const NameLists::Match> listed, std::vector<FoundName>& found, std::vector<FoundName>& kept) {
  if (listed.empty()) return;
  kept.clear();
  size_t next = 0;
  for (const FoundName& f : found) {
    while (next < listed.size() && listed[next].tokens.end <= f.tokens.begin) ++next;
    bool keep = true;
    for (size_t l = next; l < listed.size() && listed[l].tokens.begin < f.tokens.end; ++l)
      if (listed[l].rule == NameRule::Force || (listed[l].rule == NameRule::Never && listed[l].tokens == f.tokens))
        keep = false;
    if (keep) kept.push_back(f);
  }
  for (const NameLists::Match& m : listed)
    if (m.rule == NameRule::Force) kept.push_back({m.tokens, m.type, 1.0F});
  std::sort(kept.begin(), kept.end(), by_place);
  found.swap(kept);
}

Span span_of(const Layers& layers, const FoundName& f) {
  return {layers.tokens[f.tokens.begin].span.begin, layers.tokens[f.tokens.end - 1].span.end};
}

// Of a pattern's match and a name that overlap, an address wins, then what is longer, then the name.
void merge(const Layers& layers, std::span<const FoundName> names, std::span<const FoundName> matched,
           std::vector<FoundName>& out) {
  out.clear();
  const auto beats = [&](const FoundName& pattern, const FoundName& name) {
    return pattern.type >= EntityType::Url || span_of(layers, pattern).size() > span_of(layers, name).size();
  };
  size_t n = 0;
  size_t m = 0;
  while (n < names.size() || m < matched.size()) {
    if (n == names.size() || (m < matched.size() && matched[m].tokens.end <= names[n].tokens.begin)) {
      out.push_back(matched[m++]);
    } else if (m == matched.size() || names[n].tokens.end <= matched[m].tokens.begin) {
      out.push_back(names[n++]);
    } else if (beats(matched[m], names[n])) {
      ++n;
    } else {
      ++m;
    }
  }
}

}  // namespace

Recognizer::Recognizer(const Model& model, const Options& options)
    : state_(std::make_unique<const State>(model, options)) {}
Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;

void Recognizer::recognize(Layers& layers, Workspace& workspace) const {
  if (workspace.recognizer == nullptr)
    workspace.recognizer = std::make_unique<RecognizerScratch>(state_->resources, state_->names, state_->spans,
                                                               state_->folded, state_->folded_spans);
  auto& scratch = static_cast<RecognizerScratch&>(*workspace.recognizer);
  const bool raw = workspace.layout == Layout::Article;
  scratch.listed.clear();
  state_->lists.match(layers, workspace, scratch.listed);
  scratch.found.clear();
  const NameDomain domain = raw ? NameDomain::Raw : NameDomain::Given;
  scratch.choice.clear();
  scratch.tagger.read_words(layers, workspace);
  uint32_t folded = 0;
  if (!state_->folded.empty())
    folded = choose_folded(layers, workspace, state_->resources, scratch.tagger.article(), scratch.choice);
  if (folded == 0) scratch.choice.clear();
  scratch.tagger.find_names(layers, workspace, scratch.choice);
  if (folded < layers.sentences.size())
    scratch.tagger.tag(workspace, domain, scratch.choice, 0, scratch.listed, scratch.found);
  if (folded > 0) {
    const auto middle = static_cast<ptrdiff_t>(scratch.found.size());
    scratch.folded.read(layers, workspace, scratch.choice, scratch.tagger.article());
    scratch.folded.tag(workspace, domain, scratch.choice, 1, scratch.listed, scratch.found);
    std::inplace_merge(scratch.found.begin(), scratch.found.begin() + middle, scratch.found.end(), by_place);
  }
  if (raw) {
    trim_marks(layers, scratch.found);
    join_particles(layers, scratch.found);
    join_fields(layers, scratch.found);
  }
  obey(scratch.listed, scratch.found, scratch.kept);
  scratch.matched.clear();
  state_->patterns.match(layers, workspace, scratch.patterns, scratch.matched);
  merge(layers, scratch.found, scratch.matched, scratch.merged);
  layers.mentions.reserve(scratch.merged.size());
  workspace.mention_tokens.clear();
  for (const FoundName& f : scratch.merged) {
    layers.mentions.push_back({span_of(layers, f), f.type, Mention::kNoEntity, f.score});
    workspace.mention_tokens.push_back(f.tokens);
  }
}

}  // namespace newsnlp
