#include "ner_samples.h"

#include <algorithm>

#include "layers.h"
#include "name_article.h"
#include "name_features.h"
#include "workspace.h"

namespace newsnlp {
namespace {

/// Hash -> how often, then hash -> number; open addressing.
class FeatureNumbers {
 public:
  FeatureNumbers() : keys_(1 << 22), values_(1 << 22, 0) {}
  uint32_t& operator[](uint64_t hash) {
    if ((size_ + 1) * 2 > keys_.size()) grow();
    size_t i = hash & (keys_.size() - 1);
    while (used(i) && keys_[i] != hash) i = (i + 1) & (keys_.size() - 1);
    if (!used(i)) {
      keys_[i] = hash;
      ++size_;
    }
    return values_[i];
  }

 private:
  // Every entry is given a value above 0 by its first caller.
  bool used(size_t i) const { return values_[i] != 0; }
  void grow() {
    std::vector<uint64_t> keys(keys_.size() * 2);
    std::vector<uint32_t> values(keys.size(), 0);
    for (size_t j = 0; j < keys_.size(); ++j) {
      if (!used(j)) continue;
      size_t i = keys_[j] & (keys.size() - 1);
      while (values[i] != 0) i = (i + 1) & (keys.size() - 1);
      keys[i] = keys_[j];
      values[i] = values_[j];
    }
    keys_.swap(keys);
    values_.swap(values);
  }
  std::vector<uint64_t> keys_;
  std::vector<uint32_t> values_;
  size_t size_ = 0;
};

// BILOU labels of all tokens; a name that a sentence end tears is two.
std::vector<uint8_t> label(const Layers& layers, const Workspace& workspace, const std::vector<LabelledName>& names,
                           const std::vector<EntityType>& types) {
  std::vector<uint8_t> labels(layers.tokens.size(), 0);
  size_t t = 0;
  for (const LabelledName& n : names) {
    const auto type = std::find(types.begin(), types.end(), n.type);
    if (type == types.end()) continue;
    while (t < layers.tokens.size() && layers.tokens[t].span.end <= n.span.begin) ++t;
    const auto first = static_cast<uint8_t>(1 + 4 * (type - types.begin()));
    while (t < layers.tokens.size() && layers.tokens[t].span.begin < n.span.end) {
      size_t end = t + 1;
      while (end < layers.tokens.size() && layers.tokens[end].span.begin < n.span.end &&
             workspace.sentence[end] == workspace.sentence[t])
        ++end;
      for (size_t i = t; i < end; ++i)
        labels[i] = static_cast<uint8_t>(first + (end - t == 1 ? 3 : i == t ? 0 : i + 1 == end ? 2 : 1));
      t = end;
    }
  }
  return labels;
}

void append_features(const NameArticle& article, uint32_t token, IndexRange sentence, NameDomain domain,
                     std::vector<uint64_t>& out) {
  for (int offset = -NameFeatures::kReach; offset <= NameFeatures::kReach; ++offset) {
    const int64_t at = int64_t{token} + offset;
    if (at < sentence.begin || at >= sentence.end) {
      NameFeatures::edge(offset, out);
      continue;
    }
    const auto near = static_cast<uint32_t>(at);
    NameFeatures::word(article.word(near), offset, domain, out);
    if (offset >= -NameFeatures::kHitReach && offset <= NameFeatures::kHitReach && article.hit_hash(near) != 0)
      NameFeatures::hit(article.hit(near), offset, domain, out);
  }
  const uint32_t slot = NameFeatures::has_slot(article, token) ? article.slot_of(token) : NameArticle::kNone;
  if (slot != NameArticle::kNone) {
    const uint32_t sequence = NameFeatures::longer_sequence(article, token);
    NameFeatures::slot(article, slot, out);
    NameFeatures::longer(article, token, sequence, out);
    if (sequence != NameArticle::kNone)
      NameFeatures::longer_here(NameFeatures::stand(article, token, sequence),
                                NameFeatures::capitals_beside(article, token, sentence), out);
    NameFeatures::spelled_out(article, token, out);
  }
  NameFeatures::shapes(NameFeatures::shapes_at(article, token, sentence), out);
  NameFeatures::counts(NameFeatures::counts_at(article, token, slot, token == sentence.begin), out);
  NameFeatures::topic_word(article.topic(), article.core(token), out);
  if (article.hit_number(token) != 0) NameFeatures::topic_hit(article.topic(), article.hit_hash(token), out);
  const uint64_t shape = article.word(token).collapsed;
  NameFeatures::beside(NameFeatures::Side::Left,
                       token > sentence.begin ? article.word(token - 1).lower : NameFeatures::kEdge, shape, out);
  NameFeatures::beside(NameFeatures::Side::Right,
                       token + 1 < sentence.end ? article.word(token + 1).lower : NameFeatures::kEdge, shape, out);
  out.resize(out.size() + NameFeatures::kNeighbours);
  NameFeatures::neighbours(article.words(), NameFeatures::around(article, token, sentence),
                           out.data() + out.size() - NameFeatures::kNeighbours);
  NameFeatures::context(article, token, sentence, out);
}

}  // namespace

NerSamples make_ner_samples(const std::vector<NameArticleLabels>& articles, const std::vector<EntityType>& types,
                            const NameResources& resources, Casing casing, const Segmenter& segmenter,
                            const WordClasses& classes, uint32_t least_count) {
  NerSamples samples;
  CrfSamples& crf = samples.crf;
  Workspace workspace(&classes);
  NameArticle article(resources, casing);
  std::vector<uint64_t> hashes;
  FeatureNumbers counts;
  for (uint32_t a = 0; a < articles.size(); ++a) {
    Layers layers;
    layers.text = articles[a].text;
    workspace.types.trim();
    segmenter.segment(layers, workspace, articles[a].layout);
    article.read(layers, workspace);
    const NameDomain domain = articles[a].layout == Layout::Article ? NameDomain::Raw : NameDomain::Given;
    std::vector<uint8_t> labels = label(layers, workspace, names_to_learn(articles[a]), types);
    uint32_t names = 0;
    for (uint8_t l : labels) names += l != 0 && Crf::may_start(l);
    for (const NameArticle::Region& r : article.regions()) {
      // A name that the region's edge tears cannot be learned.
      for (uint32_t i = r.tokens.begin; i < r.tokens.end && labels[i] != 0 && !Crf::may_start(labels[i]); ++i)
        labels[i] = 0;
      for (uint32_t i = r.tokens.end; i-- > r.tokens.begin && labels[i] != 0 && !Crf::may_end(labels[i]);)
        labels[i] = 0;
      samples.gold.emplace_back();
      for (uint32_t i = r.tokens.begin; i < r.tokens.end; ++i) {
        const size_t before = hashes.size();
        append_features(article, i, r.sentence, domain, hashes);
        for (size_t f = before; f < hashes.size(); ++f) ++counts[hashes[f]];
        crf.token_begin.push_back(hashes.size());
        crf.labels.push_back(labels[i]);
        if (labels[i] != 0 && Crf::may_start(labels[i])) {
          samples.gold.back().push_back({i - r.tokens.begin, 0, (labels[i] - 1U) / 4});
          --names;
        }
        if (labels[i] != 0 && Crf::may_end(labels[i])) samples.gold.back().back().end = i - r.tokens.begin + 1;
      }
      crf.sequence_begin.push_back(static_cast<uint32_t>(crf.labels.size()));
      crf.group.push_back(a);
    }
    samples.lost.push_back(names);
  }
  crf.features.reserve(hashes.size());
  FeatureNumbers numbers;
  size_t next = 0;
  for (size_t t = 0; t + 1 < crf.token_begin.size(); ++t) {
    const size_t end = crf.token_begin[t + 1];
    crf.token_begin[t] = crf.features.size();
    for (; next < end; ++next) {
      const uint64_t h = hashes[next];
      if (counts[h] < least_count) continue;
      uint32_t& number = numbers[h];
      if (number == 0) {
        samples.features.push_back(h);
        number = static_cast<uint32_t>(samples.features.size());
      }
      crf.features.push_back(number - 1);
    }
  }
  crf.token_begin.back() = crf.features.size();
  return samples;
}

}  // namespace newsnlp
