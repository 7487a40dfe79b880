#include "name_resources.h"

#include <cmath>

#include "model_file.h"

namespace newsnlp {

NameResources::NameResources(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "names.bin");
  words_ = HashIndex(in);
  facts_ = in.array<uint8_t>();
  paths_ = in.array<uint16_t>();
  class_weights_ = in.array<float>();
  centroids_ = in.array<float>();
  gazetteer_ = Gazetteer(in);
  in.require(facts_.size() == words_.size(), "the facts do not fit the words");
  if (!is_linked_in(section))
    for (uint8_t f : facts_) in.require((f & 15) <= NameWordFacts::kUnseen, "a capital class is out of range");
  in.require(paths_.empty() || paths_.size() == 4 * kPathClasses, "the paths do not fit the word classes");
  in.require(class_weights_.size() == (centroids_.empty() ? 0 : kClasses) && centroids_.size() % kClasses == 0 &&
                 centroids_.size() <= size_t{kMaxTopics} * kClasses,
             "the topics do not fit the word classes");
  for (float x : class_weights_) in.require(std::isfinite(x), "a class weight is no number");
  for (float x : centroids_) in.require(std::isfinite(x), "a topic is no number");
  const size_t topics = centroids_.size() / kClasses;
  centroids_by_class_.resize(centroids_.size());
  for (size_t t = 0; t < topics; ++t)
    for (size_t c = 0; c < kClasses; ++c) centroids_by_class_[c * topics + t] = centroids_[t * kClasses + c];
}

NameWordFacts NameResources::facts(uint64_t lower) const noexcept {
  const uint32_t i = words_.find(lower);
  if (i == HashIndex::kNone) return {};
  return {static_cast<uint8_t>(facts_[i] & 15), (facts_[i] & 16) != 0, (facts_[i] & 32) != 0};
}

std::array<uint16_t, 4> NameResources::path(uint16_t class_1024) const noexcept {
  if (class_1024 == 0 || class_1024 > kPathClasses || paths_.empty()) return {};
  const uint16_t* p = paths_.data() + size_t{4} * (class_1024 - 1U);
  return {p[0], p[1], p[2], p[3]};
}

uint32_t NameResources::topic(std::span<const uint32_t> counts) const {
  if (centroids_.empty() || counts.size() <= kClasses) return 0;
  const size_t topics = centroids_.size() / kClasses;
  std::array<float, kMaxTopics> score{};
  for (uint32_t c = 0; c < kClasses; ++c) {
    if (counts[c + 1] == 0) continue;
    const float weight = std::sqrt(static_cast<float>(counts[c + 1])) * class_weights_[c];
    const float* centroids = centroids_by_class_.data() + c * topics;
    for (size_t t = 0; t < topics; ++t) score[t] += weight * centroids[t];
  }
  uint32_t best = 0;
  float best_score = -1;
  for (uint32_t t = 0; t < topics; ++t)
    if (score[t] > best_score) {
      best_score = score[t];
      best = t + 1;
    }
  return best;
}

void NameResources::write(const Content& content, SectionWriter& out) {
  std::vector<uint64_t> keys;
  for (const auto& [key, facts] : content.words) keys.push_back(key);
  std::vector<uint8_t> facts;
  for (uint32_t i : HashIndex::write(keys, out)) {
    const NameWordFacts& f = content.words[i].second;
    facts.push_back(static_cast<uint8_t>(f.capitals | (f.role ? 16 : 0) | (f.title ? 32 : 0)));
  }
  out.array(facts);
  out.array(content.paths);
  out.array(content.class_weights);
  out.array(content.centroids);
  Gazetteer::write(content.phrases, out);
}

}  // namespace newsnlp
