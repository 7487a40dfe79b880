#include "speaker_stages.h"

#include <algorithm>

namespace newsnlp {
namespace {

// Makes the span a person's mention, in place of what overlaps it.
void force_mention(Layers& layers, Span span) {
  for (Mention& m : layers.mentions)
    if (m.span == span) {
      m.type = EntityType::Person;
      return;
    }
  std::erase_if(layers.mentions, [&](const Mention& m) { return m.span.overlaps(span); });
  const auto at = std::partition_point(layers.mentions.begin(), layers.mentions.end(),
                                       [&](const Mention& m) { return m.span.end <= span.begin; });
  layers.mentions.insert(at, {span, EntityType::Person, Mention::kNoEntity, 1});
}

}  // namespace

SpeakerStages::SpeakerStages(std::shared_ptr<const Model> model)
    : model_(std::move(model)),
      classes_(model_->section("classes.bin")),
      workspace_(&classes_),
      segmenter_(*model_),
      tagger_(*model_, Options()),
      recognizer_(*model_, Options()),
      linker_(*model_, Options()) {}

Layers SpeakerStages::read(const SpeakerArticle& article) {
  Layers layers;
  layers.text = article.article.text;
  segmenter_.segment(layers, workspace_, Layout::Article);
  tagger_.tag(layers, workspace_);
  recognizer_.recognize(layers, workspace_);
  for (const SpeakerUnit& u : article.units)
    for (const SpeakerUnit::Name& n : u.gap_names) force_mention(layers, n.span);
  linker_.link(layers, workspace_);
  for (size_t i = 0; i < article.article.quotes.size(); ++i) {
    const LabelledQuote& q = article.article.quotes[i];
    Quote quote;
    if (i < article.labels.size()) {
      const QuoteLabel& label = article.labels[i];
      quote.type = label.direct ? QuoteType::Direct : QuoteType::Indirect;
      if (label.nested_in < article.article.quotes.size()) quote.nested_in = static_cast<uint32_t>(label.nested_in);
    }
    quote.speech = q.speech;
    quote.content = layers.add_spans(q.content);
    quote.cue = layers.add_spans(q.cue);
    quote.source = layers.add_spans(q.source);
    quote.abstention = Abstention::NotAsked;
    layers.quotes.push_back(quote);
  }
  return layers;
}

uint32_t SpeakerStages::entity_at(const Layers& layers, Span span) {
  for (const Mention& m : layers.mentions)
    if (m.span.overlaps(span) && m.entity != Mention::kNoEntity) return m.entity;
  return Mention::kNoEntity;
}

}  // namespace newsnlp
